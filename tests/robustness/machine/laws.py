# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules that must hold, whatever happened."""

from __future__ import annotations

from exchange_server.store.item import Item

from .people import (
    ADDRESS,
    EXCHANGE,
    NEVER_EDITED,
    ODOO,
    UNMODELLED,
    Partner,
    People,
    Person,
    item_phones,
    item_values,
)
from .stage import Stage


class Laws:
    """Checks the rules.

    :param stage: Stage
    :param people: People
    :param choices: of the account
    """

    def __init__(
        self, stage: Stage, people: People, choices: dict[str, object]
    ) -> None:
        self._stage = stage
        self._people = people
        self._choices = choices

    # At any moment

    def no_person_is_duplicated(self) -> None:
        """Each person is on each side at most once."""
        partners, items = self._people.partners(), self._people.items()
        for person in self._people.all:
            here, there = partners[person.number], items[person.number]
            assert len(here) <= 1, f"{person} is twice in Odoo: {here}"
            assert len(there) <= 1, f"{person} is twice in the mailbox: {there}"

    def what_is_not_modelled_is_untouched(self) -> None:
        """The properties that are never edited are unchanged."""
        for number, items in self._people.items().items():
            for item in items:
                for keys in (UNMODELLED, NEVER_EDITED):
                    kept = {item.values.get(key) for key in keys}
                    assert kept in ({None}, {f"of person {number}"}), item.values

    # After faults and edits have ended

    def all_when_quiet(self) -> None:
        """Check all rules after the faults have ended and two runs have passed."""
        partners, items, reported = self._people.partners(), self._people.items(), None
        for person in self._people.all:
            row = next(iter(partners[person.number]), None)
            item = next(iter(items[person.number]), None)
            self._only_what_may_go_is_gone(person, row, item)
            partner = row if row and row.active else None
            self._an_edited_contact_is_there(person, partner, item)
            if partner and item and partner.link == item.id:
                reported = reported or self._reported_values()
                self._both_sides_are_equal(person, partner, item)
                self._no_edit_is_lost(person, partner, item, reported)
            else:
                assert person.ever_lost, f"{person} is not on both sides"

    def _only_what_may_go_is_gone(
        self, person: Person, row: Partner | None, item: Item | None
    ) -> None:
        """The addon only deletes contacts that it created, and only archives partners;
        both only if the account's settings say so."""
        if ODOO in person.seen and ODOO not in person.ever_lost:
            assert row, f"{person} is no longer in Odoo"
            chosen = self._choices["exchange_deletion"] == "delete"
            assert row.active or (chosen and EXCHANGE in person.ever_lost), person
        if EXCHANGE in person.seen and EXCHANGE not in person.ever_lost:
            chosen = self._choices["odoo_deletion"] == "delete"
            ours = chosen and ODOO in person.ever_lost and person.born == ODOO
            assert item or ours, f"{person} is no longer in the mailbox"
        if row and row.active:
            person.seen.add(ODOO)
        if item:
            person.seen.add(EXCHANGE)

    @staticmethod
    def _an_edited_contact_is_there(
        person: Person, partner: Partner | None, item: Item | None
    ) -> None:
        """A person who was edited after, or just before, a deletion on the other side
        is kept."""
        for here, there, found in ((ODOO, EXCHANGE, partner), (EXCHANGE, ODOO, item)):
            edited, lost = person.edited_at.get(here), person.lost_at.get(there)
            if None in (edited, lost) or edited < lost or here in person.lost_at:
                continue
            assert found, f"{person} was edited in {here}, and is gone"

    @staticmethod
    def _both_sides_are_equal(person: Person, partner: Partner, item: Item) -> None:
        ours, theirs = dict(partner.values), item_values(item)
        if ours["phone"] in item_phones(item).values():
            theirs["phone"] = ours["phone"]  # one of several values
        different = {k: (ours[k], theirs[k]) for k in ours if ours[k] != theirs[k]}
        assert not different, f"{person}: {different}"

    def _no_edit_is_lost(
        self, person: Person, partner: Partner, item: Item, reported: set[str]
    ) -> None:
        """An edit on one side is on both sides. If both sides were edited, one of the
        values is on both sides, and a line reports the other one."""
        sides = partner.values, item_values(item)
        for key, edits in person.edits.items():
            rivals = set(edits)
            if key in ADDRESS:
                rivals = {
                    side for part in ADDRESS for side in person.edits.get(part, ())
                }
            for value in edits.values():
                kept = all(values[key] == value for values in sides)
                if key == "categories":  # with the values of the other side
                    mine = set(value.splitlines())
                    kept = all(mine <= set(v[key].splitlines()) for v in sides)
                known = self._is_reported(value, reported)
                if key == "phone" and value:
                    numbers = item_phones(item).values()
                    kept = partner.values[key] == value and value in numbers
                    # New numbers of both sides are kept, each in its own slot.
                    known = known or value in numbers
                one_sided = len(rivals) == 1
                assert kept or (not one_sided and known), (
                    f"{person}: {key} {value!r} is lost: {sides}"
                )

    @staticmethod
    def _is_reported(value: str, reported: set[str]) -> bool:
        return any(value in text for text in reported)

    def _reported_values(self) -> set[str]:
        """Return the values in the lines of the runs."""
        with self._stage.everything() as env:
            lines = env["exchange.sync.line"].search([])
            return {
                text
                for line in lines
                for text in (line.old_value or "", line.new_value or "")
            }
