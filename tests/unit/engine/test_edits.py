# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Edits on both sides: all survive, or the losing one is in the run's lines."""

from __future__ import annotations

from functools import partial

import pytest

from exchange_contact_sync.core.errors import ServerBusy, Unreachable
from exchange_contact_sync.core.policy import ConflictPolicy, DeletionPolicy, Policy
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import linked_world, partner


def edit_in_odoo(world: World, who: str, /, **values: str) -> None:
    world.partners.edit(world.partner_id(who), values)


def edit_in_exchange(world: World, who: str, /, **values: str) -> None:
    world.mailbox.edit(world.item_id(who), values)


def test_an_edit_in_odoo_is_pushed():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", phone="+49 171 9")
    ran = world.run()
    assert world.item("Ida Lund")["phone_mobile"] == "+49 171 9"
    assert ran.counters == {"exported_updated": 1} and ran.writes == 1
    (line,) = ran.lines
    assert (line.action, line.field) == ("update", "phone_mobile")
    assert (line.old, line.new) == ("+49 171 1", "+49 171 9")


def test_an_edit_in_exchange_is_pulled():
    world = linked_world()
    edit_in_exchange(world, "Ola Nord", job_title="Chief")
    ran = world.run()
    assert world.partner("Ola Nord")["job_title"] == "Chief"
    assert ran.counters == {"imported_updated": 1} and ran.writes == 0
    (line,) = ran.lines
    assert (line.direction, line.field, line.new) == ("pull", "job_title", "Chief")


def test_only_what_changed_is_sent():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", job_title="Chief")
    before = dict(world.item("Ida Lund"))
    world.run()
    assert world.item("Ida Lund") == {**before, "job_title": "Chief"}


def test_unsynchronized_properties_are_never_changed():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", name="Ida Berg", email="", company="New")
    world.run()
    thing = world.mailbox.items[world.item_id("Ida Berg")]
    assert thing.unmodelled == {"birthday": "12 May"}


def test_edits_of_different_fields_both_survive():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", job_title="Chief", name="Ida Berg")
    edit_in_exchange(world, "Ida Lund", email="new@example.com", phone_mobile="")
    ran = world.run()
    for side in (world.partner("Ida Berg"), world.item("Ida Berg")):
        assert side["job_title"] == "Chief" and side["email"] == "new@example.com"
    assert world.partner("Ida Berg")["phone"] == ""
    assert not ran.counters["conflict_count"]
    assert world.run().writes == 0


CONFLICTS = [
    (ConflictPolicy.ODOO, "exchange", "odoo"),
    (ConflictPolicy.EXCHANGE, "odoo", "exchange"),
    (ConflictPolicy.NEWEST, "odoo", "exchange"),
    (ConflictPolicy.NEWEST, "exchange", "odoo"),
]


@for_each_row(("policy", "last", "winner"), CONFLICTS)
def test_edits_of_the_same_field_follow_the_policy(
    policy: ConflictPolicy, last: str, winner: str
):
    world = linked_world(policy=Policy(conflict=policy))
    edits = {
        "odoo": lambda: edit_in_odoo(world, "Ida Lund", job_title="odoo"),
        "exchange": lambda: edit_in_exchange(world, "Ida Lund", job_title="exchange"),
    }
    first = "odoo" if last == "exchange" else "exchange"
    edits[first]()
    edits[last]()
    if policy is ConflictPolicy.NEWEST:
        winner = last
    loser = "odoo" if winner == "exchange" else "exchange"
    ran = world.run()
    assert world.partner("Ida Lund")["job_title"] == winner
    assert world.item("Ida Lund")["job_title"] == winner
    conflicts = [line for line in ran.lines if line.action == "conflict"]
    assert [(c.field, c.old, c.new) for c in conflicts] == [
        ("job_title", loser, winner)
    ]
    assert ran.counters["conflict_count"] == 1
    assert not world.run().lines


def test_a_cleared_field_is_synchronized():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", email="")
    edit_in_exchange(world, "Ola Nord", company="")
    world.run()
    assert world.item("Ida Lund")["email"] == ""
    assert world.partner("Ola Nord")["company"] == ""


def test_the_same_edit_on_both_sides_is_no_conflict():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", job_title="Chief")
    edit_in_exchange(world, "Ida Lund", job_title="Chief")
    ran = world.run()
    assert not ran.lines and ran.writes == 0
    assert not world.run().lines


def test_a_contact_with_a_new_version_is_read_and_merged_in_the_same_run():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", job_title="Chief")
    calls = world.mailbox.calls["update"]
    original = world.mailbox.update

    def update(changes):
        if world.mailbox.calls["update"] == calls:
            world.mailbox.drift()
        return original(changes)

    world.mailbox.update = update
    ran = world.run()
    assert world.item("Ida Lund")["job_title"] == "Chief"
    assert ran.requests["update"] == 2 and ran.writes == 1
    assert not ran.counters["error_count"]


def test_an_edit_made_in_exchange_during_the_run_is_merged():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", job_title="Chief")
    original = world.mailbox.update
    edits = iter([{"email": "new@example.com"}])

    def update(changes):
        for values in edits:
            edit_in_exchange(world, "Ida Lund", **values)
        return original(changes)

    world.mailbox.update = update
    world.run()
    for side in (world.partner("Ida Lund"), world.item("Ida Lund")):
        assert (side["job_title"], side["email"]) == ("Chief", "new@example.com")


def test_an_edit_made_in_odoo_while_a_batch_is_written_is_not_lost():
    world = linked_world()
    edit_in_exchange(world, "Ida Lund", job_title="Chief")
    ida = world.partner_id("Ida Lund")
    original = world.partners.update
    edits = iter([{"email": "new@example.com"}])

    def update(changes):
        for values in edits:
            world.unit_of_work.collide(partial(world.partners.edit, ida, values))
        return original(changes)

    world.partners.update = update
    world.run()
    for side in (world.partner("Ida Lund"), world.item("Ida Lund")):
        assert (side["job_title"], side["email"]) == ("Chief", "new@example.com")


def test_an_edit_made_in_odoo_while_the_mailbox_is_written_is_sent_next_time():
    world = linked_world()
    edit_in_odoo(world, "Ida Lund", job_title="Chief")
    original = world.mailbox.update
    edits = iter([{"job_title": "Boss"}])

    def update(changes):
        answers = original(changes)
        for values in edits:
            edit_in_odoo(world, "Ida Lund", **values)
        return answers

    world.mailbox.update = update
    world.run()
    world.run()
    assert world.item("Ida Lund")["job_title"] == "Boss"
    assert world.partner("Ida Lund")["job_title"] == "Boss"


def test_a_write_with_a_lost_answer_does_not_count_as_an_edit_in_exchange():
    world = linked_world(policy=Policy(conflict=ConflictPolicy.EXCHANGE))
    edit_in_odoo(world, "Ida Lund", job_title="Chief", name="Ida Berg")
    world.mailbox.drop_after("update")
    with pytest.raises(Unreachable):
        world.run()
    edit_in_odoo(world, "Ida Berg", job_title="Boss", name="Ida Dahl")
    ran = world.run()
    assert not ran.counters["conflict_count"]
    for side in (world.partner("Ida Dahl"), world.item("Ida Dahl")):
        assert side["job_title"] == "Boss"
    assert not world.run().writes


def test_an_edit_after_a_write_with_a_lost_answer_is_recognized():
    world = linked_world(policy=Policy(conflict=ConflictPolicy.EXCHANGE))
    edit_in_odoo(world, "Ida Lund", job_title="Chief")
    world.mailbox.drop_after("update")
    with pytest.raises(Unreachable):
        world.run()
    edit_in_exchange(world, "Ida Lund", job_title="Boss")
    world.run()
    assert world.partner("Ida Lund")["job_title"] == "Boss"


def test_an_edited_partner_is_exported_again_after_an_unreported_deletion():
    """It was created and deleted between two lists, and not yet read back."""
    world = World(Policy(exchange_deletion=DeletionPolicy.DELETE))
    world.partners.add(partner("Ola Nord"))
    world.mailbox.fail_next("fetch", ServerBusy(back_off=1))
    with pytest.raises(ServerBusy):
        world.run()
    world.mailbox.remove(world.item_id("Ola Nord"))
    edit_in_odoo(world, "Ola Nord", job_title="Chief")
    world.run()
    assert world.item("Ola Nord")["job_title"] == "Chief"
