# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CopyItem: copy items to a folder. Source: the EWS page "CopyItem operation"."""

from __future__ import annotations

from ..call import Call
from .move_item import move_or_copy


def answer(call: Call) -> str:
    """The answer to a call: one message for each item."""
    return move_or_copy(call, call.mailbox.copy_item)
