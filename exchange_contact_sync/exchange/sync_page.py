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


def read_page(message: etree._Element, folder: str) -> ChangePage:
    """A page of changes.

    A ``ReadFlagChange`` says nothing of a contact and is passed over. An item that
    was moved to another folder comes as deleted here.

    :param message: element, ``m:SyncFolderItemsResponseMessage``
    :param folder: str, id of the folder that was asked for
    :return: ChangePage
    """
    changed: list[RemoteRef] = []
    deleted: list[str] = []
    skipped = 0
    for change in message.iterfind(f"{m('Changes')}/*"):
        thing = change[0]
        if change.tag == _DELETED:
            deleted.append(thing.get("Id", ""))
        elif change.tag in _CHANGED and thing.tag == CONTACT:
            changed.append(_reference(thing, folder))
        elif change.tag in _CHANGED:
            skipped += 1
    state = message.findtext(m("SyncState"))
    if not state:
        raise SyncError("SyncFolderItems: an answer without a state")
    last = message.findtext(m("IncludesLastItemInRange"), "true").strip()
    return ChangePage(
        tuple(changed), tuple(deleted), state, last in ("true", "1"), skipped
    )


def _reference(item: etree._Element, folder: str) -> RemoteRef:
    return replace(reference(item.find(_ITEM_ID), None, keys_of(item)), folder=folder)
