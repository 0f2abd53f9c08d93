# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The account leads to another mailbox, or signs in with other credentials."""

from __future__ import annotations

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.use_cases import reset

from support.cases.sync_case import ADDRESS, OWNER_GROUPS, PASSWORD, SyncCase

DELETE = {"exchange_deletion": "delete", "odoo_deletion": "delete"}


class TestSwitch(SyncCase):
    def setUp(self):
        super().setUp()
        self.bens = self.exchange.add_mailbox("ben@example.com", PASSWORD, "Ben")
        self.add(name="Ada", email="ada@example.com")
        self.sync()

    def test_after_a_reset_the_account_leads_to_another_mailbox(self):
        with self.assertRaisesRegex(ValidationError, "reset the synchronization"):
            self.account.email = "ben@example.com"
        reset.reset_account(self.account, False)
        self.account.email = "ben@example.com"
        self.assertEqual(self.account.state, "draft")
        self.assertFalse(self.account.folder_ids)
        self.account.action_authorize()
        self.assertEqual(self.account.state, "connected", self.account.message)
        before = len(self.mailbox.contacts())
        self.sync()
        self.in_mailbox("Ada", self.bens)
        self.assertEqual(len(self.mailbox.contacts()), before)
        self.partner("Ada")
        self.assertIdle()


class TestOtherCredentials(SyncCase):
    """The account uses the folders of its address, with any credentials."""

    account_values = DELETE

    def setUp(self):
        super().setUp()
        self.bens = self.exchange.add_mailbox("ben@example.com", PASSWORD, "Ben")
        self.bens.add_contact(
            self.bens.folder("contacts"), {"contacts:DisplayName": "Of Ben"}
        )
        self.item = self.add(name="Ada", email="ada@example.com")
        self.ada = self.exported()
        self.account.username = "ben@example.com"

    def exported(self):
        self.sync()
        return self.partner("Ada")

    def assertNothingMixed(self) -> None:
        self.assertEqual(len(self.bens.contacts()), 1)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Of Ben")]))
        self.assertTrue(self.ada.active)
        self.assertIn(self.item, self.mailbox.contacts())

    def test_signing_in_with_credentials_of_another_user_is_refused(self):
        self.account.action_authorize()
        self.assertEqual(self.account.state, "error")
        self.assertIn("does not let you use this mailbox", self.account.message)
        self.assertNothingMixed()

    def test_run_with_credentials_of_another_user_changes_nothing(self):
        self.ada.function = "Countess"
        links = {link.id: link.state for link in self.account.link_ids}
        self.sync(state="partial")
        self.assertNothingMixed()
        self.sync(state="failed")
        self.assertIn("does not let you use this mailbox", self.account.message)
        self.assertNothingMixed()
        self.account.invalidate_recordset(["link_ids"])
        self.assertEqual({k.id: k.state for k in self.account.link_ids}, links)
        self.account.username = False
        self.account.action_authorize()
        self.sync()
        self.assertItem(self.item, job="Countess")
        self.assertIdle()


class TestReplaced(SyncCase):
    """The mailbox was moved: it holds the same contacts under unknown ids."""

    account_values = DELETE

    def setUp(self):
        super().setUp()
        self.add(name="Ada", email="ada@example.com", job="Analyst")
        self.add(name="Only A Name")
        self.add(name="Older Brother", email="family@example.com", job="Smith")
        self.add(name="Older Sister", email="family@example.com", job="Baker")
        self.new_partner("Grace", email="grace@example.com")
        self.new_partner("Nothing Else")
        self.sync()
        self.sync()
        self.old = self.mailbox
        self.people = self.account.link_ids.partner_id

    def replace(self, *, marks: bool) -> None:
        """Move the contacts to another mailbox, in another order."""
        self.mailbox = self.exchange.replace_mailbox(ADDRESS)
        for item in reversed(self.old.contacts()):
            values = {
                key: value
                for key, value in item.values.items()
                if marks or "OdooContactSync" not in key
            }
            self.mailbox.add_contact(self.contacts_folder, values)

    def assertNoContactLost(self) -> None:
        """No contact was deleted, duplicated or changed, on either side."""
        self.assertEqual(self.changed_partners(self.rows), self.env["res.partner"])
        self.assertEqual(self.server.counters.writes, 0)
        self.assertEqual(
            len(self.mailbox.contacts()), len(self.old.contacts()), "no duplicate"
        )

    def carried_over(self, *, marks: bool) -> None:
        self.replace(marks=marks)
        self.rows = self.partner_rows()
        self.server.counters.reset()
        self.sync(state="partial")
        self.assertNoContactLost()
        self.sync()
        self.assertNoContactLost()
        self.account.invalidate_recordset(["link_ids"])
        links = self.account.link_ids
        self.assertEqual(links.partner_id, self.people)
        here = {item.id for item in self.mailbox.contacts()}
        self.assertLessEqual(set(links.mapped("remote_id")), here)
        self.assertEqual(set(links.mapped("state")), {"synced"})
        self.assertIdle()
        self.partner("Ada").function = "Countess"
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), job="Countess")
        self.assertIdle()

    def test_contacts_are_relinked_by_sync_key(self):
        self.carried_over(marks=True)

    def test_contacts_are_relinked_without_sync_keys(self):
        self.carried_over(marks=False)

    def test_edits_made_meanwhile_are_synchronized(self):
        self.replace(marks=False)
        self.partner("Ada").function = "Countess"
        self.partner("Grace").city = "Arlington"
        self.sync(state="partial")
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), job="Countess")
        self.assertItem(self.in_mailbox("Grace"), city="Arlington")
        self.assertEqual(len(self.mailbox.contacts()), len(self.old.contacts()))
        self.assertIdle()

    def test_empty_new_mailbox_deletes_no_contact(self):
        self.mailbox = self.exchange.replace_mailbox(ADDRESS)
        rows = self.partner_rows()
        self.partner("Ada").function = "Countess"
        self.sync(state="partial")
        self.sync()
        changed = self.changed_partners(rows)
        self.assertEqual(changed, self.partner("Ada"))
        self.assertTrue(all(self.people.mapped("active")))
        self.assertIdle()


class TestTwoAccountsOfOneMailbox(SyncCase):
    def test_reset_of_one_account_leaves_the_other(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        theirs = self.connect(ben, email=ADDRESS, username=ADDRESS)
        self.add(name="Ada")
        self.sync()
        self.sync(theirs)
        links = len(theirs.link_ids)
        reset.reset_account(self.account, True)
        self.assertEqual(len(theirs.link_ids.exists()), links)
        self.sync()
        self.assertIdle(theirs)
        self.assertIdle()
