# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deleting a contact erases the addon's data about it; the mailbox is unchanged."""

from __future__ import annotations

from odoo.exceptions import RedirectWarning

from integration.upgrade.test_upgrade import UpgradeCase
from support.cases.sync_case import SyncCase

CANARY = "Zephyrine"
OURS = "exchange_contact_sync"
DETAILS = {
    "given": CANARY,
    "name": CANARY,
    "email": f"{CANARY}@example.com",
    "job": f"{CANARY}'s job",
    "contacts:SpouseName": f"{CANARY}'s spouse",
    "categories": ["VIP"],
}


class ErasedCase(SyncCase):
    account_values = {"deletion_limit": 100}

    def found(self) -> set[str]:
        """Tables of this addon that hold the name."""
        self.env.flush_all()
        tables = {
            model._table
            for model in self.env.values()
            if model._original_module == OURS and model._auto and not model._abstract
        }
        found = set()
        for table in tables:
            self.env.cr.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s",
                [f"%{CANARY}%"],
            )
            if self.env.cr.fetchone()[0]:
                found.add(table)
        return found

    def imported(self):
        self.item = self.add(**DETAILS)
        self.sync()
        self.edit(self.item, job=f"{CANARY}'s new job")
        self.sync()
        self.assertLessEqual(
            {"exchange_contact_link", "exchange_sync_line"}, self.found()
        )
        return self.partner(CANARY)

    def exported(self):
        email = f"{CANARY}@example.com"
        partner = self.new_partner(CANARY, email=email, comment="<p>A note</p>")
        self.sync()
        self.item = self.in_mailbox(CANARY)
        return partner

    def link(self):
        return self.account.sudo().link_ids.filtered(
            lambda link: link.remote_id == self.item.id
        )

    def no_partner(self) -> bool:
        return not self.env["res.partner"].search([("name", "=", CANARY)])


class TestErased(ErasedCase):
    def test_data_is_erased_and_the_contact_stays_deleted(self):
        self.imported().unlink()
        self.assertEqual(self.found(), set())
        self.sync()
        self.assertIn(self.item, self.mailbox.contacts())
        self.assertTrue(self.no_partner())
        self.assertEqual(self.found(), set())
        self.assertIdle()
        self.edit(self.item, job="another")
        self.sync()
        self.assertTrue(self.no_partner(), "the pair stays stopped")
        self.assertEqual(self.found(), set())
        self.assertIdle()

    def test_new_version_without_an_edit_is_ignored(self):
        for make in (self.imported, self.exported):
            with self.subTest(make=make.__name__):
                make().unlink()
                self.mailbox.update_contact(self.item.id, {"item:Importance": "High"})
                self.sync()
                self.assertTrue(self.no_partner())
                self.assertEqual(self.found(), set())
                self.mailbox.delete_contact(self.item.id)
                self.sync()
                self.assertIdle()

    def test_deletion_on_both_sides_leaves_no_data(self):
        self.imported().unlink()
        link = self.link()
        self.mailbox.delete_contact(self.item.id)
        self.sync()
        self.assertFalse(link.exists())
        self.assertEqual(self.found(), set())
        self.assertIdle()

    def test_partner_created_again_is_linked_to_the_item(self):
        self.imported().unlink()
        self.new_partner(CANARY, email=f"{CANARY}@example.com")
        self.sync()
        self.sync()
        self.assertEqual(self.in_mailbox(CANARY), self.item)
        self.assertEqual(self.link().partner_id, self.partner(CANARY))
        self.assertIdle()

    def test_data_of_a_stopped_pair_is_erased(self):
        ida = self.imported()
        self.link().with_user(self.owner).action_stop()
        ida.unlink()
        self.assertEqual(self.found(), set())
        self.sync()
        self.assertTrue(self.no_partner())
        self.assertIdle()

    def test_data_of_a_pending_pair_is_erased(self):
        partner = self.exported()
        self.link().sudo().write({"state": "pending", "remote_id": False})
        partner.unlink()
        self.assertEqual(self.found(), set())
        self.sync()
        self.sync()
        self.assertTrue(self.no_partner())
        self.assertIdle()

    def test_refused_deletion_erases_nothing(self):
        self.imported()
        before = self.link().base
        with self.assertRaises(RedirectWarning):
            self.owner.partner_id.unlink()
        self.assertEqual(self.link().base, before)


class TestDeletedThere(ErasedCase):
    account_values = {**ErasedCase.account_values, "odoo_deletion": "delete"}

    def test_exported_item_is_deleted(self):
        self.exported().unlink()
        self.assertEqual(self.found(), set())
        run = self.sync()
        self.assertEqual(run.exported_deleted, 1)
        self.assertNotIn(self.item, self.mailbox.contacts())
        self.assertEqual(self.found(), set())
        self.assertIdle()

    def test_exported_item_with_a_new_version_is_deleted(self):
        self.exported().unlink()
        self.mailbox.update_contact(self.item.id, {"item:Importance": "High"})
        self.sync()
        self.sync()
        self.assertNotIn(self.item, self.mailbox.contacts())
        self.assertTrue(self.no_partner())
        self.assertIdle()

    def test_item_edited_in_exchange_is_imported_again(self):
        self.exported().unlink()
        self.edit(self.item, job="edited meanwhile")
        self.sync()
        self.assertPartner(self.partner(CANARY), function="edited meanwhile")
        self.assertIdle()


class TestLeftovers(ErasedCase, UpgradeCase):
    def test_upgrade_erases_data_of_deleted_contacts(self):
        partner = self.imported()
        self.env.cr.execute(
            "UPDATE exchange_contact_link SET partner_id = NULL WHERE partner_id = %s",
            [partner.id],
        )
        self.env.cr.execute(
            "UPDATE exchange_sync_line SET partner_id = NULL WHERE partner_id = %s",
            [partner.id],
        )
        self.env.invalidate_all()
        partner.unlink()
        self.assertTrue(self.found())
        self.upgrade("19.0.1.4.0", "19.0.1.3.0", "post-erase.py")
        self.assertEqual(self.found(), set())
        self.sync()
        self.assertTrue(self.no_partner())
        self.assertIdle()
