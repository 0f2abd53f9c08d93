# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Base classes of tests in a real Odoo.

Odoo only gives default tags to test classes under ``odoo.addons``, and its test cases
do not run without tags (``odoo/tests/common.py``, ``__init_subclass__``).

In a test case, ``requests`` can only connect to 127.0.0.1 and localhost, and a timeout
below 10 seconds is raised to 10 (``odoo/tests/common.py``, ``_request_handler``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from odoo.api import Environment
from odoo.sql_db import BaseCursor
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tests.test_cursor import TestCursor

from odoo.addons.exchange_contact_sync.storage import unit_of_work

from support import odoo_settings  # noqa: F401


class OneTransaction(unit_of_work.Transactions):
    """Transactions that all use the single transaction of the test's cursor."""

    def __init__(self, cr: BaseCursor) -> None:
        self._cr = cr

    def commit(self, cr: BaseCursor) -> None:
        if cr is self._cr:
            cr.flush()
        else:
            super().commit(cr)

    def read_only(self, cr: BaseCursor) -> None:
        if cr is not self._cr:
            super().read_only(cr)

    def roll_back(self, cr: BaseCursor) -> None:
        if cr is not self._cr:
            super().roll_back(cr)

    @contextmanager
    def scratch(self, env: Environment) -> Iterator[BaseCursor]:
        """Return a cursor of Odoo's tests, which sees uncommitted changes."""
        if env.cr is self._cr:
            with closing(TestCursor(env.cr, threading.RLock(), readonly=False)) as cr:
                yield cr
        else:
            with super().scratch(env) as cr:
                yield cr

    @contextmanager
    def separate_cursor(self, env: Environment) -> Iterator[BaseCursor]:
        """Return the test's own cursor, since another one would not see its changes."""
        if env.cr is self._cr:
            env.flush_all()
            yield env.cr
        else:
            with super().separate_cursor(env) as cr:
                yield cr


class _NothingCommitted(TransactionCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        stack = ExitStack()
        cls.addClassCleanup(stack.close)
        stack.enter_context(unit_of_work.using(OneTransaction(cls.cr)))


@tagged("standard", "post_install")
class OdooCase(_NothingCommitted):
    """Each test method runs in a transaction that is rolled back."""


@tagged("standard", "post_install")
class OdooHttpCase(_NothingCommitted, HttpCase):
    """The same with Odoo's HTTP server running and, on demand, a browser."""
