# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners that are merged in Odoo stay one person on both sides."""

from __future__ import annotations

from odoo.tests import new_test_user

from support.cases.sync_case import OWNER_GROUPS, PASSWORD, SyncCase
from support.cases.sync_mailbox import properties


class TestMergedPartners(SyncCase):
    def merge(self, kept, merged):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((kept | merged).ids, kept)

    def test_merged_partner_keeps_its_item(self):
        item = self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        self.sync()
        kept = self.new_partner("Ada King", email="ada@example.com")
        self.merge(kept, self.partner("Ada Byron"))
        self.sync()
        self.assertItem(item, name="Ada King")
        self.assertEqual(len(self.named("Ada")), 1)
        self.assertIdle()

    def test_second_item_of_a_merged_partner_is_not_imported_again(self):
        one = self.add(name="Ada Byron", email="ada@example.com")
        two = self.add(name="Ada King", email="countess@example.com")
        self.sync()
        self.merge(self.partner("Ada King"), self.partner("Ada Byron"))
        self.sync()
        self.edit(one, job="Analyst")
        self.sync()
        self.assertEqual(len(self.named("Ada")), 1)
        self.assertEqual(len(self.mailbox_names("Ada")), 2)
        self.edit(two, job="Countess")
        self.sync()
        self.assertPartner(self.partner("Ada King"), function="Countess")
        self.assertIdle()

    def test_link_of_another_user_is_carried_over(self):
        other = new_test_user(self.env, "bert@example.com", OWNER_GROUPS)
        mailbox = self.exchange.add_mailbox("bert@example.com", PASSWORD, "Bert")
        values = properties({"name": "Ada Byron", "email": "ada@example.com"})
        item = mailbox.add_contact(mailbox.folder("contacts"), values)
        account = self.connect(other, export_contacts=False)
        self.add(name="Ada Byron", email="ada@example.com")
        self.add(name="Ada King", email="countess@example.com")
        self.sync()
        self.sync(account)
        self.merge(self.partner("Ada King"), self.partner("Ada Byron"))
        mailbox.update_contact(item.id, properties({"job": "Analyst"}))
        self.sync(account)
        self.assertEqual(len(self.named("Ada")), 1)
        self.assertPartner(self.partner("Ada King"), function="Analyst")

    def named(self, start):
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners.search([("name", "=like", f"{start}%")])

    def mailbox_names(self, start):
        names = (
            item.values["contacts:DisplayName"] for item in self.mailbox.contacts()
        )
        return [name for name in names if name.startswith(start)]
