# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""If a mailbox answers only for some contacts, the answers are used, the others follow
later, no contact counts as failed, and none is duplicated."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import (
    ContactInvalid,
    FolderReadOnly,
    MailboxFull,
    Remark,
    ServerBusy,
    SyncError,
    Unanswered,
    Unreachable,
)
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from support.fakes.faults import too_busy
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import crowd, item, linked_world, partner

DELETE = Policy(odoo_deletion=DeletionPolicy.DELETE)
RED, BLUE = b"red", b"blue"
CALLS = ("fetch", "create", "update", "delete", "read_photos", "write_photos")


def scene(call: str, people: list[str]) -> World:
    """Return a world in which the next run makes one call for all these people."""
    world = World(DELETE, confirmed=True)
    for name in people:
        if call in ("fetch", "read_photos"):
            world.mailbox.put(item(name))
        else:
            world.partners.add(partner(name))
    if call in ("fetch", "create"):
        return world
    world.run()
    world.run()
    for name in people:
        if call == "update":
            world.partners.edit(world.partner_id(name), {"job_title": "Chief"})
        elif call == "delete":
            world.partners.mark(world.partner_id(name), active=False)
        elif call == "read_photos":
            world.mailbox.take_photo(world.item_id(name), RED)
        else:
            world.pictures.set_picture(world.partner_id(name), RED)
    return world


def is_done(world: World, call: str, name: str) -> bool:
    """Whether the run has synchronized a person."""
    if call == "delete":
        return name not in world.items()
    if not (name in world.items() and name in world.names()):
        return False
    if call == "update":
        return world.item(name)["job_title"] == "Chief"
    if call == "write_photos":
        return bool(world.mailbox.items[world.item_id(name)].photo)
    row = world.partners.rows[world.partner_id(name)]
    return row.picture == RED if call == "read_photos" else True


def spoil(world: World, call: str, name: str, answer) -> None:
    """Let a call return an answer for one person."""
    key = f"key-{crowd(9).index(name) + 1}"
    known = key if call == "create" else world.item_id(name)
    world.mailbox.spoil(call, known, answer)


def assert_unblamed(world: World, people: list[str]) -> None:
    """Check that no link is in state error, and no person is duplicated."""
    assert all(link.state is not LinkState.ERROR for link in world.links.rows.values())
    assert set(world.items()) <= set(people)
    assert len(world.items()) == len(set(world.items()))
    names = [row.values["name"] for row in world.partners.rows.values()]
    assert set(names) <= set(people) and len(names) == len(set(names))


@for_each_row("call", CALLS)
@for_each_row("served", [1, 3, 8])
def test_a_server_that_answers_for_few_contacts_is_asked_until_all_are_done(
    call, served
):
    people = crowd(9)
    world = scene(call, people)
    world.mailbox.serve(call, served)
    ran = world.run()
    assert all(is_done(world, call, name) for name in people)
    assert not ran.counters["error_count"]
    assert not [line for line in ran.lines if line.error]
    assert_unblamed(world, people)
    world.mailbox.heal()
    world.run()
    again = world.run()
    assert again.writes == 0 and again.rows.keys() <= {"state"}


@for_each_row("call", CALLS)
@for_each_row("position", [0, 4, 8])
def test_a_contact_without_an_answer_does_not_stop_the_others(call, position):
    people = crowd(9)
    world = scene(call, people)
    spoil(world, call, people[position], too_busy)
    with pytest.raises(ServerBusy):
        world.run()
    done = [name for name in people if is_done(world, call, name)]
    assert done == [name for name in people if name != people[position]]
    assert_unblamed(world, people)
    with pytest.raises(ServerBusy):
        world.run()
    world.mailbox.heal()
    ran = world.run()
    assert all(is_done(world, call, name) for name in people)
    assert not ran.counters["error_count"]
    world.run()
    assert world.run().writes == 0


@for_each_row(
    "cause", [ServerBusy("", 300.0), Unreachable(), MailboxFull(), FolderReadOnly()]
)
@for_each_row("call", CALLS)
def test_an_error_of_the_whole_mailbox_ends_the_run_after_the_answers_are_stored(
    call, cause
):
    people = crowd(9)
    world = scene(call, people)
    for name in people[3:]:
        spoil(world, call, name, lambda: Unanswered(cause))
    with pytest.raises(type(cause)):
        world.run()
    done = [name for name in people if is_done(world, call, name)]
    assert done == people[:3]
    assert not [line for line in world.log.lines() if line.error]
    assert_unblamed(world, people)
    world.mailbox.heal()
    world.run()
    assert all(is_done(world, call, name) for name in people)
    world.run()
    assert world.run().writes == 0


def test_later_steps_of_a_run_are_carried_out_for_the_others():
    """One new contact is never answered; changes in Odoo are exported nevertheless."""
    world = linked_world()
    silent = world.mailbox.put(item("Per Vik"))
    world.mailbox.spoil("fetch", silent.id, too_busy)
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
    world.partners.add(partner("New One"))
    for _run in range(2):
        with pytest.raises(ServerBusy):
            world.run()
    assert world.item("Ida Lund")["job_title"] == "Chief"
    assert "New One" in world.items()


def test_a_contact_that_is_not_read_yet_is_not_exported_again():
    world = linked_world()
    silent = world.mailbox.put(item("Per Vik"))
    world.mailbox.spoil("fetch", silent.id, too_busy)
    world.partners.add(partner("Per Vik"))
    with pytest.raises(ServerBusy):
        world.run()
    assert world.items() == ["Ida Lund", "Ola Nord", "Per Vik"]
    world.mailbox.heal()
    world.run()
    assert world.link("Per Vik").remote == silent.id
    assert world.items() == ["Ida Lund", "Ola Nord", "Per Vik"]


@for_each_row("refusal", [MailboxFull, FolderReadOnly])
@for_each_row("call", ["create", "update", "write_photos"])
def test_a_mailbox_that_refuses_writes_is_still_read(call, refusal: type[SyncError]):
    """Contacts and photos are imported; later all is exported once."""
    people = crowd(9)
    world = scene(call, people)
    for name in people:
        spoil(world, call, name, lambda: Unanswered(refusal()))
    there = world.mailbox.put(item("Per Vik"))
    world.mailbox.take_photo(there.id, RED)
    for _run in range(2):
        with pytest.raises(refusal):
            world.run()
    row = world.partners.rows[world.partner_id("Per Vik")]
    assert row.picture == RED
    assert not [line for line in world.log.lines() if line.error]
    world.mailbox.heal()
    world.run()
    assert all(is_done(world, call, name) for name in people)
    assert len(world.items()) == len(set(world.items())) == 10
    world.run()
    assert world.run().writes == 0


def test_a_full_mailbox_is_written_to_only_once_in_a_run():
    people = crowd(9)
    world = scene("update", people)
    for name in people:
        spoil(world, "update", name, lambda: Unanswered(MailboxFull()))
        world.pictures.set_picture(world.partner_id(name), RED)
    world.partners.add(partner("New One"))
    before = world.mailbox.calls.copy()
    with pytest.raises(MailboxFull):
        world.run()
    asked = world.mailbox.calls - before
    assert asked["update"] == 1 and not asked["create"] and not asked["photos"]


@for_each_row(
    ("why", "action"),
    [(ContactInvalid("too large"), "error"), (Remark("photo_not_kept"), "skip")],
)
def test_a_photo_that_the_mailbox_does_not_keep_is_reported_and_stays_in_odoo(
    why, action
):
    world = linked_world()
    ida = world.partner_id("Ida Lund")
    world.mailbox.take_photo(world.item_id("Ida Lund"), RED)
    world.run()
    world.pictures.set_picture(ida, BLUE)
    world.mailbox.keeps_no_photos = why
    ran = world.run()
    (line,) = [line for line in ran.lines if line.name == "Ida Lund"]
    assert (line.direction, line.action, line.error) == ("push", action, why)
    assert not ran.counters["exported_updated"]
    for _run in range(2):
        assert world.run().writes == 0, "not sent again as long as it is this one"
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.run()
    assert world.partners.rows[ida].picture == BLUE, "nor taken away for it"
    world.mailbox.keeps_no_photos = None
    world.pictures.set_picture(ida, RED)
    world.run()
    assert world.mailbox.items[world.item_id("Ida Lund")].photo


def test_the_lines_show_whether_a_photo_was_sent_or_removed():
    world = linked_world()
    ida = world.partner_id("Ida Lund")

    def reported() -> list[tuple[str, str]]:
        lines = [line for line in world.run().lines if line.field == "photo"]
        return [(o.direction, o.error.code if o.error else "") for o in lines]

    world.pictures.set_picture(ida, RED)
    assert reported() == [("push", "")]
    world.pictures.set_picture(ida, b"")
    assert reported() == [("push", "photo_removed")]
    world.mailbox.take_photo(world.item_id("Ida Lund"), BLUE)
    assert reported() == [("pull", "")]
    world.mailbox.take_photo(world.item_id("Ida Lund"), b"")
    assert reported() == [("pull", "photo_removed")]
    world.mailbox.keeps_no_photos = Remark("photo_not_kept")
    world.pictures.set_picture(ida, RED)
    assert reported() == [("push", "photo_not_kept")]
    world.pictures.set_picture(ida, b"")
    assert reported() == [], "there was no photo to remove"


def test_a_creation_without_an_answer_is_found_in_a_new_folder():
    world = World(imports_new_folders=True)
    world.run()
    world.partners.add(partner("Ida Lund"))
    world.mailbox.drop_after("create")
    with pytest.raises(Unreachable):
        world.run()
    made = world.mailbox.add_folder("Made just now")
    world.mailbox.move(world.item_id("Ida Lund"), made)
    world.run()
    assert world.items() == ["Ida Lund"]
    assert world.link("Ida Lund").folder == made
    quiet = world.run()
    assert not quiet.writes and not quiet.rows and not quiet.lines
