# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert the JSON of a contact to plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core import limits
from ...core.contact import Contact
from ...core.mailbox import RemoteContact, RemoteRef
from ...core.text import line
from ...outlook import properties as outlook
from ...outlook.body import from_body
from ...outlook.dates import in_utc
from ...outlook.internal import is_internal
from ...outlook.lengths import without_too_long
from ...outlook.neutral import in_neutral_form, moment_of, smtp_instead
from ...outlook.reading import LONGEST_KEY
from ..ids import from_graph, version_of
from ..odata import extended_values
from .layout import PRIVATE, STANDARD, Layout
from .properties import IM_LIST, IM_ROWS, Day, Note, Plain, Texts

Item = Mapping[str, object]
Extra = Mapping[outlook.Property, str]

CUT_AT = 250
"""Notes of this length may be cut in a list; reports name 256 characters
(microsoft-graph-docs issue 17598)."""


def remote_contact(item: Item, layout: Layout = STANDARD) -> RemoteContact:
    """Convert a contact that was fetched.

    A property that is not in the answer is not among the values, because it may not be
    blank. An extended property that is not in the answer is blank: those without a
    value are never returned.

    :param layout: the layout of the request
    :return: without dates that cannot be read; the photo is None
    :raises ValueError: the item does not have the expected form; other exceptions of
        ``reading.UNREADABLE`` mean the same
    """
    extra = extended_values(item)
    values = {key: extra.get(name, "") for key, name in layout.extended.items()}
    unreadable = _read_plain(values, item, layout)
    internal = _read_emails(values, extra, layout)
    _read_messengers(values, item)
    for key, original in internal.items():
        smtp_instead(values, key, original, layout.kinds.labels)
    auxiliary = {
        local_day: extra.get(name, "") for local_day, name in outlook.LOCAL_DAYS.items()
    }
    unread = (
        unreadable
        + without_too_long(values)
        + in_neutral_form(values, auxiliary, layout.kinds)
    )
    private = [extra.get(one, "").lower() for one in PRIVATE]
    return RemoteContact(
        ref=reference(item, extra),
        contact=Contact(values),
        modified=moment_of(in_utc(_text(item.get("lastModifiedDateTime")))),
        private=not set(private) <= {"", "0", "false"},
        unread=unread,
    )


def reference(item: Item, extra: Extra) -> RemoteRef:
    """Return where an item is.

    :param extra: its extended properties
    :raises ValueError: an id is missing or not valid
    """
    folder = item.get("parentFolderId")
    return RemoteRef(
        id=from_graph(item["id"]),
        version=version_of(item),
        folder=from_graph(folder) if folder else "",
        sync_key=_key(extra.get(outlook.SYNC_KEY, "")),
        search_key=_key(extra.get(outlook.SEARCH_KEY, "")),
    )


def _key(text: str) -> str:
    """Return a key; "" if it is too long to be one."""
    return text if len(text) <= LONGEST_KEY else ""


def has_photo(item: Item) -> bool:
    """Return whether the properties of a contact say that it has a photo."""
    return extended_values(item).get(outlook.HAS_PICTURE, "").lower() == "true"


def is_note_whole(item: Item) -> bool:
    """Return whether a page of a list has the whole note of a contact.

    A list returns a note that begins with a line break without any breaks and cut at
    256 characters (microsoft-graph-docs issue 17598), and maybe others. Therefore a
    note only counts if it is short and equal to the body, which is read separately.
    """
    note = _text(item.get("personalNotes"))
    body = extended_values(item).get(outlook.BODY, "")
    return len(note) < CUT_AT and _lines(note) == _lines(body)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


def _read_plain(values: dict[str, str], item: Item, layout: Layout) -> tuple[str, ...]:
    """Read the properties of ``contact``.

    :return: the rows whose values do not have the expected form
    """
    unreadable = []
    for key, prop in layout.plain.items():
        if prop.name not in item:
            continue
        try:
            values[key] = _plain(prop, item[prop.name])
        except ValueError:
            unreadable.append(key)
    return tuple(unreadable)


def _plain(prop: Plain, value: object) -> str:
    if isinstance(prop, Texts):
        return "\n".join(line(text) for text in _texts(value))
    text = _text(value)
    if isinstance(prop, Day):
        return in_utc(text)
    if isinstance(prop, Note) and len(text) <= limits.NOTE_CHARACTERS:
        return from_body(text, "Text")
    return text


def _read_emails(
    values: dict[str, str], extra: Extra, layout: Layout
) -> dict[str, str]:
    """Read the addresses from their slots. The list ``emailAddresses`` has no slots,
    and the server generates its names (microsoft-graph-docs issues 507, 19265).

    :return: by row of an internal address, its original display name
    """
    internal = {}
    for key, slot in enumerate_slots(extra, layout).items():
        values[key] = slot.address
        if key in layout.kinds.labels:
            values[layout.kinds.labels[key]] = slot.label
        if is_internal(slot.address, slot.type):
            internal[key] = extra.get(layout.emails[key].original, "")
    return internal


@dataclass(frozen=True)
class Slot:
    """The content of one of the three slots for e-mail addresses.

    :param type: "SMTP" for an address outside of Exchange
    """

    address: str = ""
    type: str = ""
    label: str = ""


def enumerate_slots(extra: Extra, layout: Layout) -> dict[str, Slot]:
    """Return the e-mail addresses of an item, by row.

    :param extra: its extended properties
    """
    return {
        key: Slot(
            extra.get(email.address, ""),
            extra.get(email.type, ""),
            extra.get(email.label, ""),
        )
        for key, email in layout.emails.items()
    }


def _read_messengers(values: dict[str, str], item: Item) -> None:
    """Put messengers that are in no slot into free slots."""
    rows = [row for row in IM_ROWS if row in values]
    known = {values[row] for row in rows}
    others = [text for text in _texts(item.get(IM_LIST)) if text not in known]
    free = [row for row in rows if not values[row]]
    values.update(zip(free, filter(None, others), strict=False))


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError("a list was expected")
    return [_text(one) for one in value]


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"a text was expected, not {type(value).__name__}")
    return value
