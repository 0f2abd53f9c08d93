# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The laws of a synchronization hold after random actions, faults and crashes.

A state machine makes random actions on both sides of the real engine, with fakes that
give new versions, forget states, lose answers and fail, and with processes that die at
any step. After each action no person may be duplicated. Once the faults have ended and
two runs have passed, all laws must hold, and a third run must do nothing.
"""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import DeletionPolicy
from exchange_contact_sync.core.run import Line
from support.fakes.world import Ran
from unit.engine.ledger import Person
from unit.engine.machine_runs import Runs

STEPS = 10_000


class Machine(Runs):
    """Random actions of users, owners, servers and processes, and the laws."""

    taken = 0

    @rule()
    def all_is_quiet(self) -> None:
        """Once the faults have ended, nothing is left to do after two runs."""
        self.the_owner_chooses_directions((True, True))
        self.world.find_folders()  # as each hour
        for _answered in range(3):
            for _run in range(2):
                self.runs += 1
                assert not self.errors(self.world.run())
            if not self.questions_are_answered():
                break
        quiet = self.world.run()
        assert quiet.writes == 0 and not quiet.lines, quiet
        assert (
            not quiet.rows and quiet.requests.keys() <= self.calls_of_an_idle_run()
        ), quiet
        self.a_reset_changes_nothing()
        self.the_laws_of_every_moment()
        self.ledger.no_person_is_missing()
        self.ledger.both_sides_are_equal()
        self.ledger.both_sides_show_the_same_photo()
        self.ledger.no_edit_is_lost()
        self.ledger.no_edited_contact_is_deleted()
        for person in self.ledger.people:
            person.record_agreement()
        self.forgotten = False

    def calls_of_an_idle_run(self) -> set[str]:
        """Return the calls of a run that has nothing to do. Contacts whose partner may
        not be unarchived are read in each run.
        """
        links = self.world.links.rows.values()
        waits = any(link.state is LinkState.ERROR for link in links)
        return {"changes", *(("fetch",) if waits else ())}

    def errors(self, ran: Ran) -> list[Line]:
        """Return lines about errors, except for Odoo's refusals about colleagues."""
        colleagues = {
            row.id
            for person in self.ledger.people
            if person.colleague
            for row in self.ledger.partners(person)
        }
        failed = [line for line in ran.lines if line.action == "error"]
        return [line for line in failed if line.partner not in colleagues]

    def questions_are_answered(self) -> bool:
        """Decide about the deferred contacts, except for copies, which may stay so.
        Return whether there was anything to decide.
        """
        waiting = [
            row.entry.ref.id
            for row in self.world.inbox.rows.values()
            if row.deferred and row.facts and '"private"' not in row.facts
        ]
        people = [(self.person_of(remote), remote) for remote in waiting]
        asked = {p.number: (p, remote) for p, remote in people if p}
        asked = {n: one for n, one in asked.items() if not self.ledger.any_link(one[0])}
        answers = [(r, self.partner_to_name(p)) for p, r in asked.values()]
        answers = [one for one in answers if one[1] is not None]
        for answer in answers:
            self.world.say_who(*answer)
        return bool(answers)

    def person_of(self, remote: str) -> Person | None:
        """Return the person of a contact."""
        return next(
            (
                person
                for person in self.ledger.people
                if remote in {item.id for item in self.ledger.all_items(person)}
            ),
            None,
        )

    def partner_to_name(self, person: Person) -> int | None:
        """Return the id of a person's partner without an active link, 0 for a new
        partner, or None if all partners of the person are linked.
        """
        rows = sorted(self.ledger.partners(person), key=lambda row: not row.active)
        links = self.world.links.by_partner([row.id for row in rows])
        stopped = {p for p, k in links.items() if k.state is LinkState.STOPPED}
        free = [row.id for row in rows if row.id in stopped or row.id not in links]
        return free[0] if free else (None if rows else 0)

    def a_reset_changes_nothing(self) -> None:
        """After a reset, the next run links the same pairs and writes nothing. This is
        not checked if a person was deleted on one side, who counts as new, or if a
        partner lacks the number of its contact, which it would get.
        """
        if any(map(self.changes_at_a_reset, self.ledger.people)):
            return
        links = self.world.links
        before = {(link.partner, link.remote) for link in links.rows.values()}
        self.world.forget()
        ran = self.world.run()
        assert not ran.writes and not ran.rows["partner"], ran
        assert {(link.partner, link.remote) for link in links.rows.values()} == before

    def changes_at_a_reset(self, person: Person) -> bool:
        """Whether a reset may change this person or its pair."""
        excluded = person.stopped or person.duplicated or self.ledger.private(person)
        excluded = excluded or person.colleague
        return person.ever_lost or excluded or self.ledger.lacks_a_number(person)

    @invariant()
    def the_laws_of_every_moment(self) -> None:
        Machine.taken += 1
        if hasattr(self, "ledger"):
            self.ledger.no_person_is_duplicated()
            self.ledger.no_person_gets_values_of_another()
            self.ledger.nothing_private_is_readable()

    @invariant()
    def what_we_do_not_model_is_untouched(self) -> None:
        if hasattr(self, "world"):
            for item in self.world.mailbox.items.values():
                assert item.unmodelled in ({}, {"tag": item.values["note"]})

    @invariant()
    def only_what_may_be_deleted_is(self) -> None:
        """Only contacts that we created are deleted, and none by the policy "keep"."""
        if not hasattr(self, "world"):
            return
        keep = self.world.policy.odoo_deletion is DeletionPolicy.KEEP
        for item in self.world.mailbox.trash:
            if item.id not in self.removed:
                assert not keep and not item.unmodelled, item

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            self.all_is_quiet()


@pytest.mark.timeout(900)  # Hypothesis may take minutes to shrink what it found
def test_the_rules_hold_after_random_actions():
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
