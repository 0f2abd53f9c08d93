# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Base classes of tests in a real Odoo.

Odoo gives default tags only to test classes under ``odoo.addons``, and its test
cases refuse to run without (``odoo/tests/common.py``, ``__init_subclass__``).

Worth knowing when writing one (``odoo/tests/common.py``, ``_request_handler``): in
a test case ``requests`` reaches 127.0.0.1 and localhost only, and a time-out below
10 seconds is raised to 10.
"""

from __future__ import annotations

from odoo.tests import HttpCase, TransactionCase, tagged


@tagged("standard", "post_install")
class OdooCase(TransactionCase):
    """Each test method works in a transaction that is rolled back."""


@tagged("standard", "post_install")
class OdooHttpCase(HttpCase):
    """The same with Odoo's HTTP server running and, on demand, a browser."""
