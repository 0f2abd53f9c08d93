# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert plain values to the JSON of a new contact, or of changes to a contact.

A change contains only what has changed, and the display name: the server computes it
again from other properties unless it is sent with them ("Update contact",
https://learn.microsoft.com/graph/api/contact-update).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...core.fields import EMAIL_LABELS, LOCAL_DAY_ROWS, Kind
from ...core.mailbox import RemoteChange
from ...core.normalize import members
from ...core.text import clean, line
from ...outlook.body import is_blank, to_text
from ...outlook.dates import midnight_of
from ...outlook.neutral import FILED
from ...outlook.properties import LOCAL_DAYS, SYNC_KEY, Property, Type
from ..odata import EXTENDED, extended_id
from . import emails
from .layout import STANDARD, Layout, is_day
from .parse import Slot
from .properties import Email, Extended, Note, Plain, Texts

DISPLAY_NAME = "display_name"
_LABELS = frozenset(EMAIL_LABELS.values())

Payload = dict[str, object]


@dataclass(frozen=True)
class Current:
    """What a contact has before it is changed.

    :param display_name: as the server sends it
    :param slots: by row, its e-mail addresses
    """

    display_name: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True)
class Nulls:
    """The values that delete extended properties.

    DavMail deletes them by null; for a calendar this did not work (msgraph-sdk-dotnet
    issue 719). Instead, a text can be set to "", and a day to the one that Outlook uses
    for no date.

    :param refused: this server refuses null
    """

    refused: bool = False

    def value(self, prop: Property, *, emptied: bool = False) -> str | None:
        """Return the value that deletes a property.

        :param emptied: null was accepted and did not delete it
        """
        if not self.refused and not emptied:
            return None
        is_day = prop.type is Type.TIME and prop not in LOCAL_DAYS.values()
        return NO_DATE if is_day else "" if prop.type is Type.STRING else None


NO_DATE = "4501-01-01T00:00:00Z"
"""What Outlook stores for a date that was removed ([MS-OXOCNTC] 2.2.1.5)."""

NULL = Nulls()


def new_contact(
    values: Mapping[str, str], sync_key: str, layout: Layout = STANDARD
) -> Payload:
    """Return a contact to create.

    :param values: field key and label (``fields.EMAIL_LABELS``) to text; blank ones are
        left out; without a label, the first address gets the contact's display name
    :raises KeyError: no property of the layout belongs to a key
    """
    first_label = {EMAIL_LABELS["email"]: values.get(DISPLAY_NAME, "")}
    # The server once required the given name (msgraph-sdk-dotnet issue 247); clients
    # that always send it, such as python-o365, also create contacts of companies.
    body: Payload = {"givenName": ""}
    extra: dict[Property, str | None] = {SYNC_KEY: sync_key}
    filled = {key: text for key, text in {**first_label, **values}.items() if text}
    _check(values, layout)
    _fill(body, extra, filled, Current(), layout)
    body = {name: value for name, value in body.items() if value is not None}
    return {**body, EXTENDED: _listed(extra.items())}


def changes(
    change: RemoteChange,
    current: Current,
    layout: Layout = STANDARD,
    nulls: Nulls = NULL,
) -> Payload:
    """Return changes to a contact.

    :param change: the label of an address is among its values
    :raises KeyError: no property of the layout belongs to a key
    """
    body: Payload = {"displayName": current.display_name or None}
    extra: dict[Property, str | None] = {}
    _check(change.values, layout)
    emptied = _emptied(change, layout)
    usual = {
        key: text
        for key, text in change.values.items()
        if key not in change.thorough or key not in layout.emails
    }
    _fill(body, extra, usual, current, layout)
    extra |= dict.fromkeys(emptied)
    listed = [
        (one, nulls.value(one, emptied=one in emptied) if text is None else text)
        for one, text in extra.items()
    ]
    if nulls.refused:  # properties that cannot be emptied stay, and are read again
        listed = [(one, text) for one, text in listed if text is not None]
    return {**body, EXTENDED: _listed(listed)} if listed else body


def sync_key_removal(current: Current, nulls: Nulls = NULL) -> Payload:
    """Return the change that removes our sync key from a contact."""
    return {
        "displayName": current.display_name or None,
        EXTENDED: _listed([(SYNC_KEY, nulls.value(SYNC_KEY))]),
    }


def _check(values: Mapping[str, str], layout: Layout) -> None:
    for key in values:
        if key not in _LABELS and key not in LOCAL_DAYS:
            layout.properties[key]  # raises KeyError


def _emptied(change: RemoteChange, layout: Layout) -> set[Property]:
    """Return the properties to delete even if the server kept them once."""
    found: set[Property] = set()
    for key in change.thorough:
        prop = layout.properties.get(key)
        if isinstance(prop, Email):
            found |= emails.cleared(prop).keys()
        elif isinstance(prop, Extended):
            found.add(prop.name)
        if key in LOCAL_DAY_ROWS:
            found.add(LOCAL_DAYS[LOCAL_DAY_ROWS[key]])
    return found


def _fill(
    body: Payload,
    extra: dict[Property, str | None],
    values: Mapping[str, str],
    current: Current,
    layout: Layout,
) -> None:
    slots: dict[str, Slot] = {}
    for key, raw in values.items():
        text = clean(raw).strip()
        if key in _LABELS:
            continue
        if key in LOCAL_DAYS:
            extra[LOCAL_DAYS[key]] = midnight_of(text) or None
            continue
        prop = layout.properties[key]
        if isinstance(prop, Email):
            slots[key] = _slot(key, text, values, current)
        elif isinstance(prop, Extended):
            extra[prop.name] = _text(key, text, layout) or None
        else:
            body[prop.name] = _plain(prop, _text(key, text, layout))
    listed, more = emails.written(slots, current.slots, layout.emails)
    if listed is not None:
        body[emails.LIST] = listed
    extra |= more


def _slot(key: str, text: str, values: Mapping[str, str], current: Current) -> Slot:
    if not text:
        return Slot()
    before = current.slots.get(key, Slot())
    label = line(values.get(EMAIL_LABELS[key], ""))
    if not label and before.address == text:
        return before
    return Slot(text, "SMTP", label)


def _plain(prop: Plain, text: str) -> object:
    if isinstance(prop, Texts):
        return list(members(text).values())
    return text or None


def _text(key: str, text: str, layout: Layout) -> str:
    """Return the text in the form that Exchange stores; "" if it is empty."""
    row, prop = layout.rows.get(key), layout.properties[key]
    if is_day(prop) or row and row.kind is Kind.DATE:
        return layout.days.moment_of(text)
    if isinstance(prop, Note):
        return "" if is_blank(text) else to_text(text)
    if key == FILED or row and row.kind is Kind.STREET:
        return text.replace("\n", "\r\n")
    return text


def _listed(extra: Iterable[tuple[Property, str | None]]) -> list[dict[str, object]]:
    return [{"id": extended_id(one), "value": text} for one, text in extra]
