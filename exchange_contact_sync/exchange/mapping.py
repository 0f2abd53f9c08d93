# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the XML of a contact to plain values.

This runs once for each contact that is fetched, so it walks each element once and
looks tags up in tables made at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone

from lxml import etree

from ..core.contact import Contact
from ..core.fields import FIELDS, Kind
from ..core.records import RemoteContact, RemoteRef
from ..core.text import line
from .days import day_of
from .ews_xml import t
from .notes import from_body
from .properties import (
    EMAIL_SMTP,
    PROPERTIES,
    SYNC_KEY,
    Day,
    Entry,
    Extended,
    Plain,
    Strings,
)

CONTACT = t("Contact")
"""What EWS calls an item of class IPM.Contact or one derived from it; distribution
lists and whatever else lies in a contact folder have other elements."""

_SYNC_KEY, _EMAIL_SMTP = "sync_key", "email_smtp"
_BLANK = dict.fromkeys(PROPERTIES, "")
_PLAIN = {
    t(prop.element): key for key, prop in PROPERTIES.items() if isinstance(prop, Plain)
}
_DAYS = frozenset(key for key, prop in PROPERTIES.items() if isinstance(prop, Day))
_STREETS = tuple(key for key, row in FIELDS.items() if row.kind is Kind.STREET)
_STRINGS = {
    t(prop.element): key
    for key, prop in PROPERTIES.items()
    if isinstance(prop, Strings)
}
_ENTRIES = {
    (t(prop.container), prop.key, t(prop.part) if prop.part else ""): key
    for key, prop in PROPERTIES.items()
    if isinstance(prop, Entry)
}
_CONTAINERS = {container for container, _key, _part in _ENTRIES}


def _identifier(path: Mapping[str, str]) -> tuple[str, object]:
    """What tells one extended property from another within one answer."""
    if "PropertyTag" in path:
        return "", int(path["PropertyTag"], 0)
    if "PropertyName" in path:
        return path.get("PropertySetId", "").lower(), path["PropertyName"]
    # The set comes back by the name or by the GUID it was asked with.
    return "", int(path["PropertyId"])


_EXTENDED: dict[tuple[str, object], str] = {
    _identifier(SYNC_KEY.path): _SYNC_KEY,
    _identifier(EMAIL_SMTP.path): _EMAIL_SMTP,
    **{
        _identifier(prop.path): key
        for key, prop in PROPERTIES.items()
        if isinstance(prop, Extended)
    },
}


def remote_contact(item: etree._Element) -> RemoteContact:
    """A contact as it was fetched.

    :param item: element, ``t:Contact``
    :return: RemoteContact
    """
    values = dict(_BLANK)
    aside = {_SYNC_KEY: "", _EMAIL_SMTP: ""}
    head: dict[str, etree._Element] = {}
    routing = "SMTP"
    for child in item:
        tag = child.tag
        if tag in _PLAIN:
            values[_PLAIN[tag]] = child.text or ""
        elif tag in _CONTAINERS:
            routing = _read_entries(child, values) or routing
        elif tag in _STRINGS:
            values[_STRINGS[tag]] = "\n".join(line(part.text or "") for part in child)
        elif tag == _TAG_EXTENDED:
            _read_extended(child, values, aside)
        elif tag == _TAG_BODY:
            values["note"] = from_body(child.text or "", child.get("BodyType", "Text"))
        else:
            head[tag] = child
    _in_our_words(values)
    if routing.upper() != "SMTP":
        _smtp_instead(values, aside[_EMAIL_SMTP])
    return RemoteContact(
        ref=reference(head[_TAG_ID], head.get(_TAG_FOLDER), aside[_SYNC_KEY]),
        contact=Contact(values),
        modified=_moment(_text(head.get(_TAG_MODIFIED))),
        private=_text(head.get(_TAG_SENSITIVITY)) not in ("", "Normal"),
    )


_TAG_ID, _TAG_FOLDER = t("ItemId"), t("ParentFolderId")
_TAG_BODY, _TAG_EXTENDED = t("Body"), t("ExtendedProperty")
_TAG_MODIFIED, _TAG_SENSITIVITY = t("LastModifiedTime"), t("Sensitivity")


def reference(
    item_id: etree._Element, folder: etree._Element | None, sync_key: str
) -> RemoteRef:
    """Where an item is.

    :param item_id: element, ``t:ItemId``
    :param folder: element, ``t:ParentFolderId``, if it came along
    :param sync_key: str, our identity on the item
    :return: RemoteRef
    """
    return RemoteRef(
        id=item_id.get("Id", ""),
        version=item_id.get("ChangeKey", ""),
        folder="" if folder is None else folder.get("Id", ""),
        sync_key=sync_key,
    )


def sync_key_of(item: etree._Element) -> str:
    """:param item: element of any item
    :return: str, our identity on it, "" when it carries none
    """
    aside = {_SYNC_KEY: ""}
    for child in item.iterchildren(_TAG_EXTENDED):
        _read_extended(child, {}, aside)
    return aside[_SYNC_KEY]


def _read_entries(container: etree._Element, values: dict[str, str]) -> str:
    """Take the entries of a dictionary; the routing type of our e-mail address."""
    tag, routing = container.tag, ""
    for entry in container:
        index = entry.get("Key")
        key = _ENTRIES.get((tag, index, ""))
        if key:
            values[key] = entry.text or ""
            if key == "email":
                routing = entry.get("RoutingType", "")
            continue
        for part in entry:
            key = _ENTRIES.get((tag, index, part.tag))
            if key:
                values[key] = part.text or ""
    return routing


def _read_extended(
    prop: etree._Element, values: dict[str, str], aside: dict[str, str]
) -> None:
    key = _EXTENDED.get(_identifier(prop[0].attrib))
    if key in aside:
        aside[key] = prop[1].text or ""
    elif key and key in values:
        values[key] = prop[1].text or ""


def _in_our_words(values: dict[str, str]) -> None:
    for key in _DAYS:
        if values[key]:
            values[key] = day_of(values[key])
    for key in _STREETS:
        if values[key]:
            values[key] = values[key].replace("\r\n", "\n")


def _smtp_instead(values: dict[str, str], smtp: str) -> None:
    """An address inside Exchange is read as the SMTP address that belongs to it.

    Without one, the contact does not carry an e-mail at all: neither can Odoo's be
    cleared by it, nor can what Exchange has be overwritten.
    """
    if "@" in smtp:
        values["email"] = smtp
    else:
        del values["email"]


def _text(element: etree._Element | None) -> str:
    return "" if element is None else element.text or ""


def _moment(text: str) -> datetime:
    """EWS writes ``xs:dateTime`` in UTC when it is asked without a time zone."""
    if not text:
        return datetime.fromtimestamp(0, timezone.utc)
    return datetime.fromisoformat(text[:19]).replace(tzinfo=timezone.utc)
