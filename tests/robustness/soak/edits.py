# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random edits on both sides, each recorded with its time."""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from exchange_server.store.item import Item
from robustness.machine.actions import properties_of, vals_of
from robustness.machine.people import EXCHANGE, NOTE, ODOO

from .scene import Environment, Owner, Scene

FIELDS = ("name", "email", "job", "company", "website", "city")
AT_FIRST = 6
"""The number of people on each side of each account at the beginning."""


@dataclass
class Person:
    """A person in one account.

    :param number: in the note, which is never edited
    :param partner: id of the partner, once it is known
    :param edits: by field, the side and the value of all edits, in order
    :param lost: whether this person was deleted on one of the sides
    """

    number: int
    owner: Owner
    born: str
    partner: int = 0
    edits: dict[str, list[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    lost: bool = False

    @property
    def note(self) -> str:
        """Return the text that identifies this person."""
        return f"person {self.number}"


class Edits:
    """Makes random edits.

    :param scene: Scene
    :param dice: random generator
    """

    def __init__(self, scene: Scene, dice: random.Random) -> None:
        self._scene, self._dice = scene, dice
        self._numbers = itertools.count(1)
        self.people: list[Person] = []
        self.made: Counter[str] = Counter()
        for owner in scene.owners:
            for _number in range(AT_FIRST):
                self._create_item(owner)
                self._create_partner(owner)

    def one(self) -> None:
        """Make one random edit."""
        owner = self._dice.choice(self._scene.owners)
        what = self._dice.random()
        if what < 0.04:
            self._create_item(owner)
        elif what < 0.08:
            self._create_partner(owner)
        else:
            person = self._pick_person(owner)
            if what < 0.11:
                self._lose(person)
            elif self._dice.random() < 0.5:
                self._edit_item(person)
            else:
                self._edit_partner(person)

    def _pick_person(self, owner: Owner) -> Person:
        return self._dice.choice(
            [one for one in self.people if one.owner is owner and not one.lost]
        )

    def _new_values(self, names: tuple[str, ...]) -> dict[str, str]:
        number = next(self._numbers)
        values = {
            "name": f"Given{number} Surname{number}",
            "email": f"mail{number}@example.com",
            "website": f"site{number}.example.com",
        }
        return {name: values.get(name, f"{name} {number}") for name in names}

    def _some_fields(self) -> tuple[str, ...]:
        return tuple(self._dice.sample(FIELDS, self._dice.randint(1, 2)))

    def _new_person(self, owner: Owner, born: str) -> Person:
        person = Person(next(self._numbers), owner, born)
        self.people.append(person)
        return person

    def _create_item(self, owner: Owner) -> None:
        values = self._new_values(FIELDS)
        person = self._new_person(owner, EXCHANGE)
        contact = {**properties_of(values, None), "item:Body": ("Text", person.note)}
        owner.mailbox.add_contact(owner.mailbox.folder("contacts"), contact)
        self._note(person, EXCHANGE, values)

    def _create_partner(self, owner: Owner) -> None:
        values = self._new_values(FIELDS)
        person = self._new_person(owner, ODOO)

        def create(env: Environment) -> int:
            there = _partner_of(env, person)
            if there:  # it was committed, but the confirmation was lost
                return there
            vals = {"comment": f"<p>{person.note}</p>", **vals_of(env, values)}
            vals["category_id"] = [(4, owner.tag)]
            return env["res.partner"].create(vals).id

        person.partner = self._scene.in_odoo(owner, create)
        self._note(person, ODOO, values)

    def _edit_item(self, person: Person) -> None:
        item = item_of(person)
        if item is None:
            return
        values = self._new_values(self._some_fields())
        person.owner.mailbox.update_contact(item.id, properties_of(values, item))
        self._note(person, EXCHANGE, values)

    def _edit_partner(self, person: Person) -> None:
        values = self._new_values(self._some_fields())

        def write(env: Environment) -> bool:
            partner = env["res.partner"].browse(_partner_of(env, person))
            partner.write(vals_of(env, values))
            return bool(partner)

        if self._scene.in_odoo(person.owner, write):
            self._note(person, ODOO, values)

    def _lose(self, person: Person) -> None:
        """Delete a person, who is not edited any more."""
        item = item_of(person)
        if item is not None and self._dice.random() < 0.5:
            person.owner.mailbox.delete_contact(item.id)
            person.lost = True
        elif person.partner:

            def archive(env: Environment) -> None:
                env["res.partner"].browse(person.partner).active = False

            self._scene.in_odoo(person.owner, archive)
            person.lost = True
        self.made["deletions"] += person.lost

    def _note(self, person: Person, side: str, values: dict[str, str]) -> None:
        for key, value in values.items():
            person.edits[key].append((side, value))
        self.made[side] += 1


def item_of(person: Person) -> Item | None:
    """Return the contact of a person in the mailbox."""
    found = items_of(person)
    return found[0] if found else None


def items_of(person: Person) -> list[Item]:
    """Return all contacts of a person in the mailbox; more than one is a violation."""
    items = person.owner.mailbox.contacts()
    return [item for item in items if number_in(item) == person.number]


def number_in(item: Item) -> int:
    """:returns: the number of the person whose contact this is"""
    found = NOTE.search(str(item.values.get("item:Body")))
    return int(found[1]) if found else 0


def _partner_of(env: Environment, person: Person) -> int:
    if not person.partner:
        found = partners_of(env, person)
        person.partner = found[0] if found else 0
    return person.partner


def partners_of(env: Environment, person: Person) -> list[int]:
    """Return the ids of a person's partners, including archived ones; more than one is
    a violation."""
    query = r"SELECT id FROM res_partner WHERE comment ~ %s ORDER BY id"
    env.cr.execute(query, [rf"person {person.number}\M"])
    return [row for (row,) in env.cr.fetchall()]
