# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several accounts: of two users, of one user, and two for one mailbox."""

from __future__ import annotations

from odoo import Command
from odoo.tests import new_test_user

from support.cases.sync_case import OWNER_GROUPS, PASSWORD, SyncCase


class TestTwoPeople(SyncCase):
    def setUp(self):
        super().setUp()
        self.ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        self.bens = self.exchange.add_mailbox("ben@example.com", PASSWORD)
        self.bens_account = self.connect(self.ben)

    def sync_all(self) -> None:
        """Synchronize until the changes of one account have reached the other."""
        for account in (self.account, self.bens_account, self.account):
            self.sync(account)

    def assertBothIdle(self) -> None:
        self.assertIdle(self.account)
        self.assertIdle(self.bens_account)
        self.assertIdle(self.account)

    def test_imported_contact_is_exported_to_the_other_mailbox(self):
        self.add(name="Ada", email="ada@example.com")
        self.bens.add_contact(
            self.bens.folder("contacts"), {"contacts:DisplayName": "Charles"}
        )
        self.new_partner("Grace")
        self.sync_all()
        for mailbox in (self.mailbox, self.bens):
            for name in ("Ada", "Charles", "Grace"):
                self.in_mailbox(name, mailbox)
        self.assertBothIdle()

    def test_edit_reaches_the_other_mailbox(self):
        item = self.add(name="Ada", email="ada@example.com")
        self.sync_all()
        self.edit(item, job="Countess")
        self.sync_all()
        bens = self.in_mailbox("Ada", self.bens)
        self.assertItem(bens, job="Countess")
        self.bens.update_contact(bens.id, {"contacts:JobTitle": "Muse"})
        self.sync(self.bens_account)
        self.sync(self.account)
        self.assertItem(item, job="Muse")
        self.assertBothIdle()

    def test_person_in_both_mailboxes_is_one_partner(self):
        values = {"contacts:DisplayName": "Ada"}
        values["contacts:EmailAddress:EmailAddress1"] = "ada@example.com"
        self.add(**values)
        self.bens.add_contact(self.bens.folder("contacts"), values)
        self.sync_all()
        self.partner("Ada")
        self.in_mailbox("Ada", self.mailbox)
        self.in_mailbox("Ada", self.bens)
        self.assertBothIdle()

    def test_record_rules_limit_each_owner(self):
        self.env["ir.rule"].create(
            {
                "name": "own contacts",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": "[('user_id', 'in', (user.id, False))]",
                "groups": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        self.new_partner("Anna's", user_id=self.owner.id)
        self.new_partner("Ben's", user_id=self.ben.id)
        self.sync_all()
        names = {
            mailbox: {i.values["contacts:DisplayName"] for i in mailbox.contacts()}
            for mailbox in (self.mailbox, self.bens)
        }
        self.assertIn("Anna's", names[self.mailbox])
        self.assertNotIn("Ben's", names[self.mailbox])
        self.assertIn("Ben's", names[self.bens])
        self.assertNotIn("Anna's", names[self.bens])
        self.assertBothIdle()

    def test_two_users_may_share_one_mailbox(self):
        shared = self.exchange.add_mailbox("office@example.com", PASSWORD)
        values = {"email": "office@example.com"}
        annas = self.connect(self.owner, **values)
        bens = self.connect(self.ben, **values)
        folder = shared.folder("contacts")
        item = shared.add_contact(folder, {"contacts:DisplayName": "Ada"})
        self.new_partner("Grace")
        for account in (annas, bens, annas):
            self.sync(account)
        self.partner("Ada")
        self.in_mailbox("Grace", shared)
        shared.update_contact(item.id, {"contacts:JobTitle": "Countess"})
        for account in (annas, bens):
            self.sync(account)
        self.assertEqual(self.partner("Ada").function, "Countess")
        for account in (annas, bens, annas):
            self.assertIdle(account)


class TestTwoMailboxes(SyncCase):
    def test_one_user_may_have_two_mailboxes(self):
        second = self.exchange.add_mailbox("second@example.com", PASSWORD)
        account = self.connect(self.owner, email="second@example.com")
        self.add(name="Ada", email="ada@example.com", job="Analyst")
        for each in (self.account, account, self.account):
            self.sync(each)
        self.assertItem(self.in_mailbox("Ada", second), job="Analyst")
        self.assertEqual(len(self.partner("Ada").exchange_link_ids), 2)
        for each in (self.account, account, self.account):
            self.assertIdle(each)

    def test_number_has_the_same_kind_in_both_mailboxes(self):
        second = self.exchange.add_mailbox("second@example.com", PASSWORD)
        account = self.connect(self.owner, email="second@example.com")
        fax, car = "contacts:PhoneNumber:BusinessFax", "contacts:PhoneNumber:CarPhone"
        self.add(name="Ada", **{fax: "+44 20 7946 0001"})
        self.add(name="Eva", **{car: "+44 7700 900123"}, mobile="+44 7700 900124")
        grace = self.new_partner("Grace", phone="+49 1512 3456789")
        for each in (self.account, account):
            self.sync(each)
        self.assertItem(
            self.in_mailbox("Ada", second), business=None, **{fax: "+44 20 7946 0001"}
        )
        self.assertItem(
            self.in_mailbox("Eva", second),
            business=None,
            mobile="+44 7700 900124",
            **{car: "+44 7700 900123"},
        )
        self.assertItem(self.in_mailbox("Grace", second), mobile=grace.phone)
        for each in (self.account, account, self.account):
            self.assertIdle(each)
