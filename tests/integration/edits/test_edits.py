# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Edits of linked contacts: only changed fields are synchronized."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_edit_case import UNMODELLED, EditCase
from support.cases.sync_mailbox import updates


class TestEditInOdoo(EditCase):
    def edited(self, **values) -> list[str]:
        """The changes that a run sends to the mailbox after an edit of Ada."""
        self.ada.with_user(self.owner).write(values)
        with self.server.recorder as recorder:
            self.sync()
        self.assertItem(self.item, **UNMODELLED)
        sent = updates(recorder)
        self.assertEqual(len(sent), 1, "contacts that were written")
        self.assertIdle()
        return sent[0]

    def test_each_field_is_synchronized_alone(self):
        for values, property_name in (
            ({"function": "Countess"}, "contacts:JobTitle"),
            ({"email": "ada@new.example"}, "contacts:EmailAddress:EmailAddress1"),
            ({"phone": "+44 7700 900999"}, "contacts:PhoneNumber:MobilePhone"),
            ({"city": "Ockham"}, "contacts:PhysicalAddress:Business:City"),
            ({"street2": "Back"}, "contacts:PhysicalAddress:Business:Street"),
            ({"website": "ada.example"}, "contacts:BusinessHomePage"),
            ({"company_name": "Engines"}, "contacts:CompanyName"),
            ({"comment": "<p>No tea.</p>"}, "item:Body"),
            ({"category_id": [Command.create({"name": "VIP"})]}, "item:Categories"),
        ):
            with self.subTest(property_name):
                self.assertEqual(self.edited(**values), [f"set {property_name}"])

    def test_a_cleared_field_is_cleared(self):
        sent = self.edited(function=False)
        self.assertEqual(sent, ["delete contacts:JobTitle"])
        self.assertItem(self.item, job=None)

    def test_cleared_number_leaves_the_others(self):
        sent = self.edited(phone=False)
        self.assertEqual(sent, ["delete contacts:PhoneNumber:MobilePhone"])

    def test_new_name_keeps_unchanged_parts(self):
        self.assertEqual(
            set(self.edited(name="Ada Lovelace")),
            {"set contacts:Surname", "set contacts:DisplayName", "set contacts:FileAs"},
        )
        self.assertItem(self.item, given="Ada", surname="Lovelace")

    def test_field_without_a_counterpart_in_exchange_is_ignored(self):
        self.ada.write({"ref": "A-1", "color": 3})
        self.assertIdle()

    def test_edit_by_sql_is_detected(self):
        self.env.cr.execute(
            "UPDATE res_partner SET function = 'By SQL' WHERE id = %s", [self.ada.id]
        )
        self.env.invalidate_all()
        self.sync()
        self.assertItem(self.item, job="By SQL")


class TestEditInMailbox(EditCase):
    def changed(self, **values) -> dict[str, object]:
        """Columns of Ada that an edit in the mailbox changed."""
        before, rows = self.ada.read()[0], self.partner_rows()
        self.edit(self.item, **values)
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.server.counters.writes, 0)
        # Odoo recomputes the full name of a further address.
        changed = self.changed_partners(rows)
        self.assertEqual(changed - self.ada.child_ids, self.ada)
        self.ada.invalidate_recordset()
        after = self.ada.read()[0]
        self.assertIdle()
        return {name: after[name] for name in MODELLED if after[name] != before[name]}

    def test_each_field_is_synchronized_alone(self):
        for values, expected in (
            ({"job": "Countess"}, {"function": "Countess"}),
            ({"email": "ada@new.example"}, {"email": "ada@new.example"}),
            ({"mobile": "+44 7700 900999"}, {"phone": "+44 7700 900999"}),
            ({"city": "Ockham"}, {"city": "Ockham"}),
            ({"zip": "KT11"}, {"zip": "KT11"}),
            ({"website": "https://new.example"}, {"website": "https://new.example"}),
            ({"company": "Engines"}, {"company_name": "Engines"}),
            ({"surname": "Lovelace"}, {"name": "Ada Lovelace"}),
        ):
            with self.subTest(values):
                self.assertEqual(self.changed(**values), expected)

    def test_a_cleared_field_is_cleared(self):
        self.assertEqual(self.changed(job=None), {"function": False})
        self.assertEqual(self.changed(country=None), {"country_id": False})

    def test_property_without_a_counterpart_in_odoo_is_ignored(self):
        before = self.partner_rows()
        self.edit(self.item, **{"contacts:Mileage": "Babbage's friend"})
        run = self.sync()
        self.assertEqual(run.unchanged_count, 1)
        self.assertEqual(self.partner_rows(), before)
        self.assertIdle()


MODELLED = (
    "name parent_id company_name function email phone street street2 city zip"
    " state_id country_id website comment active type vat ref lang user_id"
).split()
