# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert the XML of a page of changes to plain values."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from ...core.errors import AnswerMalformed, ContactError
from ...core.mailbox import ChangePage, RemoteRef
from ...outlook.reading import checked_id, or_damaged
from ..contacts.parse import CONTACT, NO_KEYS, keys_of, reference
from .xml import m, t

_CHANGED = {t("Create"), t("Update")}
_DELETED = t("Delete")
_ITEM_ID = t("ItemId")


def read_page(message: etree._Element, folder: str, state: str = "") -> ChangePage:
    """Return a page of changes.

    A ``ReadFlagChange`` does not concern contacts and is ignored. An item that was
    moved to another folder is listed as deleted here. All elements of an answer are
    optional; an answer without a state means no progress since the requested state. Of
    several changes of one item, the last one counts.

    :param message: element ``m:SyncFolderItemsResponseMessage``
    :param folder: id of the requested folder
    :param state: the requested state
    :raises AnswerMalformed: there is no state to continue from
    """
    changes: dict[str, RemoteRef | None] = {}
    damaged: list[ContactError] = []
    skipped = 0
    for change in message.iterfind(f"{m('Changes')}/*"):
        item = change[0] if len(change) else change
        if change.tag in _CHANGED and len(change) and item.tag != CONTACT:
            skipped += 1
        elif change.tag in (*_CHANGED, _DELETED):
            read = or_damaged(_change, change.tag, item, folder)
            if isinstance(read, ContactError):
                damaged.append(read)
            else:
                changes.pop(read.id, None)
                changes[read.id] = None if change.tag == _DELETED else read
    new_state = message.findtext(m("SyncState")) or ""
    if not (new_state or state):
        raise AnswerMalformed("SyncFolderItems: an answer without a state")
    last = message.findtext(m("IncludesLastItemInRange")) or "true"
    no_progress = new_state == state and not changes
    complete = last.strip() in ("true", "1") or not new_state or no_progress
    return ChangePage(
        tuple(filter(None, changes.values())),
        tuple(key for key, ref in changes.items() if ref is None),
        new_state or state,
        complete,
        skipped,
        tuple(damaged),
    )


def _change(kind: str, item: etree._Element, folder: str) -> RemoteRef:
    """Return where an item is, or the id of a deleted one.

    Keys that cannot be read here are read with the contact.
    """
    if kind == _DELETED:
        return RemoteRef(checked_id(item.get("Id")), "", folder)
    item_id = item.find(_ITEM_ID)
    if item_id is None:
        raise ValueError("an item without an id")
    keys = or_damaged(keys_of, item)
    known = NO_KEYS if isinstance(keys, ContactError) else keys
    return replace(reference(item_id, None, known), folder=folder)
