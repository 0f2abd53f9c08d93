# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon is installed in a real Odoo that answers over HTTP."""

from __future__ import annotations

from support.cases.odoo_case import OdooCase, OdooHttpCase


class TestInstalled(OdooCase):
    def test_the_addon_is_installed(self):
        module = self.env["ir.module.module"]._get("exchange_contact_sync")
        self.assertEqual(module.state, "installed")

    def test_addon_is_listed_among_the_apps(self):
        """Apps shows applications first; people search for the name of the addon."""
        action = self.env.ref("base.open_module_tree")
        self.assertIn("search_default_app", action.context)
        found = self.env["ir.module.module"].search(
            [("application", "=", True), ("shortdesc", "ilike", "exchange contact")]
        )
        self.assertEqual(found.mapped("name"), ["exchange_contact_sync"])


class TestServes(OdooHttpCase):
    def test_a_user_can_log_in(self):
        self.authenticate("admin", "admin")
        answer = self.url_open("/web/session/get_session_info", json={})
        self.assertEqual(answer.json()["result"]["username"], "admin")
