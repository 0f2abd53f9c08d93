# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random people, servers and processes around the real addon, and the laws for them.

Everything is real and committed: Odoo, PostgreSQL, HTTP, and processes that are
killed. ``tests/unit/engine/test_machine.py`` does the same a hundred times faster
with the engine alone.
"""
