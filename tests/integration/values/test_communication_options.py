# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Communication options and their slots in Exchange."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates

EMAIL2 = "contacts:EmailAddress:EmailAddress2"
EMAIL3 = "contacts:EmailAddress:EmailAddress3"
IM = "contacts:ImAddress:ImAddress1"
PAGE = "extended:0x3a50:String"


class TestOptions(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(
            given="Ida",
            surname="Lund",
            name="Ida Lund",
            email="ida@example.com",
            business="+49 30 1",
            home="+49 30 2",
            **{EMAIL2: "ida2@example.com", IM: "sip:ida", PAGE: "http://ida.example"},
        )
        self.sync()
        self.ida = self.partner("Ida Lund")

    def options(self, partner=None):
        found = (partner or self.ida).communication_ids
        return [(one.kind, one.value) for one in found]

    def test_all_options_are_imported(self):
        self.assertPartner(self.ida, email="ida@example.com", phone="+49 30 1")
        self.assertCountEqual(
            self.options(),
            [
                ("email", "ida2@example.com"),
                ("phone_home", "+49 30 2"),
                ("im", "sip:ida"),
                ("page", "http://ida.example"),
            ],
        )
        self.assertIdle()

    def test_edit_is_pushed_to_its_own_slot(self):
        self.ida.communication_ids.filtered(
            lambda one: one.kind == "phone_home"
        ).value = "+49 30 22"
        with self.server.recorder as recorder:
            self.sync()
        self.assertEqual(updates(recorder), [["set contacts:PhoneNumber:HomePhone"]])
        self.assertItem(self.item, home="+49 30 22", business="+49 30 1")
        self.assertIdle()

    def test_new_and_deleted_options_are_pushed(self):
        gone = self.ida.communication_ids.filtered(lambda one: one.kind == "im")
        self.ida.with_user(self.owner).communication_ids = [
            Command.delete(gone.id),
            Command.create({"kind": "phone_mobile", "value": "+49 171 5"}),
            Command.create({"kind": "email", "value": "ida3@example.com"}),
        ]
        self.sync()
        self.assertItem(
            self.item, mobile="+49 171 5", **{EMAIL3: "ida3@example.com", IM: None}
        )
        self.assertIdle()

    def test_change_in_exchange_updates_the_same_option(self):
        before = self.ida.communication_ids
        self.edit(self.item, home="+49 30 23", **{EMAIL2: "new@example.com"})
        self.sync()
        self.assertEqual(self.ida.communication_ids, before)
        self.assertIn(("phone_home", "+49 30 23"), self.options())
        self.assertIn(("email", "new@example.com"), self.options())
        self.assertIdle()

    def test_value_removed_in_exchange_deletes_the_option(self):
        self.edit(self.item, home=None, **{PAGE: None})
        self.sync()
        self.assertCountEqual(
            self.options(), [("email", "ida2@example.com"), ("im", "sip:ida")]
        )
        self.assertIdle()

    def test_newest_edit_of_an_option_wins(self):
        self.account.conflict_policy = "newest"
        option = self.ida.communication_ids.filtered(lambda one: one.kind == "im")
        option.value = "sip:odoo"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner_communication SET write_date = write_date"
            " + interval '2 hours' WHERE id = %s",
            [option.id],
        )
        option.invalidate_recordset()
        self.edit(self.item, **{IM: "sip:mailbox"})
        self.assertEqual(self.sync().conflict_count, 1)
        self.assertItem(self.item, **{IM: "sip:odoo"})
        self.assertIdle()

    def test_surplus_is_reported_once_and_stays_in_odoo(self):
        self.ida.communication_ids = [
            Command.create({"kind": "email", "value": f"more{n}@example.com"})
            for n in (1, 2)
        ]
        run = self.sync()
        lines = run.line_ids.filtered(lambda one: one.error_code == "no_place")
        self.assertEqual(lines.mapped("old_value"), ["more2@example.com"])
        self.assertIn("no free field", lines.message)
        self.assertItem(self.item, **{EMAIL3: "more1@example.com"})
        self.ida.function = "Chief"
        self.assertFalse(self.sync().line_ids.filtered("error_code"))
        self.assertEqual(len(self.ida.communication_ids), 6)
        self.assertIdle()

    def test_a_person_is_recognized_by_any_address(self):
        ola = self.new_partner("Ola Nord")
        ola.communication_ids = [
            Command.create({"kind": "email", "value": "Ola@Example.com"})
        ]
        self.add(name="O. Nord", given="O.", surname="Nord", email="ola@example.com")
        self.sync()
        self.assertEqual(ola.exchange_link_ids.account_id, self.account)
        self.assertIdle()

    def test_new_item_has_all_options(self):
        ola = self.new_partner("Ola Nord", phone="+49 30 9")
        ola.communication_ids = [
            Command.create({"kind": "phone_business", "value": "+49 30 8"}),
            Command.create({"kind": "phone_pager", "value": "7"}),
        ]
        self.sync()
        item = self.in_mailbox("Ola Nord")
        self.assertItem(item, business="+49 30 8", mobile="+49 30 9")
        self.assertItem(item, **{"contacts:PhoneNumber:Pager": "7"})
        self.assertIdle()
