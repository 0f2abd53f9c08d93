# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The people of the machine, as they are in Odoo's tables and in the mailbox.

A person is known by the note, which nobody edits. Every value is used once, so that
it tells whose edit it was. Nothing here asks the addon's mapping whether it is right.
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
"""What is edited, by the name of Odoo's field; in the mailbox see ``KEYS``."""

PHONES = ("business", "mobile", "home")
NOTE = re.compile(r"person (\d+)\b")
NEVER_EDITED = (
    "contacts:SpouseName",
    "contacts:EmailAddress:EmailAddress2",
    "contacts:PhysicalAddress:Home:City",
)
"""Properties that are synchronized and that nobody edits. A contact that was deleted
in Exchange and edited in Odoo gets them again."""

UNMODELLED = ("contacts:Mileage",)
"""Properties that the addon knows nothing of."""


@dataclass
class Person:
    """Somebody who is in one place or both.

    :param number: in the note
    :param born: the side it was made on; Exchange if it was made on both
    :param edits: the last edit of each field on each side since all was quiet
    :param edited_at: by side, how many runs there had been at the last edit; one that
        is at work counts half
    :param lost_at: likewise, when it was deleted there
    :param ever_lost: sides where somebody deleted it once
    :param seen: sides where it was when all was quiet
    :param twin: on both sides from the beginning, and recognized by the e-mail
    :param fixed: nobody touches this person before all is quiet
    """

    number: int
    born: str
    twin: bool = False
    edits: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    edited_at: dict[str, float] = field(default_factory=dict)
    lost_at: dict[str, float] = field(default_factory=dict)
    ever_lost: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    fixed: bool = False

    def may_edit(self, fields: Iterable[str]) -> list[str]:
        """:returns: those of the fields that may be edited: before the sides of a twin
        have met, it is known by its e-mail, and its name is on both of them
        """
        unknown = self.twin and not self.seen
        return [k for k in fields if not (unknown and k in ("email", "name"))]

    @property
    def note(self) -> str:
        """What tells this person from others."""
        return f"person {self.number}"

    def lose(self, side: str, runs: float) -> None:
        """Deleted on a side."""
        self.lost_at[side] = runs
        self.ever_lost.add(side)

    def edit(self, side: str, values: Mapping[str, str], runs: float) -> None:
        """Edited on a side."""
        self.edited_at[side] = runs
        for key, value in values.items():
            self.edits[key][side] = value

    def calm(self) -> None:
        """All is quiet: what both sides have now is agreed."""
        self.edits.clear()
        self.edited_at.clear()
        self.lost_at.clear()
        self.fixed = False


@dataclass(frozen=True)
class Partner:
    """A row of Odoo.

    :param values: by the keys of ``ODOO_FIELDS``, "" for what is blank
    :param link: id of the contact in the mailbox that it is in step with, or ""
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
        """A person's active partner."""
        return next((p for p in self.partners()[person.number] if p.active), None)

    def is_linked(self, person: Person) -> bool:
        """Whether a person's both sides are in step."""
        partner, item = self.partner(person), self.item(person)
        return bool(partner and item and partner.link == item.id)

    def item(self, person: Person) -> Item | None:
        """A person's contact in the mailbox."""
        return next(iter(self.items()[person.number]), None)


def _text(row, key: str) -> str:
    value = row[ODOO_FIELDS[key]] or ""
    if key == "categories":
        return "\n".join(sorted(value.mapped("display_name"))) if value else ""
    if key == "country":
        return value.name or "" if value else ""
    return without_scheme(value)


def without_scheme(text: str) -> str:
    """Odoo gives an address on the web a scheme."""
    return text.removeprefix("http://")


def item_values(item: Item) -> dict[str, str]:
    """:returns: values by the keys of ``ODOO_FIELDS``, "" for what is blank"""
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
    """:returns: the numbers of a contact by their kind"""
    numbers = {kind: item.values.get(KEYS[kind]) for kind in PHONES}
    return {kind: number for kind, number in numbers.items() if number}


def identity(item: Item) -> str:
    """:returns: what we wrote on a contact to know it again, or \"\""""
    return next((str(v) for key, v in item.values.items() if IDENTITY in key), "")
