# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users request single contacts in their mailbox, or withdraw them."""

from __future__ import annotations

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.use_cases import export_requests

from support.cases.sync_case import OWNER_GROUPS, PASSWORD, SyncCase


class TestRequests(SyncCase):
    account_values = {"export_scope": "selected", "export_employees": True}

    def setUp(self):
        super().setUp()
        self.sync()
        self.ada = self.new_partner("Ada Byron", email="ada@example.com")

    def of_owner(self, partners):
        return partners.with_user(self.owner)

    def names(self):
        return {item.values["contacts:DisplayName"] for item in self.mailbox.contacts()}

    def test_requested_contact_is_exported_and_stays(self):
        notification = self.of_owner(self.ada).action_export_to_exchange()
        self.assertIn(self.account.email, notification["params"]["message"])
        self.assertTrue(self.account.sync_requested)
        run = self.sync()
        self.assertEqual(run.exported_created, 1)
        self.assertIn("Ada Byron", self.names())
        self.assertTrue(self.ada.exchange_link_ids.pinned)
        self.assertIdle()
        self.ada.function = "Countess"
        self.sync()
        self.assertItem(self.in_mailbox("Ada Byron"), job="Countess")
        self.assertIdle()

    def test_requested_contact_is_linked_to_its_existing_item(self):
        self.add(
            name="Ada Byron", given="Ada", surname="Byron", email="ada@example.com"
        )
        self.of_owner(self.ada).action_export_to_exchange()
        self.sync()
        self.assertEqual(len([n for n in self.names() if n == "Ada Byron"]), 1)
        self.assertEqual(self.ada.exchange_link_ids.state, "synced")
        self.assertIdle()

    def test_requested_contact_starts_a_stopped_link(self):
        self.of_owner(self.ada).action_export_to_exchange()
        self.sync()
        self.of_owner(self.ada).action_stop_exchange()
        self.ada.function = "Countess"
        self.sync()
        self.assertItem(self.in_mailbox("Ada Byron"), job=None)
        self.of_owner(self.ada).action_export_to_exchange()
        self.sync()
        self.assertItem(self.in_mailbox("Ada Byron"), job="Countess")

    def test_request_withdrawn_before_the_run_exports_nothing(self):
        self.of_owner(self.ada).action_export_to_exchange()
        notification = self.of_owner(self.ada).action_stop_exchange()
        self.assertIn("1", notification["params"]["message"])
        self.sync()
        self.assertNotIn("Ada Byron", self.names())
        with self.assertRaisesRegex(UserError, "None of these contacts"):
            self.of_owner(self.ada).action_stop_exchange()

    def test_companies_are_left_out_and_named(self):
        firm = self.new_partner("Analytical Engines", is_company=True)
        notification = self.of_owner(self.ada + firm).action_export_to_exchange()
        self.assertIn("Analytical Engines", notification["params"]["message"])
        self.sync()
        self.assertNotIn("Analytical Engines", self.names())
        with self.assertRaisesRegex(UserError, "Only people"):
            self.of_owner(firm).action_export_to_exchange()

    def test_owner_starts_the_first_run(self):
        self.exchange.add_mailbox("anna.two@example.com", PASSWORD, "Anna")
        self.account.active = False
        second = self.connect(self.owner, email="anna.two@example.com")
        said = self.of_owner(self.ada).action_export_to_exchange()
        self.assertIn("press “Synchronize Now”", said["params"]["message"])
        self.assertFalse(second.sync_requested)
        self.assertFalse(second.next_sync)
        self.sync(second)
        self.assertEqual(self.ada.exchange_link_ids.account_id, second)

    def test_request_without_a_mailbox_says_what_to_do(self):
        other = new_test_user(self.env, "other", OWNER_GROUPS)
        with self.assertRaisesRegex(UserError, "no connected mailbox"):
            self.ada.with_user(other).action_export_to_exchange()

    def test_user_chooses_among_several_mailboxes(self):
        self.exchange.add_mailbox("anna.two@example.com", PASSWORD, "Anna")
        second = self.connect(self.owner, email="anna.two@example.com")
        action = self.of_owner(self.ada).action_export_to_exchange()
        wizard = self.env[action["res_model"]].with_user(self.owner)
        wizard = wizard.with_context(**action["context"]).create({})
        with self.assertRaisesRegex(UserError, "Choose a mailbox"):
            wizard.action_export()
        wizard.account_ids = second
        wizard.action_export()
        self.sync(second)
        self.sync()
        self.assertEqual(self.ada.exchange_link_ids.account_id, second)

    def test_request_for_a_mailbox_of_another_user_is_refused(self):
        other = new_test_user(self.env, "other", OWNER_GROUPS)
        with self.assertRaises(AccessError):
            export_requests.export_to(
                self.ada.with_user(other), self.account.with_user(other)
            )


class TestRequestsWithoutExport(SyncCase):
    """Without “Export contacts”, only requested contacts are exported."""

    account_values = {"export_contacts": False}

    def setUp(self):
        super().setUp()
        self.imported = self.add(name="Ida Import", email="ida@example.com")
        self.sync()
        self.ada = self.new_partner("Ada Byron", email="ada@example.com")
        self.new_partner("Not Asked", email="not@example.com")

    def request(self):
        self.ada.with_user(self.owner).action_export_to_exchange()

    def names(self):
        return {item.values["contacts:DisplayName"] for item in self.mailbox.contacts()}

    def test_only_requested_contacts_are_exported_and_synchronized(self):
        self.request()
        self.assertEqual(self.sync().exported_created, 1)
        self.assertEqual(self.names(), {"Ada Byron", "Ida Import"})
        self.assertIdle()
        self.ada.function = "Countess"
        self.partner("Ida Import").function = "Only in Odoo"
        self.sync()
        self.assertItem(self.in_mailbox("Ada Byron"), job="Countess")
        self.assertItem(self.imported, job=None)
        self.edit(self.in_mailbox("Ada Byron"), job="Programmer")
        self.sync()
        self.assertEqual(self.ada.function, "Programmer")
        self.assertIdle()

    def test_requested_contacts_do_not_count_as_chosen(self):
        self.request()
        self.assertEqual(self.account.export_count, 0)

    def test_requested_contacts_are_exported_without_import(self):
        self.account.import_contacts = False
        self.request()
        self.sync()
        self.assertEqual(self.names(), {"Ada Byron", "Ida Import"})
        self.assertIdle()

    def test_preview_shows_requested_contacts(self):
        self.request()
        self.account.action_preview()
        [run] = self.account.run_ids.filtered(lambda run: run.trigger == "preview")
        self.assertEqual(run.line_ids.mapped("name"), ["Ada Byron"])

    def test_deletion_of_a_requested_contact_follows_the_choice(self):
        self.account.odoo_deletion = "delete"
        self.request()
        self.sync()
        (self.ada + self.partner("Ida Import")).active = False
        self.sync()
        self.assertEqual(self.names(), {"Ida Import"})
        self.assertIdle()

    def test_stopped_contact_is_exported_when_requested_again(self):
        self.request()
        self.sync()
        self.ada.with_user(self.owner).action_stop_exchange()
        self.ada.function = "Countess"
        self.request()
        self.sync()
        self.assertItem(self.in_mailbox("Ada Byron"), job="Countess")

    def test_requested_contact_is_not_exported_without_the_right(self):
        self.request()
        self.env.ref("base.group_user").implied_ids -= self.env.ref(
            "exchange_contact_sync.group_export"
        )
        self.env.invalidate_all()
        self.sync()
        self.assertEqual(self.names(), {"Ida Import"})
