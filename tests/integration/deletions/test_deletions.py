# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deletions on either side are kept or followed, as chosen; a later edit wins."""

from __future__ import annotations

from support.cases.sync_case import SyncCase


class DeletionCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Outlook's", email="outlook@example.com")
        self.new_partner("Odoo's", email="odoo@example.com")
        self.sync()
        self.sync()  # the second run records the versions of the created items
        self.theirs, self.ours = self.partner("Outlook's"), self.partner("Odoo's")

    def in_trash(self) -> set[str]:
        deleted = self.mailbox.folder("deleteditems").items.values()
        return {item.values["contacts:DisplayName"] for item in deleted}

    def shown(self) -> set[str]:
        """Which of the two contacts are in the mailbox."""
        names = {i.values["contacts:DisplayName"] for i in self.mailbox.contacts()}
        return names & {"Outlook's", "Odoo's"}

    def delete_in_mailbox(self, hard: bool = True) -> None:
        for name in ("Outlook's", "Odoo's"):
            self.mailbox.delete_contact(self.in_mailbox(name).id, hard=hard)


class TestDeletedInMailbox(DeletionCase):
    def test_deleted_items_archive_their_partners(self):
        self.account.exchange_deletion = "delete"
        self.delete_in_mailbox()
        run = self.sync()
        self.assertEqual(run.imported_archived, 2)
        self.assertFalse(self.theirs.active or self.ours.active)
        self.assertEqual(self.theirs.exists(), self.theirs)
        self.assertIdle()

    def test_items_moved_to_the_trash_archive_their_partners(self):
        self.account.exchange_deletion = "delete"
        self.delete_in_mailbox(hard=False)
        self.sync()
        self.assertFalse(self.theirs.active or self.ours.active)
        self.assertIdle()

    def test_restored_item_restores_its_partner(self):
        self.delete_in_mailbox(hard=False)
        self.sync()
        for item in list(self.mailbox.folder("deleteditems").items.values()):
            self.mailbox.move_contact(item.id, self.contacts_folder)
        run = self.sync()
        self.assertEqual(run.imported_created, 0)
        self.ours.function = "Edited"
        self.sync()
        self.assertItem(self.in_mailbox("Odoo's"), job="Edited")
        self.assertIdle()

    def test_partner_of_a_user_is_not_archived(self):
        """Odoo refuses to archive it; the other contacts are not affected."""
        self.owner.partner_id.name = "Anna"
        self.sync()
        self.account.exchange_deletion = "delete"
        self.mailbox.delete_contact(self.in_mailbox("Anna").id)
        self.mailbox.delete_contact(self.item.id)
        run = self.sync(state="partial")
        self.assertTrue(self.owner.partner_id.active)
        self.assertFalse(self.theirs.active)
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual(line.partner_id, self.owner.partner_id)
        reason = f"belongs to the active user {self.owner.name}. Ask"
        self.assertIn(reason, line.message)

    def test_user_who_manages_users_reads_the_same(self):
        """To those Odoo offers to open the user, by another kind of exception."""
        self.owner.group_ids += self.env.ref("base.group_erp_manager")
        self.owner.partner_id.name = "Anna"
        self.sync()
        self.account.exchange_deletion = "delete"
        self.mailbox.delete_contact(self.in_mailbox("Anna").id)
        run = self.sync(state="partial")
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertIn("belongs to the active user", line.message)


class TestDeletedInOdoo(DeletionCase):
    def test_items_are_kept_after_a_permanent_deletion(self):
        (self.theirs | self.ours).unlink()
        self.sync()
        self.assertEqual(self.shown(), {"Outlook's", "Odoo's"})
        self.edit(self.item, job="Edited")
        self.sync()
        found = self.env["res.partner"].search([("name", "=", "Outlook's")])
        self.assertFalse(found, "a deleted partner is not imported again")
        self.assertIdle()

    def test_only_exported_items_are_deleted_after_archiving(self):
        self.account.odoo_deletion = "delete"
        (self.theirs | self.ours).write({"active": False})
        run = self.sync()
        self.assertEqual(run.exported_deleted, 1)
        self.assertEqual(self.shown(), {"Outlook's"})
        self.assertEqual(self.in_trash(), {"Odoo's"})
        self.assertIdle()

    def test_exported_items_are_deleted_after_a_permanent_deletion(self):
        self.account.odoo_deletion = "delete"
        (self.theirs | self.ours).unlink()
        self.sync()
        self.assertEqual(self.shown(), {"Outlook's"})
        self.assertIdle()

    def test_contact_outside_the_choice_is_treated_as_archived(self):
        tag = self.env["res.partner.category"].create({"name": "Chess"})
        self.ours.category_id = tag
        self.account.write(
            {
                "export_scope": "selected",
                "export_groups": True,
                "export_category_ids": tag.ids,
                "odoo_deletion": "delete",
            }
        )
        self.sync()
        self.assertIn("Odoo's", self.shown())
        self.ours.category_id = False
        self.sync()
        self.assertEqual(self.shown(), {"Outlook's"})
        self.assertTrue(self.ours.active)
        self.assertIdle()
