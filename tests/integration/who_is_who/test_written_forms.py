# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A person is recognized in any spelling of addresses, numbers and names."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates

EMAIL2 = "contacts:EmailAddress:EmailAddress2"
EMAIL3 = "contacts:EmailAddress:EmailAddress3"
TITLE = "extended:0x3a45:String"
TWO = '"Schmidt, Anna" <anna.s@example.com>; \u200eanna@home.example'
MARKS = "\u202a+49 30 5551001\u202c"


class TestWrittenForms(SyncCase):
    def test_addresses_are_sent_bare_to_separate_slots(self):
        anna = self.new_partner("Anna Schmidt", email=TWO)
        anna.communication_ids = [
            Command.create({"kind": "email", "value": "Work <anna@work.example>"})
        ]
        known = self.new_partner("Bert Lund", email="'bert@example.com'")
        item = self.add(
            given="Bert",
            surname="Lund",
            name="Bert Lund",
            email="Bert [mailto:Bert@Example.com]",
            **{EMAIL2: "\u200bbert@home.example"},
        )
        self.sync()
        there = self.in_mailbox("Anna Schmidt")
        self.assertItem(
            there,
            email="anna.s@example.com",
            **{EMAIL2: "anna@home.example", EMAIL3: "anna@work.example"},
        )
        self.assertPartner(anna, email=TWO)
        self.assertEqual(known.exchange_link_ids.remote_id, item.id)
        self.assertPartner(known, email="'bert@example.com'")
        self.assertEqual(known.communication_ids.value, "bert@home.example")
        self.assertIdle()

        self.edit(there, **{EMAIL2: "anna@new.example"})
        anna.communication_ids.value = "Work <a@work.example>"
        with self.server.recorder as recorder:
            self.sync()
        self.assertEqual(
            updates(recorder), [["set contacts:EmailAddress:EmailAddress3"]]
        )
        self.assertItem(there, **{EMAIL3: "a@work.example"})
        rewritten = '"Schmidt, Anna" <anna.s@example.com>, anna@new.example'
        self.assertPartner(anna, email=rewritten)
        self.assertIdle()

    def test_a_number_is_recognized_with_its_country_and_never_reformatted(self):
        country = self.env.ref("base.de").id
        values = {"country_id": country, "company_name": "Acme"}
        anna = self.new_partner("Anna Schmidt", phone="030 5551001", **values)
        bert = self.new_partner(
            "Bert Lund", phone="030 5551003 / 0171 5551004", **values
        )
        here = self.add(given="Anna", surname="Schmidt", home="+49 (0)30 / 5551001")
        there = self.add(given="Bert", surname="Lund", mobile="0049 171 5551004")
        fresh = self.add(given="Cleo", surname="Moor", business=MARKS)
        self.sync()
        self.assertEqual(anna.exchange_link_ids.remote_id, here.id)
        self.assertEqual(bert.exchange_link_ids.remote_id, there.id)
        self.assertPartner(anna, phone="030 5551001")
        self.assertItem(here, home="+49 (0)30 / 5551001", business=None)
        self.assertPartner(bert, phone="030 5551003 / 0171 5551004")
        self.assertPartner(self.partner("Cleo Moor"), phone="+49 30 5551001")
        self.assertItem(fresh, business=MARKS)
        self.assertIdle()

    def test_titles_and_credentials_are_not_part_of_the_name(self):
        new = self.new_partner("Prof. Dr. Anna Gruber, M.Sc.")
        mail = {"email": "bert@example.com"}
        titled = self.new_partner("Dr. Bert Lund", **mail)
        plain = self.new_partner("Cleo Moor", email="cleo@example.com")
        bert = self.add(
            given="Bert", surname="Lund", name="Bert Lund", **{TITLE: "Dr.", **mail}
        )
        cleo = self.add(name="Moor, Cleo (Sales)", given="Cleo", surname="Moor")
        self.edit(cleo, email="cleo@example.com")
        self.sync()
        item = self.in_mailbox("Prof. Dr. Anna Gruber, M.Sc.")
        self.assertItem(item, given="Anna", surname="Gruber", **{TITLE: "Prof. Dr."})
        self.assertItem(item, **{"contacts:Generation": "M.Sc."})
        self.assertEqual(titled.exchange_link_ids.remote_id, bert.id)
        self.assertEqual(plain.exchange_link_ids.remote_id, cleo.id)
        self.assertEqual(
            (new + titled + plain).mapped("name"),
            ["Prof. Dr. Anna Gruber, M.Sc.", "Dr. Bert Lund", "Cleo Moor"],
        )
        self.assertItem(bert, name="Bert Lund", given="Bert", surname="Lund")
        self.assertItem(cleo, name="Moor, Cleo (Sales)")
        self.assertIdle()
        titled.name = "Prof. Dr. Bert Lund"
        self.sync()
        self.assertItem(bert, given="Bert", surname="Lund", **{TITLE: "Prof. Dr."})
        self.assertIdle()
