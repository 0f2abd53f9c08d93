# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The people of the machine, as Odoo's tables and the mailbox contain them.

A person is recognized by the note, which is never edited. Every value is used once, so
that it identifies the edit. These tests do not use the addon's own mapping.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from exchange_server.store.item import Item
from support.cases.sync_mailbox import IDENTITY, KEYS

from .stage import Stage

ODOO, EXCHANGE = "odoo", "exchange"
ADDRESS = ("street", "city", "country")
ODOO_FIELDS = {
    "name": "name",
    "email": "email",
    "job": "function",
    "phone": "phone",
    "company": "company_name",
    "website": "website",
    "street": "street",
    "city": "city",
    "country": "country_id",
    "categories": "category_id",
}
"""Fields that are edited, by key; for their names in the mailbox see ``KEYS``."""

PHONES = ("business", "mobile", "home")
NOTE = re.compile(r"person (\d+)\b")
NEVER_EDITED = (
    "contacts:SpouseName",
    "contacts:EmailAddress:EmailAddress2",
    "contacts:PhysicalAddress:Home:City",
)
"""Properties that are synchronized and never edited. A contact that was deleted in
Exchange and edited in Odoo gets them again."""

UNMODELLED = ("contacts:Mileage",)
"""Properties that the addon does not synchronize."""


@dataclass
class Person:
    """A person who is on one side or on both.

    :param number: the number in the note
    :param born: the side on which it was created; Exchange if it was created on both
    :param edits: the last edit of each field on each side since the last quiet state
    :param edited_at: by side, the number of runs before the last edit; a run in
        progress counts as a half
    :param lost_at: by side, the same for the deletion
    :param ever_lost: sides on which it was ever deleted
    :param seen: sides on which it was in the last quiet state
    :param entered_twice: users created it on both sides; it is recognized by e-mail
    :param fixed: it is not changed before the next quiet state
    """

    number: int
    born: str
    entered_twice: bool = False
    edits: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    edited_at: dict[str, float] = field(default_factory=dict)
    lost_at: dict[str, float] = field(default_factory=dict)
    ever_lost: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    fixed: bool = False

    def may_edit(self, fields: Iterable[str]) -> list[str]:
        """:returns: the fields that may be edited; a person whose sides are not linked
        yet keeps the e-mail address and the name, by which it is recognized
        """
        unknown = self.entered_twice and not self.seen
        return [k for k in fields if not (unknown and k in ("email", "name"))]

    @property
    def note(self) -> str:
        """Return the text that identifies this person."""
        return f"person {self.number}"

    def lose(self, side: str, runs: float) -> None:
        """Record a deletion on a side."""
        self.lost_at[side] = runs
        self.ever_lost.add(side)

    def edit(self, side: str, values: Mapping[str, str], runs: float) -> None:
        """Record an edit on a side."""
        self.edited_at[side] = runs
        for key, value in values.items():
            self.edits[key][side] = value

    def record_agreement(self) -> None:
        """Record a quiet state: both sides agree on the current values."""
        self.edits.clear()
        self.edited_at.clear()
        self.lost_at.clear()
        self.fixed = False


@dataclass(frozen=True)
class Partner:
    """A partner in Odoo.

    :param values: by the keys of ``ODOO_FIELDS``, "" for a blank field
    :param link: id of the contact in the mailbox to which it is linked, or ""
    """

    id: int
    active: bool
    values: Mapping[str, str]
    link: str


class People:
    """Finds people on both sides.

    :param stage: Stage
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.all: list[Person] = []

    def partners(self) -> dict[int, list[Partner]]:
        """:returns: partners by the number of the person, archived ones included"""
        found: dict[int, list[Partner]] = defaultdict(list)
        with self._stage.everything() as env:
            rows = env["res.partner"].with_context(active_test=False)
            links = self._links(env)
            for row in rows.search([("id", ">", self._stage.people_after)]):
                note = NOTE.search(str(row.comment or ""))
                if note:
                    values = {key: _text(row, key) for key in ODOO_FIELDS}
                    partner = Partner(row.id, row.active, values, links.get(row.id, ""))
                    found[int(note[1])].append(partner)
        return found

    @staticmethod
    def _links(env) -> dict[int, str]:
        links = env["exchange.contact.link"].search([("state", "=", "synced")])
        return {link.partner_id.id: link.remote_id for link in links}

    def items(self) -> dict[int, list[Item]]:
        """:returns: contacts of the mailbox by the number of the person"""
        found: dict[int, list[Item]] = defaultdict(list)
        for item in self._stage.mailbox.contacts():
            note = NOTE.search(str(item.values.get(KEYS["note"])))
            if note:
                found[int(note[1])].append(item)
        return found

    def partner(self, person: Person) -> Partner | None:
        """Return the active partner of a person."""
        return next((p for p in self.partners()[person.number] if p.active), None)

    def is_linked(self, person: Person) -> bool:
        """Whether both sides of a person are linked."""
        partner, item = self.partner(person), self.item(person)
        return bool(partner and item and partner.link == item.id)

    def item(self, person: Person) -> Item | None:
        """Return the contact of a person in the mailbox."""
        return next(iter(self.items()[person.number]), None)


def _text(row, key: str) -> str:
    value = row[ODOO_FIELDS[key]] or ""
    if key == "categories":
        return "\n".join(sorted(value.mapped("display_name"))) if value else ""
    if key == "country":
        return value.name or "" if value else ""
    return without_scheme(value)


def without_scheme(text: str) -> str:
    """Remove the scheme that Odoo adds to a website."""
    return text.removeprefix("http://")


def item_values(item: Item) -> dict[str, str]:
    """:returns: values by the keys of ``ODOO_FIELDS``, "" for a blank field"""
    values = {
        key: without_scheme(item.values.get(KEYS[key]) or "")
        for key in ODOO_FIELDS
        if key not in ("phone", "categories")
    }
    return {
        **values,
        "phone": next(iter(item_phones(item).values()), ""),
        "categories": "\n".join(sorted(item.values.get(KEYS["categories"]) or ())),
    }


def item_phones(item: Item) -> dict[str, str]:
    """:returns: the phone numbers of a contact by kind"""
    numbers = {kind: item.values.get(KEYS[kind]) for kind in PHONES}
    return {kind: number for kind, number in numbers.items() if number}


def identity(item: Item) -> str:
    """:returns: the sync key of a contact, or \"\""""
    return next((str(v) for key, v in item.values.items() if IDENTITY in key), "")
