# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Identifiers as Graph writes them.

A classic one is the EWS identifier with ``/`` as ``-`` and ``+`` as ``_``
(microsoft-graph-docs issue 14419, Office.js ``convertToRestId``); it changes when the
item moves. An immutable one stays ("Obtain immutable identifiers for Outlook
resources", https://learn.microsoft.com/graph/outlook-immutable-id). Those of folders
are the same both ways.
"""

from __future__ import annotations

import base64
import binascii
import uuid

from ..store import ids
from ..store.item import Item
from ..store.mailbox import Mailbox

_TO_REST = str.maketrans("/+", "-_")
_TO_EWS = str.maketrans("-_", "/+")
_IMMUTABLE = b"\x00\x09\x00\x2e"
# 68 characters, as real ones have.
_LENGTH = 51


def rest_id(ews_id: str) -> str:
    """An EWS identifier as Graph writes it."""
    return ews_id.translate(_TO_REST)


def ews_id(text: str) -> str:
    """A classic identifier of Graph as EWS writes it."""
    return text.translate(_TO_EWS)


def item_id(item: Item, immutable: bool) -> str:
    """The identifier of an item."""
    if not immutable:
        return rest_id(item.id)
    return immutable_id(item.folder.mailbox, item.lasting_number)


def immutable_id(mailbox: Mailbox, number: int) -> str:
    """The immutable identifier of the item with a lasting number."""
    raw = _IMMUTABLE + uuid.UUID(mailbox.guid).bytes
    filling = bytes(_LENGTH - len(raw) - 8)
    return base64.urlsafe_b64encode(raw + filling + number.to_bytes(8, "big")).decode()


def is_immutable(text: str) -> bool:
    """Whether an identifier is an immutable one: they are shorter."""
    return len(text) == _LENGTH * 4 // 3


def find_item(mailbox: Mailbox, text: str) -> Item | None:
    """The item with an identifier of either kind, None when there is none.

    :raises ids.MalformedId: for a text that is no identifier of an item
    """
    if is_immutable(text):
        return _find_immutable(mailbox, text)
    moniker = ids.decode(ews_id(text))
    if moniker.kind != ids.ITEM:
        raise ids.MalformedId(text)
    if moniker.mailbox_guid != mailbox.guid:
        return None
    return mailbox.items.get(moniker.number)


def _find_immutable(mailbox: Mailbox, text: str) -> Item | None:
    try:
        raw = base64.urlsafe_b64decode(text)
    except (binascii.Error, ValueError) as error:
        raise ids.MalformedId(text) from error
    if not raw.startswith(_IMMUTABLE):
        raise ids.MalformedId(text)
    number = int.from_bytes(raw[-8:], "big")
    if immutable_id(mailbox, number) != text:
        return None
    return mailbox.lasting.get(number)
