# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A preview shows what the synchronization after it does, and changes nothing."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import SQL, mute_logger

from odoo.addons.exchange_contact_sync.use_cases import schedule, synchronize

from exchange_server import faults
from support.cases.preview_case import PreviewCase

BUDGET = "odoo.addons.exchange_contact_sync.use_cases.preview.PREVIEW_SECONDS"
GATEWAY = "odoo.addons.exchange_contact_sync.partner.gateway.PartnerGateway"


class TestShown(PreviewCase):
    account_values = {
        "exchange_deletion": "delete",
        "odoo_deletion": "delete",
        "deletion_limit": 100,
    }

    def setUp(self):
        super().setUp()
        self.items = {
            name: self.add(name=name, email=f"{name.lower()}@example.com", job="Clerk")
            for name in ("Ada", "Bea", "Cleo", "Dora", "Edda")
        }
        for name in ("Finn", "Gil", "Hal", "Ivo"):
            self.new_partner(name, email=f"{name.lower()}@example.com")
        self.sync()
        self.sync()

    def edit_both_sides(self) -> None:
        """Make each kind of change to contacts, on either side."""
        self.edit(self.items["Ada"], job="Analyst", city="London")
        self.partner("Bea").function = "Baker"
        self.edit(self.items["Cleo"], job="Carver")
        self.partner("Cleo").function = "Cook"
        self.mailbox.delete_contact(self.items["Dora"].id)
        self.mailbox.delete_contact(self.items["Edda"].id)
        self.partner("Edda").function = "Editor"
        self.partner("Finn").active = False
        self.partner("Gil").active = False
        self.edit(self.in_mailbox("Gil"), job="Gardener")
        self.partner("Hal").unlink()

    def add_to_both_sides(self) -> None:
        """Add people who are on one side, on both, ambiguous, or without a name."""
        self.add(name="Kim", email="kim@example.com", company="ACME")
        self.new_partner("Leo", email="leo@example.com")
        self.add(name="Max", email="max@example.com", job="Mason")
        self.new_partner("Max", email="max@example.com", city="Rome")
        self.add(name="Ned", email="ned@example.com")
        self.candidates = self.new_partner("Ned One", email="ned@example.com")
        self.candidates |= self.new_partner("Ned Two", email="ned@example.com")
        self.add(city="Nowhere")
        new_test_user(self.env, "pam@example.com", name="Pam")
        self.add(name="Pam", email="pam@example.com", job="Painter")

    def test_preview_matches_the_run_in_both_directions(self):
        self.edit_both_sides()
        self.add_to_both_sides()
        run = self.assertRunsAsShown("partial")
        happened = {(line.direction, line.action) for line in run.line_ids}
        self.assertLessEqual(
            {
                ("pull", "create"),
                ("pull", "update"),
                ("pull", "link"),
                ("pull", "archive"),
                ("pull", "revive"),
                ("pull", "ambiguous"),
                ("pull", "error"),
                ("push", "create"),
                ("push", "update"),
                ("push", "delete"),
                ("push", "revive"),
            },
            happened,
        )
        self.assertIn("conflict", run.line_ids.mapped("action"))

    def test_preview_shows_pairs_that_stop(self):
        self.account.write({"exchange_deletion": "keep", "odoo_deletion": "keep"})
        self.edit_both_sides()
        run = self.assertRunsAsShown()
        self.assertIn("stop", run.line_ids.mapped("action"))

    def test_lines_open_existing_contacts(self):
        self.edit_both_sides()
        self.add_to_both_sides()
        run = self.preview(state="partial")
        lines = {(line.action, line.name): line for line in run.line_ids}
        self.assertEqual(lines["archive", "Dora"].partner_id, self.partner("Dora"))
        self.assertEqual(lines["ambiguous", "Ned"].candidate_ids, self.candidates)
        self.assertFalse(lines["create", "Kim"].partner_id)
        self.assertTrue(lines["create", "Kim"].sudo().remote_id)
        self.assertEqual(lines["create", "Leo"].partner_id, self.partner("Leo"))
        self.assertFalse(lines["create", "Leo"].sudo().remote_id)

    def test_preview_includes_a_new_folder(self):
        friends = self.mailbox.create_folder("Friends")
        self.add(friends, name="Kim")
        self.account.sudo().folders_refreshed = False
        self.assertRunsAsShown()
        self.partner("Kim")

    def test_preview_between_slices_shows_the_rest(self):
        self.add_to_both_sides()
        self.assertTrue(synchronize.run_and_settle(self.account, "manual", 0.0).more)
        running = self.account.run_ids.filtered(lambda run: run.state == "running")
        shown = self.preview(state="partial")
        run = self.sync(state="partial")
        self.assertEqual(run, running, "it goes on")
        self.assertEqual(self.shown_lines(shown), self.shown_lines(run))

    def test_preview_without_changes_says_so(self):
        self.add(name="Kim")
        self.assertRunsAsShown()
        self.assertEqual(self.preview().summary, "No changes")


class TestKept(PreviewCase):
    def test_preview_does_not_affect_later_runs(self):
        self.sync()
        self.account.auto_sync = True
        self.add(name="Kim")
        result = self.account.last_summary
        names = ("last_sync", "next_sync", "failure_count", "sync_requested", "message")
        before = self.account.read(names)
        run = self.preview()
        self.assertEqual(self.account.read(names), before)
        self.assertEqual(self.account.last_summary, result)
        self.assertEqual(self.account.run_ids[:1], run)
        self.assertEqual(run.summary, "1 will be imported")
        self.assertIn("will be exported", self.preview_of_an_export().summary)

    def preview_of_an_export(self):
        self.account.import_contacts = False
        self.new_partner("Leo")
        return self.preview()

    @mute_logger("odoo.addons.exchange_contact_sync.use_cases.synchronize")
    def test_failed_run_is_reported(self):
        self.add(name="Kim")
        self.assertTrue(synchronize.run_and_settle(self.account, "manual", 0.0).more)
        self.preview()
        with patch(f"{GATEWAY}.create", side_effect=RuntimeError("oh")):
            run = self.account.sync()
        self.assertEqual((run.trigger, run.state), ("manual", "failed"))

    def test_old_preview_is_deleted_after_a_day(self):
        self.add(name="Kim")
        run, old = self.preview(), self.preview()
        old.sudo().started_at = fields.Datetime.now() - timedelta(days=2)
        self.env["exchange.sync.run"]._gc_old_runs()
        self.assertEqual((run | old).exists(), run)

    def test_preview_discards_commit_callbacks(self):
        from odoo.addons.exchange_contact_sync.storage.unit_of_work import undone

        settings = self.env["ir.config_parameter"].sudo()
        settings.set_param("exchange.test", "before")
        self.env.cr.flush()
        done = []
        self.env.cr.postcommit.add(lambda: done.append("before"))
        with undone(self.env) as env:
            schedule.wake_cron(env)
            self.owner.with_env(env)._bus_send("exchange_test", {})
            self.partner(self.owner.name).with_env(env).message_post(body="never")
            env.cr.precommit.add(lambda: done.append("never"))
            env.cr.postcommit.add(lambda: done.append("never"))
            settings = settings.with_env(env(su=True))
            settings.set_param("exchange.test", "never")
            self.assertEqual(settings.get_param("exchange.test"), "never")
        settings = settings.with_env(self.env(su=True))
        self.assertEqual(settings.get_param("exchange.test"), "before")
        self.env.cr.flush()
        self.env.cr.postcommit.run()
        self.assertEqual(done, ["before"])


class TestDeletionLimit(PreviewCase):
    account_values = {"exchange_deletion": "delete"}

    def setUp(self):
        super().setUp()
        for number in range(20):
            self.add(name=f"Outlook {number}", email=f"outlook{number}@example.com")
        self.sync()
        for item in self.mailbox.contacts()[:6]:
            self.mailbox.delete_contact(item.id)

    def test_preview_shows_that_the_limit_would_stop(self):
        shown = self.preview()
        self.assertIn("would stop and ask first", shown.message)
        self.sync(state="failed")
        self.assertTrue(self.account.deletion_limit_reached)
        again = self.preview()
        self.assertIn("would stop and ask first", again.message)
        self.assertTrue(
            self.account.deletion_limit_reached, "still waits for its owner"
        )
        self.account.action_confirm_deletions()
        agreed = self.preview()
        self.assertFalse(agreed.message)
        self.assertTrue(self.account.deletion_limit_passed, "is not used up")
        run = self.sync()
        self.assertEqual(run.imported_archived, 6)
        for preview in (shown, again, agreed):
            self.assertEqual(self.shown_lines(preview), self.shown_lines(run))

    def test_partial_preview_says_so(self):
        with patch(BUDGET, 0.0):
            run = self.preview(state="partial")
        self.assertIn("would stop and ask first", run.message)
        self.assertIn("only the first part is shown", run.message)


class TestTimeLimit(PreviewCase):
    def test_preview_ends_within_its_time(self):
        for number in range(550):
            self.add(name=f"Outlook {number}")
        with patch(BUDGET, 0.0):
            run = self.preview(state="partial")
        self.assertIn("only the first part is shown", run.message)
        self.assertEqual(run.error_count, 0)
        self.assertEqual(self.sync().imported_created, 550)


class TestRefused(PreviewCase):
    def assertFails(self, sentence: str) -> None:
        before = self.account.state
        run = self.preview(state="failed")
        self.assertIn(sentence, run.message)
        self.assertEqual(self.account.state, before)
        self.assertFalse(self.account.message)

    def test_wrong_password_is_reported(self):
        self.mailbox.password = "changed"
        self.assertFails("does not accept")

    def test_unreachable_server_is_reported(self):
        self.add(name="Kim")
        for operation in ("SyncFolderItems", "GetItem"):
            self.server.faults.add(faults.http_status(500, operation))
            self.assertFails("does not answer")

    def test_busy_server_is_reported(self):
        self.server.faults.add(faults.busy("SyncFolderItems"))
        self.assertFails("is busy")
        self.assertFalse(self.account.busy_until)

    @mute_logger("odoo.addons.exchange_contact_sync.use_cases.preview")
    def test_unexpected_failure_is_reported(self):
        self.add(name="Kim")
        with patch(f"{GATEWAY}.create", side_effect=RuntimeError("oh")):
            self.assertFails("Something unexpected")

    def test_only_the_owner_previews(self):
        ben = new_test_user(self.env, "ben@example.com", "base.group_system")
        for user in (ben, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.account.with_user(user).action_preview()
        self.assertFalse(self.account.run_ids)

    def test_unready_account_is_refused(self):
        self.account.write({"import_contacts": False, "export_contacts": False})
        with self.assertRaisesRegex(UserError, "Choose first"):
            self.account.action_preview()
        self.account.action_pause()
        with self.assertRaisesRegex(UserError, "Sign in"):
            self.account.action_preview()

    def test_preview_during_a_run_is_refused(self):
        from odoo.addons.exchange_contact_sync.storage.lease import LEASES

        take = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LEASES, self.account.id)
        with self.registry.cursor() as cr:
            cr.execute(take)
            with self.assertRaisesRegex(UserError, "being synchronized already"):
                self.account.action_preview()
        self.assertFalse(self.account.run_ids)


class TestPreviewOfTypedChoices(PreviewCase):
    """A preview of the choices on the form before they are saved."""

    account_values = {"export_contacts": False, "auto_sync": True}

    def test_preview_follows_unsaved_choices_and_saves_nothing(self):
        self.new_partner("Kim", email="kim@example.com")
        typed = {"export_contacts": True, "import_contacts": False}
        run = self.preview(typed=typed)
        self.assertIn("Kim", run.line_ids.mapped("name"))
        self.assertTrue(run.unsaved_choices)
        self.assertFalse(self.account.export_contacts)
        self.assertFalse(self.account.next_sync)
        self.assertFalse(self.preview().unsaved_choices)

    def test_invalid_unsaved_choices_are_refused(self):
        for typed, said in (
            ({"import_filter": "with"}, "Enter the categories"),
            ({"import_contacts": False}, "Choose first"),
            ({"email": "other@example.com"}, "Sign in"),
        ):
            with self.assertRaisesRegex(UserError, said):
                self.account.action_preview(typed)
        with self.assertRaises(AccessError):
            self.account.action_preview({"state": "paused"})
        self.assertFalse(self.account.run_ids)
