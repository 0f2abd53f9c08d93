# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests of a user: using the other value, undoing a run, starting a stopped pair."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import (
    ConflictPolicy,
    DeletionPolicy,
    Policy,
    Side,
)
from exchange_contact_sync.core.user_requests import FieldOverride, UserRequest
from support.fakes.world import World
from unit.engine.people import IDA, linked_world


def conflict(**choices: object) -> tuple[World, FieldOverride]:
    """Return a world where Ida's title was changed on both sides, and Exchange won."""
    world = linked_world(policy=Policy(conflict=ConflictPolicy.EXCHANGE, **choices))
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Odoo's"})
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Exchange's"})
    ran = world.run()
    (line,) = [line for line in ran.lines if line.action == "conflict"]
    return world, FieldOverride(was=line.new, wanted=line.old)


def use_other(world: World, override: FieldOverride) -> None:
    world.decide(world.link("Ida Lund"), field_overrides={"job_title": override})


def titles(world: World) -> tuple[str, str]:
    ida = world.partner("Ida Lund"), world.item("Ida Lund")
    return ida[0]["job_title"], ida[1]["job_title"]


def quiet(world: World) -> bool:
    """Whether another run only reads our own writes back."""
    ran = world.run()
    idle = not ran.lines and not ran.writes
    return idle and ran.rows.keys() <= {"state", "inbox"}


def test_the_other_value_goes_to_both_sides():
    world, override = conflict()
    use_other(world, override)
    ran = world.run()
    assert titles(world) == ("Odoo's", "Odoo's")
    assert ran.actions() == [("pull", "update"), ("push", "update")]
    assert not world.link("Ida Lund").field_overrides
    assert quiet(world)


def test_the_other_value_of_an_import_goes_to_odoo_only():
    world, override = conflict()
    world.change(push=False)
    use_other(world, override)
    assert world.run().writes == 0
    assert titles(world) == ("Odoo's", "Exchange's")
    assert quiet(world)


def test_the_other_value_does_not_override_an_edit_made_since():
    world, override = conflict()
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Newer"})
    use_other(world, override)
    ran = world.run()
    assert titles(world) == ("Newer", "Newer")
    assert not world.link("Ida Lund").field_overrides
    assert quiet(world), ran.lines


def test_a_request_that_no_longer_applies_is_reported():
    world, override = conflict()
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Newer"})
    use_other(world, override)
    (left, sent) = world.run().lines
    assert (left.action, left.field, left.new) == ("skip", "job_title", "Odoo's")
    assert left.error.code == "left_alone"
    assert (sent.action, sent.new) == ("update", "Newer")
    assert titles(world) == ("Newer", "Newer")


def test_a_field_override_is_carried_out_again_after_a_failed_update():
    world, override = conflict()
    use_other(world, override)
    world.mailbox.spoil("update", world.item_id("Ida Lund"))
    ran = world.run()
    assert ran.counters["error_count"] == 1
    world.mailbox.heal()
    world.run()
    assert titles(world) == ("Odoo's", "Odoo's")
    assert quiet(world)


def test_a_field_override_of_a_stopped_pair_is_not_applied():
    world, override = conflict()
    use_other(world, override)
    world.decide(world.link("Ida Lund"), state=LinkState.STOPPED)
    assert world.run().actions() == [("pull", "skip")]
    assert titles(world) == ("Exchange's", "Exchange's")
    assert quiet(world)


# A new start


def stopped() -> World:
    world = linked_world()
    for name in ("Ida Lund", "Ola Nord"):
        world.decide(world.link(name), state=LinkState.STOPPED)
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
    world.mailbox.edit(world.item_id("Ida Lund"), {"email": "new@example.com"})
    world.run()
    return world


def test_a_stopped_pair_is_not_changed_and_can_be_started():
    world = stopped()
    assert world.item("Ida Lund")["job_title"] == ""
    world.decide(world.link("Ida Lund"), user_request=UserRequest.START)
    ran = world.run()
    for side in (world.partner("Ida Lund"), world.item("Ida Lund")):
        assert (side["job_title"], side["email"]) == ("Chief", "new@example.com")
    assert ("pull", "start") in ran.actions()
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert quiet(world)


def test_starting_a_pair_recreates_a_contact_deleted_in_the_mailbox():
    world = linked_world()
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.run()
    assert world.link("Ida Lund").state is LinkState.STOPPED
    world.decide(world.link("Ida Lund"), user_request=UserRequest.START)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.item("Ida Lund")["phone_mobile"] == IDA["phone_mobile"]
    assert quiet(world)


def test_a_pair_stopped_before_its_contact_was_read_can_be_started():
    world = linked_world()
    link = world.link("Ida Lund")
    # As ``recover`` leaves it whose contact was created without an answer.
    world.decide(link, state=LinkState.STOPPED, version="")
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.run()
    world.decide(world.link("Ida Lund"), user_request=UserRequest.START)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.partner("Ida Lund")["job_title"] == "Chief"
    assert quiet(world)


def test_starting_a_pair_finds_a_contact_that_is_moved_meanwhile():
    world = linked_world(imported=(True, True))
    world.decide(world.link("Ola Nord"), state=LinkState.STOPPED)
    world.decide(world.link("Ola Nord"), user_request=UserRequest.START)
    original = world.mailbox.fetch
    moves = iter([1])

    def fetch(refs):
        for _once in moves:
            world.mailbox.move(world.item_id("Ola Nord"), world.folders[1])
        return original(refs)

    world.mailbox.fetch = fetch
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.link("Ola Nord").folder == world.folders[1]
    assert world.link("Ola Nord").state is LinkState.SYNCED
    assert quiet(world)


def test_a_pair_that_a_person_stopped_does_not_start_by_itself():
    """Not even when its contact is deleted and comes back."""
    world = linked_world()
    elsewhere = world.mailbox.add_folder("Elsewhere")
    world.decide(world.link("Ola Nord"), state=LinkState.STOPPED)
    moved = world.mailbox.move(world.item_id("Ola Nord"), elsewhere)
    world.run()
    world.mailbox.move(moved.id, world.folders[0])
    world.run()
    assert world.link("Ola Nord").state is LinkState.STOPPED
    assert quiet(world)


def test_starting_a_pair_recreates_a_contact_deleted_after_the_stop():
    world = linked_world()
    world.decide(world.link("Ola Nord"), state=LinkState.STOPPED)
    world.mailbox.remove(world.item_id("Ola Nord"))
    world.run()
    world.decide(world.link("Ola Nord"), user_request=UserRequest.START)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert quiet(world)


def test_without_export_starting_a_pair_recreates_no_contact():
    world = linked_world()
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.run()
    world.change(push=False)
    world.decide(world.link("Ida Lund"), user_request=UserRequest.START)
    assert world.run().actions() == [("pull", "skip")]
    assert world.items() == ["Ola Nord"]
    assert quiet(world)


def test_a_started_pair_stays_outside_of_the_export_choice():
    world = linked_world(policy=Policy(odoo_deletion=DeletionPolicy.DELETE))
    world.decide(world.link("Ola Nord"), state=LinkState.STOPPED)
    world.partners.mark(world.partner_id("Ola Nord"), chosen=False)
    world.decide(world.link("Ola Nord"), user_request=UserRequest.START)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.link("Ola Nord").state is LinkState.SYNCED
    assert quiet(world)


def test_starting_a_pair_imports_its_deleted_partner_again():
    world = linked_world()
    link = world.link("Ida Lund")
    world.partners.delete(world.partner_id("Ida Lund"))
    world.run()
    world.decide(
        link, user_request=UserRequest.START, partner=0, state=LinkState.STOPPED
    )
    world.run()
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert quiet(world)


# Undo


def undo(world: World, name: str, **decided: object):
    world.decide(world.link(name), **decided)
    world.undoing = True
    ran = world.run()
    world.undoing = False
    return ran


def test_undo_restores_the_former_value_on_both_sides():
    world = linked_world()
    world.mailbox.edit(world.item_id("Ida Lund"), {"company": "Wrong"})
    world.run()
    undo(world, "Ida Lund", field_overrides={"company": FieldOverride("Wrong", "Acme")})
    assert world.partner("Ida Lund")["company"] == "Acme"
    assert world.item("Ida Lund")["company"] == "Acme"
    assert quiet(world)


def test_undo_archives_a_partner_that_the_run_created():
    world = linked_world()
    ran = undo(world, "Ida Lund", user_request=UserRequest.WITHDRAW)
    assert ran.counters["imported_archived"] == 1 and ran.writes == 0
    assert world.names() == ["Ola Nord"] and world.items() == ["Ida Lund", "Ola Nord"]
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Chief"})
    world.run()
    assert world.names() == ["Ola Nord"], "it does not come back"
    assert quiet(world)


def test_undo_does_not_archive_a_partner_that_was_edited():
    world = linked_world()
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Chief"})
    ran = undo(world, "Ida Lund", user_request=UserRequest.WITHDRAW)
    assert ran.actions() == [("pull", "skip"), ("push", "update")]
    assert world.names() == ["Ida Lund", "Ola Nord"]


def test_undo_deletes_a_contact_that_the_run_created():
    world = linked_world()
    ran = undo(world, "Ola Nord", user_request=UserRequest.REMOVE)
    assert ran.counters["exported_deleted"] == 1
    assert world.items() == ["Ida Lund"]
    assert world.names() == ["Ida Lund", "Ola Nord"], "the partner stays"
    assert quiet(world), "and is not exported again"


def test_undo_does_not_delete_a_contact_that_was_edited():
    world = linked_world()
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    ran = undo(world, "Ola Nord", user_request=UserRequest.REMOVE)
    assert ran.actions() == [("pull", "skip"), ("pull", "update")]
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.partner("Ola Nord")["job_title"] == "Chief"


def test_undo_does_not_delete_a_contact_that_is_edited_meanwhile():
    world = linked_world()
    original = world.mailbox.fetch
    calls = iter([1])

    def fetch(refs):
        answers = original(refs)
        for _first in calls:
            world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
        return answers

    world.mailbox.fetch = fetch
    ran = undo(world, "Ola Nord", user_request=UserRequest.REMOVE)
    assert ran.actions() == [("pull", "skip")]
    world.run()
    assert world.partner("Ola Nord")["job_title"] == "Chief"
    assert quiet(world)


def test_undo_of_a_value_does_not_archive_a_partner_whose_contact_was_deleted():
    world = linked_world(policy=Policy(exchange_deletion=DeletionPolicy.DELETE))
    world.mailbox.edit(world.item_id("Ida Lund"), {"company": "Wrong"})
    world.run()
    world.mailbox.remove(world.item_id("Ida Lund"))
    ran = undo(
        world, "Ida Lund", field_overrides={"company": FieldOverride("Wrong", "Acme")}
    )
    assert ran.actions() == [("pull", "skip")]
    assert world.names() == ["Ida Lund", "Ola Nord"]


def test_undo_unarchives_a_partner_that_the_run_archived():
    world = linked_world(policy=Policy(exchange_deletion=DeletionPolicy.DELETE))
    world.mailbox.remove(world.item_id("Ida Lund"))
    world.run()
    assert world.names(active=False) == ["Ida Lund"]
    undo(world, "Ida Lund", user_request=UserRequest.RESTORE)
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert world.items() == ["Ola Nord"]
    assert quiet(world)


def test_undo_of_a_first_link_restores_the_values_of_each_side():
    world = World()
    world.mailbox.put({**IDA, "job_title": "Chief", "company": ""})
    world.partners.add({"name": "Ida Lund", "email": IDA["email"], "company": "Acme"})
    world.run()
    field_overrides = {
        "job_title": FieldOverride("Chief", "", Side.ODOO),
        "company": FieldOverride("Acme", "", Side.EXCHANGE),
    }
    undo(
        world,
        "Ida Lund",
        user_request=UserRequest.SEPARATE,
        field_overrides=field_overrides,
    )
    ours, theirs = world.partner("Ida Lund"), world.item("Ida Lund")
    assert (ours["job_title"], theirs["job_title"]) == ("", "Chief")
    assert (ours["company"], theirs["company"]) == ("Acme", "")
    assert world.link("Ida Lund").state is LinkState.STOPPED
    assert quiet(world)


def test_an_undo_run_synchronizes_no_other_changes():
    world = linked_world()
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    ran = undo(world, "Ida Lund", user_request=UserRequest.WITHDRAW)
    assert not ran.requests["changes"]
    assert world.partner("Ola Nord")["job_title"] == ""


# Who is it?
