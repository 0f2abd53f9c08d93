# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Map the rows of ``core.fields`` to properties of Graph's ``contact``.

"contact resource type" (https://learn.microsoft.com/graph/api/resources/contact). Each
row has one representation, because no rule is documented for a request that names a
value twice. Single texts, notes, categories and the birthday are properties of v1.0.
Everything else is an extended property by its MAPI name ([MS-OXPROPS]):

- of 19 phone numbers, v1.0 has five, two kinds of them in lists whose entries have no
  fixed slot;
- the parts of an address, because it is not documented whether a PATCH of an address
  keeps the parts that it does not name;
- instant messengers and e-mail addresses are lists as well, in which a gap cannot be
  expressed. How e-mail addresses are written: ``emails.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...core.fields import FIELDS, NAME_EVIDENCE
from ...outlook import properties as outlook
from ...outlook.properties import ADDRESS, Named, Numbered, Tagged, Type

AIR_SYNC = "71035549-0739-4dcb-9163-00f0580dbbdf"
"""PSETID_AirSync ([MS-OXPROPS] 1.3.2)."""


@dataclass(frozen=True)
class Plain:
    """A text that is a property of ``contact``.

    :param name: of the property
    """

    name: str


@dataclass(frozen=True)
class Day(Plain):
    """A date that is stored as a moment (``outlook/dates.py``)."""


@dataclass(frozen=True)
class Texts(Plain):
    """A list of texts."""


@dataclass(frozen=True)
class Note(Plain):
    """The notes, which are text without formatting."""


@dataclass(frozen=True)
class Extended:
    """An extended property.

    :param is_day: a date that is stored as a moment
    """

    name: outlook.Property
    is_day: bool = False


@dataclass(frozen=True)
class Email:
    """An e-mail address: five properties that belong together ([MS-OXOCNTC] 2.2.1.2).

    :param first: the LID of the display name
    """

    first: int

    @property
    def label(self) -> Numbered:
        """Return the display name, which Outlook shows instead of the address."""
        return Numbered(ADDRESS, self.first)

    @property
    def type(self) -> Numbered:
        """Return the address type, "SMTP" for an address outside of Exchange."""
        return Numbered(ADDRESS, self.first + 2)

    @property
    def address(self) -> Numbered:
        """Return the address."""
        return Numbered(ADDRESS, self.first + 3)

    @property
    def original(self) -> Numbered:
        """Return the original display name, the SMTP address of an internal one."""
        return Numbered(ADDRESS, self.first + 4)

    @property
    def entry_id(self) -> Numbered:
        """Return the entry id, to which Outlook sends messages."""
        return Numbered(ADDRESS, self.first + 5, Type.BINARY)


Property = Plain | Extended | Email


def _tag(tag: int) -> Extended:
    return Extended(Tagged(tag))


def _id(number: int) -> Extended:
    return Extended(Numbered(ADDRESS, number))


def _address(row: str, *parts: Extended) -> dict[str, Property]:
    names = ("street", "city", "state", "zip", "country")
    return {f"{row}_{n}": part for n, part in zip(names, parts, strict=True)}


PHONES = {
    "assistant": 0x3A2E,
    "business": 0x3A08,
    "business2": 0x3A1B,
    "business_fax": 0x3A24,
    "callback": 0x3A02,
    "car": 0x3A1E,
    "company_main": 0x3A57,
    "home": 0x3A09,
    "home2": 0x3A2F,
    "home_fax": 0x3A25,
    "isdn": 0x3A2D,
    "mobile": 0x3A1C,
    "other": 0x3A1F,
    "other_fax": 0x3A23,
    "pager": 0x3A21,
    "primary": 0x3A1A,
    "radio": 0x3A1D,
    "telex": 0x3A2C,
    "tty_tdd": 0x3A4B,
}
"""The tags of the phone numbers, by slot."""

PROPERTIES: dict[str, Property] = {
    "title": Plain("title"),
    "given_name": Plain("givenName"),
    "middle_name": Plain("middleName"),
    "surname": Plain("surname"),
    "suffix": Plain("generation"),
    "display_name": Plain("displayName"),
    "file_as": Plain("fileAs"),
    "company": Plain("companyName"),
    "job_title": Plain("jobTitle"),
    **{row: Email(first) for row, first in outlook.EMAIL_FIRST.items()},
    **{f"phone_{slot}": _tag(tag) for slot, tag in PHONES.items()},
    # The names of the second and the third are those of ActiveSync (z-push,
    # ``mapi/mapimapping.php``); whether other clients use them was not tested.
    # Messengers that are only in ``imAddresses`` are read from there.
    "im1": _id(0x8062),
    "im2": Extended(Named(AIR_SYNC, "AirSync:IMAddress2")),
    "im3": Extended(Named(AIR_SYNC, "AirSync:IMAddress3")),
    **_address("business", *map(_id, (0x8045, 0x8046, 0x8047, 0x8048, 0x8049))),
    **_address("home", *map(_tag, (0x3A5D, 0x3A59, 0x3A5C, 0x3A5B, 0x3A5A))),
    **_address("other", *map(_tag, (0x3A63, 0x3A5F, 0x3A62, 0x3A61, 0x3A60))),
    "website": Plain("businessHomePage"),
    "personal_page": Extended(outlook.PERSONAL_PAGE),
    "nickname": Plain("nickName"),
    "initials": Plain("initials"),
    "department": Plain("department"),
    "office": Plain("officeLocation"),
    "profession": Plain("profession"),
    "manager": Plain("manager"),
    "assistant": Plain("assistantName"),
    "spouse": Plain("spouseName"),
    "birthday": Day("birthday"),
    "anniversary": Extended(Tagged(0x3A41, Type.TIME), is_day=True),
    "note": Note("personalNotes"),
    "categories": Texts("categories"),
}

CARRIED = frozenset(FIELDS.keys() - {"name"}) | frozenset(NAME_EVIDENCE)
"""The rows of an Exchange contact; the core builds ``name`` from its parts."""

if PROPERTIES.keys() != CARRIED:
    raise AssertionError(f"no property for {sorted(PROPERTIES.keys() ^ CARRIED)}")

IM_LIST = "imAddresses"
"""The property in which messengers are read that have no slot of their own."""

IM_ROWS = ("im1", "im2", "im3")
