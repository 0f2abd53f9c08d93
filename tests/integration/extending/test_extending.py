# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A field of another addon; the tests run the code of ``docs/EXTEND.md``."""

from __future__ import annotations

import re
from pathlib import Path

from odoo.modules import get_module_path

from odoo.addons.exchange_contact_sync.core.fields import Kind
from odoo.addons.exchange_contact_sync.use_cases import extending

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates

LABELS_LOGGER = "odoo.addons.exchange_contact_sync.use_cases.field_labels"
CUSTOMER_ID = "extended:0x3a4a:String"


def worked_example() -> type:
    """The class in the document, as if another addon defined it."""
    document = Path(get_module_path("exchange_contact_sync"), "docs", "EXTEND.md")
    [code] = re.findall(r"```python\n(.*?)```", document.read_text("utf-8"), re.DOTALL)
    names = {"__name__": "odoo.addons.customer_number.models"}
    exec(code, names)  # pylint: disable=exec-used
    return names["ResPartner"]


class ExtendingCase(SyncCase):
    def install(self, model: type) -> None:
        """Extend the model with the class until the test ends."""
        partner = self.env.registry["res.partner"]
        before = partner.__bases__
        self.addCleanup(setattr, partner, "__bases__", before)
        partner.__bases__ = (model, *before)

    def with_fields(self, *further: extending.FurtherField) -> None:
        example = worked_example()
        self.addCleanup(
            setattr,
            example,
            "_exchange_further_fields",
            example._exchange_further_fields,
        )
        example._exchange_further_fields = lambda _self: list(further)
        self.install(example)


class TestWorkedExample(ExtendingCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(given="Ida", name="Ida", **{CUSTOMER_ID: "A-1"})
        self.sync()
        self.ida = self.partner("Ida")
        self.assertFalse(self.ida.ref, "the field was not synchronized yet")
        self.install(worked_example())

    def test_existing_value_is_imported_once(self):
        run = self.sync()
        self.assertPartner(self.ida, ref="A-1")
        line = run.line_ids.filtered(lambda line: line.field_name == "ref")
        found = line.fields_get(["field_name"], ["selection"])
        labels = dict(found["field_name"]["selection"])
        self.assertEqual(labels[line.field_name], "Reference")
        self.assertIdle()

    def test_edit_on_either_side_is_synchronized_alone(self):
        self.sync()
        self.ida.ref = "A-2"
        with self.server.recorder as recorder:
            self.sync()
        self.assertEqual(updates(recorder), [["set 0x3A4A"]])
        self.assertItem(self.item, **{CUSTOMER_ID: "A-2"})
        self.edit(self.item, **{CUSTOMER_ID: "A-3"})
        self.sync()
        self.assertPartner(self.ida, ref="A-3")
        self.edit(self.item, **{CUSTOMER_ID: None})
        self.sync()
        self.assertFalse(self.ida.ref)
        self.assertIdle()

    def test_values_entered_before_on_both_sides_are_a_conflict(self):
        self.ida.ref = "B-9"
        self.account.conflict_policy = "exchange"
        run = self.sync()
        self.assertEqual(run.conflict_count, 1)
        [conflict] = run.line_ids.filtered(lambda line: line.action == "conflict")
        self.assertEqual(
            (conflict.field_name, conflict.old_value, conflict.new_value),
            ("ref", "B-9", "A-1"),
        )
        self.assertPartner(self.ida, ref="A-1")
        self.assertTrue(conflict.can_use_other)
        conflict.with_user(self.owner).action_use_other()
        self.sync()
        self.assertPartner(self.ida, ref="B-9")
        self.assertItem(self.item, **{CUSTOMER_ID: "B-9"})

    def test_field_is_exported_with_a_new_contact(self):
        self.new_partner("Ola", ref="C-1")
        self.sync()
        self.assertItem(self.in_mailbox("Ola"), **{CUSTOMER_ID: "C-1"})
        self.assertIdle()

    def test_field_has_a_rule(self):
        labels = {one["key"]: one["label"] for one in self.account.field_rule_choices}
        self.assertEqual(labels["ref"], "Reference")
        self.account.field_rules = {"ref": "none"}
        self.sync()
        self.assertFalse(self.ida.ref)
        self.account.field_rules = {}
        self.sync()
        self.assertPartner(self.ida, ref="A-1")


class TestWhatCannotBeAdded(ExtendingCase):
    def refused(self, *further: extending.FurtherField) -> str:
        """:returns: the message for the developer"""
        self.with_fields(*further)
        with self.assertRaises(ValueError) as caught:
            extending.checked(self.env)
        return str(caught.exception)

    def test_unknown_field_is_refused(self):
        place = extending.mileage()
        error = self.refused(extending.FurtherField("color", "Color", place))
        self.assertIn("color is not a field of contacts", error)

    def test_field_already_synchronized_is_refused(self):
        place = extending.mileage()
        error = self.refused(extending.FurtherField("email", "E-mail", place))
        self.assertIn("synchronized already", error)

    def test_used_property_is_refused(self):
        place = extending.mileage()
        one = extending.FurtherField("ref", "Reference", place)
        other = extending.FurtherField("barcode", "Barcode", place)
        self.assertIn("in Exchange is already used", self.refused(one, other))
        title = extending.FurtherField(
            "ref", "Reference", extending.tagged_property(0x3A45)
        )
        self.assertIn("in Exchange is already used", self.refused(title))

    def test_unsupported_kind_is_refused(self):
        place = extending.named_property("5e3f9d0a-3b1c-4d92-8b59-2f2f5a3c9f11", "Ref")
        error = self.refused(extending.FurtherField("ref", "R", place, Kind.COUNTRY))
        self.assertIn("one field cannot store a value", error)


class TestBrokenAddon(ExtendingCase):
    """A mistake of another addon stops runs, but the history stays readable."""

    def setUp(self):
        super().setUp()
        item = self.add(given="Ida", name="Ida", job="Chief")
        self.sync()
        self.edit(item, job="Head")
        self.lines = self.sync().line_ids.with_user(self.owner)
        self.lines.invalidate_recordset()

    def assert_readable(self) -> dict[str, str]:
        """:returns: the labels that the history shows for the names of fields"""
        described = self.lines.get_views([(False, "list"), (False, "form")])
        fields = described["models"]["exchange.sync.line"]["fields"]
        read = self.lines.read(["field_name", "old_value", "new_value", "message"])
        found = [(row["field_name"], row["new_value"]) for row in read]
        self.assertIn(("job_title", "Head"), found)
        labels = dict(fields["field_name"]["selection"])
        self.assertEqual(labels["job_title"], "Job title")
        return labels

    def test_missing_field_leaves_the_history_readable(self):
        place = extending.mileage()
        self.with_fields(extending.FurtherField("x_gone", "Gone", place))
        self.assertEqual(self.assert_readable()["x_gone"], "Gone")

    def test_failing_addon_leaves_the_history_readable(self):
        def fail(_self):
            raise KeyError("a mistake in another addon")

        example = worked_example()
        example._exchange_further_fields = fail
        self.install(example)
        with self.assertLogs(LABELS_LOGGER, "ERROR"):
            self.assert_readable()
