# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact in a folder that is not synchronized counts as deleted, but the mailbox has
it: it is not created a second time."""

from __future__ import annotations

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
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
