# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random actions with people who are hard to recognize (see ``test_machine.py``).

They share addresses and names, are private or duplicated, were deleted and entered
again, or a user stopped their pairs.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from exchange_contact_sync.core.fields import MAIN_PHONE
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.user_requests import UserRequest
from support import invented
from unit.engine.ledger import EXCHANGE, ODOO, Person
from unit.engine.machine_people import (
    EDITED,
    MOST_PEOPLE,
    People,
    has_key,
    indexes,
    room,
    some_fields,
)

PLACES = st.lists(
    st.sampled_from([(ODOO,), (EXCHANGE,), (ODOO, EXCHANGE)]), min_size=2, max_size=3
)
folders = st.integers(0, 1)


class Kinds(People):
    """People who are hard to distinguish, and stopped pairs."""

    # Shared values

    @room
    @rule(places=PLACES, what=st.sampled_from(["family", "office", "name"]))
    def people_share_something(self, places: list, what: str) -> None:
        """A family or an office shares an address, or father and son share a name."""
        shared = self.values_of(["email", "company"])
        number = next(self.values)
        for sides in places[: max(1, MOST_PEOPLE - self.present())]:
            values = self.values_of(["name", "email", MAIN_PHONE])
            if what == "family":
                surname = invented.surname(number)
                values["name"] = f"{values['name'].split()[0]} {surname}"
                values["email"] = shared["email"]
            elif what == "office":
                values |= shared
            else:
                values |= {
                    "name": invented.full_name(number),
                    "company": shared["company"],
                }
            person = self.new_person()
            if what == "name":
                person.keeps = frozenset(values)
            person.unlinked = len(sides) > 1
            if ODOO in sides:
                self.enter(person, values)
            if EXCHANGE in sides:
                self.put(person, values, len(sides) - 1)

    @room
    @rule(sides=st.sampled_from([(ODOO,), (EXCHANGE,), (ODOO, EXCHANGE)]))
    def a_company_is_created(self, sides: tuple[str, ...]) -> None:
        person = self.new_person(is_company=True)
        values = self.values_of([MAIN_PHONE, "business_city"])
        values["name"] = f"Firm {invented.given_name(next(self.values))}"
        person.unlinked = len(sides) > 1
        if ODOO in sides:
            self.enter(person, values)
        if EXCHANGE in sides:
            self.put(person, values, 0)

    @room
    @rule(fields=some_fields, folder=folders, both=st.booleans())
    def a_colleague_is_created(
        self, fields: list[str], folder: int, both: bool
    ) -> None:
        """The contact has more values than the partner, and Odoo refuses them."""
        person = self.new_person(colleague=True)
        values = self.values_of(["name", "email"])
        self.enter(person, values)
        if both:
            person.unlinked = True
            more = self.values_of([k for k in fields if k not in values])
            self.put(person, {**more, **values}, folder)

    @room
    @rule(folder=folders, both=st.booleans())
    def a_contact_named_by_its_address_is_created(
        self, folder: int, both: bool
    ) -> None:
        """Mail programs create such contacts if they know no name."""
        person = self.new_person()
        values = self.values_of(["email"])
        self.put(person, {**values, "name": values["email"]}, folder)
        if both:
            person.unlinked = True
            name = self.value("name")
            self.enter(person, {**values, "name": name})
            person.edits["name"][ODOO] = name  # it has to arrive in the mailbox yet

    # Private contacts

    @room
    @rule(fields=some_fields, folder=folders, both=st.booleans())
    def a_private_contact_is_created(
        self, fields: list[str], folder: int, both: bool
    ) -> None:
        person = self.new_person()
        values = self.values_of(["name", "email"])
        more = {k: v for k, v in self.values_of(fields).items() if k not in values}
        self.put(person, {**values, **more}, folder, private=True)
        person.secrets |= {text for k, text in more.items() if k != "business_country"}
        if both:
            person.unlinked = True
            self.enter(person, values)
        else:
            person.ever_lost = True  # it does not come in
            person.secrets |= set(values.values())

    @rule(index=indexes)
    def a_contact_becomes_private(self, index: int) -> None:
        person = self.pick_person(index, self.ledger.item)
        if person and not person.stopped:
            self.world.mailbox.set_private(self.ledger.item(person).id, True)

    @rule(index=indexes)
    def a_contact_becomes_public(self, index: int) -> None:
        person = self.pick_person(index, self.ledger.private)
        if person:
            self.world.mailbox.set_private(self.ledger.item(person).id, False)
            person.secrets.clear()
            # Earlier edits still conflict with later ones, even if Odoo missed them.
            for sides in person.edits.values():
                sides.update(dict.fromkeys(sides))

    # People who are deleted and entered again

    @rule(index=indexes, fields=some_fields)
    def a_partner_is_entered_anew(self, index: int, fields: list[str]) -> None:
        """The user copies the values that identify the contact."""
        person = self.pick_person(index, self.lacks_a_partner)
        if person:
            values = self.identity_of(person, self.ledger.item(person))
            more = self.values_of(list(person.may_edit(fields)))
            for row in self.ledger.partners(person):  # archived by a run, perhaps
                person.partners.add(row.id)
                person.archived.add(row.id)
            self.enter(person, {**more, **values})
            person.secrets -= set(values.values())
            self.count_as_unlinked(person)

    def lacks_a_partner(self, person: Person) -> bool:
        """Whether a person has only a contact, which can be recognized."""
        item = self.ledger.item(person)
        if not item or self.ledger.partner(person):
            return False
        return "email" in self.identity_of(person, item) or person.is_company

    @rule(index=indexes, fields=some_fields, folder=folders)
    def a_contact_is_entered_anew(
        self, index: int, fields: list[str], folder: int
    ) -> None:
        """The user copies the values that identify the partner."""
        person = self.pick_person(index, self.lacks_a_contact)
        if person:
            partner = self.ledger.partner(person)
            keys = {"name", "email", *(person.keeps & {"company"})}
            values = {k: partner.values[k] for k in keys if partner.values[k]}
            more = self.values_of(list(person.may_edit(fields)))
            self.put(person, {**more, **values}, folder)
            self.count_as_unlinked(person)

    def lacks_a_contact(self, person: Person) -> bool:
        """Whether a person has only a partner, which can be recognized."""
        partner = self.ledger.partner(person)
        if not partner or self.ledger.all_items(person):
            return False
        return bool(partner.values["email"]) or person.is_company

    @staticmethod
    def count_as_unlinked(person: Person) -> None:
        """Record that the sides were never linked: each value of one side may conflict
        with the value of the other side.
        """
        person.edits.update((key, {ODOO: None, EXCHANGE: None}) for key in EDITED)
        person.ever_lost, person.unlinked = False, True

    # Duplicates

    @rule(index=indexes)
    def a_partner_is_duplicated(self, index: int) -> None:
        person = self.pick_person(index, self.ledger.partner)
        if person:
            partner = self.ledger.partner(person)
            keys = ("name", "email", "company", MAIN_PHONE)
            edited = set(keys) & person.edits.keys()
            # A contact that was edited while it was private has other values.
            alike = not edited and not self.has_other_identity(person)
            if partner.values["email"] and not person.is_company and alike:
                self.mark_duplicated(person)
                person.partners.add(partner.id)
                person.archived.discard(partner.id)  # a run may have brought it back
                self.enter(person, {k: partner.values[k] for k in keys})

    @rule(index=indexes, folder=folders)
    def a_contact_is_copied(self, index: int, folder: int) -> None:
        person = self.pick_person(index, self.ledger.item)
        if person:
            item = self.ledger.item(person)
            if {"name", "email", "company", MAIN_PHONE} & person.edits.keys():
                return
            if self.has_other_identity(person):
                return  # it was private when one of them was edited
            self.mark_duplicated(person)
            ref = self.world.mailbox.copy(item.id, self.folder(folder))
            person.items |= {item.id, ref.id}

    @staticmethod
    def mark_duplicated(person: Person) -> None:
        """Record that a person has a duplicate; neither is edited any more."""
        person.duplicated = True
        person.edits.clear()

    @rule(index=indexes, how=st.sampled_from(["archived", "deleted"]))
    def a_duplicate_partner_is_removed(self, index: int, how: str) -> None:
        people = [person for person in self.ledger.people if person.duplicated]
        if people:
            person = people[index % len(people)]
            active = [row for row in self.ledger.partners(person) if row.active]
            if active:
                self.lose_partner(person, active[index % len(active)], how)

    @rule(index=indexes)
    def a_duplicate_contact_is_deleted(self, index: int) -> None:
        people = [person for person in self.ledger.people if person.duplicated]
        if people:
            person = people[index % len(people)]
            items = self.ledger.items(person)
            if items:
                item = items[index % len(items)]
                self.removed.add(item.id)
                self.world.mailbox.remove(item.id)
                person.lose(EXCHANGE, self.runs)

    # Stopped pairs

    @rule(index=indexes)
    def a_pair_is_stopped_by_hand(self, index: int) -> None:
        person = self.pick_person(index, self.ledger.link)
        if person and not self.ledger.private(person):
            link = self.ledger.link(person)
            stopped = {"state": LinkState.STOPPED, "reason": Reason.PERSON}
            self.world.decide(link, **stopped, user_request=None, field_overrides={})
            person.stopped = True

    @rule(index=indexes)
    def a_pair_is_started_by_hand(self, index: int) -> None:
        person = self.pick_person(index, lambda person: person.stopped)
        link = self.ledger.any_link(person) if person else None
        if link:
            self.world.decide(link, user_request=UserRequest.START)
            person.stopped = False
            person.edits.clear()

    # Changes of folders, and a reset

    @rule(index=indexes)
    def a_contact_is_moved_into_a_new_folder(self, index: int) -> None:
        person = self.pick_person(index, self.ledger.item)
        if person and has_key(self.ledger.item(person)):
            made = self.world.mailbox.add_folder(f"Made {next(self.values)}")
            self.move_item(person, self.ledger.item(person), made)

    @rule()
    def all_links_are_forgotten(self) -> None:
        """A person that was deleted or stopped counts as new."""
        people, items = self.ledger.people, self.world.mailbox.items.values()
        by_content = [item for item in items if not has_key(item)]
        unlike = any(person.edits for person in people)
        unlike = unlike or any(map(self.has_other_identity, people))
        if by_content and (unlike or any(item.private for item in by_content)):
            return
        self.world.forget()
        for person in people:
            self.count_as_new(person)

    def count_as_new(self, person: Person) -> None:
        """Record what is still known of a person whose link was deleted."""
        person.forget_agreement()
        person.stopped, person.forgotten = False, True
        item = self.ledger.item(person)
        if item and not has_key(item):  # recognized by what both sides say now
            person.unlinked |= bool(self.ledger.partner(person))
            person.fixed |= bool(self.ledger.partners(person))
