# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random actions of owners, servers and processes (see ``test_machine.py``)."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import rule

from exchange_contact_sync.core.errors import ContactError, ServerBusy, SyncError
from exchange_contact_sync.core.fields import PHOTO
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.user_requests import FieldOverride, UserRequest
from support.fakes.interruptions import Killed
from support.fakes.world import FOREVER
from unit.engine.ledger import ODOO
from unit.engine.machine_kinds import Kinds
from unit.engine.machine_people import DURING, has_key, indexes, some_fields

WRITTEN_IN_ODOO = {("pull", what) for what in ("create", "update", "archive", "revive")}
steps = st.integers(1, 120)


class Runs(Kinds):
    """Runs with settings, faults, kills and edits that disturb them."""

    @rule(ways=st.sampled_from([(True, True), (True, False), (False, True)]))
    def the_owner_chooses_directions(self, ways: tuple[bool, bool]) -> None:
        """The quiet state chooses both directions again."""
        pull, push = ways
        before = self.world.policy
        if ways == (before.pull, before.push):
            return
        self.world.change(pull=pull, push=push)
        if push and not before.push:
            self.partners_outside_the_choice_leave()

    def partners_outside_the_choice_leave(self) -> None:
        """Partners only leave the export choice while contacts are exported. An edit in
        Exchange from before is in Odoo, and does not keep the contact in the mailbox.
        """
        for person in self.ledger.people:
            partner = self.ledger.partner(person)
            if partner and not partner.chosen and ODOO in person.lost_at:
                person.lost_at[ODOO] = self.runs

    @rule(index=indexes, mine=some_fields, other=some_fields)
    def a_pair_is_stopped_for_a_while(
        self, index: int, mine: list[str], other: list[str]
    ) -> None:
        """Edits of both sides made meanwhile are not lost."""
        person = self.pick_person(index, self.ledger.link)
        if not person:
            return
        link = self.ledger.link(person)
        if link.state is LinkState.PENDING:
            return  # users cannot stop it: ``models/link_steering.py``, ``action_stop``
        self.world.decide(link, state=LinkState.STOPPED)
        self.edit_partner(person, self.values_of(mine))
        self.edit_item(person, self.values_of(other))
        self.run()
        if link.id in self.world.links.rows:
            self.world.decide(link, user_request=UserRequest.START)

    @rule(index=indexes)
    def the_other_value_is_used(self, index: int) -> None:
        links = self.world.links.rows
        duplicates = {
            row.id
            for person in self.ledger.people
            if person.duplicated
            for row in self.ledger.partners(person)
        }
        lines = [
            line
            for line in self.world.log.lines(all_runs=True)
            if line.action == "conflict" and line.link in links
            if line.field != PHOTO.key  # the other photo is not stored
            and line.partner not in duplicates
        ]
        if lines:
            line = lines[index % len(lines)]
            field_overrides = {line.field: FieldOverride(line.new, line.old)}
            self.world.decide(links[line.link], field_overrides=field_overrides)
            # A person who decides so has seen both values: none of them is lost.
            for person in self.ledger.people:
                if line.partner in {row.id for row in self.ledger.partners(person)}:
                    person.decide(line.field)

    # Servers

    @rule()
    def versions_drift(self) -> None:
        self.world.mailbox.drift()

    @rule()
    def the_server_forgets_its_states(self) -> None:
        if not any(person.fixed for person in self.ledger.people):
            self.forgotten = True
            self.world.mailbox.forget_states()

    # Processes

    def run(self, seconds: float = FOREVER) -> None:
        self.runs += 1
        policy, writes = self.world.policy, self.world.mailbox.writes
        links = self.world.links.rows.values()
        decided = any(link.user_request or link.field_overrides for link in links)
        try:
            with suppress(Killed, SyncError):  # the next run continues
                self.world.run(seconds)
        finally:
            self.world.steps.forget_plans()
            self.world.mailbox.heal()
        lines = {(line.direction, line.action) for line in self.world.log.lines()}
        assert policy.push or self.world.mailbox.writes == writes
        # Decisions of users are carried out in Odoo even without import.
        assert policy.pull or decided or not lines & WRITTEN_IN_ODOO

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

    @rule(index=indexes, method=st.sampled_from(["fetch", "update", "delete"]))
    def a_run_with_a_contact_that_fails(self, index: int, method: str) -> None:
        """An unreadable contact may be new, known from a page of changes only."""
        known = self.ledger.item if method == "fetch" else self.ledger.link
        people = [person for person in self.ledger.people if known(person)]
        if people:
            item = self.ledger.item(people[index % len(people)])
            self.world.mailbox.spoil(method, item.id, ContactError)
        self.run()

    @rule(step=steps, index=indexes, fields=some_fields)
    def a_run_and_an_edit_in_exchange(
        self, step: int, index: int, fields: list[str]
    ) -> None:
        def edit() -> None:
            person = self.pick_person(index, self.ledger.link)
            if person and not person.ever_lost:
                self.edit_item(person, self.values_of(fields), DURING)

        self.world.steps.plan(step, edit)
        self.run()

    @rule(step=steps, index=indexes, fields=some_fields)
    def a_run_and_an_edit_in_odoo(
        self, step: int, index: int, fields: list[str]
    ) -> None:
        def edit() -> None:
            person = self.pick_person(index, self.ledger.partner)
            if person and not person.ever_lost:
                self.edit_partner(person, self.values_of(fields), DURING)

        def when_possible() -> None:
            if self.world.db.in_transaction:
                self.world.unit_of_work.collide(edit)
            else:
                edit()

        self.world.steps.plan(step, when_possible)
        self.run()

    @rule(step=steps, index=indexes, folder=st.integers(0, 1))
    def a_run_and_a_move(self, step: int, index: int, folder: int) -> None:
        def move() -> None:
            person = self.pick_person(index, self.ledger.item)
            item = self.ledger.item(person) if person else None
            if item and has_key(item):
                self.move_item(person, item, self.folder(folder))

        self.world.steps.plan(step, move)
        self.run()
