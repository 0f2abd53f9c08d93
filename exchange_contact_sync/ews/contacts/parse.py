# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert the XML of a contact to plain values.

This runs for each contact that is fetched, so it reads each element once and looks tags
up in tables that are built once (``layout.Tags``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from ...core import limits
from ...core.contact import Contact
from ...core.mailbox import RemoteContact, RemoteRef
from ...core.text import line
from ...outlook.body import from_body
from ...outlook.internal import is_internal
from ...outlook.lengths import without_too_long
from ...outlook.neutral import in_neutral_form, moment_of, smtp_instead
from ...outlook.reading import LONGEST_KEY, checked_id
from ..operations.xml import t
from .layout import SEARCH_KEY_TEXT, STANDARD, SYNC_KEY_TEXT, Layout, Tags, identifier
from .photos import photo_of
from .reading import parts_of, text_of

CONTACT = t("Contact")
"""The element of an item of class IPM.Contact or a derived class; distribution lists
and other items in a contact folder have other elements.
"""

NO_KEYS = {SYNC_KEY_TEXT: "", SEARCH_KEY_TEXT: ""}
"""The keys of an item that has none."""


def remote_contact(item: etree._Element, layout: Layout = STANDARD) -> RemoteContact:
    """Convert a contact that was fetched.

    :param item: element ``t:Contact``
    :param layout: the layout of the request
    :return: without dates that cannot be read
    :raises ValueError: the element does not follow the schema; other exceptions of
        ``reading.UNREADABLE`` mean the same
    """
    if len(item) < 2:
        raise ValueError("nothing but an id")
    tags = layout.tags
    values, auxiliary = dict(tags.blank), dict.fromkeys(tags.auxiliary, "")
    head: dict[str, etree._Element] = {}
    internal: list[str] = []
    for child in item:
        tag = child.tag
        if tag in tags.plain:
            values[tags.plain[tag]] = text_of(child)
        elif tag in tags.containers:
            internal += _read_entries(child, values, tags)
        elif tag in tags.strings:
            texts = (line(text_of(part)) for part in parts_of(child))
            values[tags.strings[tag]] = "\n".join(texts)
        elif tag == _TAG_EXTENDED:
            _read_extended(child, values, auxiliary, tags)
        elif tag == _TAG_BODY:
            body = text_of(child)
            too_long = len(body) > limits.NOTE_CHARACTERS  # removed below
            kind = child.get("BodyType", "Text")
            values["note"] = body if too_long else from_body(body, kind)
        else:
            head[tag] = child
    for key in internal:
        smtp_instead(values, key, auxiliary[key], tags.labels)
    unread = without_too_long(values) + in_neutral_form(values, auxiliary, tags.kinds)
    ref = reference(head[_TAG_ID], head.get(_TAG_FOLDER), auxiliary)
    checked_id(ref.version)
    return RemoteContact(
        ref=ref,
        contact=Contact(values),
        modified=moment_of(_text(head.get(_TAG_MODIFIED))),
        private=_text(head.get(_TAG_SENSITIVITY)) not in ("", "Normal"),
        photo=photo_of(head.get(_TAG_ATTACHMENTS)) if layout.photos else None,
        unread=unread,
    )


_TAG_ID, _TAG_FOLDER = t("ItemId"), t("ParentFolderId")
_TAG_BODY, _TAG_EXTENDED = t("Body"), t("ExtendedProperty")
_TAG_MODIFIED, _TAG_SENSITIVITY = t("LastModifiedTime"), t("Sensitivity")
_TAG_ATTACHMENTS = t("Attachments")


def reference(
    item_id: etree._Element, folder: etree._Element | None, keys: Mapping[str, str]
) -> RemoteRef:
    """Return where an item is.

    :param item_id: element ``t:ItemId``
    :param folder: element ``t:ParentFolderId``, if the answer has it
    :param keys: keys on the item, see :func:`keys_of`
    :return: with the version "" if the server does not send it
    :raises ValueError: an id is missing or not valid
    """
    version = item_id.get("ChangeKey")
    return RemoteRef(
        id=checked_id(item_id.get("Id")),
        version=checked_id(version) if version else "",
        folder="" if folder is None else checked_id(folder.get("Id")),
        sync_key=_key(keys[SYNC_KEY_TEXT]),
        search_key=_key(keys[SEARCH_KEY_TEXT]),
    )


def _key(text: str) -> str:
    """Return a key; "" if it is too long to be one."""
    return text if len(text) <= LONGEST_KEY else ""


def keys_of(item: etree._Element) -> dict[str, str]:
    """Return the keys on an item, "" for each that it does not have
    (``layout.SYNC_KEY_TEXT``, ``SEARCH_KEY_TEXT``).

    :param item: element of any item
    :raises ValueError: a property does not follow the schema; other exceptions of
        ``reading.UNREADABLE`` mean the same
    """
    auxiliary = dict(NO_KEYS)
    for child in item.iterchildren(_TAG_EXTENDED):
        _read_extended(child, {}, auxiliary, STANDARD.tags)
    return auxiliary


def _read_entries(
    container: etree._Element, values: dict[str, str], tags: Tags
) -> Iterator[str]:
    """Read the entries of a dictionary.

    :return: rows whose address is internal to Exchange
    """
    tag = container.tag
    for entry in parts_of(container):
        index = entry.get("Key")
        key = tags.entries.get((tag, index, ""))
        if key:
            values[key] = text_of(entry)
            if key in tags.labels:
                values[tags.labels[key]] = entry.get("Name", "")
            if is_internal(values[key], entry.get("RoutingType", "")):
                yield key
            continue
        for part in entry:
            key = tags.entries.get((tag, index, part.tag))
            if key:
                values[key] = text_of(part)


def _read_extended(
    prop: etree._Element, values: dict[str, str], auxiliary: dict[str, str], tags: Tags
) -> None:
    path, value = prop
    key, is_auxiliary = tags.extended.get(identifier(path.attrib), ("", False))
    target = auxiliary if is_auxiliary else values
    if key in target:
        target[key] = text_of(value)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else element.text or ""
