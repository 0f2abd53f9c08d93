# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the people of the state machine did, and what the laws make of it.

A person is known by the note, which nobody edits. All values are used once, so that
a value tells whose edit it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.fakes.mailbox import FakeItem
from exchange_contact_sync.core.align import align
from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.fields import FIELDS, MAIN_PHONE, PHONE_KEYS, SETS
from exchange_contact_sync.core.normalize import members, same, visible_text
from exchange_contact_sync.core.records import Link, LinkState
from unit.fakes.partners import WORDS, Partner
from unit.fakes.pictures import subject
from unit.fakes.world import World

ODOO, EXCHANGE = "odoo", "exchange"
ADDRESS = ("business_street", "business_city", "business_country")


@dataclass
class Person:
    """Somebody who is in one place or both.

    :param number: int
    :param edits: the last edit of each field on each side since all was quiet
    :param edited_at: by side, how many runs there had been at the last edit
    :param lost_at: by side, how many runs there had been when it was deleted there
    :param fixed: nobody touches this person before all is quiet
    :param meeting: made by hand on both sides, and to be recognised yet
    """

    number: int
    edits: dict[str, dict[str, str | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    edited_at: dict[str, float] = field(default_factory=dict)
    lost_at: dict[str, int] = field(default_factory=dict)
    ever_lost: bool = False
    fixed: bool = False
    meeting: bool = False

    @property
    def note(self) -> str:
        """What tells this person from others."""
        return f"<p>person {self.number}</p>"

    def lose(self, side: str, runs: int) -> None:
        """Deleted on a side, or out of the choice; its edits there may go with it."""
        self.lost_at[side], self.ever_lost = runs, True
        for edits in self.edits.values():
            if side in edits:
                edits[side] = None

    def edit(self, side: str, values: dict[str, str], runs: float) -> None:
        """Edited on a side."""
        self.edited_at[side] = runs
        for key, value in values.items():
            self.edits[key][side] = value

    def decide(self, field: str) -> None:
        """A person has chosen one of the values of a field."""
        keys = ADDRESS if field in ADDRESS else (field,)
        for key in (MAIN_PHONE,) if field in PHONE_KEYS else keys:
            self.edits.pop(key, None)

    def calm(self) -> None:
        """All is quiet: what both sides have now is agreed."""
        self.edits.clear()
        self.edited_at.clear()
        self.lost_at.clear()
        self.fixed = False


class Ledger:
    """Finds people on both sides, and checks the laws.

    :param world: World
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: list[Person] = []

    def partners(self, person: Person) -> list[Partner]:
        """A person's partners, archived ones included."""
        rows = self.world.partners.rows.values()
        return [row for row in rows if _is(person, row.values)]

    def items(self, person: Person) -> list[FakeItem]:
        """A person's contacts in the folders that are synchronized."""
        return [i for i in self._items(person) if i.folder in self.world.folders]

    def outside(self, person: Person) -> FakeItem | None:
        """A person's contact in another folder, if it can come back: its pair is
        known, and no other contact has taken its place.
        """
        keys = {link.sync_key for link in self.world.links.rows.values()}
        found = [i for i in self._items(person) if i.folder not in self.world.folders]
        if not found or self.items(person) or found[0].sync_key not in keys:
            return None
        return found[0]

    def _items(self, person: Person) -> list[FakeItem]:
        items = self.world.mailbox.items.values()
        return [item for item in items if _is(person, item.values)]

    def partner(self, person: Person) -> Partner | None:
        """A person's active partner."""
        return next((p for p in self.partners(person) if p.active), None)

    def item(self, person: Person) -> FakeItem | None:
        """A person's contact in the folders that are synchronized."""
        return next(iter(self.items(person)), None)

    def link(self, person: Person) -> Link | None:
        """The link of a person whose both sides are there and synchronized."""
        partner, item = self.partner(person), self.item(person)
        if not partner or not item:
            return None
        link = self.world.links.by_partner([partner.id]).get(partner.id)
        in_step = link and link.remote == item.id and link.state is LinkState.SYNCED
        return link if in_step else None

    def lacks_a_number(self, person: Person) -> bool:
        """Whether the number was cleared in Odoo while Exchange has another."""
        partner, item = self.partner(person), self.item(person)
        if not partner or not item or partner.values[MAIN_PHONE]:
            return False
        return any(item.values[slot] for slot in PHONE_KEYS)

    def about(self, person: Person) -> str:
        """All there is to know of a person, for whoever has to find out why."""
        partners, items = self.partners(person), self.items(person)
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
        found = [person, *partners, *items, *links, *waiting, *lines]
        return "\n".join(map(str, found))

    # The laws

    def nobody_is_there_twice(self) -> None:
        """Each person is on each side at most once."""
        for person in self.people:
            assert len(self.items(person)) <= 1, f"{person} is twice in the mailbox"
            assert len(self.partners(person)) <= 1, f"{person} is twice in Odoo"

    def nobody_is_missing(self) -> None:
        """Whoever was never deleted is on both sides."""
        for person in self.people:
            if not person.ever_lost:
                assert self.link(person), self.about(person)

    def both_sides_are_equal(self) -> None:
        """Of every pair, in all that both sides carry."""
        for person in self.people:
            link = self.link(person)
            if not link:
                continue
            ours, theirs = self.partner(person).values, self.item(person).values
            sides = align(ours, Contact(theirs), link.base, WORDS, "phone_business")
            for key in FIELDS:
                if key in sides.ours and key in sides.theirs:
                    assert same(key, sides.ours, sides.theirs, WORDS), (person, key)

    def both_sides_show_the_same_photo(self) -> None:
        """Of every pair, however either side encodes it."""
        for person in self.people:
            if self.link(person):
                ours, theirs = self.partner(person).picture, self.item(person).photo
                assert subject(ours) == subject(theirs), self.about(person)

    def no_edit_is_lost(self) -> None:
        """An edit of one side is on both; of two, one is, and the other is told."""
        told = [
            text
            for line in self.world.log.lines(all_runs=True)
            for text in (line.old, line.new)
        ]
        for person in self.people:
            link = self.link(person)
            if link:
                for key, edits in person.edits.items():
                    self._check_field(person, link, key, edits, told)

    def _check_field(
        self,
        person: Person,
        link: Link,
        key: str,
        edits: dict[str, str | None],
        told: list[str],
    ) -> None:
        ours, item = self.partner(person).values[key], self.item(person)
        theirs = _value(item, link, key)
        if key == MAIN_PHONE:
            # Numbers new on both sides both stay, each in a slot of its own.
            told = [*told, *(item.values[slot] for slot in PHONE_KEYS)]
        others = {other for k in ADDRESS for other in person.edits.get(k, ())}
        rivals = others if key in ADDRESS else set(edits)
        for side, value in edits.items():
            if value is None:
                continue
            kept = _has(key, ours, value) and _has(key, theirs, value)
            if key == MAIN_PHONE and side == EXCHANGE and ours:
                # A number the partner got when it was made may have another slot.
                kept = kept or any(value in item.values[slot] for slot in PHONE_KEYS)
            if len(rivals) == 1:
                assert kept, f"{person}: {key} {value!r} is {ours!r} and {theirs!r}"
            else:
                known = kept or any(value in text for text in told)
                assert known, f"{value!r} of {key} is lost\n{self.about(person)}"

    def no_edited_contact_is_deleted(self) -> None:
        """Whoever was edited after, or just before, the other side's deletion stays."""
        for person in self.people:
            for here, there in ((ODOO, EXCHANGE), (EXCHANGE, ODOO)):
                edited, lost = person.edited_at.get(here), person.lost_at.get(there)
                if edited is None or lost is None or edited < lost:
                    continue
                if here in person.lost_at:
                    continue
                found = self.partner if here == ODOO else self.item
                assert found(person), f"{person} was edited in {here}, and is gone"


def _is(person: Person, values: Mapping[str, str]) -> bool:
    return visible_text(values["note"]) == visible_text(person.note)


def _value(item: FakeItem, link: Link, key: str) -> str:
    if key == "name":
        return item.values["display_name"]
    if key == MAIN_PHONE:
        return item.values[link.base.remembered["phone_slot"]]
    return item.values[key]


def _has(key: str, text: str, value: str) -> bool:
    """Whether a value is what it was edited to; a set may have other members too."""
    if key in SETS:
        return members(value).keys() <= members(text).keys()
    return _same(key, value, text)


def _same(key: str, one: str, other: str) -> bool:
    key = PHONE_KEYS[0] if key == MAIN_PHONE else key
    if key == "business_country" and not WORDS.country(one):
        return not WORDS.country(other)
    return same(key, {key: one}, {key: other}, WORDS)
