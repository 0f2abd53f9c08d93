# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People as families, offices, telephones and years of use make them.

They share addresses and names, are private, are there twice, were deleted and entered
anew, or their pairs were stopped by hand (see ``test_machine.py``).
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
    CROWD,
    EDITED,
    People,
    has_key,
    room,
    some_fields,
    whom,
)

PLACES = st.lists(
    st.sampled_from([(ODOO,), (EXCHANGE,), (ODOO, EXCHANGE)]), min_size=2, max_size=3
)
folders = st.integers(0, 1)


class Kinds(People):
    """People who are hard to tell apart, and pairs that rest."""

    # Who share something

    @room
    @rule(places=PLACES, what=st.sampled_from(["family", "office", "name"]))
    def people_share_something(self, places: list, what: str) -> None:
        """A family's or an office's address, or father and son their name."""
        shared = self.values_of(["email", "company"])
        number = next(self.values)
        for sides in places[: max(1, CROWD - self.present())]:
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
            person.meeting = len(sides) > 1
            if ODOO in sides:
                self.enter(person, values)
            if EXCHANGE in sides:
                self.put(person, values, len(sides) - 1)

    @room
    @rule(sides=st.sampled_from([(ODOO,), (EXCHANGE,), (ODOO, EXCHANGE)]))
    def a_firm_is_created(self, sides: tuple[str, ...]) -> None:
        person = self.new_person(firm=True)
        values = self.values_of([MAIN_PHONE, "business_city"])
        values["name"] = f"Firm {invented.given_name(next(self.values))}"
        person.meeting = len(sides) > 1
        if ODOO in sides:
            self.enter(person, values)
        if EXCHANGE in sides:
            self.put(person, values, 0)

    @room
    @rule(fields=some_fields, folder=folders, both=st.booleans())
    def a_colleague_is_created(
        self, fields: list[str], folder: int, both: bool
    ) -> None:
        """The mailbox knows more than Odoo, and Odoo refuses to learn it."""
        person = self.new_person(colleague=True)
        values = self.values_of(["name", "email"])
        self.enter(person, values)
        if both:
            person.meeting = True
            more = self.values_of([k for k in fields if k not in values])
            self.put(person, {**more, **values}, folder)

    @room
    @rule(folder=folders, both=st.booleans())
    def somebody_is_called_by_an_address(self, folder: int, both: bool) -> None:
        """As mail programs name people for want of better."""
        person = self.new_person()
        values = self.values_of(["email"])
        self.put(person, {**values, "name": values["email"]}, folder)
        if both:
            person.meeting = True
            name = self.value("name")
            self.enter(person, {**values, "name": name})
            person.edits["name"][ODOO] = name  # it has to arrive in the mailbox yet

    # Who are private

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
            person.meeting = True
            self.enter(person, values)
        else:
            person.ever_lost = True  # it does not come in
            person.secrets |= set(values.values())

    @rule(index=whom)
    def a_contact_becomes_private(self, index: int) -> None:
        person = self.someone(index, self.ledger.item)
        if person and not person.stopped:
            self.world.mailbox.set_private(self.ledger.item(person).id, True)

    @rule(index=whom)
    def a_contact_becomes_public(self, index: int) -> None:
        person = self.someone(index, self.ledger.private)
        if person:
            self.world.mailbox.set_private(self.ledger.item(person).id, False)
            person.secrets.clear()
            # Edits of before still meet later ones, though some were out of sight.
            for sides in person.edits.values():
                sides.update(dict.fromkeys(sides))

    # Who are deleted and entered anew

    @rule(index=whom, fields=some_fields)
    def a_partner_is_entered_anew(self, index: int, fields: list[str]) -> None:
        """By what the contact says."""
        person = self.someone(index, self.lacks_a_partner)
        if person:
            values = self.said_by(person, self.ledger.item(person))
            more = self.values_of(list(person.may_edit(fields)))
            for row in self.ledger.partners(person):  # archived by a run, perhaps
                person.partners.add(row.id)
                person.archived.add(row.id)
            self.enter(person, {**more, **values})
            person.secrets -= set(values.values())
            self.meets_anew(person)

    def lacks_a_partner(self, person: Person) -> bool:
        """Whether somebody has a contact only, one that can be recognized."""
        item = self.ledger.item(person)
        if not item or self.ledger.partner(person):
            return False
        return "email" in self.said_by(person, item) or person.firm

    @rule(index=whom, fields=some_fields, folder=folders)
    def a_contact_is_entered_anew(
        self, index: int, fields: list[str], folder: int
    ) -> None:
        """By what the partner says."""
        person = self.someone(index, self.lacks_a_contact)
        if person:
            partner = self.ledger.partner(person)
            keys = {"name", "email", *(person.keeps & {"company"})}
            values = {k: partner.values[k] for k in keys if partner.values[k]}
            more = self.values_of(list(person.may_edit(fields)))
            self.put(person, {**more, **values}, folder)
            self.meets_anew(person)

    def lacks_a_contact(self, person: Person) -> bool:
        """Whether somebody has a partner only, one that can be recognized."""
        partner = self.ledger.partner(person)
        if not partner or self.ledger.all_items(person):
            return False
        return bool(partner.values["email"]) or person.firm

    @staticmethod
    def meets_anew(person: Person) -> None:
        """Both sides were never one, as far as anybody knows: whatever either of them
        says may be news to the other.
        """
        person.edits.update((key, {ODOO: None, EXCHANGE: None}) for key in EDITED)
        person.ever_lost, person.meeting = False, True

    # Who are there twice

    @rule(index=whom)
    def a_partner_is_doubled(self, index: int) -> None:
        person = self.someone(index, self.ledger.partner)
        if person:
            partner = self.ledger.partner(person)
            keys = ("name", "email", "company", MAIN_PHONE)
            edited = set(keys) & person.edits.keys()
            # One that was edited while it was private says something else yet.
            alike = not edited and not self.says_something_else(person)
            if partner.values["email"] and not person.firm and alike:
                self.doubled(person)
                person.partners.add(partner.id)
                person.archived.discard(partner.id)  # a run may have brought it back
                self.enter(person, {k: partner.values[k] for k in keys})

    @rule(index=whom, folder=folders)
    def a_contact_is_copied(self, index: int, folder: int) -> None:
        person = self.someone(index, self.ledger.item)
        if person:
            item = self.ledger.item(person)
            if {"name", "email", "company", MAIN_PHONE} & person.edits.keys():
                return
            if self.says_something_else(person):
                return  # it was private when one of them was edited
            self.doubled(person)
            ref = self.world.mailbox.copy(item.id, self.folder(folder))
            person.items |= {item.id, ref.id}

    @staticmethod
    def doubled(person: Person) -> None:
        """From now on nobody edits this one."""
        person.twins = True
        person.edits.clear()

    @rule(index=whom, how=st.sampled_from(["archived", "deleted"]))
    def one_of_two_partners_goes(self, index: int, how: str) -> None:
        people = [person for person in self.ledger.people if person.twins]
        if people:
            person = people[index % len(people)]
            active = [row for row in self.ledger.partners(person) if row.active]
            if active:
                self.lose_partner(person, active[index % len(active)], how)

    @rule(index=whom)
    def one_of_two_contacts_goes(self, index: int) -> None:
        people = [person for person in self.ledger.people if person.twins]
        if people:
            person = people[index % len(people)]
            items = self.ledger.items(person)
            if items:
                item = items[index % len(items)]
                self.removed.add(item.id)
                self.world.mailbox.remove(item.id)
                person.lose(EXCHANGE, self.runs)

    # Whose pair rests

    @rule(index=whom)
    def a_pair_is_stopped_by_hand(self, index: int) -> None:
        person = self.someone(index, self.ledger.link)
        if person and not self.ledger.private(person):
            link = self.ledger.link(person)
            stopped = {"state": LinkState.STOPPED, "reason": Reason.PERSON}
            self.world.decide(link, **stopped, user_request=None, field_overrides={})
            person.stopped = True

    @rule(index=whom)
    def a_pair_is_started_by_hand(self, index: int) -> None:
        person = self.someone(index, lambda person: person.stopped)
        tie = self.ledger.tie(person) if person else None
        if tie:
            self.world.decide(tie, user_request=UserRequest.START)
            person.stopped = False
            person.edits.clear()

    # What changes below all of them

    @rule(index=whom)
    def a_contact_moves_into_a_new_folder(self, index: int) -> None:
        person = self.someone(index, self.ledger.item)
        if person and has_key(self.ledger.item(person)):
            made = self.world.mailbox.add_folder(f"Made {next(self.values)}")
            self.move_item(person, self.ledger.item(person), made)

    @rule()
    def all_is_forgotten(self) -> None:
        """A person that was deleted or stopped counts as new."""
        people, items = self.ledger.people, self.world.mailbox.items.values()
        by_content = [item for item in items if not has_key(item)]
        unlike = any(person.edits for person in people)
        unlike = unlike or any(map(self.says_something_else, people))
        if by_content and (unlike or any(item.private for item in by_content)):
            return
        self.world.forget()
        for person in people:
            self.count_as_new(person)

    def count_as_new(self, person: Person) -> None:
        """What is known of a pair that is forgotten."""
        person.forget_agreement()
        person.stopped, person.forgotten = False, True
        item = self.ledger.item(person)
        if item and not has_key(item):  # recognized by what both sides say now
            person.meeting |= bool(self.ledger.partner(person))
            person.fixed |= bool(self.ledger.partners(person))
