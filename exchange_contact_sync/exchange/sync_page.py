# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the XML of a page of changes to plain values."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from ..core.errors import SyncError
from ..core.records import ChangePage, RemoteRef
from .ews_xml import m, t
from .mapping import CONTACT, keys_of, reference

_CHANGED = {t("Create"), t("Update")}
_DELETED = t("Delete")
_ITEM_ID = t("ItemId")


def read_page(message: etree._Element, folder: str, state: str = "") -> ChangePage:
    """A page of changes.

    A ``ReadFlagChange`` says nothing of a contact and is passed over. An item that
    was moved to another folder comes as deleted here. All of an answer is optional; one
    without a state tells of no progress since the state that was asked for.

    :param message: element, ``m:SyncFolderItemsResponseMessage``
    :param folder: str, id of the folder that was asked for
    :param state: str, the state that was asked for
    :return: ChangePage
    :raises SyncError: there is no state to go on from
    """
    changed: list[RemoteRef] = []
    deleted: list[str] = []
    skipped = 0
    for change in message.iterfind(f"{m('Changes')}/*"):
        thing = change[0] if len(change) else change
        if change.tag == _DELETED:
            deleted += filter(None, [thing.get("Id")])
        elif change.tag in _CHANGED and _is_contact(thing):
            changed.append(_reference(thing, folder))
        elif change.tag in _CHANGED:
            skipped += 1
    reached = message.findtext(m("SyncState")) or ""
    if not (reached or state):
        raise SyncError("SyncFolderItems: an answer without a state")
    last = message.findtext(m("IncludesLastItemInRange")) or "true"
    stands_still = reached == state and not (changed or deleted)
    complete = last.strip() in ("true", "1") or not reached or stands_still
    return ChangePage(
        tuple(changed), tuple(deleted), reached or state, complete, skipped
    )


def _is_contact(thing: etree._Element) -> bool:
    return thing.tag == CONTACT and thing.find(_ITEM_ID) is not None


def _reference(item: etree._Element, folder: str) -> RemoteRef:
    return replace(reference(item.find(_ITEM_ID), None, keys_of(item)), folder=folder)
