# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact in a folder that is not synchronized counts as deleted, but the mailbox has
it: it is not created a second time."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import Unreachable
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from exchange_contact_sync.core.user_requests import UserRequest
from exchange_contact_sync.engine.pull.moved_out import PAGES
from support.fakes.world import Ran, World
from support.rows import for_each_row
from unit.engine.people import item, linked_world

DELETE = Policy(exchange_deletion=DeletionPolicy.DELETE)


def moved_and_edited(world: World, name: str, *, edited: bool = True) -> Ran:
    folder = world.mailbox.add_folder("Elsewhere")
    world.mailbox.move(world.item_id(name), folder)
    if edited:
        world.partners.edit(world.partner_id(name), {"job_title": "Expert"})
    return world.run()


@for_each_row("name", ["Ida Lund", "Ola Nord"])
def test_an_edited_contact_is_stopped_and_not_created_again(name: str):
    world = linked_world(policy=DELETE)
    before = world.items()
    moved_and_edited(world, name)
    assert world.items() == before
    assert world.partner(name)["job_title"] == "Expert"
    link = world.link(name)
    assert (link.state, link.reason) == (LinkState.STOPPED, Reason.GONE)
    assert not world.run().writes


@for_each_row("picture_changed", [False, True])
def test_other_folders_are_only_read_for_an_edited_partner(picture_changed: bool):
    """A new picture alone is not needed to recognize the contact."""
    world = linked_world(policy=DELETE)
    if picture_changed:
        world.pictures.set_picture(world.partner_id("Ida Lund"), b"a picture")
    ran = moved_and_edited(world, "Ida Lund", edited=False)
    assert not ran.requests["find"]
    assert "Ida Lund" not in world.names(), "archived, like a deleted one"


def test_a_contact_that_is_not_found_in_a_large_folder_is_created_again():
    """No edit is lost, although the person then has two contacts."""
    world = linked_world(policy=DELETE, page_size=1)
    folder = world.mailbox.add_folder("Elsewhere")
    world.mailbox.move(world.item_id("Ida Lund"), folder)
    for number in range(PAGES):
        world.mailbox.put(item(f"Other {number}"), folder)
    world.partners.edit(world.partner_id("Ida Lund"), {"job_title": "Expert"})
    world.run()
    assert world.link("Ida Lund").state is LinkState.SYNCED
    assert world.items().count("Ida Lund") == 2


def stopped_and_moved(world: World, name: str, *, run: bool) -> str:
    """:return: id of the moved contact"""
    folder = world.mailbox.add_folder("Elsewhere")
    world.decide(world.link(name), state=LinkState.STOPPED, reason=Reason.PERSON)
    ref = world.mailbox.move(world.item_id(name), folder)
    if run:
        world.run()
    return ref.id


@for_each_row("name", ["Ida Lund", "Ola Nord"])
@for_each_row("run", [False, True])
def test_a_started_pair_with_a_moved_contact_is_not_created_again(name: str, run: bool):
    world = linked_world()
    stopped_and_moved(world, name, run=run)
    world.decide(world.link(name), user_request=UserRequest.START)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    link = world.link(name)
    assert (link.state, link.reason) == (LinkState.STOPPED, Reason.GONE)
    assert link.user_request is None
    assert not world.run().writes


@for_each_row("name", ["Ida Lund", "Ola Nord"])
def test_a_started_pair_continues_once_its_contact_is_moved_back(name: str):
    world = linked_world()
    moved = stopped_and_moved(world, name, run=True)
    world.decide(world.link(name), user_request=UserRequest.START)
    world.run()
    world.mailbox.move(moved, world.folders[0])
    world.partners.edit(world.partner_id(name), {"job_title": "Expert"})
    world.run()
    assert world.link(name).state is LinkState.SYNCED
    assert world.item(name)["job_title"] == "Expert"
    assert world.items() == ["Ida Lund", "Ola Nord"]


@for_each_row("name", ["Ida Lund", "Ola Nord"])
def test_an_unarchived_partner_with_a_moved_contact_is_not_created_again(name: str):
    world = linked_world()
    partner = world.partner_id(name)
    world.partners.mark(partner, active=False)
    world.run()
    assert world.link(name).reason is Reason.ARCHIVED
    folder = world.mailbox.add_folder("Elsewhere")
    world.mailbox.move(world.item_id(name), folder)
    world.run()
    world.partners.mark(partner, active=True)
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert (world.link(name).state, world.link(name).reason) == (
        LinkState.STOPPED,
        Reason.GONE,
    )
    ran = world.run()
    assert not ran.writes and not ran.actions() and not ran.requests["find"]


@for_each_row("edited", [False, True])
def test_a_contact_created_without_an_answer_and_moved_is_not_created_again(edited):
    world = linked_world()
    folder = world.mailbox.add_folder("Elsewhere")
    world.partners.add({"name": "Eva Berg", "email": "eva@example.com"})
    world.mailbox.drop_after("create")
    with pytest.raises(Unreachable):
        world.run()
    moved = world.mailbox.move(world.item_id("Eva Berg"), folder)
    if edited:
        world.partners.edit(world.partner_id("Eva Berg"), {"job_title": "Expert"})
    world.run()
    assert world.items() == ["Eva Berg", "Ida Lund", "Ola Nord"]
    link = world.link("Eva Berg")
    assert (link.state, link.reason) == (LinkState.STOPPED, Reason.GONE)
    assert not world.run().actions()
    world.mailbox.move(moved.id, world.folders[0])
    world.run()
    assert world.link("Eva Berg").state is LinkState.SYNCED
    assert world.item("Eva Berg")["job_title"] == ("Expert" if edited else "")


def test_the_partner_of_a_private_contact_that_was_moved_out_is_not_exported():
    world = World()
    world.partners.add({"name": "Eva Berg", "email": "eva@example.com"})
    ref = world.mailbox.put(item("Eva Berg"))
    world.mailbox.set_private(ref.id, True)
    world.run()
    assert world.link("Eva Berg").reason is Reason.PRIVATE
    moved = world.mailbox.move(ref.id, world.mailbox.add_folder("Elsewhere"))
    world.run()
    assert world.items() == ["Eva Berg"]
    assert not world.run().actions()
    back = world.mailbox.move(moved.id, world.folders[0])
    world.mailbox.set_private(back.id, False)
    world.run()
    assert world.items() == ["Eva Berg"]
    assert world.link("Eva Berg").state is LinkState.SYNCED
