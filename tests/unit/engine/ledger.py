# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the people of the state machine did, and where they are now.

A person is recognized by the note, which is never edited. Every value is used once, so
that it identifies the person and the edit; people who share an address share only that
value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from exchange_contact_sync.core.fields import MAIN_PHONE, PHONE_KEYS
from exchange_contact_sync.core.link import Link, LinkState
from exchange_contact_sync.core.normalize import visible_text
from support.fakes.mailbox import FakeItem
from support.fakes.partners import Partner
from support.fakes.world import World

ODOO, EXCHANGE = "odoo", "exchange"
ADDRESS = ("business_street", "business_city", "business_country")


@dataclass
class Person:
    """A person or company that is on one side or on both.

    :param number: int
    :param is_company: it is a company
    :param colleague: the partner has an internal user, and Odoo refuses all writes of
        the account's owner
    :param edits: the last edit of each field on each side since the last quiet state
    :param edited_at: by side, the number of runs before the last edit
    :param lost_at: by side, the number of runs before the deletion
    :param fixed: it is not changed before the next quiet state
    :param unlinked: a user entered it on both sides, and no run has linked them yet
    :param keeps: fields that are not edited, because they identify contacts
    :param own: all values that users ever gave to this person
    :param secrets: values that only the private contact has
    :param stopped: a user stopped the pair
    :param duplicated: a user duplicated it on one side; it is no longer edited
    :param partners: ids of partners that a user entered
    :param archived: ids of partners that a user archived
    :param items: ids of contacts that a user entered
    :param forgotten: its pair was forgotten since it was made
    """

    number: int
    is_company: bool = False
    colleague: bool = False
    edits: dict[str, dict[str, str | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    edited_at: dict[str, float] = field(default_factory=dict)
    lost_at: dict[str, int] = field(default_factory=dict)
    ever_lost: bool = False
    fixed: bool = False
    unlinked: bool = False
    keeps: frozenset[str] = frozenset()
    own: set[str] = field(default_factory=set)
    secrets: set[str] = field(default_factory=set)
    stopped: bool = False
    duplicated: bool = False
    partners: set[int] = field(default_factory=set)
    archived: set[int] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    forgotten: bool = False

    @property
    def note(self) -> str:
        """Return the text that identifies this person."""
        return f"<p>person {self.number}</p>"

    def may_edit(self, fields: Iterable[str]) -> list[str]:
        """Return the fields that users may edit."""
        fixed = {*self.keeps, *(("company",) if self.is_company else ())}
        return [key for key in fields if key not in fixed]

    def owns(self, values: Mapping[str, str]) -> None:
        """Record values that a user gave to this person."""
        self.own.update(map(normalized, filter(None, values.values())))

    def lose(self, side: str, runs: int) -> None:
        """Record a deletion on a side, with which the edits there may be lost."""
        self.lost_at[side], self.ever_lost = runs, True
        for edits in self.edits.values():
            if side in edits:
                edits[side] = None

    def edit(self, side: str, values: Mapping[str, str], runs: float) -> None:
        """Record an edit on a side."""
        self.edited_at[side] = runs
        for key, value in values.items():
            self.edits[key][side] = value

    def decide(self, field: str) -> None:
        """Record that a user has chosen one of the values of a field."""
        keys = ADDRESS if field in ADDRESS else (field,)
        for key in (MAIN_PHONE,) if field in PHONE_KEYS else keys:
            self.edits[key] = {ODOO: None, EXCHANGE: None}

    def forget_agreement(self) -> None:
        """Record that the pair lost its base: the next run compares it like a new pair,
        and each edit may conflict with the value of the other side.
        """
        for edits in self.edits.values():
            for side in (ODOO, EXCHANGE):
                edits[side] = edits.get(side) or None

    def record_agreement(self) -> None:
        """Record a quiet state: both sides agree on the current values."""
        self.edits.clear()
        self.edited_at.clear()
        self.lost_at.clear()
        self.fixed = False


class Ledger:
    """Finds people on both sides.

    :param world: World
    :ivar elsewhere: folder that is not synchronized
    """

    def __init__(self, world: World, elsewhere: str) -> None:
        self.world = world
        self.elsewhere = elsewhere
        self.people: list[Person] = []

    def partners(self, person: Person) -> list[Partner]:
        """Return a person's partners, archived ones included."""
        rows = self.world.partners.rows.values()
        return [row for row in rows if _is(person, row.values)]

    def items(self, person: Person) -> list[FakeItem]:
        """Return a person's contacts in the folders that are synchronized."""
        return [i for i in self.all_items(person) if i.folder != self.elsewhere]

    def outside(self, person: Person) -> FakeItem | None:
        """Return a person's contact in the other folder, if it can be moved back: it
        has a link, and the person has no other contact.
        """
        links = self.world.links.rows.values()
        keys = {link.sync_key for link in links} | {link.search_key for link in links}
        found = [i for i in self.all_items(person) if i.folder == self.elsewhere]
        if not found or self.items(person):
            return None
        known = {found[0].sync_key, found[0].search_key} & (keys - {""})
        return found[0] if known else None

    def all_items(self, person: Person) -> list[FakeItem]:
        """Return a person's contacts in all folders."""
        items = self.world.mailbox.items.values()
        return [item for item in items if _is(person, item.values)]

    def partner(self, person: Person) -> Partner | None:
        """Return a person's active partner, preferably the one that has a contact."""
        active = [p for p in self.partners(person) if p.active]
        here = {item.id for item in self.items(person)}
        links = [k for k in self.world.links.rows.values() if k.remote in here]
        return _first(active, {k.partner: k.state for k in links})

    def item(self, person: Person) -> FakeItem | None:
        """Return a person's contact in a synchronized folder, preferably the one that
        has an active partner.
        """
        active = {row.id for row in self.partners(person) if row.active}
        links = [k for k in self.world.links.rows.values() if k.partner in active]
        return _first(self.items(person), {k.remote: k.state for k in links})

    def private(self, person: Person) -> bool:
        """Whether a person's contact is marked private."""
        item = self.item(person)
        return bool(item and item.private)

    def link(self, person: Person) -> Link | None:
        """Return the synchronized link of a person who is on both sides."""
        link = self.any_link(person)
        return link if link and link.state is LinkState.SYNCED else None

    def any_link(self, person: Person) -> Link | None:
        """Return the link in any state of a person who is on both sides."""
        partner, item = self.partner(person), self.item(person)
        if not partner or not item:
            return None
        link = self.world.links.by_partner([partner.id]).get(partner.id)
        return link if link and link.remote == item.id else None

    def lacks_a_number(self, person: Person) -> bool:
        """Whether the number was cleared in Odoo while Exchange has another."""
        partner, item = self.partner(person), self.item(person)
        if not partner or not item or partner.values[MAIN_PHONE]:
            return False
        return any(item.values[slot] for slot in PHONE_KEYS)

    def about(self, person: Person) -> str:
        """Return all that is known of a person, to find the cause of a failure."""
        partners, items = self.partners(person), self.all_items(person)
        ids = [row.id for row in partners], [item.id for item in items]
        links = [
            link
            for link in self.world.links.rows.values()
            if link.partner in ids[0] or link.remote in ids[1]
        ]
        waiting = [
            row
            for row in self.world.inbox.rows.values()
            if row.entry.ref.id in (*ids[1], *(link.remote for link in links))
        ]
        lines = [
            line
            for line in self.world.log.lines(all_runs=True)
            if line.partner in ids[0] or line.remote in ids[1]
        ]
        found = [person, *map(_in_short, (*partners, *items)), *links, *waiting, *lines]
        return "\n".join(map(str, found))


def _first(rows: list, states: Mapping[object, LinkState]) -> object:
    order = [LinkState.SYNCED, LinkState.STOPPED]
    return min(
        rows,
        default=None,
        key=lambda row: (
            order.index(states[row.id]) if states.get(row.id) in order else 2
        ),
    )


def _in_short(record: Partner | FakeItem) -> Partner | FakeItem:
    return replace(record, values={k: v for k, v in record.values.items() if v})


def normalized(text: str) -> str:
    """Return a value in a form that is the same for both sides; names in any order."""
    words = text.removeprefix("http://").replace(",", " ").casefold().split()
    return "".join(sorted(words))


def _is(person: Person, values: Mapping[str, str]) -> bool:
    return _shown(values["note"]) == _shown(person.note)


@lru_cache(maxsize=4096)
def _shown(note: str) -> str:
    """Return the text of a note; it is cached, since each law reads all notes."""
    return visible_text(note)
