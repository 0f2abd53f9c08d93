# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The laws for the people of the state machine (see ``test_machine.py``)."""

from __future__ import annotations

from exchange_contact_sync.core.align import align
from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.fields import FIELDS, MAIN_PHONE, PHONE_KEYS, SETS
from exchange_contact_sync.core.link import Link, LinkState
from exchange_contact_sync.core.normalize import members, same
from exchange_contact_sync.core.plan import Reason
from support.fakes.mailbox import FakeItem
from support.fakes.partners import REFERENCE_DATA
from support.fakes.pictures import subject
from unit.engine.ledger import ADDRESS, EXCHANGE, ODOO, Ledger, Person, normalized

IDENTIFYING = (
    *("name", "display_name", "file_as", "email", "company", "job_title", "website"),
    *("business_street", "business_city", "categories", MAIN_PHONE, *PHONE_KEYS),
)
"""Fields whose value identifies a person."""


class Laws(Ledger):
    """A ledger that checks the laws."""

    # At any moment

    def no_person_is_duplicated(self) -> None:
        """Each person is on each side at most once, except for duplicates that users
        entered.
        """
        for person in self.people:
            rows, items = self.partners(person), self.items(person)
            active = {row.id for row in rows if row.active}
            by_hand = {row.id for row in rows if row.id in person.partners}
            put = {item.id for item in items if item.id in person.items}
            entered = by_hand - person.archived
            # Two contacts of different names are two people.
            names = {item.values["display_name"] for item in items if person.duplicated}
            most = max(1, len(names), len(entered))
            assert len(active) <= most, f"Odoo: {self.about(person)}"
            most = max(most, len(by_hand))
            assert len(rows) <= most, f"Odoo: {self.about(person)}"
            assert len(items) <= max(1, len(put)), f"mailbox: {self.about(person)}"
            if not (person.duplicated or person.forgotten):
                self._has_no_second_contact_elsewhere(person)

    def _has_no_second_contact_elsewhere(self, person: Person) -> None:
        """No contact is created while the person has one in a folder that is not
        synchronized."""
        items = self.all_items(person)
        put = {item.id for item in items if item.id in person.items}
        assert len(items) <= max(1, len(put)), f"other folder: {self.about(person)}"

    def no_person_gets_values_of_another(self) -> None:
        """The records of a person only have values that users gave to that person."""
        for person in self.people:
            for record in (*self.partners(person), *self.all_items(person)):
                for key in IDENTIFYING:
                    text = record.values.get(key) or ""
                    for one in filter(None, text.split("\n")):
                        assert normalized(one) in person.own, (
                            key,
                            one,
                            self.about(person),
                        )

    def nothing_private_is_readable(self) -> None:
        """Values that only a private contact has are nowhere in Odoo."""
        secrets = {text for person in self.people for text in person.secrets}
        if secrets:
            tables = str(self.world.db.tables())
            for text in secrets:
                assert text not in tables, text

    # When all is quiet

    def no_person_is_missing(self) -> None:
        """A person who was never deleted is on both sides, with equal values unless a
        user decided otherwise.
        """
        for person in self.people:
            private = self.private(person)
            if person.ever_lost or private and not self.partners(person):
                continue
            link = self.any_link(person)
            assert link, self.about(person)
            if private:
                assert link.state is LinkState.STOPPED, self.about(person)
            elif person.stopped:
                why = (link.state, link.reason)
                assert why == (LinkState.STOPPED, Reason.PERSON), self.about(person)
            else:
                assert link.state is LinkState.SYNCED, self.about(person)

    def both_sides_are_equal(self) -> None:
        """Both sides of each link have the same values in all common fields."""
        for person in self.people:
            link = self.link(person)
            if not link or person.colleague:
                continue
            ours, theirs = self.partner(person), self.item(person).values
            contact = self.world.partners.fetch([ours.id])[ours.id].contact
            sides = align(
                contact, Contact(theirs), link.base, REFERENCE_DATA, "phone_business"
            )
            for key in FIELDS:
                if key in sides.ours and key in sides.theirs:
                    assert same(key, sides.ours, sides.theirs, REFERENCE_DATA), (
                        person,
                        key,
                    )

    def both_sides_show_the_same_photo(self) -> None:
        """Both sides of each link have the same picture, in any encoding."""
        for person in self.people:
            if self.link(person) and not person.colleague:
                ours, theirs = self.partner(person).picture, self.item(person).photo
                assert subject(ours) == subject(theirs), self.about(person)

    def no_edit_is_lost(self) -> None:
        """An edit on one side is on both sides. If both sides were edited, one of the
        values is on both sides, and a line reports the other one."""
        reported = [
            text
            for line in self.world.log.lines(all_runs=True)
            for text in (line.old, line.new)
        ]
        for person in self.people:
            link = self.link(person)
            if link and person.colleague:
                self._check_colleague(person, link, reported)
            elif link:
                for key, edits in person.edits.items():
                    self._check_field(person, link, key, edits, reported)

    def _check_colleague(self, person: Person, link: Link, reported: list[str]) -> None:
        """A colleague's partner keeps its values. A field that was only edited in Odoo
        is in the mailbox, unless it lost a conflict and a line reports it.
        """
        ours, item = self.partner(person).values, self.item(person)
        for key, edits in person.edits.items():
            value = edits.get(ODOO)
            if value is not None:
                assert _has(key, ours[key], value), self.about(person)
            if value and set(edits) == {ODOO} and key not in ADDRESS:
                there = {_value(item, link, key, person), *_numbers(item)}
                sent = any(_has(key, one, value) for one in there)
                assert sent or any(value in text for text in reported), self.about(
                    person
                )

    def _check_field(
        self,
        person: Person,
        link: Link,
        key: str,
        edits: dict[str, str | None],
        reported: list[str],
    ) -> None:
        ours, item = self.partner(person).values[key], self.item(person)
        theirs = _value(item, link, key, person)
        if key == MAIN_PHONE:
            # Numbers new on both sides both stay, each in a slot of its own.
            reported = [*reported, *(item.values[slot] for slot in PHONE_KEYS)]
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
                known = kept or any(value in text for text in reported)
                assert known, f"{value!r} of {key} is lost\n{self.about(person)}"

    def no_edited_contact_is_deleted(self) -> None:
        """A person who was edited after, or just before, a deletion on the other side
        is kept.
        """
        for person in self.people:
            for here, there in ((ODOO, EXCHANGE), (EXCHANGE, ODOO)):
                edited, lost = person.edited_at.get(here), person.lost_at.get(there)
                if edited is None or lost is None or edited < lost:
                    continue
                if here in person.lost_at:
                    continue
                found = self.partner if here == ODOO else self.item
                assert found(person), f"{person} was edited in {here}, and is gone"


def _numbers(item: FakeItem) -> list[str]:
    return [item.values[slot] for slot in PHONE_KEYS]


def _value(item: FakeItem, link: Link, key: str, person: Person) -> str:
    if key == "name":
        return item.values["company" if person.is_company else "display_name"]
    if key == MAIN_PHONE:
        return item.values[link.base.remembered["phone_slot"]]
    return item.values[key]


def _has(key: str, text: str, value: str) -> bool:
    """Whether a text is the edited value; a set may have further members."""
    if key in SETS:
        return members(value).keys() <= members(text).keys()
    return _same(key, value, text)


def _same(key: str, one: str, other: str) -> bool:
    key = PHONE_KEYS[0] if key == MAIN_PHONE else key
    if key == "business_country" and not REFERENCE_DATA.country(one):
        return not REFERENCE_DATA.country(other)
    return same(key, {key: one}, {key: other}, REFERENCE_DATA)
