# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The form counts the contacts of an export choice, also before it is saved."""

from __future__ import annotations

from odoo import Command
from odoo.tests import Form, new_test_user

from support.cases.sync_case import OWNER_GROUPS, SyncCase

FORM = "exchange_contact_sync.exchange_account_view_form"


class TestExportCount(SyncCase):
    account_values = {"import_contacts": False}

    def setUp(self):
        super().setUp()
        self.tag = self.env["res.partner.category"].create({"name": "Friends"})
        self.friend = self.new_partner("Ida", category_id=[(4, self.tag.id)])
        self.colleague = self.new_partner("Ove", employee=True)
        self.new_partner("Without User")

    def form(self):
        return Form(self.account.with_user(self.owner), view=FORM)

    def test_all_contacts_the_owner_may_read_count(self):
        self.assertEqual(self.account.export_count, len(self.exported_before()))
        self.sync()
        exported = self.account.link_ids.partner_id
        self.assertEqual(self.account.export_count, len(exported))

    def test_count_appears_when_export_is_switched_on(self):
        self.account.export_contacts = False
        form = self.form()
        self.assertEqual(form.export_count, 0)
        form.export_contacts = True
        self.assertEqual(form.export_count, len(self.exported_before()))

    def test_count_follows_unsaved_choices(self):
        form = self.form()
        form.export_scope = "selected"
        self.assertEqual(form.export_count, 0)
        form.export_groups = True
        self.assertEqual(form.export_count, 0)
        form.export_category_ids.add(self.tag)
        self.assertEqual(form.export_count, 1)
        form.export_employees = True
        users = self.env["res.partner"].search_count(
            [("partner_share", "=", False), ("is_company", "=", False)]
        )
        self.assertEqual(form.export_count, 2 + users)
        self.assertEqual(self.account.export_scope, "all", "nothing was saved")

    def test_only_contacts_the_owner_has_access_to_count(self):
        before = self.account.export_count
        self.env["ir.rule"].create(
            {
                "name": "Not Ida",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {self.friend.id})]",
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        for account in (self.account, self.account.sudo()):
            account.invalidate_recordset()
            self.assertEqual(account.export_count, before - 1)

    def test_count_uses_the_rights_of_the_current_user(self):
        """The browser sends the owner of an unsaved form, so it is not trusted."""
        self.friend.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        root = self.env.ref("base.user_root")
        root.company_ids += self.friend.company_id
        choice = {
            "email": "anna@example.com",
            "user_id": root.id,
            "export_contacts": True,
            "export_scope": "selected",
            "export_groups": True,
            "export_category_ids": [Command.link(self.tag.id)],
        }
        for account in (self.account, self.account.browse()):
            spec = {name: {} for name in (*choice, "export_count")}
            as_owner = account.with_user(self.owner)
            answer = as_owner.onchange(choice, list(choice), spec)
            self.assertEqual(answer["value"].get("export_count", 0), 0)

    def test_filter_counts_its_results(self):
        found = self.new_filter("[('name', '=', 'Ove')]")
        self.choose(found)
        self.assertEqual(self.account.export_count, 1)
        self.assertFalse(self.account.export_problem)

    def test_a_filter_that_cannot_be_used_is_reported(self):
        for domain in ("[('gone', '=', 1)]", "[('name', '=', nobody)]", "[("):
            self.choose(self.new_filter(domain))
            self.assertIn("“Mine” cannot be used", self.account.export_problem)
            self.assertEqual(self.form().export_count, 0)

    def new_filter(self, domain):
        filters = self.env["ir.filters"].with_user(self.owner)
        found = filters.create({"name": "Mine", "model_id": "res.partner"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_filters SET domain = %s WHERE id = %s", [domain, found.id]
        )
        found.invalidate_recordset()
        return found

    def choose(self, filters):
        self.account.write(
            {
                "export_scope": "selected",
                "export_groups": True,
                "export_filter_ids": [(6, 0, filters.ids)],
            }
        )


class TestBlocks(SyncCase):
    """Users without the right to import or export do not see those settings."""

    def arch_without(self, group: str) -> str:
        """:returns: the form of a user who was removed from a group"""
        user = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        found = self.env.ref(f"exchange_contact_sync.{group}")
        self.env.ref("base.group_user").implied_ids -= found
        user.group_ids -= found
        self.assertFalse(user.has_group(f"exchange_contact_sync.{group}"))
        accounts = self.env["exchange.account"].with_user(user)
        return accounts.get_view(self.env.ref(FORM).id)["arch"]

    def test_import_block_is_hidden_without_the_right(self):
        arch = self.arch_without("group_import")
        self.assertNotIn('name="folder_ids"', arch)
        self.assertIn('name="export_count"', arch)

    def test_export_block_is_hidden_without_the_right(self):
        arch = self.arch_without("group_export")
        self.assertIn('name="folder_ids"', arch)
        self.assertNotIn('name="export_count"', arch)
