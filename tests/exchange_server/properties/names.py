# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the server makes of the parts of a contact's name, each time it is asked.

Sources: the EWS pages "GetItem operation (contact)" (an answer in which DisplayName
and CompleteName follow from GivenName and Surname, and FileAsMapping is None beside a
FileAs that a client chose), "FileAsMapping" and "CompleteName", and [MS-OXOCNTC]
2.2.1.1.12 (PidLidFileUnderId) for what each mapping means. Not documented, and our
assumption: a subject that no client set is the display name, and a contact without
FileAs and FileAsMapping is filed as nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..store.values import Value, Values
from ..xmltext import escape

if TYPE_CHECKING:
    from ..store.item import Item

DISPLAY_NAME = "contacts:DisplayName"
FILE_AS = "contacts:FileAs"
FILE_AS_MAPPING = "contacts:FileAsMapping"
SUBJECT = "item:Subject"
TITLE = "extended:0x3a45:String"

# F given name, M middle name, L surname, S generation, C company, D display name; every
# second piece separates its neighbours when both are there.
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "LastCommaFirst": ("L", ", ", "F M"),
    "FirstSpaceLast": ("F M L S",),
    "Company": ("C",),
    "LastCommaFirstCompany": ("L", ", ", "F M", "\r\n", "C"),
    "CompanyLastFirst": ("C", "\r\n", "L", "", "F M"),
    "LastFirst": ("L", "", "F M"),
    "LastFirstCompany": ("L", "", "F M", "\r\n", "C"),
    "CompanyLastCommaFirst": ("C", "\r\n", "L", ", ", "F M"),
    "LastFirstSuffix": ("L", "", "F M S"),
    "LastSpaceFirstCompany": ("L", " ", "F M", "\r\n", "C"),
    "CompanyLastSpaceFirst": ("C", "\r\n", "L", " ", "F M"),
    "LastSpaceFirst": ("L", " ", "F M"),
    "DisplayName": ("D",),
    "FirstName": ("F",),
    "LastFirstMiddleSuffix": ("L", " ", "F M S"),
    "LastName": ("L",),
    "Empty": (),
}
FILE_AS_MAPPINGS = ("None", *_PATTERNS)

_LETTERS: Mapping[str, str] = {
    "F": "contacts:GivenName",
    "M": "contacts:MiddleName",
    "L": "contacts:Surname",
    "S": "contacts:Generation",
    "C": "contacts:CompanyName",
}
_COMPLETE_NAME: tuple[tuple[str, str], ...] = (
    ("Title", TITLE),
    ("FirstName", "contacts:GivenName"),
    ("MiddleName", "contacts:MiddleName"),
    ("LastName", "contacts:Surname"),
    ("Suffix", "contacts:Generation"),
    ("Initials", "contacts:Initials"),
    ("Nickname", "contacts:Nickname"),
)


def display_name(item: Item) -> Value | None:
    """What a client set, else what follows from the other values."""
    values = item.values
    return (
        values.get(DISPLAY_NAME)
        or _join("F M L S", values)
        or values.get("contacts:CompanyName")
        or values.get("contacts:EmailAddress:EmailAddress1")
    )


def subject(item: Item) -> Value | None:
    """What a client set, else the display name."""
    return item.values.get(SUBJECT) or display_name(item)


def file_as(item: Item) -> Value | None:
    """What the contact's FileAsMapping makes of its values, else what a client set."""
    pattern = _PATTERNS.get(str(item.values.get(FILE_AS_MAPPING, "None")))
    if pattern is None:
        return item.values.get(FILE_AS)
    text = ""
    separator = ""
    for position, piece in enumerate(pattern):
        if position % 2:
            separator = piece
            continue
        part = _piece(piece, item)
        text += (separator if text and part else "") + part
    return text


def complete_name(item: Item) -> Value | None:
    """The content of CompleteName: the parts that the contact has."""
    values = item.values
    parts = [(name, values.get(key)) for name, key in _COMPLETE_NAME]
    parts.insert(-1, ("FullName", display_name(item)))
    return "".join(
        f"<t:{name}>{escape(str(part))}</t:{name}>" for name, part in parts if part
    )


def _piece(letters: str, item: Item) -> str:
    if letters == "D":
        return str(display_name(item) or "")
    return _join(letters, item.values)


def _join(letters: str, values: Values) -> str:
    parts = (str(values.get(_LETTERS[letter], "")) for letter in letters.split())
    return " ".join(part for part in parts if part)
