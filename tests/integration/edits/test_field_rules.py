# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The direction of each field, by the owner's choice or the administrator's."""

from __future__ import annotations

from odoo.exceptions import AccessError, ValidationError

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates

HOME_CITY = "contacts:PhysicalAddress:Home:City"


class RulesCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(
            given="Ida", name="Ida", job="Judge", city="Oslo", **{HOME_CITY: "Bergen"}
        )
        self.sync()
        self.ida = self.partner("Ida")

    def rule(self, **rules: str) -> None:
        self.account.field_rules = rules


class TestRules(RulesCase):
    def test_field_is_only_pulled(self):
        self.rule(job_title="pull")
        self.ida.function = "Cook"
        self.ida.city = "Voss"
        with self.server.recorder as recorder:
            self.sync()
        sent = ["set contacts:PhysicalAddress:Business:City"]
        self.assertEqual(updates(recorder), [sent])
        self.assertIdle()
        self.edit(self.item, job="Baker")
        self.sync()
        self.assertPartner(self.ida, function="Baker")

    def test_field_is_only_pushed(self):
        self.rule(job_title="push")
        self.edit(self.item, job="Baker", city="Voss")
        self.sync()
        self.assertPartner(self.ida, function="Judge", city="Voss")
        self.assertIdle()
        self.rule()
        self.sync()
        self.assertPartner(self.ida, function="Baker")

    def test_field_is_not_synchronized(self):
        self.rule(job_title="none")
        self.edit(self.item, job="Baker")
        self.sync()
        self.ida.function = "Cook"
        self.sync()
        self.assertPartner(self.ida, function="Cook")
        self.assertItem(self.item, job="Baker")
        self.assertIdle()

    def test_new_contacts_are_created_without_the_field(self):
        self.rule(job_title="none", note="pull")
        self.add(name="Ola", job="Judge", note=("Text", "Tea"))
        self.new_partner("Ole", function="Cook", comment="<p>Tea</p>")
        self.sync()
        self.assertFalse(self.partner("Ola").function)
        self.assertIn("Tea", self.partner("Ola").comment)
        self.assertItem(self.in_mailbox("Ole"), job=None, note=None)
        self.assertIdle()

    def test_all_parts_of_an_address_follow_one_rule(self):
        self.rule(home_street="none")
        self.edit(self.item, **{HOME_CITY: "Voss"})
        self.sync()
        self.assertEqual(self.ida.child_ids.city, "Bergen")
        self.assertIdle()

    def test_unknown_field_or_direction_is_refused(self):
        for rules in (
            {"nonsense": "pull"},
            {"job_title": "sideways"},
            {"job_title": {}},
            {"home_city": "pull"},
            ["job_title"],
        ):
            with self.assertRaises(ValidationError):
                self.account.with_user(self.owner).field_rules = rules


class TestDefaults(RulesCase):
    def test_administrators_rule_applies_until_the_owner_chooses(self):
        self.provider.field_rules = {"job_title": "pull"}
        self.ida.function = "Cook"
        self.sync()
        self.assertItem(self.item, job="Judge")
        choices = {one["key"]: one["default"] for one in self.choices()}
        self.assertEqual((choices["job_title"], choices["note"]), ("pull", "both"))
        self.rule(job_title="both")
        self.sync()
        self.assertItem(self.item, job="Cook")

    def test_reset_restores_the_administrators_rule(self):
        self.provider.field_rules = {"job_title": "pull"}
        self.rule(job_title="both")
        self.account.with_user(self.owner).action_reset_field_rules()
        self.ida.function = "Cook"
        self.sync()
        self.assertItem(self.item, job="Judge")
        self.assertIdle()

    def test_field_is_synchronized_after_the_rule_is_lifted(self):
        self.provider.field_rules = {"job_title": "none"}
        self.ida.function = "Cook"
        self.sync()
        self.provider.action_reset_field_rules()
        self.sync()
        self.assertItem(self.item, job="Cook")

    def test_owner_cannot_set_the_administrators_rules(self):
        with self.assertRaises(AccessError):
            self.provider.with_user(self.owner).field_rules = {}

    def choices(self) -> list[dict]:
        self.account.invalidate_recordset()
        return self.account.with_user(self.owner).field_rule_choices
