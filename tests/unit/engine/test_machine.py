# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The laws of a synchronization, held against whatever people, servers and crashes do.

A machine makes random moves on both sides of the real engine, with fakes that drift,
forget, drop answers and fail, and with processes that die at any step. After each
move nobody may be there twice. When the faults have ceased and two runs have passed,
all laws must hold, and a third run must do nothing at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from contract.fakes.mailbox import FakeItem
from exchange_contact_sync.core.errors import ContactError, ServerBusy, SyncError
from exchange_contact_sync.core.fields import MAIN_PHONE, PHONE_KEYS
from exchange_contact_sync.core.policy import ConflictPolicy, DeletionPolicy, Policy
from exchange_contact_sync.engine.parts import BatchSizes
from unit.engine.ledger import EXCHANGE, ODOO, Ledger, Person
from unit.fakes.interruptions import Killed
from unit.fakes.partners import Partner
from unit.fakes.world import FOREVER, World

STEPS = 10_000
CROWD = 4
"""So few people that much happens to each of them."""

WRITTEN_IN_ODOO = {("pull", what) for what in ("create", "update", "archive", "revive")}
DURING = -0.5
"""When an edit is made that falls into the last run that was begun."""

policies = st.builds(
    Policy,
    conflict=st.sampled_from(list(ConflictPolicy)),
    exchange_deletion=st.sampled_from(list(DeletionPolicy)),
    odoo_deletion=st.sampled_from(list(DeletionPolicy)),
)
some_fields = st.lists(
    st.sampled_from(
        [
            "name",
            "email",
            MAIN_PHONE,
            "company",
            "job_title",
            "website",
            "business_street",
            "business_city",
            "business_country",
        ]
    ),
    min_size=1,
    max_size=2,
    unique=True,
)
whom = st.integers(0, 30)
cleared = st.sampled_from([False, False, False, True])
steps = st.integers(1, 120)


room = precondition(lambda machine: machine.present() < CROWD)


class Machine(RuleBasedStateMachine):
    """People, servers and processes, at random."""

    taken = 0

    @initialize(
        policy=policies,
        absorb=st.integers(1, 4),
        push=st.integers(1, 3),
        page_size=st.integers(1, 5),
    )
    def begin(self, policy: Policy, absorb: int, push: int, page_size: int) -> None:
        self.world = World(
            policy, (True, True), BatchSizes(absorb, push), True, page_size
        )
        self.elsewhere = self.world.mailbox.add_folder("Elsewhere")
        self.ledger = Ledger(self.world)
        self.runs = 0
        self.forgotten = False
        self.values = itertools.count(1)
        self.removed: set[str] = set()

    # People

    def someone(self, index: int, suits: Callable[[Person], object]) -> Person | None:
        """One of the people a move suits."""
        people = [p for p in self.ledger.people if self.is_free(p) and suits(p)]
        return people[index % len(people)] if people else None

    def present(self) -> int:
        """How many people there are, not counting who is gone from one side."""
        return sum(not person.ever_lost for person in self.ledger.people)

    def is_free(self, person: Person) -> bool:
        """Whether people may touch this one without making it unrecognisable."""
        met = not person.meeting or self.ledger.link(person)
        return bool(met) and not person.fixed

    def new_person(self) -> Person:
        self.ledger.people.append(Person(next(self.values)))
        return self.ledger.people[-1]

    def values_of(self, fields: list[str], clear: bool = False) -> dict[str, str]:
        """New values, each used once."""
        return {key: self.value(key, clear) for key in fields}

    def value(self, key: str, clear: bool) -> str:
        number = next(self.values)
        if clear and key != "name":
            return ""
        return {
            "name": f"Given{number} Surname{number}",
            "email": f"mail{number}@example.com",
            MAIN_PHONE: f"+49 30 1000{number}",
            "website": f"site{number}.example.com",
            "business_country": ("Germany", "France", "Atlantis")[number % 3],
        }.get(key, f"{key} {number}")

    @room
    @rule(fields=some_fields)
    def a_partner_is_created(self, fields: list[str]) -> None:
        person = self.new_person()
        values = self.values_of([*fields, "name", "email"])
        self.world.partners.add({**values, "note": person.note})

    @room
    @rule(fields=some_fields, folder=st.integers(0, 1))
    def a_contact_is_created(self, fields: list[str], folder: int) -> None:
        person = self.new_person()
        self.put(person, self.values_of([*fields, "name", "email"]), folder)

    @room
    @rule(fields=some_fields, folder=st.integers(0, 1))
    def somebody_is_created_on_both_sides(self, fields: list[str], folder: int) -> None:
        person = self.new_person()
        person.meeting = True
        values = self.values_of(["name", "email"])
        mine = {**values, **self.values_of([k for k in fields if k not in values])}
        self.world.partners.add({**mine, "note": person.note})
        self.put(person, values, folder)

    def put(self, person: Person, values: dict[str, str], folder: int) -> None:
        mailbox = self.world.mailbox
        mailbox.put(
            {**self.rows(values, None), "note": person.note},
            self.world.folders[folder],
            unmodelled={"tag": person.note},
        )

    def rows(self, values: dict[str, str], item: FakeItem | None) -> dict[str, str]:
        """The values as the mailbox keeps them."""
        rows = {k: v for k, v in values.items() if k not in ("name", MAIN_PHONE)}
        if "name" in values:
            given, _blank, surname = values["name"].partition(" ")
            rows |= {"given_name": given, "surname": surname}
            rows["display_name"] = values["name"]
        if MAIN_PHONE in values:
            filled = [k for k in PHONE_KEYS if item and item.values[k]]
            rows[(filled or ["phone_mobile"])[0]] = values[MAIN_PHONE]
        return rows

    @rule(index=whom, fields=some_fields, clear=cleared)
    def a_partner_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.someone(index, self.ledger.partner)
        if person:
            self.edit_partner(person, self.values_of(fields, clear))

    def edit_partner(
        self, person: Person, values: dict[str, str], when: float = 0
    ) -> None:
        partner = self.ledger.partner(person)
        if values.get("business_country") == "Atlantis":
            values["business_country"] = ""
        values = {k: v for k, v in values.items() if v or partner.values[k]}
        if not values:
            return  # what is cleared was blank
        self.world.partners.edit(partner.id, values)
        person.edit(ODOO, values, self.runs + when)

    @rule(index=whom, fields=some_fields, clear=cleared)
    def a_contact_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.someone(index, self.ledger.item)
        if person:
            self.edit_item(person, self.values_of(fields, clear))

    def edit_item(
        self, person: Person, values: dict[str, str], when: float = 0
    ) -> None:
        item = self.ledger.item(person)
        rows = self.rows(values, item)
        if not any(text or item.values[key] for key, text in rows.items()):
            return  # what is cleared was blank
        self.world.mailbox.edit(item.id, rows)
        person.edit(EXCHANGE, values, self.runs + when)

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
        if how == "left":
            partners.mark(partner.id, chosen=False)
            person.ever_lost = True  # it is still there, and has what was edited
            return
        if how == "archived":
            partners.mark(partner.id, active=False)
        else:
            partners.delete(partner.id)
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
        """One that we never wrote to is only known by what it says."""
        person = self.someone(index, self.ledger.item)
        if not person:
            return
        item = self.ledger.item(person)
        if not item.sync_key and (folder == 2 or self.forgotten or person.edits):
            return
        self.move_item(person, item, folder)

    @rule(index=whom, folder=st.integers(0, 1))
    def a_contact_comes_back(self, index: int, folder: int) -> None:
        person = self.someone(index, self.ledger.outside)
        if person:
            self.move_item(person, self.ledger.outside(person), folder)

    def move_item(self, person: Person, item: FakeItem, folder: int) -> None:
        person.fixed = not item.sync_key
        self.removed.add(item.id)
        target = (*self.world.folders, self.elsewhere)[folder]
        self.world.mailbox.move(item.id, target)
        if target == self.elsewhere:
            person.lose(EXCHANGE, self.runs)

    # The owner

    @rule(ways=st.sampled_from([(True, True), (True, False), (False, True)]))
    def the_owner_chooses_directions(self, ways: tuple[bool, bool]) -> None:
        """Before all can be quiet, both are chosen again."""
        pull, push = ways
        if ways != (self.world.policy.pull, self.world.policy.push):
            self.world.change(pull=pull, push=push)

    # Servers

    @rule()
    def versions_drift(self) -> None:
        self.world.mailbox.drift()

    @rule()
    def the_server_forgets_what_it_told(self) -> None:
        if not any(person.fixed for person in self.ledger.people):
            self.forgotten = True
            self.world.mailbox.forget_states()

    # Processes

    def run(self, seconds: float = FOREVER) -> None:
        self.runs += 1
        policy, writes = self.world.policy, self.world.mailbox.writes
        try:
            self.world.run(seconds)
        except (Killed, SyncError):
            pass  # the next one goes on
        finally:
            self.world.steps.forget_plans()
            self.world.mailbox.heal()
        lines = {(line.direction, line.action) for line in self.world.log.lines()}
        assert policy.push or self.world.mailbox.writes == writes
        assert policy.pull or not lines & WRITTEN_IN_ODOO

    @rule()
    def a_run(self) -> None:
        self.run()

    @rule(seconds=st.floats(0, 100))
    def a_run_in_slices(self, seconds: float) -> None:
        self.run(seconds)

    @rule(step=steps)
    def a_run_that_is_killed(self, step: int) -> None:
        self.world.steps.kill(step)
        self.run()

    @rule(
        method=st.sampled_from(
            ["changes", "fetch", "find", "create", "update", "delete"]
        ),
        nth=st.integers(1, 3),
        after=st.booleans(),
    )
    def a_run_whose_connection_breaks(self, method: str, nth: int, after: bool) -> None:
        if after:
            self.world.mailbox.drop_after(method, nth=nth)
        else:
            self.world.mailbox.fail_next(method, ServerBusy(back_off=1), nth=nth)
        self.run()

    @rule(index=whom, method=st.sampled_from(["fetch", "update", "delete"]))
    def a_run_with_a_contact_that_fails(self, index: int, method: str) -> None:
        person = self.someone(index, self.ledger.link)
        if person:
            item = self.ledger.item(person)
            self.world.mailbox.spoil(method, item.id, ContactError)
        self.run()

    @rule(step=steps, index=whom, fields=some_fields)
    def a_run_and_an_edit_in_exchange(
        self, step: int, index: int, fields: list[str]
    ) -> None:
        def edit() -> None:
            person = self.someone(index, self.ledger.link)
            if person and not person.ever_lost:
                self.edit_item(person, self.values_of(fields), DURING)

        self.world.steps.plan(step, edit)
        self.run()

    @rule(step=steps, index=whom, fields=some_fields)
    def a_run_and_an_edit_in_odoo(
        self, step: int, index: int, fields: list[str]
    ) -> None:
        def edit() -> None:
            person = self.someone(index, self.ledger.partner)
            if person and not person.ever_lost:
                self.edit_partner(person, self.values_of(fields), DURING)

        def when_possible() -> None:
            if self.world.db.in_transaction:
                self.world.checkpoint.collide(edit)
            else:
                edit()

        self.world.steps.plan(step, when_possible)
        self.run()

    @rule(step=steps, index=whom, folder=st.integers(0, 1))
    def a_run_and_a_move(self, step: int, index: int, folder: int) -> None:
        def move() -> None:
            person = self.someone(index, self.ledger.item)
            item = self.ledger.item(person) if person else None
            if item and item.sync_key:
                self.move_item(person, item, folder)

        self.world.steps.plan(step, move)
        self.run()

    # The laws

    @rule()
    def all_is_quiet(self) -> None:
        """Faults have ceased; two runs, and then nothing is left to do."""
        self.the_owner_chooses_directions((True, True))
        for _run in range(2):
            self.runs += 1
            ran = self.world.run()
            assert not ran.counters["error_count"], ran.lines
        quiet = self.world.run()
        assert quiet.writes == 0 and not quiet.lines, quiet
        assert not quiet.rows and quiet.requests.keys() == {"changes"}, quiet
        self.ledger.nobody_is_there_twice()
        self.ledger.nobody_is_missing()
        self.ledger.both_sides_are_equal()
        self.ledger.no_edit_is_lost()
        self.ledger.no_edited_contact_is_deleted()
        for person in self.ledger.people:
            person.calm()
        self.forgotten = False

    @invariant()
    def nobody_is_there_twice(self) -> None:
        Machine.taken += 1
        if hasattr(self, "ledger"):
            self.ledger.nobody_is_there_twice()

    @invariant()
    def what_we_do_not_model_is_untouched(self) -> None:
        if hasattr(self, "world"):
            for item in self.world.mailbox.items.values():
                assert item.unmodelled in ({}, {"tag": item.values["note"]})

    @invariant()
    def only_what_may_be_deleted_is(self) -> None:
        """Nothing that "keep" protects, and nothing this addon did not create."""
        if not hasattr(self, "world"):
            return
        keep = self.world.policy.odoo_deletion is DeletionPolicy.KEEP
        for item in self.world.mailbox.trash:
            if item.id not in self.removed:
                assert not keep and not item.unmodelled, item

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.all_is_quiet()


def test_the_laws_hold_whatever_happens():
    Machine.taken = 0
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=260,
            stateful_step_count=50,
            print_blob=True,
            deadline=None,
            report_multiple_bugs=False,
        ),
    )
    assert Machine.taken >= STEPS
