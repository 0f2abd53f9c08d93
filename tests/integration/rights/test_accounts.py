# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users see only their own accounts; administrators see the state of all."""

from __future__ import annotations

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.models.exchange_account import BOOKKEEPING

from support.cases.account_case import AccountCase

OWNED = (
    "exchange.account",
    "exchange.folder",
    "exchange.contact.link",
    "exchange.sync.run",
    "exchange.sync.line",
)


class OwnedCase(AccountCase):
    """One record of each kind for Anna."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        case = cls("connected")
        case.env = cls.env
        cls.account = case.connected(cls.anna).with_env(cls.env)
        folder = case.new_folder(cls.account)
        cls.partner = cls.env["res.partner"].create({"name": "Peter Holm"})
        link = cls.env["exchange.contact.link"].create(
            {"account_id": cls.account.id, "partner_id": cls.partner.id}
        )
        run = cls.env["exchange.sync.run"].create({"account_id": cls.account.id})
        line = cls.env["exchange.sync.line"].create(
            {"run_id": run.id, "direction": "pull", "action": "create"}
        )
        cls.records = {
            record._name: record for record in (cls.account, folder, link, run, line)
        }

    def record(self, model, user):
        """Anna's record of a model as another user finds it."""
        return self.records[model].with_user(user)


class TestColleague(OwnedCase):
    def test_finds_nothing_of_others(self):
        for model in OWNED:
            with self.subTest(model=model):
                mine = self.env[model].with_user(self.anna).search([])
                self.assertEqual(mine, self.records[model])
                self.assertFalse(self.env[model].with_user(self.ben).search([]))

    def test_reads_nothing_of_others(self):
        for model in OWNED:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.record(model, self.ben).read(["display_name"])

    def test_changes_nothing_of_others(self):
        for model in ("exchange.account", "exchange.folder"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.record(model, self.ben).write({})
        with self.assertRaises(AccessError):
            self.record("exchange.folder", self.ben).selected = True
        with self.assertRaises(AccessError):
            self.record("exchange.account", self.ben).unlink()

    def test_runs_no_operation_on_records_of_others(self):
        account = self.record("exchange.account", self.ben)
        for operation in (
            account.action_authorize,
            account.action_refresh_folders,
            account.action_sync_now,
            account.action_confirm_deletions,
            account.action_reset,
            account.action_pause,
            account.action_resume,
            account.action_pause_selected,
            account.action_resume_selected,
            account.action_sync_selected,
            account.sync,
        ):
            with (
                self.subTest(operation=operation.__name__),
                self.assertRaises(AccessError),
            ):
                operation()

    def test_sees_no_link_of_others_on_a_contact(self):
        self.assertTrue(self.partner.with_user(self.anna).exchange_link_ids)
        self.env.invalidate_all()  # as in a request of its own
        self.assertFalse(self.partner.with_user(self.ben).exchange_link_ids)
        found = self.env["res.partner"].with_user(self.ben)
        found = found.search([("exchange_link_ids.state", "=", "pending")])
        self.assertFalse(found)


class TestOwner(OwnedCase):
    def test_writes_no_bookkeeping(self):
        account = self.account.with_user(self.anna)
        for name in sorted(BOOKKEEPING):
            with self.subTest(field=name), self.assertRaises(AccessError):
                account.write({name: False})

    def test_cannot_create_with_bookkeeping(self):
        with self.assertRaises(AccessError):
            self.new_account(self.anna, email="second@example.com", state="connected")

    def test_cannot_set_bookkeeping_by_defaults(self):
        accounts = self.env["exchange.account"].with_user(self.anna)
        vals = {"provider_id": self.provider.id, "email": "second@example.com"}
        account = accounts.with_context(default_state="connected").create(vals)
        self.assertEqual(account.state, "draft")
        with self.assertRaises(AccessError):
            accounts.with_context(default_connection_url="http://a/").create(vals)

    def test_an_error_says_that_none_of_the_selected_accounts_can_be_steered(self):
        account = self.account.with_user(self.anna)
        self.account.state = "draft"
        for operation in (
            account.action_pause_selected,
            account.action_resume_selected,
            account.action_sync_selected,
        ):
            with self.subTest(operation=operation.__name__):
                message = operation()["params"]["message"]
                self.assertIn("Not changed: anna@example.com", message)

    def test_may_only_choose_folders(self):
        folder = self.record("exchange.folder", self.anna)
        folder.selected = True
        self.assertTrue(folder.selected)
        for values in ({"name": "Mine"}, {"account_id": self.account.id}):
            with self.assertRaises(AccessError):
                folder.write(values)
        with self.assertRaises(AccessError):
            folder.unlink()
        with self.assertRaises(AccessError):
            folder.create(
                {"account_id": self.account.id, "name": "x", "remote_id": "x"}
            )

    def test_cannot_change_history(self):
        for model in (
            "exchange.contact.link",
            "exchange.sync.run",
            "exchange.sync.line",
        ):
            record = self.record(model, self.anna)
            with self.subTest(model=model):
                with self.assertRaises(AccessError):
                    record.write({})
                with self.assertRaises(AccessError):
                    record.unlink()
                with self.assertRaises(AccessError):
                    record.create({})

    def test_reads_only_public_fields_of_a_provider(self):
        provider = self.provider.with_user(self.anna)
        self.assertEqual(provider.read(["name", "kind"])[0]["name"], "Company mail")
        for name in ("server_url", "auth_type", "ca_certificate", "service_username"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                provider.read([name])
        with self.assertRaises(AccessError):
            provider.name = "Mine"
        with self.assertRaises(AccessError):
            provider.action_open_accounts()

    def test_may_delete_the_account_with_its_records(self):
        self.account.with_user(self.anna).unlink()
        for model in OWNED:
            self.assertFalse(self.records[model].exists(), model)
        self.assertTrue(self.partner.exists())


class TestAdministrator(OwnedCase):
    def test_sees_the_state_of_all_accounts(self):
        account = self.record("exchange.account", self.admin)
        self.account.message_code = "server_unreachable"
        self.account.message_detail = "timed out"
        values = account.read(["email", "state", "message", "message_detail"])[0]
        self.assertEqual(values["state"], "connected")
        self.assertIn("does not answer", values["message"])
        self.assertEqual(values["message_detail"], "timed out")
        self.assertTrue(self.record("exchange.sync.run", self.admin).read(["summary"]))

    def test_does_not_see_what_is_in_the_mailboxes_of_others(self):
        for model in ("exchange.folder", "exchange.contact.link", "exchange.sync.line"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.record(model, self.admin).read(["display_name"])

    def test_does_not_change_accounts_of_others(self):
        account = self.record("exchange.account", self.admin)
        with self.assertRaises(AccessError):
            account.email = "carl@example.com"
        with self.assertRaises(AccessError):
            account.password = "another"
        with self.assertRaises(AccessError):
            account.unlink()

    def test_does_not_synchronize_for_others(self):
        account = self.record("exchange.account", self.admin)
        for operation in (account.sync, account.action_sync_now):
            with self.assertRaises(AccessError):
                operation()

    def test_details_are_for_administrators_only(self):
        for model in ("exchange.account", "exchange.sync.run"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.record(model, self.anna).read(["message_detail"])


class TestOutsiders(OwnedCase):
    def test_portal_users_see_nothing(self):
        guest = new_test_user(self.env, "guest@example.com", "base.group_portal")
        for model in (*OWNED, "exchange.provider", "exchange.inbox.entry"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(guest).search([])

    def test_the_inbox_is_for_administrators(self):
        with self.assertRaises(AccessError):
            self.env["exchange.inbox.entry"].with_user(self.anna).search([])
        self.env["exchange.inbox.entry"].with_user(self.admin).search([])

    def test_only_administrators_delete_a_provider(self):
        with self.assertRaises(AccessError):
            self.provider.with_user(self.anna).unlink()
        self.provider.copy({"name": "Second"}).with_user(self.admin).unlink()

    def test_nothing_needs_consent_without_a_deletion_limit(self):
        with self.assertRaisesRegex(UserError, "nothing that needs your consent"):
            self.account.with_user(self.anna).action_confirm_deletions()
