# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An error says which value of which field, why, and who can do what."""

from __future__ import annotations

import random
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.engine.session import BatchSizes
from odoo.addons.exchange_contact_sync.use_cases import synchronize, wiring

from support.cases.sync_case import SyncCase

LONG = "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9FA5), k=1000)))
"""3,000 bytes of Chinese: more than fits into an index of PostgreSQL."""


class TestRefusalsOfOdoo(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ben", email="ben@example.com")

    def constrain(self, statement: str) -> None:
        self.env.flush_all()
        self.env.cr.execute(f"ALTER TABLE res_partner {statement}")

    def problem(self, state: str = "partial"):
        """The one line about a problem in the next run."""
        run = self.sync(state=state)
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual(len(line), 1, run.line_ids.mapped("message"))
        return line

    def test_message_of_another_app_is_shown(self):
        """The message is for users; the value and its field are added."""
        self.sync()
        self.edit(self.item, job="Boss")
        write = type(self.env["res.partner"]).write
        for kind in (UserError, RedirectWarning):
            args = (2, "Go there") if kind is RedirectWarning else ()

            def refuse(partners, vals, kind=kind, args=args):
                if vals.get("function"):
                    raise kind("Bosses are hired in Payroll", *args)
                return write(partners, vals)

            with (
                self.subTest(kind=kind.__name__),
                patch.object(type(self.env["res.partner"]), "write", refuse),
            ):
                said = self.problem().message
                self.assertIn("does not accept “Boss” in the field “Job title”", said)
                self.assertIn(": Bosses are hired in Payroll. It stays", said)
            self.edit(self.item, job="")
            self.sync()
            self.edit(self.item, job="Boss")

    def test_required_field_of_another_app_is_named(self):
        self.env["res.partner"].with_context(active_test=False).search([]).ref = "R"
        self.constrain("ALTER COLUMN ref SET NOT NULL")
        line = self.problem()
        self.assertEqual(line.name, "Ben")
        self.assertIn("Odoo does not accept this contact: Missing", line.message)
        self.assertIn("'Reference' (ref).", line.message)
        self.assertNotIn("create/update", line.message)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Ben")]))

    def test_value_that_must_be_unique_is_named(self):
        self.new_partner("Carl", function="Boss")
        self.sync()
        self.constrain("ADD CONSTRAINT one_boss UNIQUE (function)")
        self.edit(self.item, job="Boss")
        said = self.problem().message
        self.assertIn("“Boss” in the field “Job title”: The value for", said)
        self.assertIn("already exists. It stays", said)

    def test_check_without_a_message_names_the_value(self):
        self.sync()
        self.constrain("ADD CONSTRAINT no_boss CHECK (function <> 'Boss')")
        self.edit(self.item, job="Boss")
        line = self.problem()
        self.assertIn("does not accept “Boss” in the field “Job title”.", line.message)
        self.assertNotIn("violates", line.message)
        self.assertIn("no_boss", line.sudo().error_detail)

    def test_too_long_value_is_named(self):
        self.sync()
        self.env.cr.execute("CREATE INDEX ON res_partner (function)")
        self.edit(self.item, job=LONG)
        said = self.problem().message
        self.assertIn("is too long for the field “Job title” in Odoo", said)
        self.constrain("ALTER COLUMN city TYPE varchar(20)")
        self.edit(self.item, city="L" * 30)
        self.assertIn("is too long for the field “City”", self.problem().message)

    def test_reason_is_erased_with_the_contact(self):
        self.sync()
        self.constrain("ADD CONSTRAINT one_boss UNIQUE (function)")
        self.new_partner("Carl", function="Boss")
        self.edit(self.item, job="Boss")
        line = self.problem()
        self.assertTrue(line.error_reason)
        self.partner("Ben").unlink()
        self.assertFalse(line.error_reason)


class TestMissingRights(SyncCase):
    """A missing right of the owner is reported once, and before the first run."""

    def setUp(self):
        super().setUp()
        new_test_user(self.env, "chief", "base.group_system", name="Chief of Odoo")
        self.right = self.env.ref("base.group_partner_manager")
        self.items = [self.add(name=f"Outlook {number}") for number in range(6)]

    def remove_right(self) -> None:
        self.owner.group_ids = [Command.unlink(self.right.id)]
        self.account.invalidate_recordset()

    def assertAsks(self, said: str) -> None:
        self.assertIn("Chief of Odoo", said)
        self.assertIn("Contact / Creation", said)

    def reported(self, run, code: str):
        return run.line_ids.filtered(lambda line: line.error_code == code)

    def test_missing_right_to_create_is_reported_before_the_first_run(self):
        self.assertFalse(self.account.import_problem)
        self.remove_right()
        self.assertAsks(self.account.import_problem)
        dialog = self.env["exchange.add.account"].with_user(self.owner).create({})
        self.assertAsks(dialog.import_problem)
        reported = self.reported(self.sync(), "may_not_create")
        self.assertEqual(len(reported), 1)
        self.assertAsks(reported.message)

    def test_missing_right_is_reported_once_in_a_run_of_many_slices(self):
        self.remove_right()
        slices = 0
        with patch.object(wiring, "_sizes", lambda _env: BatchSizes(pull=2)):
            more = True
            while more:
                slices += 1
                outcome = synchronize.run_slice(
                    self.account, trigger="manual", seconds=0.0
                )
                more = outcome.more
        self.assertGreater(slices, 1)
        self.assertEqual(len(self.reported(outcome.run, "may_not_create")), 1)

    def test_missing_right_to_change_is_reported_once(self):
        self.sync()
        self.remove_right()
        for item in self.items:
            self.edit(item, job="Boss", city="Oslo")
        run = self.sync(state="partial")
        reported = self.reported(run, "may_not_write")
        self.assertEqual((len(reported), run.error_count, reported.name), (1, 1, False))
        self.assertAsks(reported.message)
        self.assertFalse(run.line_ids.filtered("field_name"))
        self.assertIdle()

    def test_missing_right_to_archive_is_reported_once(self):
        self.sync()
        self.account.write({"exchange_deletion": "delete", "deletion_limit": 100})
        self.remove_right()
        for item in self.items[:3]:
            self.mailbox.delete_contact(item.id)
        run = self.sync(state="partial")
        reported = self.reported(run, "may_not_write")
        self.assertEqual((len(reported), run.error_count), (1, 1))
        gone = self.partner("Outlook 0")
        [state] = gone.with_user(self.owner).exchange_mailboxes
        self.assertAsks(state["reason"])
        self.owner.group_ids = [Command.link(self.right.id)]
        self.assertEqual(self.sync().imported_archived, 3)
        self.assertFalse(gone.active)
