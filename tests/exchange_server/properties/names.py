# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the server makes of the parts of a contact's name, each time it is asked.

Sources: the EWS pages "GetItem operation (contact)" (an answer in which DisplayName
follows from GivenName and Surname, and FileAsMapping is None beside a FileAs that a
client chose), "FileAsMapping" and "CompleteName", and [MS-OXOCNTC] 2.2.1.1.12
(PidLidFileUnderId) for what each mapping means. exchangelib's own tests record that a
FileAs is kept as a client sends it even beside a FileAsMapping, and that FileAsMapping
and Subject are not there until they are set. Not documented, and our assumption: a
FileAs beside a mapping is computed again when a part of the name or the mapping changes
and no other FileAs comes with the change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from ..store.values import Value, Values

if TYPE_CHECKING:
    from ..store.item import Item

DISPLAY_NAME = "contacts:DisplayName"
FILE_AS = "contacts:FileAs"
FILE_AS_MAPPING = "contacts:FileAsMapping"
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


def display_name(item: Item) -> Value | None:
    """What a client set, else what follows from the other values."""
    values = item.values
    return (
        values.get(DISPLAY_NAME)
        or _join("F M L S", values)
        or values.get("contacts:CompanyName")
        or values.get("contacts:EmailAddress:EmailAddress1")
    )


def file_as_mapping(item: Item) -> Value | None:
    """What a client set, else None beside a FileAs, else nothing."""
    default = "None" if FILE_AS in item.values else None
    return item.values.get(FILE_AS_MAPPING, default)


def file_as(item: Item) -> Value | None:
    """What a client set, else what the contact's FileAsMapping makes of its values."""
    kept = item.values.get(FILE_AS)
    pattern = _PATTERNS.get(str(item.values.get(FILE_AS_MAPPING, "None")))
    if kept is not None or pattern is None:
        return kept
    text = ""
    separator = ""
    for position, piece in enumerate(pattern):
        if position % 2:
            separator = piece
            continue
        part = _piece(piece, item)
        text += (separator if text and part else "") + part
    return text


def outdates_file_as(values: Values, changed: Collection[str]) -> bool:
    """Whether the FileAs beside a mapping must be computed again after an update.

    :param values: all of the contact, after the update
    :param changed: the keys that the update sets or deletes
    """
    mapping = values.get(FILE_AS_MAPPING, "None")
    if mapping == "None" or FILE_AS in changed:
        return False
    parts = {FILE_AS_MAPPING, DISPLAY_NAME, *_LETTERS.values()}
    return not parts.isdisjoint(changed)


def _piece(letters: str, item: Item) -> str:
    if letters == "D":
        return str(display_name(item) or "")
    return _join(letters, item.values)


def _join(letters: str, values: Values) -> str:
    parts = (str(values.get(_LETTERS[letter], "")) for letter in letters.split())
    return " ".join(part for part in parts if part)
