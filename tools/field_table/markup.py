# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables in the markup of a document.

In a text `this` is a word of a program and *this* is a word on a screen.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """:param head: tuple of str, names of the columns
    :param rows: tuple of tuples of str, as long as the head
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def markdown(table: Table) -> str:
    """:return: str, the table with a row a line"""
    lines = [table.head, ("---",) * len(table.head), *table.rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
