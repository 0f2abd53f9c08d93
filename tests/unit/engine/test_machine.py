# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The laws of a synchronization, held against whatever people, servers and crashes do.

A machine makes random moves on both sides of the real engine, with fakes that drift,
forget, drop answers and fail, and with processes that die at any step. After each
move nobody may be there twice. When the faults have ceased and two runs have passed,
all laws must hold, and a third run must do nothing at all.
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
    """People, owners, servers and processes at random, and the laws."""

    taken = 0

    @rule()
    def all_is_quiet(self) -> None:
        """Faults have ceased; two runs, and then nothing is left to do."""
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
        assert not quiet.rows and quiet.requests.keys() <= self.asked_in_vain(), quiet
        self.a_reset_changes_nothing()
        self.the_laws_of_every_moment()
        self.ledger.nobody_is_missing()
        self.ledger.both_sides_are_equal()
        self.ledger.both_sides_show_the_same_photo()
        self.ledger.no_edit_is_lost()
        self.ledger.no_edited_contact_is_deleted()
        for person in self.ledger.people:
            person.calm()
        self.forgotten = False

    def asked_in_vain(self) -> set[str]:
        """What a run asks that has nothing to do. Who is archived in Odoo, and whom
        Odoo does not let us bring back, is read in each run.
        """
        links = self.world.links.rows.values()
        waits = any(link.state is LinkState.ERROR for link in links)
        return {"changes", *(("fetch",) if waits else ())}

    def errors(self, ran: Ran) -> list[Line]:
        """What went wrong, but for what Odoo refuses about colleagues."""
        colleagues = {
            row.id
            for person in self.ledger.people
            if person.colleague
            for row in self.ledger.partners(person)
        }
        failed = [line for line in ran.lines if line.action == "error"]
        return [line for line in failed if line.partner not in colleagues]

    def questions_are_answered(self) -> bool:
        """Each deferred contact is reported, except for a copy, which may stay so."""
        waiting = [
            row.entry.ref.id
            for row in self.world.inbox.rows.values()
            if row.deferred and row.facts and '"private"' not in row.facts
        ]
        people = [(self.owner(remote), remote) for remote in waiting]
        asked = {p.number: (p, remote) for p, remote in people if p}
        asked = {n: one for n, one in asked.items() if not self.ledger.tie(one[0])}
        answers = [(r, self.partner_to_name(p)) for p, r in asked.values()]
        answers = [one for one in answers if one[1] is not None]
        for answer in answers:
            self.world.say_who(*answer)
        return bool(answers)

    def owner(self, remote: str) -> Person | None:
        """Whose contact it is."""
        return next(
            (
                person
                for person in self.ledger.people
                if remote in {item.id for item in self.ledger.all_items(person)}
            ),
            None,
        )

    def partner_to_name(self, person: Person) -> int | None:
        """One that no other contact is linked to; 0 for somebody new. None if there is
        one that another contact is linked to.
        """
        rows = sorted(self.ledger.partners(person), key=lambda row: not row.active)
        links = self.world.links.by_partner([row.id for row in rows])
        stopped = {p for p, k in links.items() if k.state is LinkState.STOPPED}
        free = [row.id for row in rows if row.id in stopped or row.id not in links]
        return free[0] if free else (None if rows else 0)

    def a_reset_changes_nothing(self) -> None:
        """All links are forgotten: the next run finds the same pairs and has nothing to
        do. A person that was deleted on one side counts as new, and a
        partner without the number that its contact has gets it.
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
        """Whether a pair is another one once it counts as new."""
        rests = person.stopped or person.twins or self.ledger.private(person)
        rests = rests or person.colleague
        return person.ever_lost or rests or self.ledger.lacks_a_number(person)

    @invariant()
    def the_laws_of_every_moment(self) -> None:
        Machine.taken += 1
        if hasattr(self, "ledger"):
            self.ledger.nobody_is_there_twice()
            self.ledger.nobody_becomes_somebody_else()
            self.ledger.nothing_private_is_readable()

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
