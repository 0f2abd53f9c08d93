# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Let something happen in the middle of a transaction."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from odoo.sql_db import Cursor


@contextmanager
def at_query(number: int, deed: Callable[[], object]) -> Iterator[None]:
    """Somebody acts just before a query of this process.

    :param number: of the query, from 1
    :param deed: done once, with cursors of its own
    """
    execute, numbers = Cursor.execute, itertools.count(1)

    def watched(cursor: Cursor, *args: object, **kwargs: object) -> object:
        if next(numbers) == number:
            deed()
        return execute(cursor, *args, **kwargs)

    Cursor.execute = watched
    try:
        yield
    finally:
        Cursor.execute = execute
