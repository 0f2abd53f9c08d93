# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert plain values to the XML of a new contact, or of changes to a contact.

A change contains only what has changed: one ``SetItemField`` or ``DeleteItemField`` for
each property, each entry of a dictionary by its index. All other properties of the
contact, known to this addon or not, are not part of the request and stay unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from ...core.fields import EMAIL_LABELS, LOCAL_DAY_ROWS, Kind
from ...core.mailbox import RemoteChange
from ...core.normalize import members
from ...core.text import clean
from ...outlook.body import is_blank, to_body
from ...outlook.dates import midnight_of
from ...outlook.neutral import FILED
from ..operations.xml import T, path_to
from .clearing import GROUPS
from .layout import STANDARD, Layout
from .properties import (
    ADDRESS_ORDER,
    ELEMENT_ORDER,
    LOCAL_DAYS,
    SYNC_KEY,
    Body,
    Entry,
    Extended,
    Plain,
    Property,
    Strings,
)


def new_contact(
    values: Mapping[str, str], sync_key: str, layout: Layout = STANDARD
) -> etree._Element:
    """Return a contact to create.

    :param values: field key and label (``fields.EMAIL_LABELS``) to text; blank ones are
        left out; without a label, the first address gets the contact's display name
    :return: element ``t:Contact``
    :raises KeyError: no property of the layout belongs to a key
    """
    made: dict[str, list[etree._Element]] = {name: [] for name in ELEMENT_ORDER}
    made["ExtendedProperty"].append(_extended(SYNC_KEY, sync_key))
    first_label = {EMAIL_LABELS["email"]: values.get("display_name", "")}
    for key, text, shown in _rows({**first_label, **values}):
        prop, text = _sendable(key, text, layout)
        if text:
            element = _element(prop, text, shown)
            _put(made[etree.QName(element).localname], element)
    return T.Contact(*(element for name in ELEMENT_ORDER for element in made[name]))


def item_change(change: RemoteChange, layout: Layout = STANDARD) -> etree._Element:
    """Return changes to a contact.

    The sync key is not part of them: editing a number in Odoo changes only that number
    in the mailbox.

    :param change: with the version (``ChangeKey``) it is based on; the label of an
        address is among its values
    :return: element ``t:ItemChange``
    :raises KeyError: no property of the layout belongs to a key
    """
    updates = []
    for key, text, shown in _rows(_without_local_days(change)):
        if key in change.thorough and key in GROUPS:
            updates += [T.DeleteItemField(path_to(prop)) for prop in GROUPS[key]]
            continue
        prop, text = _sendable(key, text, layout)
        if text:
            updates.append(_set(prop, _element(prop, text, shown)))
        else:
            updates.append(T.DeleteItemField(path_to(prop)))
    item = T.ItemId(Id=change.ref.id, ChangeKey=change.ref.version)
    return T.ItemChange(item, T.Updates(*updates))


def sync_key_removal(item_id: str, version: str) -> etree._Element:
    """Return the change that removes our sync key from a contact.

    :param version: a ``ChangeKey`` that the contact has or had
    :return: element ``t:ItemChange``
    """
    item = T.ItemId(Id=item_id, ChangeKey=version)
    return T.ItemChange(item, T.Updates(T.DeleteItemField(path_to(SYNC_KEY))))


def _without_local_days(change: RemoteChange) -> Mapping[str, str]:
    """Return the values without the second property of dates that are deleted
    completely.
    """
    local_days = {LOCAL_DAY_ROWS.get(key, "") for key in change.thorough}
    return {key: text for key, text in change.values.items() if key not in local_days}


def _rows(values: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield each row, its text, and for an address the label to show."""
    for key, text in values.items():
        if key not in _LABELS:
            label = values.get(EMAIL_LABELS.get(key, ""), "")
            yield key, text, " ".join(clean(label).split())


_LABELS = frozenset(EMAIL_LABELS.values())


def _sendable(key: str, text: str, layout: Layout) -> tuple[Property, str]:
    """Return the property for a row, and the text to write; "" clears."""
    text = clean(text).strip()
    if key in LOCAL_DAYS:
        return LOCAL_DAYS[key], midnight_of(text)
    return layout.properties[key], _written(key, text, layout)


def _written(key: str, text: str, layout: Layout) -> str:
    """Return the text in the form that Exchange stores; "" if it is empty."""
    row = layout.rows.get(key)
    if row and row.kind is Kind.DATE:
        return layout.days.moment_of(text)
    if key == FILED or row and row.kind is Kind.STREET:
        return text.replace("\n", "\r\n")
    if row and row.kind is Kind.SET:
        return "\n".join(members(text).values())
    if row and row.kind is Kind.NOTE and is_blank(text):
        return ""
    return text


def _set(prop: Property, element: etree._Element) -> etree._Element:
    return T.SetItemField(path_to(prop), T.Contact(element))


def _element(prop: Property, text: str, shown: str) -> etree._Element:
    """Return the element that holds a property's value within ``t:Contact``."""
    match prop:
        case Plain(element=name):
            return T(name, text)
        case Strings(element=name):
            return T(name, *(T.String(part) for part in text.split("\n")))
        case Body():
            kind, body = to_body(text)
            return T.Body(body, BodyType=kind)
        case Extended():
            return _extended(prop, text)
        case Entry(container=container):
            return T(container, _entry(prop, text, shown))
    raise TypeError(prop)


def _entry(prop: Entry, text: str, shown: str) -> etree._Element:
    """Return an entry of a dictionary.

    Outlook shows the name of an e-mail entry instead of the address. The name is also
    sent if it equals the address, because no documentation says that a server drops the
    name of an earlier address.
    """
    if prop.part:
        return T.Entry(T(prop.part, text), Key=prop.key)
    if shown:
        return T.Entry(text, Key=prop.key, Name=shown, RoutingType="SMTP")
    return T.Entry(text, Key=prop.key)


def _extended(prop: Extended, text: str) -> etree._Element:
    return T.ExtendedProperty(path_to(prop), T.Value(text))


def _put(made: list[etree._Element], element: etree._Element) -> None:
    """Add an element; entries of one dictionary, and parts of one address, are
    combined.
    """
    if etree.QName(element).localname == "ExtendedProperty" or not made:
        made.append(element)
        return
    entry = element[0]
    same = [e for e in made[0] if len(entry) and e.get("Key") == entry.get("Key")]
    if same:
        parts = [*same[0], *entry]
        same[0][:] = sorted(parts, key=_address_position)
    else:
        made[0].append(entry)


def _address_position(part: etree._Element) -> int:
    return ADDRESS_ORDER.index(etree.QName(part).localname)
