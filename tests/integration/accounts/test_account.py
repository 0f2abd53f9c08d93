# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of an account: which are accepted, and what a change causes."""

from __future__ import annotations

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from support.cases.account_case import AccountCase


class TestNewAccount(AccountCase):
    def test_account_belongs_to_its_creator(self):
        account = self.new_account(self.anna)
        self.assertEqual(account.user_id, self.anna)
        self.assertEqual(account.company_id, self.anna.company_id)
        self.assertEqual(account.state, "draft")
        self.assertEqual(account.display_name, "anna@example.com")

    def test_the_only_provider_is_preselected(self):
        account = self.env["exchange.account"].with_user(self.anna).new({})
        self.assertEqual(account.provider_id, self.provider)
        self.env["exchange.provider"].create({"name": "Another"})
        account = self.env["exchange.account"].with_user(self.anna).new({})
        self.assertFalse(account.provider_id)

    def test_new_account_imports_and_does_not_export(self):
        account = self.new_account(self.anna)
        self.assertTrue(account.import_contacts)
        self.assertFalse(account.export_contacts)
        self.assertEqual(account.exchange_deletion, "keep")
        self.assertEqual(account.odoo_deletion, "keep")

    def test_address_is_stripped(self):
        account = self.new_account(self.anna, email="  a.b@example.com ")
        self.assertEqual(account.email, "a.b@example.com")

    def test_invalid_address_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "“anna” is not an e-mail"):
            self.new_account(self.anna, email="anna")

    def test_the_same_mailbox_twice_is_refused(self):
        account = self.new_account(self.anna)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation) as caught,
            self.env.cr.savepoint(),
        ):
            self.new_account(self.anna, email="Anna@Example.com")
        sentence = account._sql_error_to_message(caught.exception)
        self.assertEqual(sentence, "This mailbox is already connected.")

    def test_an_archived_account_still_holds_the_mailbox(self):
        self.new_account(self.anna).active = False
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
        ):
            self.new_account(self.anna)

    def test_two_people_may_connect_the_same_mailbox(self):
        self.new_account(self.anna, email="office@example.com")
        account = self.new_account(self.ben, email="office@example.com")
        self.assertEqual(account.user_id, self.ben)

    def test_a_company_that_is_not_the_owners_is_refused(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaisesRegex(ValidationError, "your own companies"):
            self.new_account(self.anna, company_id=company.id)

    def test_numbers_out_of_range_are_refused(self):
        account = self.new_account(self.anna)
        with self.assertRaisesRegex(ValidationError, "at least 5 minutes"):
            account.interval_minutes = 4
        with self.assertRaisesRegex(ValidationError, "between 0 and 100"):
            account.deletion_limit = 101


class TestUnchangeableValues(AccountCase):
    def test_owner_cannot_be_changed(self):
        for account in (self.new_account(self.anna), self.connected(self.ben)):
            with self.assertRaisesRegex(ValidationError, "another user"):
                account.user_id = self.admin
            self.assertNotEqual(account.user_id, self.admin)

    def test_a_user_who_creates_an_account_for_another_is_refused(self):
        with self.assertRaises(AccessError):
            self.new_account(self.anna, user_id=self.ben.id)

    def test_before_the_first_connection_a_typing_error_can_be_corrected(self):
        account = self.new_account(self.anna, email="ana@example.com")
        account.sudo().state = "error"
        account.email = "anna@example.com"
        self.assertEqual(account.email, "anna@example.com")

    def synchronized(self):
        """Accounts with something that belongs to their mailbox."""
        linked = self.connected(self.anna)
        self.env["exchange.contact.link"].create({"account_id": linked.id})
        waiting = self.connected(self.anna, email="second@example.com")
        self.env["exchange.inbox.entry"].create(
            {"account_id": waiting.id, "remote_id": "id"}
        )
        at_work = self.connected(self.anna, email="third@example.com")
        self.env["exchange.sync.run"].create({"account_id": at_work.id})
        return linked | waiting | at_work

    def test_mailbox_cannot_change_while_synchronized(self):
        other = self.env["exchange.provider"].create({"name": "Another"})
        for account in self.synchronized():
            self.assertTrue(account.mailbox_fixed)
            for values in ({"email": "o@example.com"}, {"provider_id": other.id}):
                with (
                    self.subTest(account=account.email, values=values),
                    self.assertRaisesRegex(ValidationError, "reset the synchron"),
                ):
                    account.write(values)
            self.assertEqual(account.state, "connected")
            self.assertTrue(account.connected_since)

    def test_another_spelling_is_the_same_mailbox(self):
        account = self.synchronized()[0]
        account.email = " Anna@Example.com"
        self.assertEqual(account.email, "Anna@Example.com")
        self.assertEqual(account.state, "connected")

    def test_another_mailbox_requires_signing_in_again(self):
        other = self.env["exchange.provider"].create({"name": "Another"})
        for values in ({"email": "o@example.com"}, {"provider_id": other.id}):
            account = self.connected(self.anna)
            folder = self.new_folder(account, selected=True)
            account.export_folder_id = folder
            account.sudo().write(
                {
                    "connection_url": "http://127.0.0.1:9/ews",
                    "last_sync": fields.Datetime.now(),
                    "next_sync": fields.Datetime.now(),
                    "message_code": "server_busy",
                }
            )
            self.assertFalse(account.mailbox_fixed)
            account.write(values)
            with self.subTest(values=values):
                self.assertEqual(account.state, "draft")
                self.assertFalse(folder.exists() or account.export_folder_id)
                self.assertFalse(account.sudo().connection_url or account.message)
                self.assertFalse(account.last_sync or account.next_sync)
                self.assertFalse(account.connected_since)
                self.assertTrue(account.has_password)
                account.unlink()

    def test_company_cannot_change_once_connected(self):
        account = self.connected(self.anna)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.anna.company_ids |= company
        with self.assertRaisesRegex(ValidationError, "“Company” cannot be changed"):
            account.company_id = company

    def test_writing_equal_values_is_no_change(self):
        account = self.connected(self.anna)
        account.write(
            {
                "email": account.email,
                "provider_id": account.provider_id.id,
                "company_id": account.company_id.id,
                "user_id": account.user_id.id,
            }
        )
        self.assertEqual(account.state, "connected")


class TestPauseAndResume(AccountCase):
    def test_a_paused_account_is_not_due(self):
        account = self.connected(self.anna)
        account.action_sync_now()
        account.action_pause()
        self.assertEqual(account.state, "paused")
        self.assertFalse(account.next_sync)

    def test_resuming_an_account_that_never_ran_starts_nothing(self):
        account = self.connected(self.anna)
        account.action_pause()
        account.action_resume()
        self.assertEqual(account.state, "connected")
        self.assertFalse(account.next_sync)

    def test_resuming_requests_a_run_at_once(self):
        account = self.connected(self.anna)
        account.sudo().last_sync = fields.Datetime.now()
        account.action_pause()
        account.action_resume()
        self.assertEqual(account.state, "connected")
        self.assertTrue(account.next_sync)

    def test_resuming_without_automatic_runs_waits_for_the_owner(self):
        account = self.connected(self.anna, auto_sync=False)
        account.action_pause()
        account.action_resume()
        self.assertEqual(account.state, "connected")
        self.assertFalse(account.next_sync)

    def test_resuming_without_a_password_asks_for_it(self):
        account = self.connected(self.anna)
        account.action_pause()
        account.sudo().password_encrypted = False
        with self.assertRaisesRegex(UserError, "Enter the password of anna@example"):
            account.action_resume()

    def test_a_new_account_cannot_be_paused(self):
        account = self.new_account(self.anna)
        account.action_pause()
        self.assertEqual(account.state, "draft")

    def test_a_paused_account_does_not_synchronize_on_request(self):
        account = self.connected(self.anna)
        account.action_pause()
        with self.assertRaisesRegex(UserError, "Sign in to anna@example.com"):
            account.action_sync_now()

    def test_an_administrator_pauses_and_resumes_many(self):
        accounts = self.connected(self.anna) | self.connected(self.ben)
        accounts.with_user(self.admin).action_pause()
        self.assertEqual(set(accounts.mapped("state")), {"paused"})
        accounts.with_user(self.admin).action_resume()
        self.assertEqual(set(accounts.mapped("state")), {"connected"})
