# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rights to import and to export override earlier choices."""

from __future__ import annotations

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.use_cases import export_requests, schedule

from support.cases.sync_case import ADDRESS, OWNER_GROUPS, SyncCase

IMPORT = "exchange_contact_sync.group_import"
EXPORT = "exchange_contact_sync.group_export"


class RightsCase(SyncCase):
    def take_rights(self, *rights):
        """Remove rights from all users."""
        for name in rights:
            self.env.ref("base.group_user")._remove_group(self.env.ref(name))

    def give_rights(self, *rights):
        for name in rights:
            self.env.ref("base.group_user")._apply_group(self.env.ref(name))


class TestRightsOfRuns(RightsCase):
    def setUp(self):
        super().setUp()
        self.ada = self.add(name="Ada", email="ada@people.example")
        self.new_partner("Bob", email="bob@people.example")
        self.sync()

    def test_nothing_is_imported_or_lost_without_the_right(self):
        self.take_rights(IMPORT)
        self.edit(self.ada, email="ada@new.example")
        self.add(name="Cleo")
        self.partner("Bob").email = "bob@new.example"
        self.sync()
        self.assertPartner(self.partner("Ada"), email="ada@people.example")
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Cleo")]))
        self.assertItem(self.in_mailbox("Bob"), email="bob@new.example")
        links = self.account.link_ids
        self.assertEqual(set(links.mapped("state")), {"synced"})
        self.assertTrue(all(links.partner_id.mapped("active")))

    def test_contacts_are_imported_when_the_right_is_back(self):
        self.take_rights(IMPORT)
        self.edit(self.ada, email="ada@new.example")
        self.add(name="Cleo")
        self.sync()
        self.give_rights(IMPORT)
        self.sync()
        self.assertPartner(self.partner("Ada"), email="ada@new.example")
        self.assertTrue(self.partner("Cleo"))
        self.assertIdle()

    def test_nothing_is_exported_or_lost_without_the_right(self):
        self.take_rights(EXPORT)
        number = len(self.mailbox.contacts())
        self.partner("Bob").email = "bob@new.example"
        self.new_partner("Dora")
        self.edit(self.ada, email="ada@new.example")
        self.sync()
        self.assertEqual(len(self.mailbox.contacts()), number)
        self.assertItem(self.in_mailbox("Bob"), email="bob@people.example")
        self.assertPartner(self.partner("Ada"), email="ada@new.example")
        self.give_rights(EXPORT)
        self.sync()
        self.assertItem(self.in_mailbox("Bob"), email="bob@new.example")
        self.assertItem(self.in_mailbox("Dora"))
        self.assertIdle()

    def test_run_without_rights_is_refused(self):
        self.take_rights(IMPORT, EXPORT)
        with self.assertRaisesRegex(AccessError, "neither import .* nor export"):
            self.account.sync()
        with self.assertRaisesRegex(AccessError, "Ask your administrator"):
            self.account.action_sync_now()

    def test_run_that_may_not_carry_out_its_choice_is_refused(self):
        self.account.export_contacts = False
        self.take_rights(IMPORT)
        with self.assertRaisesRegex(UserError, "may not import contacts from Exchange"):
            self.account.sync()

    def test_account_without_rights_is_not_due(self):
        accounts = self.env["exchange.account"]
        self.account.sudo().next_sync = fields.Datetime.now()
        self.assertIn(self.account, accounts.search(schedule.due_domain(accounts)))
        self.take_rights(IMPORT, EXPORT)
        self.assertNotIn(self.account, accounts.search(schedule.due_domain(accounts)))
        self.give_rights(EXPORT)
        self.assertIn(self.account, accounts.search(schedule.due_domain(accounts)))


class TestRightsOfChoices(RightsCase):
    def setUp(self):
        super().setUp()
        self.exchange.add_mailbox("bea@example.com", "correct horse", "Bea")
        self.bea = new_test_user(self.env, "bea@example.com", OWNER_GROUPS)

    def test_choice_without_the_right_is_refused(self):
        self.account.write({"import_contacts": False, "export_contacts": False})
        self.take_rights(IMPORT, EXPORT)
        with self.assertRaisesRegex(ValidationError, "may not import .* Ask your"):
            self.account.import_contacts = True
        with self.assertRaisesRegex(ValidationError, "may not export .* Ask your"):
            self.account.export_contacts = True

    def test_earlier_choice_may_stay_or_be_switched_off(self):
        self.take_rights(EXPORT)
        self.account.write({"export_contacts": True, "import_scope": "folders"})
        self.account.export_contacts = False
        self.assertFalse(self.account.export_contacts)

    def test_new_account_chooses_only_what_is_allowed(self):
        self.take_rights(IMPORT)
        account = self.connect(self.bea)
        self.assertFalse(account.import_contacts)
        self.assertTrue(account.export_contacts)
        self.take_rights(EXPORT)
        self.give_rights(IMPORT)
        with self.assertRaisesRegex(ValidationError, "may not export"):
            self.connect(self.bea, email=ADDRESS)

    def test_right_may_be_granted_to_one_user(self):
        self.take_rights(IMPORT, EXPORT)
        self.bea.group_ids += self.env.ref(EXPORT)
        account = self.connect(self.bea)
        self.assertEqual((account.may_import, account.may_export), (False, True))
        self.assertTrue(account._exports())
        self.assertFalse(self.account._exports())

    def test_nothing_is_counted_or_requested_without_the_right(self):
        self.assertTrue(self.account.export_count)
        partner = self.new_partner("Ida")
        self.take_rights(EXPORT)
        self.env.invalidate_all()
        self.assertEqual(self.account.export_count, 0)
        with self.assertRaisesRegex(UserError, "may not export"):
            export_requests.request_export(self.account, partner)
