# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""After a reset, all contacts are recognized and nothing is written."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import (
    ContactError,
    FolderGone,
    MailboxFull,
    ServerBusy,
    Unanswered,
    Unreachable,
)
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.engine.remove_sync_keys import remove_sync_keys
from exchange_contact_sync.engine.session import BatchSizes
from support.fakes.world import Ran, World
from support.rows import for_each_row
from unit.engine.people import IDA, crowd, item, linked_world, partner


def pairs(world: World) -> set[tuple[int, str]]:
    return {(link.partner, link.remote) for link in world.links.rows.values()}


def again(world: World) -> Ran:
    """Reset, and check that the next run links the same pairs without other writes."""
    before = pairs(world)
    world.forget()
    ran = world.run()
    assert ran.writes == 0 and not ran.rows["partner"], ran
    assert pairs(world) == before
    assert not world.run().lines
    return ran


def test_all_contacts_are_recognized_after_a_reset():
    world = World(sizes=BatchSizes(pull=3, push=2))
    world.mailbox.put(IDA)
    world.mailbox.put({"company": "Only A Company"})
    world.mailbox.put({"phone_car": "+49 30 77"})
    world.mailbox.put({"display_name": "Only A Name", "note": "Met"})
    for name in crowd(5):
        world.partners.add(partner(name))
    world.partners.add({"name": "Nothing Else"})
    world.run()
    assert len(world.links.rows) == 10
    again(world)
    remove_sync_keys(world.mailbox, lambda _keys: ())
    again(world)


def test_the_formerly_linked_one_of_two_contacts_is_linked_again():
    """The other one was added later, and comes first in the list of a folder."""
    world = linked_world()
    world.mailbox.put({**IDA, "job_title": "Another one's", "display_name": "Ida"})
    world.run()
    ran = again(world)
    assert ("pull", "ambiguous") in ran.actions()


def test_an_archived_partner_is_recognized_and_stays_archived():
    world = linked_world()
    world.partners.mark(world.partner_id("Ida Lund"), active=False)
    world.run()
    again(world)
    assert world.names(active=False) == ["Ida Lund"]
    assert world.link("Ida Lund").state is LinkState.STOPPED


def test_values_kept_out_by_the_policy_need_no_base():
    world = linked_world()
    world.change(pull=False)
    again(world)
    world.change(pull=True, push=False)
    again(world)


# Marks


def marked() -> World:
    """Some contacts that we created, in two folders, and one of a person."""
    world = World(imported=(True, True))
    for name in crowd(3):
        world.partners.add(partner(name))
    world.run()
    world.mailbox.put(item("Per Vik"))
    world.mailbox.copy(world.item_id(crowd(1)[0]), world.folders[1])
    return world


def keys(world: World) -> list[str]:
    found = (thing.sync_key for thing in world.mailbox.items.values())
    return sorted(key for key in found if key)


def test_all_sync_keys_are_removed_from_all_folders():
    world = marked()
    assert len(keys(world)) == 4
    calls = dict(world.mailbox.calls)
    assert remove_sync_keys(world.mailbox, lambda _keys: ()) == 0
    assert keys(world) == []
    assert (
        world.mailbox.calls["remove_sync_keys"] - calls.get("remove_sync_keys", 0) == 2
    )
    remove_sync_keys(world.mailbox, lambda _keys: ())
    assert world.mailbox.calls["remove_sync_keys"] == 2, (
        "there is nothing left to write"
    )


def test_sync_keys_of_other_accounts_stay():
    world = marked()
    others = keys(world)[-1:]
    remove_sync_keys(world.mailbox, lambda found: [k for k in found if k in others])
    assert set(keys(world)) == set(others)


def test_sync_keys_that_cannot_be_removed_are_counted():
    world = marked()
    name = world.item_id(crowd(2)[1])
    world.mailbox.spoil("remove_sync_keys", name, ContactError)
    assert remove_sync_keys(world.mailbox, lambda _keys: ()) == 1
    assert [i.id for i in world.mailbox.items.values() if i.sync_key] == [name]


def test_a_folder_deleted_meanwhile_has_no_sync_keys():
    world = marked()
    world.mailbox.fail_next("changes", FolderGone())
    remove_sync_keys(world.mailbox, lambda _keys: ())
    assert len(keys(world)) == 3, "those of the other folder are gone"


def test_a_mailbox_that_cannot_be_reached_is_reported():
    world = marked()
    world.mailbox.fail_next("remove_sync_keys", Unreachable(), nth=2)
    with pytest.raises(Unreachable):
        remove_sync_keys(world.mailbox, lambda _keys: ())
    assert remove_sync_keys(world.mailbox, lambda _keys: ()) == 0
    assert keys(world) == []


@for_each_row("served", [1, 2])
def test_all_sync_keys_are_removed_from_a_server_that_answers_for_few_contacts(
    served: int,
):
    world = marked()
    world.mailbox.serve("remove_sync_keys", served)
    assert remove_sync_keys(world.mailbox, lambda _keys: ()) == 0
    assert keys(world) == []


def test_a_server_that_stops_answering_ends_the_removal_of_sync_keys():
    world = marked()
    world.mailbox.serve("remove_sync_keys", 0)
    with pytest.raises(ServerBusy):
        remove_sync_keys(world.mailbox, lambda _keys: ())
    for item_id in world.mailbox.items:
        world.mailbox.spoil(
            "remove_sync_keys", item_id, lambda: Unanswered(MailboxFull())
        )
    world.mailbox.serve("remove_sync_keys", 9)
    with pytest.raises(MailboxFull):
        remove_sync_keys(world.mailbox, lambda _keys: ())
    world.mailbox.heal()
    assert remove_sync_keys(world.mailbox, lambda _keys: ()) == 0
