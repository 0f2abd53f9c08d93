# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run a function in the middle of a transaction."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from odoo.sql_db import Cursor
from odoo.tools import SQL


@contextmanager
def at_query(
    action: Callable[[], object], number: int = 1, containing: str = ""
) -> Iterator[None]:
    """Carry out an action just before a query of this process.

    :param action: function, called once; it uses its own cursors
    :param number: of the query, from 1
    :param containing: only queries with this text count
    """
    execute, numbers = Cursor.execute, itertools.count(1)

    def watched(
        cursor: Cursor, query: str | bytes | SQL, *args: object, **kwargs: object
    ) -> object:
        text = query.code if isinstance(query, SQL) else query
        text = text.decode() if isinstance(text, bytes) else text
        if containing in text and next(numbers) == number:
            action()
        return execute(cursor, query, *args, **kwargs)

    Cursor.execute = watched
    try:
        yield
    finally:
        Cursor.execute = execute
