# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The operations, one file each, and the table in which they are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..call import Call
from . import get_folder, get_item


class Operation(NamedTuple):
    """One operation.

    :param answer: makes the content of the answer to a call
    :param writes: whether it may change the mailbox
    """

    answer: Callable[[Call], str]
    writes: bool


OPERATIONS: Mapping[str, Operation] = {
    "GetFolder": Operation(get_folder.answer, writes=False),
    "GetItem": Operation(get_item.answer, writes=False),
}
