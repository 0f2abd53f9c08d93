# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random moves of the people on both sides (see ``test_machine.py``)."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from exchange_contact_sync.core.fields import IS_COMPANY, MAIN_PHONE, PHONE_KEYS
from exchange_contact_sync.core.policy import ConflictPolicy, DeletionPolicy, Policy
from exchange_contact_sync.engine.session import BatchSizes
from support import invented
from support.fakes.mailbox import FakeItem
from support.fakes.partners import Partner
from support.fakes.world import World
from unit.engine.ledger import ADDRESS, EXCHANGE, ODOO, Person, normalized
from unit.engine.machine_laws import Laws

CROWD = 4
"""So few people that much happens to each of them."""

DURING = -0.5
"""When an edit is made that falls into the last run that was begun."""

policies = st.builds(
    Policy,
    conflict=st.sampled_from(list(ConflictPolicy)),
    exchange_deletion=st.sampled_from(list(DeletionPolicy)),
    odoo_deletion=st.sampled_from(list(DeletionPolicy)),
)
EDITED = (
    "name",
    "email",
    MAIN_PHONE,
    "company",
    "job_title",
    "website",
    *ADDRESS,
    "categories",
)
some_fields = st.lists(st.sampled_from(EDITED), min_size=1, max_size=2, unique=True)
whom = st.integers(0, 30)
cleared = st.sampled_from([False, False, False, True])


room = precondition(lambda machine: machine.present() < CROWD)


class People(RuleBasedStateMachine):
    """People who work with their contacts, on both sides."""

    @initialize(
        policy=policies,
        pull=st.integers(1, 4),
        push=st.integers(1, 3),
        page_size=st.integers(1, 5),
        keys=st.sampled_from([True, True, False]),
    )
    def begin(
        self, policy: Policy, pull: int, push: int, page_size: int, keys: bool
    ) -> None:
        sizes = BatchSizes(pull, push)
        self.world = World(
            policy, (True, True), sizes, True, page_size, imports_new_folders=True
        )
        self.world.mailbox.tells_search_keys = keys
        self.elsewhere = self.world.mailbox.add_folder("Elsewhere")
        self.world.left_out.add(self.elsewhere)
        self.ledger = Laws(self.world, self.elsewhere)
        self.values = itertools.count(1)
        self.runs = 0
        self.forgotten = False
        self.removed: set[str] = set()

    def someone(self, index: int, suits: Callable[[Person], object]) -> Person | None:
        """One of the people a move suits."""
        people = [p for p in self.ledger.people if self.is_free(p) and suits(p)]
        return people[index % len(people)] if people else None

    def present(self) -> int:
        """How many people there are, not counting who is gone from one side."""
        return sum(not person.ever_lost for person in self.ledger.people)

    def is_free(self, person: Person) -> bool:
        """Whether people may touch this one without making it unrecognizable."""
        if person.meeting and self.ledger.tie(person):
            person.meeting = False
        return not (person.meeting or person.fixed or person.twins)

    def new_person(self, **what: object) -> Person:
        self.ledger.people.append(Person(next(self.values), **what))
        return self.ledger.people[-1]

    def values_of(self, fields: list[str], clear: bool = False) -> dict[str, str]:
        """New values, each used once."""
        return {key: self.value(key, clear) for key in fields}

    def value(self, key: str, clear: bool = False) -> str:
        number = next(self.values)
        if clear and key != "name":
            return ""
        digits = invented.digits(number)
        return {
            "name": invented.full_name(number),
            "email": f"mail{digits}@example.com",
            MAIN_PHONE: f"+49 30 10{digits}",
            "website": f"site{digits}.example.com",
            "business_country": ("Germany", "France", "Atlantis")[number % 3],
        }.get(key, f"{key} {digits}")

    @room
    @rule(fields=some_fields)
    def a_partner_is_created(self, fields: list[str]) -> None:
        person = self.new_person()
        self.enter(person, self.values_of([*fields, "name", "email"]))

    @room
    @rule(fields=some_fields, folder=st.integers(0, 1))
    def a_contact_is_created(self, fields: list[str], folder: int) -> None:
        person = self.new_person()
        self.put(person, self.values_of([*fields, "name", "email"]), folder)

    @room
    @rule(fields=some_fields, folder=st.integers(0, 1))
    def somebody_is_created_on_both_sides(self, fields: list[str], folder: int) -> None:
        self.meet(self.new_person(), self.values_of(["name", "email"]), fields, folder)

    def meet(
        self, person: Person, values: dict[str, str], alone: list[str], folder: int
    ) -> None:
        """Somebody is on both sides, with more in Odoo."""
        person.meeting = True
        more = self.values_of([k for k in person.may_edit(alone) if k not in values])
        for key, value in more.items():
            if value != "Atlantis":  # which Odoo does not know
                person.edits[key][ODOO] = value  # it has to arrive in the mailbox yet
        self.enter(person, {**values, **more})
        self.put(person, values, folder)

    def enter(self, person: Person, values: dict[str, str]) -> None:
        """Somebody makes a partner."""
        person.owns(values)
        if person.firm:
            values = {**values, IS_COMPANY: "yes"}
        partner = self.world.partners.add({**values, "note": person.note})
        person.partners.add(partner)
        if person.colleague:
            self.world.partners.mark(partner, locked=True)

    def put(
        self, person: Person, values: dict[str, str], folder: int, private: bool = False
    ) -> None:
        """Somebody makes a contact."""
        person.owns(values)
        ref = self.world.mailbox.put(
            {**self.rows(person, values, None), "note": person.note},
            self.world.folders[folder],
            private=private,
            unmodelled={"tag": person.note},
        )
        person.items.add(ref.id)

    def rows(
        self, person: Person, values: dict[str, str], item: FakeItem | None
    ) -> dict[str, str]:
        """The values as the mailbox keeps them."""
        rows = {k: v for k, v in values.items() if k not in ("name", MAIN_PHONE)}
        if "name" in values:
            rows |= self.names(person, values["name"], item)
        if MAIN_PHONE in values:
            filled = [k for k in PHONE_KEYS if item and item.values[k]]
            rows[(filled or ["phone_mobile"])[0]] = values[MAIN_PHONE]
        return rows

    @staticmethod
    def names(person: Person, name: str, item: FakeItem | None) -> dict[str, str]:
        """The parts of a name; a firm's card has none of a person's."""
        if person.firm:
            called = [k for k in ("display_name", "file_as") if item and item.values[k]]
            return dict.fromkeys(["company", *called], name)
        given, _blank, surname = name.partition(" ")
        if not surname:  # it is called by an address
            return {"display_name": name, "given_name": "", "surname": ""}
        return {"given_name": given, "surname": surname, "display_name": name}

    @rule(index=whom, fields=some_fields, clear=cleared)
    def a_partner_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.someone(index, self.ledger.partner)
        if person:
            self.edit_partner(person, self.values_of(fields, clear))

    def edit_partner(
        self, person: Person, values: dict[str, str], when: float = 0
    ) -> None:
        partner = self.ledger.partner(person)
        values = {key: values[key] for key in person.may_edit(values)}
        if values.get("business_country") == "Atlantis":
            values["business_country"] = ""
        values = {k: v for k, v in values.items() if v != partner.values[k]}
        if not values:
            return  # nobody edited anything
        person.owns(values)
        self.world.partners.edit(partner.id, values)
        self.note(person, ODOO, values, when)

    @rule(index=whom, clear=cleared)
    def a_picture_is_painted(self, index: int, clear: bool) -> None:
        person = self.someone(index, self.ledger.partner)
        if person:
            content = b"" if clear else self.photo()
            self.world.pictures.paint(self.ledger.partner(person).id, content)

    @rule(index=whom, clear=cleared)
    def a_photo_is_taken(self, index: int, clear: bool) -> None:
        person = self.someone(index, self.ledger.item)
        if person:
            content = b"" if clear else self.photo()
            self.world.mailbox.take_photo(self.ledger.item(person).id, content)

    def photo(self) -> bytes:
        """One that nobody has."""
        return f"photo {next(self.values)}".encode()

    @rule(index=whom, fields=some_fields, clear=cleared)
    def a_contact_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.someone(index, self.ledger.item)
        if person:
            self.edit_item(person, self.values_of(fields, clear))

    def edit_item(
        self, person: Person, values: dict[str, str], when: float = 0
    ) -> None:
        item = self.ledger.item(person)
        values = {key: values[key] for key in person.may_edit(values)}
        land = "business_country"  # there are few of them
        if values.get(land) == item.values[land]:
            values = {key: text for key, text in values.items() if key != land}
        rows = self.rows(person, values, item)
        if not any(text or item.values[key] for key, text in rows.items()):
            return  # nobody edited anything
        person.owns(values)
        self.world.mailbox.edit(item.id, rows)
        if item.private:
            texts = {text for key, text in values.items() if key != land}
            person.secrets |= texts - {""}
        self.note(person, EXCHANGE, values, when)

    def note(
        self, person: Person, side: str, values: dict[str, str], when: float
    ) -> None:
        """An edit; one of a pair that never agreed meets what the other side has."""
        person.edit(side, values, self.runs + when)
        tie = self.ledger.tie(person)
        if not (tie and tie.base):
            person.forget_agreement()

    @rule(index=whom, mine=some_fields, other=some_fields)
    def both_sides_are_edited(
        self, index: int, mine: list[str], other: list[str]
    ) -> None:
        person = self.someone(index, self.ledger.link)
        if person:
            self.edit_partner(person, self.values_of(mine))
            self.edit_item(person, self.values_of(other))

    @rule(index=whom, fields=some_fields, first=st.sampled_from([ODOO, EXCHANGE]))
    def the_same_is_edited_on_both_sides(
        self, index: int, fields: list[str], first: str
    ) -> None:
        person = self.someone(index, self.ledger.link)
        if person:
            edits = [self.edit_partner, self.edit_item]
            for edit in edits if first == ODOO else edits[::-1]:
                edit(person, self.values_of(fields))

    @rule(index=whom)
    def a_partner_is_touched(self, index: int) -> None:
        person = self.someone(index, self.ledger.partner)
        if person:
            self.world.partners.edit(self.ledger.partner(person).id, {})

    @rule(index=whom, how=st.sampled_from(["archived", "deleted", "left"]))
    def a_partner_goes(self, index: int, how: str) -> None:
        person = self.someone(index, self.ledger.partner)
        if person:
            self.lose_partner(person, self.ledger.partner(person), how)

    def lose_partner(self, person: Person, partner: Partner, how: str) -> None:
        partners = self.world.partners
        person.partners.add(partner.id)
        if how == "left":
            partners.mark(partner.id, chosen=False)
            # It is still there, and has what was edited; its contact may be deleted.
            person.lost_at[ODOO], person.ever_lost = self.runs, True
            return
        if how == "archived":
            partners.mark(partner.id, active=False)
            person.archived.add(partner.id)
        else:
            partners.delete(partner.id)
            person.colleague = any(row.locked for row in self.ledger.partners(person))
        person.lose(ODOO, self.runs)

    @rule(index=whom)
    def a_contact_is_deleted(self, index: int) -> None:
        person = self.someone(index, self.ledger.item)
        if person:
            self.remove_item(person)

    def remove_item(self, person: Person) -> None:
        item = self.ledger.item(person)
        self.removed.add(item.id)
        self.world.mailbox.remove(item.id)
        person.lose(EXCHANGE, self.runs)

    @rule(index=whom, folder=st.integers(0, 2))
    def a_contact_is_moved(self, index: int, folder: int) -> None:
        """One that has no key is only known by what it says."""
        person = self.someone(index, self.ledger.item)
        if not person:
            return
        item = self.ledger.item(person)
        if not has_key(item) and (folder == 2 or self.forgotten or person.edits):
            return
        if not has_key(item) and self.says_something_else(person):
            return  # it was edited while its pair was stopped
        self.move_item(person, item, self.folder(folder))

    def folder(self, number: int) -> str:
        """The last one is not synchronized."""
        return (*self.world.folders[:2], self.elsewhere)[number]

    @rule(index=whom, folder=st.integers(0, 1))
    def a_contact_comes_back(self, index: int, folder: int) -> None:
        person = self.someone(index, self.ledger.outside)
        if person:
            item = self.ledger.outside(person)
            self.move_item(person, item, self.folder(folder))

    def says_something_else(self, person: Person) -> bool:
        """Whether one side was edited and the other could not follow: nobody
        recognizes such a pair once it is forgotten.
        """
        item, partner = self.ledger.item(person), self.ledger.partner(person)
        for row in self.ledger.partners(person):
            partner = partner or row  # archived
        if not item or not partner:
            return False
        said = self.said_by(person, item)
        return bool(partner.values["email"]) != ("email" in said) or any(
            not _same_words(text, partner.values[k]) for k, text in said.items()
        )

    def said_by(self, person: Person, item: FakeItem) -> dict[str, str]:
        """What a contact is recognized by."""
        name = item.values["company" if person.firm else "display_name"]
        values = {"name": name, "email": item.values["email"]}
        if "company" in person.keeps:
            values["company"] = item.values["company"]
        return {key: text for key, text in values.items() if text}

    def move_item(self, person: Person, item: FakeItem, folder: str) -> None:
        person.fixed = not has_key(item)
        self.removed.add(item.id)
        ref = self.world.mailbox.move(item.id, folder)
        person.items = {i for i in person.items if i != item.id} | {ref.id}
        if folder == self.elsewhere:
            person.lose(EXCHANGE, self.runs)


def has_key(item: FakeItem) -> bool:
    """Whether a contact is known wherever it goes, and whatever it says."""
    return bool(item.sync_key or item.search_key)


def _same_words(one: str, other: str) -> bool:
    return normalized(one) == normalized(other)
