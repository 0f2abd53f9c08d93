# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The web client opens the contacts in a real browser."""

from __future__ import annotations

from integration.odoo_case import OdooHttpCase


class TestContactsOpen(OdooHttpCase):
    def test_the_contacts_open_without_an_error(self):
        # Errors on the browser's console fail the test by themselves.
        self.browser_js(
            "/odoo/contacts",
            code="console.log('test successful')",
            ready="!!document.querySelector('.o_control_panel .o_breadcrumb')",
            login="admin",
        )
