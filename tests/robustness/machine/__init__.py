# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random actions of people, servers and processes on the real addon, and the rules
that must hold afterwards.

Odoo, PostgreSQL, HTTP and the processes that are killed are real, and all work is
committed. ``tests/unit/engine/test_machine.py`` does the same with the engine alone, a
hundred times faster.
"""
