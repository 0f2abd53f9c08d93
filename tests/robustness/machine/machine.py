# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random actions of people, servers and processes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from exchange_server import faults
from exchange_server.fault_queue import Fault
from support.cases.sync_mailbox import meanwhile

from .actions import Actions
from .laws import Laws
from .people import EXCHANGE, ODOO, ODOO_FIELDS, Person, identity
from .process import sync_killed_at_commit, sync_killed_at_request
from .queries import at_query
from .stage import Stage

choices = st.fixed_dictionaries(
    {
        "conflict_policy": st.sampled_from(["newest", "exchange", "odoo"]),
        "exchange_deletion": st.sampled_from(["keep", "delete"]),
        "odoo_deletion": st.sampled_from(["keep", "delete"]),
    }
)
some_fields = st.lists(
    st.sampled_from(list(ODOO_FIELDS)), min_size=1, max_size=2, unique=True
)
indexes = st.integers(0, 30)
cleared = st.sampled_from([False, False, False, True])
folders = st.integers(0, 1)
request_numbers = st.integers(1, 10)
OPERATIONS = [
    "SyncFolderItems",
    "GetItem",
    "FindItem",
    "CreateItem",
    "UpdateItem",
    "DeleteItem",
]
FAULTS: dict[str, Callable[..., Fault]] = {
    "busy": lambda **when: faults.busy(back_off_ms=100, **when),
    "unavailable": lambda **when: faults.http_status(503, retry_after=1, **when),
    "internal error": lambda **when: faults.http_status(500, **when),
    "SOAP fault": lambda **when: faults.soap_fault("ErrorInternalServerError", **when),
    "truncated": faults.truncated,
    "dropped before": faults.drop_before,
    "dropped after": faults.drop_after,
}


class Machine(RuleBasedStateMachine):
    """A Hypothesis state machine with all actions.

    :cvar stage: where everything happens; set before the machine runs
    :cvar taken: the number of actions so far
    """

    stage: Stage
    taken = 0

    @initialize(chosen=choices)
    def begin(self, chosen: dict[str, str]) -> None:
        self.actions = Actions(self.stage, chosen)
        self.laws = Laws(self.stage, self.actions.people, chosen)
        self.forgotten = False

    def pick_person(
        self, index: int, condition: Callable[[Person], object]
    ) -> Person | None:
        """Return one of the people who fulfil a condition."""
        people = self.actions.people.all
        found = [p for p in people if not p.fixed and condition(p)]
        return found[index % len(found)] if found else None

    # People

    @rule(fields=some_fields)
    def a_partner_is_created(self, fields: list[str]) -> None:
        self.actions.create_partner(self.actions.new_person(ODOO), fields)

    @rule(fields=some_fields, folder=folders)
    def a_contact_is_created(self, fields: list[str], folder: int) -> None:
        self.actions.create_item(self.actions.new_person(EXCHANGE), fields, folder)

    @rule(fields=some_fields, folder=folders)
    def a_person_is_created_on_both_sides(self, fields: list[str], folder: int) -> None:
        person = self.actions.new_person(EXCHANGE)
        person.entered_twice = True
        values = self.actions.create_item(person, [], folder)
        self.actions.create_partner(person, fields, values)

    @rule(index=indexes, fields=some_fields, clear=cleared)
    def a_partner_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.pick_person(index, self.actions.people.partner)
        if person:
            self.actions.edit_partner(person, fields, clear)

    @rule(index=indexes, fields=some_fields, clear=cleared)
    def a_contact_is_edited(self, index: int, fields: list[str], clear: bool) -> None:
        person = self.pick_person(index, self.actions.people.item)
        if person:
            self.actions.edit_item(person, fields, clear)

    @rule(index=indexes, how=st.sampled_from(["archived", "deleted"]))
    def a_partner_is_removed(self, index: int, how: str) -> None:
        person = self.pick_person(index, self.actions.people.partner)
        if person:
            self.actions.lose_partner(person, how)

    @rule(index=indexes)
    def a_partner_is_unarchived(self, index: int) -> None:
        person = self.pick_person(index, self.actions.is_archived)
        if person:
            self.actions.unarchive(person)

    @rule(index=indexes, hard=st.booleans())
    def a_contact_is_deleted(self, index: int, hard: bool) -> None:
        person = self.pick_person(index, self.actions.people.item)
        if person:
            self.actions.delete_item(person, hard)

    @rule(index=indexes, folder=st.integers(0, 2))
    def a_contact_is_moved(self, index: int, folder: int) -> None:
        """A contact that we never wrote to is only recognized by its values."""
        person = self.pick_person(index, self.actions.people.item)
        if not person:
            return
        known = identity(self.actions.people.item(person))
        if known or not (folder == 2 or self.forgotten or person.edits):
            self.actions.move_item(person, folder)
            person.fixed = not known

    # Servers

    @rule()
    def versions_drift(self) -> None:
        self.stage.mailbox.drift_change_keys()

    @rule()
    def the_server_forgets_its_states(self) -> None:
        if not any(person.fixed for person in self.actions.people.all):
            self.forgotten = True
            self.stage.mailbox.forget_sync_states()

    # Processes

    @rule()
    def a_run(self) -> None:
        self.actions.run(self.stage.sync)

    @rule()
    def a_slice(self) -> None:
        self.actions.run(self.stage.slice)

    @rule(
        kind=st.sampled_from(list(FAULTS)),
        operation=st.sampled_from(OPERATIONS),
        nth=st.integers(1, 2),
    )
    def a_run_with_a_server_in_trouble(
        self, kind: str, operation: str, nth: int
    ) -> None:
        self.stage.server.faults.add(FAULTS[kind](operation=operation, nth=nth))
        self.actions.run(self.stage.sync)

    @rule(
        index=indexes,
        operations=st.sampled_from([None, {"GetItem"}, {"UpdateItem", "DeleteItem"}]),
    )
    def a_run_with_a_contact_that_fails(
        self, index: int, operations: set[str] | None
    ) -> None:
        """A contact that cannot be read may be new, known from a page of changes only.
        If it cannot be listed either, nothing is known about it, so it has to be
        linked.
        """
        listed = operations and "FindItem" not in operations
        people = self.actions.people
        person = self.pick_person(index, people.item if listed else people.is_linked)
        if person:
            item = self.actions.people.item(person)
            self.stage.mailbox.fail_item(item.id, operations=operations)
            self.actions.run(self.stage.sync)
            self.stage.mailbox.failures.clear()

    @rule(number=st.integers(1, 40), after=st.booleans())
    def a_run_that_is_killed_at_a_commit(self, number: int, after: bool) -> None:
        self.actions.run(lambda: sync_killed_at_commit(self.stage, number, after=after))

    @rule(number=request_numbers, after=st.booleans())
    def a_run_that_is_killed_at_a_request(self, number: int, after: bool) -> None:
        self.actions.run(
            lambda: sync_killed_at_request(self.stage, number, after=after)
        )

    # People who edit during a run

    def while_running(self, number: int, action: Callable[[], object]) -> None:
        """Carry out an action of a person when a request arrives."""
        self.stage.server.faults.add(meanwhile(None, action, nth=number))
        self.actions.run(self.stage.sync)

    @rule(number=request_numbers, index=indexes, fields=some_fields)
    def a_run_and_an_edit_in_exchange(
        self, number: int, index: int, fields: list[str]
    ) -> None:
        def edit() -> None:
            person = self.pick_person(index, self.actions.people.item)
            if person and not person.ever_lost:
                self.actions.edit_item(person, fields)

        self.while_running(number, edit)

    @rule(number=request_numbers, index=indexes, fields=some_fields)
    def a_run_and_an_edit_in_odoo(
        self, number: int, index: int, fields: list[str]
    ) -> None:
        person = self.pick_person(index, self.actions.people.partner)
        if person and not person.ever_lost:
            self.while_running(
                number, lambda: self.actions.edit_partner(person, fields)
            )

    @rule(number=st.integers(1, 150), index=indexes, fields=some_fields)
    def a_run_and_an_edit_in_odoo_at_a_query(
        self, number: int, index: int, fields: list[str]
    ) -> None:
        person = self.pick_person(index, self.actions.people.partner)
        if person and not person.ever_lost:
            with at_query(lambda: self.actions.edit_partner(person, fields), number):
                self.actions.run(self.stage.sync)

    @rule(index=indexes, fields=some_fields, others=some_fields)
    def an_edit_in_odoo_while_the_run_writes_one(
        self, index: int, fields: list[str], others: list[str]
    ) -> None:
        """PostgreSQL refuses the run's write to the same row."""
        person = self.pick_person(index, self.actions.people.is_linked)
        if person and not person.ever_lost:
            self.actions.edit_item(person, fields)
            update = 'UPDATE "res_partner"'
            edit = partial(self.actions.edit_partner, person, others)
            with at_query(edit, containing=update):
                self.actions.run(self.stage.sync)

    @rule(number=request_numbers, index=indexes, folder=folders)
    def a_run_and_a_move(self, number: int, index: int, folder: int) -> None:
        def move() -> None:
            person = self.pick_person(index, self.actions.people.item)
            if person and identity(self.actions.people.item(person)):
                self.actions.move_item(person, folder)

        self.while_running(number, move)

    # The laws

    @rule()
    def all_is_quiet(self) -> None:
        """End the faults and run twice; then nothing is left to do."""
        for _run in range(2):
            ran = self.actions.run(self.stage.sync)
            assert ran.state == "done" and not ran.counters["error_count"], ran
        before = self.stage.rows()
        idle = self.actions.run(self.stage.sync)
        assert (idle.state, idle.writes, idle.lines) == ("done", 0, ()), idle
        assert self.stage.rows() == before
        self.laws.all_when_quiet()
        for person in self.actions.people.all:
            person.record_agreement()
        self.forgotten = False

    @invariant()
    def laws_of_every_moment(self) -> None:
        Machine.taken += 1
        if hasattr(self, "laws"):
            self.laws.no_person_is_duplicated()
            self.laws.what_is_not_modelled_is_untouched()

    def teardown(self) -> None:
        """Hypothesis also calls this while another failure is being raised."""
        if hasattr(self, "laws") and sys.exc_info()[0] is None:
            self.all_is_quiet()
