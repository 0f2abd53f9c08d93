# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may import and who may export, and what becomes of it when that changes."""

from __future__ import annotations

from odoo.exceptions import AccessError, ValidationError

from integration.sync_case import SyncCase

IMPORT, EXPORT = (
    "exchange_contact_sync.group_import",
    "exchange_contact_sync.group_export",
)


class TestRights(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada Byron", email="ada@example.com")
        self.sync()
        self.ada = self.partner("Ada Byron")
        self.server.counters.reset()

    def give(self, *rights):
        """The administrator's choice for everybody."""
        settings = {
            "group_exchange_import": IMPORT in rights,
            "group_exchange_export": EXPORT in rights,
        }
        self.env["res.config.settings"].create(settings).execute()

    def test_everybody_may_do_both_at_first(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.group_exchange_import)
        self.assertTrue(settings.group_exchange_export)
        self.assertTrue(self.account.may_import and self.account.may_export)

    def test_without_the_right_to_export_nothing_goes_out(self):
        self.give(IMPORT)
        self.ada.function = "Countess"
        self.edit(self.item, city="Ockham")
        run = self.sync()
        self.assertEqual(self.server.counters.writes, 0)
        self.assertPartner(self.ada, city="Ockham", function="Countess")
        self.assertFalse(run.exported_deleted)
        self.give(IMPORT, EXPORT)
        self.sync()
        self.assertItem(self.item, job="Countess")
        self.assertIdle()

    def test_without_the_right_to_import_nothing_comes_in(self):
        self.give(EXPORT)
        self.edit(self.item, city="Ockham")
        self.add(name="Eva Holm")
        self.ada.function = "Countess"
        self.sync()
        self.assertFalse(self.ada.city)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Eva Holm")]))
        self.assertItem(self.item, job="Countess")
        self.give(IMPORT, EXPORT)
        self.sync()
        self.assertPartner(self.ada, city="Ockham")
        self.partner("Eva Holm")
        self.assertIdle()

    def test_with_neither_right_the_mailbox_is_left_alone(self):
        self.account.auto_sync = True
        self.sync()
        self.account.sudo().next_sync = "2020-01-01"
        due = self.account._due_domain(self.account.browse())
        self.assertTrue(self.account.search(due))
        self.give()
        self.assertFalse(self.account.search(due))
        with self.assertRaisesRegex(AccessError, "Ask your administrator"):
            self.account.action_sync_now()

    def test_nobody_switches_on_what_they_may_not_do(self):
        self.account.export_contacts = False
        self.give(IMPORT)
        account = self.account.with_user(self.owner)
        with self.assertRaisesRegex(ValidationError, "Export Contacts"):
            account.export_contacts = True
        account.import_scope = "folders"
        vals = {"provider_id": self.provider.id, "email": "new@example.com"}
        with self.assertRaisesRegex(ValidationError, "Export Contacts"):
            account.create({**vals, "export_contacts": True})
        self.give(EXPORT)
        new = account.create({**vals, "export_contacts": True})
        self.assertFalse(new.import_contacts, "the default asks for no more")
