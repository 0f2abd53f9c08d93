# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random actions of people on both sides (see ``test_machine.py``)."""

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

MOST_PEOPLE = 4
"""The number of people is small, so that each is changed often."""

DURING = -0.5
"""The time of an edit during the last run, in runs after that run's end."""

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
indexes = st.integers(0, 30)
cleared = st.sampled_from([False, False, False, True])


room = precondition(lambda machine: machine.present() < MOST_PEOPLE)


class People(RuleBasedStateMachine):
    """Actions of users who edit contacts on both sides."""

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
        self.world.mailbox.has_search_keys = keys
        self.elsewhere = self.world.mailbox.add_folder("Elsewhere")
        self.world.left_out.add(self.elsewhere)
        self.ledger = Laws(self.world, self.elsewhere)
        self.values = itertools.count(1)
        self.runs = 0
        self.forgotten = False
        self.removed: set[str] = set()

    def pick_person(
        self, index: int, condition: Callable[[Person], object]
    ) -> Person | None:
        """Return one of the people who fulfil a condition."""
        people = [p for p in self.ledger.people if self.is_free(p) and condition(p)]
        return people[index % len(people)] if people else None

    def present(self) -> int:
        """Return the number of people who were never deleted on a side."""
        return sum(not person.ever_lost for person in self.ledger.people)

    def is_free(self, person: Person) -> bool:
        """Whether users may edit this person without making it unrecognizable."""
        if person.unlinked and self.ledger.any_link(person):
            person.unlinked = False
        return not (person.unlinked or person.fixed or person.duplicated)

    def new_person(self, **what: object) -> Person:
        self.ledger.people.append(Person(next(self.values), **what))
        return self.ledger.people[-1]

    def values_of(self, fields: list[str], clear: bool = False) -> dict[str, str]:
        """Return new values, each used once."""
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
    def a_person_is_created_on_both_sides(self, fields: list[str], folder: int) -> None:
        self.enter_on_both_sides(
            self.new_person(), self.values_of(["name", "email"]), fields, folder
        )

    def enter_on_both_sides(
        self, person: Person, values: dict[str, str], alone: list[str], folder: int
    ) -> None:
        """Enter a person on both sides, with more values in Odoo."""
        person.unlinked = True
        more = self.values_of([k for k in person.may_edit(alone) if k not in values])
        for key, value in more.items():
            if value != "Atlantis":  # which Odoo does not know
                person.edits[key][ODOO] = value  # it has to arrive in the mailbox yet
        self.enter(person, {**values, **more})
        self.put(person, values, folder)

    def enter(self, person: Person, values: dict[str, str]) -> None:
        """Create a partner as a user would."""
        person.owns(values)
        if person.is_company:
            values = {**values, IS_COMPANY: "yes"}
        partner = self.world.partners.add({**values, "note": person.note})
        person.partners.add(partner)
        if person.colleague:
            self.world.partners.mark(partner, locked=True)

    def put(
        self, person: Person, values: dict[str, str], folder: int, private: bool = False
    ) -> None:
        """Create a contact in the mailbox as a user would."""
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
        """Return the values in the rows of the mailbox."""
        rows = {k: v for k, v in values.items() if k not in ("name", MAIN_PHONE)}
        if "name" in values:
            rows |= self.names(person, values["name"], item)
        if MAIN_PHONE in values:
            filled = [k for k in PHONE_KEYS if item and item.values[k]]
            rows[(filled or ["phone_mobile"])[0]] = values[MAIN_PHONE]
        return rows

    @staticmethod
    def names(person: Person, name: str, item: FakeItem | None) -> dict[str, str]:
        """Return the rows of a name; a company has no given name or surname."""
        if person.is_company:
            called = [k for k in ("display_name", "file_as") if item and item.values[k]]
            return dict.fromkeys(["company", *called], name)
        given, _blank, surname = name.partition(" ")
        if not surname:  # it is called by an address
            return {"display_name": name, "given_name": "", "surname": ""}
        return {"given_name": given, "surname": surname, "display_name": name}

    @rule(index=indexes, fields=some_fields, clear=cleared)
    def a_partner_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.pick_person(index, self.ledger.partner)
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
            return  # this changes nothing
        person.owns(values)
        self.world.partners.edit(partner.id, values)
        self.note(person, ODOO, values, when)

    @rule(index=indexes, clear=cleared)
    def a_picture_is_set(self, index: int, clear: bool) -> None:
        person = self.pick_person(index, self.ledger.partner)
        if person:
            content = b"" if clear else self.photo()
            self.world.pictures.set_picture(self.ledger.partner(person).id, content)

    @rule(index=indexes, clear=cleared)
    def a_photo_is_set(self, index: int, clear: bool) -> None:
        person = self.pick_person(index, self.ledger.item)
        if person:
            content = b"" if clear else self.photo()
            self.world.mailbox.take_photo(self.ledger.item(person).id, content)

    def photo(self) -> bytes:
        """Return a photo that no other person has."""
        return f"photo {next(self.values)}".encode()

    @rule(index=indexes, fields=some_fields, clear=cleared)
    def a_contact_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.pick_person(index, self.ledger.item)
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
            return  # this changes nothing
        person.owns(values)
        self.world.mailbox.edit(item.id, rows)
        if item.private:
            texts = {text for key, text in values.items() if key != land}
            person.secrets |= texts - {""}
        self.note(person, EXCHANGE, values, when)

    def note(
        self, person: Person, side: str, values: dict[str, str], when: float
    ) -> None:
        """Record an edit, which may conflict if the pair has no base."""
        person.edit(side, values, self.runs + when)
        link = self.ledger.any_link(person)
        if not (link and link.base):
            person.forget_agreement()

    @rule(index=indexes, mine=some_fields, other=some_fields)
    def both_sides_are_edited(
        self, index: int, mine: list[str], other: list[str]
    ) -> None:
        person = self.pick_person(index, self.ledger.link)
        if person:
            self.edit_partner(person, self.values_of(mine))
            self.edit_item(person, self.values_of(other))

    @rule(index=indexes, fields=some_fields, first=st.sampled_from([ODOO, EXCHANGE]))
    def the_same_is_edited_on_both_sides(
        self, index: int, fields: list[str], first: str
    ) -> None:
        person = self.pick_person(index, self.ledger.link)
        if person:
            edits = [self.edit_partner, self.edit_item]
            for edit in edits if first == ODOO else edits[::-1]:
                edit(person, self.values_of(fields))

    @rule(index=indexes)
    def a_partner_is_touched(self, index: int) -> None:
        person = self.pick_person(index, self.ledger.partner)
        if person:
            self.world.partners.edit(self.ledger.partner(person).id, {})

    @rule(index=indexes, how=st.sampled_from(["archived", "deleted", "left"]))
    def a_partner_is_removed(self, index: int, how: str) -> None:
        person = self.pick_person(index, self.ledger.partner)
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

    @rule(index=indexes)
    def a_contact_is_deleted(self, index: int) -> None:
        person = self.pick_person(index, self.ledger.item)
        if person:
            self.remove_item(person)

    def remove_item(self, person: Person) -> None:
        item = self.ledger.item(person)
        self.removed.add(item.id)
        self.world.mailbox.remove(item.id)
        person.lose(EXCHANGE, self.runs)

    @rule(index=indexes, folder=st.integers(0, 2))
    def a_contact_is_moved(self, index: int, folder: int) -> None:
        """A contact without a key is only recognized by its values."""
        person = self.pick_person(index, self.ledger.item)
        if not person:
            return
        item = self.ledger.item(person)
        if not has_key(item) and (folder == 2 or self.forgotten or person.edits):
            return
        if not has_key(item) and self.has_other_identity(person):
            return  # it was edited while its pair was stopped
        self.move_item(person, item, self.folder(folder))

    def folder(self, number: int) -> str:
        """Return the id of a folder; the last one is not synchronized."""
        return (*self.world.folders[:2], self.elsewhere)[number]

    @rule(index=indexes, folder=st.integers(0, 1))
    def a_contact_comes_back(self, index: int, folder: int) -> None:
        person = self.pick_person(index, self.ledger.outside)
        if person:
            item = self.ledger.outside(person)
            self.move_item(person, item, self.folder(folder))

    def has_other_identity(self, person: Person) -> bool:
        """Whether the sides have different identifying values, because an edit was not
        carried over; such a pair is not recognized after a reset.
        """
        item, partner = self.ledger.item(person), self.ledger.partner(person)
        for row in self.ledger.partners(person):
            partner = partner or row  # archived
        if not item or not partner:
            return False
        identity = self.identity_of(person, item)
        return bool(partner.values["email"]) != ("email" in identity) or any(
            not _same_words(text, partner.values[k]) for k, text in identity.items()
        )

    def identity_of(self, person: Person, item: FakeItem) -> dict[str, str]:
        """Return the values by which a contact is recognized."""
        name = item.values["company" if person.is_company else "display_name"]
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
    """Whether a contact is recognized after moves and edits."""
    return bool(item.sync_key or item.search_key)


def _same_words(one: str, other: str) -> bool:
    return normalized(one) == normalized(other)
