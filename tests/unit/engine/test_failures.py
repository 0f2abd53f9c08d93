# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact that fails is tried again, and the others continue."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from exchange_contact_sync.core.errors import (
    AnswerMalformed,
    ContactInvalid,
    ServerBusy,
    StateUnknown,
    Unreachable,
)
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA, crowd, item, linked_world, partner


def test_a_contact_that_cannot_be_read_does_not_stop_the_others():
    world = World()
    bad = world.mailbox.put(item("Bad Apple"))
    world.mailbox.put(IDA)
    world.mailbox.spoil("fetch", bad.id)
    ran = world.run()
    assert world.names() == ["Ida Lund"] and ran.counters["error_count"] == 1
    (line,) = [line for line in ran.lines if line.action == "error"]
    assert line.remote == bad.id
    world.mailbox.heal()
    world.run()
    assert world.names() == ["Bad Apple", "Ida Lund"]


def test_a_contact_that_odoo_refuses_does_not_stop_the_others():
    world = World()
    world.partners.refused.add("Bad Apple")
    for name in ("Bad Apple", "Ida Lund"):
        world.mailbox.put(item(name))
    ran = world.run()
    assert world.names() == ["Ida Lund"] and ran.counters["error_count"] == 1
    assert world.run().lines == [], "it is reported once"
    world.partners.refused.clear()
    world.mailbox.edit(world.item_id("Bad Apple"), {"job_title": "Chief"})
    world.run()
    assert world.names() == ["Bad Apple", "Ida Lund"]


def test_an_edit_odoo_refuses_is_tried_again():
    world = linked_world()
    world.partners.mark(world.partner_id("Ida Lund"), locked=True)
    for name in ("Ida Lund", "Ola Nord"):
        world.mailbox.edit(world.item_id(name), {"job_title": "Chief"})
    ran = world.run()
    assert ran.counters["error_count"] == 1
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert world.partner("Ola Nord")["job_title"] == "Chief"
    assert not world.run().lines, "it is reported once"
    world.partners.mark(world.partner_id("Ida Lund"), locked=False)
    world.run()
    assert world.partner("Ida Lund")["job_title"] == "Chief"
    assert world.link("Ida Lund").state is LinkState.SYNCED


@for_each_row("method", ["update", "create", "delete"])
def test_a_contact_the_mailbox_refuses_is_tried_again(method: str):
    delete = Policy(odoo_deletion=DeletionPolicy.DELETE)
    world = World(delete, confirmed=True)
    for name in ("Ida Lund", "Ola Nord", "Per Vik", "Bad Apple"):
        world.partners.add(partner(name))
    if method == "create":
        world.mailbox.spoil("create", "key-4", ContactInvalid)
    else:
        world.run()
        world.mailbox.spoil(method, world.item_id("Bad Apple"), ContactInvalid)
        for name in ("Ola Nord", "Bad Apple"):
            if method == "update":
                world.partners.edit(world.partner_id(name), {"job_title": "Chief"})
            else:
                world.partners.mark(world.partner_id(name), active=False)
    ran = world.run()
    assert ran.counters["error_count"] == 1
    assert [line.name for line in ran.lines if line.error] == ["Bad Apple"]
    again = world.run()
    assert not again.counters["error_count"], "it is reported once"
    world.mailbox.heal()
    if method != "delete":
        world.partners.edit(world.partner_id("Bad Apple"), {"email": "x@example.com"})
    world.run()
    expected = ["Bad Apple", "Ida Lund", "Ola Nord", "Per Vik"]
    if method == "delete":
        expected = ["Ida Lund", "Per Vik"]
    assert world.items() == expected
    if method == "update":
        assert world.item("Bad Apple")["job_title"] == "Chief"
        assert world.link("Bad Apple").state is LinkState.SYNCED
    assert world.run().writes == 0


@for_each_row("method", ["changes", "fetch", "update", "create", "find"])
@for_each_row("error", [ServerBusy(back_off=5), Unreachable()])
def test_a_server_that_fails_ends_the_run_and_loses_nothing(method: str, error):
    world = linked_world()
    world.mailbox.put(item("Per Vik"))
    world.partners.add(partner("New One"))
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
    if method == "find":
        world.mailbox.drop_after("create")
        with pytest.raises(Unreachable):
            world.run()
    world.mailbox.fail_next(method, error)
    with pytest.raises(type(error)):
        world.run()
    world.run()
    people = ["Ida Lund", "New One", "Ola Nord", "Per Vik"]
    assert world.names() == world.items() == people
    assert world.item("Ida Lund")["job_title"] == "Chief"


def test_a_forgotten_state_does_not_count_as_deletions():
    delete = Policy(exchange_deletion=DeletionPolicy.DELETE)
    world = linked_world(policy=delete)
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.mailbox.forget_states()
    ran = world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"], "nothing says Ola was deleted"
    assert world.partner("Ida Lund")["job_title"] == "Chief"
    assert ran.counters == {"imported_updated": 1}


def test_a_forgotten_state_changes_nothing_if_nothing_differs():
    world = linked_world()
    world.mailbox.forget_states()
    ran = world.run()
    assert ran.writes == 0 and not ran.lines and ran.rows.keys() == {"state"}
    assert ran.requests == {"changes": 2}


def test_an_unreported_deletion_is_noticed_by_the_next_write():
    for deletion in DeletionPolicy:
        world = linked_world(policy=Policy(exchange_deletion=deletion))
        world.mailbox.remove(world.item_id("Ola Nord"))
        world.mailbox.forget_states()
        world.run()
        world.partners.edit(world.partner_id("Ola Nord"), {"job_title": "Chief"})
        world.run()
        assert "Ola Nord" in world.names(), "an edited partner stays"
        again = deletion is DeletionPolicy.DELETE
        assert ("Ola Nord" in world.items()) == again
        assert world.run().rows.keys() <= {"state"}


@for_each_row(("error", "times"), [(StateUnknown, 2), (AnswerMalformed, 1)])
def test_a_folder_that_cannot_be_listed_does_not_stop_the_others(error, times):
    """Its contacts do not count as deleted, and their partners are not exported."""
    policy = Policy(exchange_deletion=DeletionPolicy.DELETE)
    world = linked_world(policy=policy, imported=(True, True), confirmed=True)
    world.mailbox.put(item("Per Vik"), world.folders[0])
    world.run()
    world.partners.add(partner("Eva Berg"))
    world.mailbox.put(item("Eva Berg"), world.folders[1])
    world.mailbox.move(world.item_id("Per Vik"), world.folders[1])
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.mailbox.fail_next("changes", error(), nth=2, times=times)
    ran = world.run()
    assert [line.error.code for line in ran.lines if line.error] == ["folder_malformed"]
    assert world.partner("Ida Lund")["job_title"] == "Chief"
    for _run in range(2):
        assert {"Per Vik", "Eva Berg"} <= set(world.names())
        assert len(world.mailbox.items) == 4
        world.run()
    assert world.link("Eva Berg").state is LinkState.SYNCED


def test_a_folder_that_repeats_its_changes_forever_fails():
    world = linked_world()
    seen = world.mailbox.changes(world.folders[0], "")
    pages = itertools.count()
    world.mailbox.changes = lambda folder, state: replace(
        seen, state=f"state {next(pages)}", complete=False
    )
    ran = world.run()
    assert [line.error.code for line in ran.lines if line.error] == ["folder_malformed"]
    assert next(pages) < 100


def test_a_contact_with_a_known_sync_key_is_not_created_again():
    """The result of the search by sync key is unreadable until the next run."""
    world = World()
    world.partners.add(partner("Ida Lund"))
    world.mailbox.drop_after("create")
    with pytest.raises(Unreachable):
        world.run()
    world.mailbox.fail_next("find", AnswerMalformed())
    ran = world.run()
    assert ran.counters["error_count"] == 1 and len(world.mailbox.items) == 1
    world.run()
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert len(world.mailbox.items) == 1


def test_the_id_of_another_contact_is_not_stored_for_a_new_one():
    world = linked_world()
    create, ida = world.mailbox.create, world.item_id("Ida Lund")

    def wrong(folder, drafts):
        return [replace(answer, id=ida) for answer in create(folder, drafts)]

    world.partners.add(partner("Per Vik"))
    world.partners.add(partner("Eva Berg"))
    world.mailbox.create = wrong
    ran = world.run()
    codes = [line.error.code for line in ran.lines if line.error]
    assert codes == ["contact_damaged"] * 2
    world.mailbox.create = create
    world.run()
    assert world.link("Per Vik").state is LinkState.SYNCED
    assert len(world.mailbox.items) == 4


def test_a_folder_that_is_gone_does_not_stop_the_others():
    world = linked_world(imported=(True, True))
    world.mailbox.put(item("Per Vik"), world.folders[1])
    world.run()
    world.mailbox.remove_folder(world.folders[1])
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    ran = world.run()
    assert world.partner("Ida Lund")["job_title"] == "Chief"
    assert [line.error.code for line in ran.lines if line.error] == ["folder_gone"]
    assert "Per Vik" in world.names()


def test_a_missing_folder_does_not_count_as_deletion_of_its_contacts():
    """Its contact is not deleted, and an edit is not sent to the missing folder."""
    delete = DeletionPolicy.DELETE
    policy = Policy(exchange_deletion=delete, odoo_deletion=delete)
    world = linked_world(policy=policy, imported=(True, True))
    world.mailbox.put(item("Per Vik"), world.folders[1])
    world.run()
    before = world.link("Per Vik")
    world.mailbox.remove_folder(world.folders[1])
    world.partners.edit(world.partner_id("Per Vik"), {"job_title": "Chief"})
    ran = world.run()
    assert ran.writes == 0 and "Per Vik" in world.names()
    assert world.link("Per Vik") == before
    found = world.mailbox.put(item("Per Vik"))
    world.run()
    assert world.link("Per Vik").remote == found.id
    assert world.item("Per Vik")["job_title"] == "Chief"


def test_a_batch_that_collides_is_repeated():
    world = World()
    for name in crowd(4):
        world.mailbox.put(item(name))
    for _collision in range(4):
        world.unit_of_work.collide(lambda: None)
    ran = world.run()
    assert ran.counters["imported_created"] == 4
    assert world.names() == sorted(crowd(4))


def test_a_failure_in_a_repeated_batch_is_not_recorded():
    """The first attempt fails for a contact and collides; the second one succeeds."""
    world = linked_world()
    ida = world.partner_id("Ida Lund")
    world.partners.mark(ida, locked=True)
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    original = world.partners.update

    def update(changes):
        answers = original(changes)
        if world.partners.rows[ida].locked:
            world.unit_of_work.collide(lambda: world.partners.mark(ida, locked=False))
        return answers

    world.partners.update = update
    ran = world.run()
    assert not ran.counters["error_count"]
    assert world.partner("Ida Lund")["job_title"] == "Chief"
    assert not world.inbox.rows, "nothing is left to be tried again"
