# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Edits of linked contacts: only what changed travels, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from integration.sync_case import SyncCase
from integration.sync_mailbox import updates

UNMODELLED = {
    "contacts:Birthday": datetime(1980, 2, 29, 12, tzinfo=timezone.utc),
    "contacts:Nickname": "Countess",
    "contacts:SpouseName": "William",
    "contacts:EmailAddress:EmailAddress2": "second@example.com",
    "contacts:PhoneNumber:HomePhone": "+44 20 7946 0001",
    "contacts:PhysicalAddress:Home:City": "Ockham",
    "contacts:ImAddress:ImAddress1": "im:ada",
    "item:Categories": ["Red category", "Chess"],
    "item:Importance": "High",
}


class EditCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(
            given="Ada",
            surname="Byron",
            name="Ada Byron",
            company="ACME",
            job="Analyst",
            email="ada@example.com",
            mobile="+44 7700 900123",
            street="1 High Street",
            city="London",
            zip="N1",
            country="United Kingdom",
            website="https://ada.example.com",
            note=("HTML", "<html><body><p>Tea, <b>no</b> milk.</p></body></html>"),
            **UNMODELLED,
        )
        self.new_partner("Charles", email="charles@example.com", city="London")
        self.sync()
        self.ada = self.partner("Ada Byron")


class TestEditInOdoo(EditCase):
    def edited(self, **values) -> list[str]:
        """What the mailbox is told of an edit of Ada."""
        self.ada.with_user(self.owner).write(values)
        with self.server.recorder as recorder:
            self.sync()
        self.assertItem(self.item, **UNMODELLED)
        told = updates(recorder)
        self.assertEqual(len(told), 1, "contacts that were written")
        self.assertIdle()
        return told[0]

    def test_each_field_travels_alone(self):
        for values, property_name in (
            ({"function": "Countess"}, "contacts:JobTitle"),
            ({"email": "ada@new.example"}, "contacts:EmailAddress:EmailAddress1"),
            ({"phone": "+44 7700 900999"}, "contacts:PhoneNumber:MobilePhone"),
            ({"city": "Ockham"}, "contacts:PhysicalAddress:Business:City"),
            ({"street2": "Back"}, "contacts:PhysicalAddress:Business:Street"),
            ({"website": "ada.example"}, "contacts:BusinessHomePage"),
            ({"company_name": "Engines"}, "contacts:CompanyName"),
            ({"comment": "<p>No tea.</p>"}, "item:Body"),
        ):
            with self.subTest(property_name):
                self.assertEqual(self.edited(**values), [f"set {property_name}"])

    def test_a_cleared_field_is_cleared(self):
        told = self.edited(function=False)
        self.assertEqual(told, ["delete contacts:JobTitle"])
        self.assertItem(self.item, job=None)

    def test_a_cleared_number_leaves_the_other_ones(self):
        told = self.edited(phone=False)
        self.assertEqual(told, ["delete contacts:PhoneNumber:MobilePhone"])

    def test_a_new_name_keeps_the_parts_that_stay(self):
        self.assertEqual(
            set(self.edited(name="Ada Lovelace")),
            {"set contacts:Surname", "set contacts:DisplayName", "set contacts:FileAs"},
        )
        self.assertItem(self.item, given="Ada", surname="Lovelace")

    def test_what_the_mailbox_has_no_place_for_is_no_change(self):
        self.ada.write({"ref": "A-1", "color": 3})
        self.assertIdle()

    def test_an_edit_past_the_models_is_seen(self):
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
        self.assertEqual(self.changed_partners(rows), self.ada)
        self.ada.invalidate_recordset()
        after = self.ada.read()[0]
        self.assertIdle()
        return {name: after[name] for name in MODELLED if after[name] != before[name]}

    def test_each_field_travels_alone(self):
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

    def test_what_odoo_has_no_place_for_writes_nothing(self):
        before = self.partner_rows()
        self.edit(self.item, **{"contacts:Nickname": "Babbage's friend"})
        run = self.sync()
        self.assertEqual(run.unchanged_count, 1)
        self.assertEqual(self.partner_rows(), before)
        self.assertIdle()

    def test_the_history_says_what_changed(self):
        self.edit(self.item, job="Countess")
        line = self.sync().line_ids
        self.assertEqual(
            (line.direction, line.action, line.field_name),
            ("pull", "update", "job_title"),
        )
        self.assertEqual((line.old_value, line.new_value), ("Analyst", "Countess"))
        self.assertEqual(line.partner_id, self.ada)


MODELLED = (
    "name parent_id company_name function email phone street street2 city zip"
    " state_id country_id website comment active type vat ref lang user_id"
).split()


class TestEditsOnBothSides(EditCase):
    def test_edits_of_different_fields_survive(self):
        self.ada.write({"function": "Countess", "city": "Ockham"})
        self.edit(self.item, email="ada@new.example", surname="Lovelace")
        self.sync()
        both = {"email": "ada@new.example", "city": "Ockham"}
        self.assertPartner(self.ada, name="Ada Lovelace", function="Countess", **both)
        self.assertItem(self.item, surname="Lovelace", job="Countess", **both)
        self.assertItem(self.item, **UNMODELLED)
        self.assertIdle()

    def test_edits_to_the_same_value_are_no_conflict(self):
        self.ada.function = "Countess"
        self.edit(self.item, job="Countess")
        self.assertEqual(self.sync().conflict_count, 0)
        self.assertIdle()

    def conflict(self, policy: str, odoo_hours: float, mailbox_hours: float) -> str:
        """:returns: what both sides have after both edited one field"""
        self.account.conflict_policy = policy
        self.write_later(self.ada, odoo_hours, function="Odoo's")
        moment = datetime.now(timezone.utc) + timedelta(hours=mailbox_hours)
        self.mailbox.clock = lambda: moment
        self.edit(self.item, job="Mailbox's")
        run = self.sync()
        self.assertEqual(run.conflict_count, 1)
        line = run.line_ids.filtered(lambda line: line.action == "conflict")
        self.assertEqual(line.field_name, "job_title")
        self.assertEqual({line.old_value, line.new_value}, {"Odoo's", "Mailbox's"})
        self.assertEqual(self.ada.function, line.new_value)
        self.assertItem(self.item, job=line.new_value)
        self.assertIdle()
        return line.new_value

    def test_the_newest_wins(self):
        self.assertEqual(self.conflict("newest", 2, 1), "Odoo's")

    def test_the_newest_wins_in_the_mailbox_too(self):
        self.assertEqual(self.conflict("newest", 1, 2), "Mailbox's")

    def test_odoo_wins(self):
        self.assertEqual(self.conflict("odoo", 1, 2), "Odoo's")

    def test_exchange_wins(self):
        self.assertEqual(self.conflict("exchange", 2, 1), "Mailbox's")
