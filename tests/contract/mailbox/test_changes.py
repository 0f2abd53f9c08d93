# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages of changes contain every change of a folder and nothing else."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import FolderGone, StateUnknown
from exchange_contact_sync.core.mailbox import ChangePage, RemoteChange


def pages(world, state="", folder=""):
    """Return all pages since a state."""
    found: list[ChangePage] = []
    while not found or not found[-1].complete:
        found.append(world.store.changes(folder or world.folder, state))
        state = found[-1].state
    return found


def caught_up(world):
    """Return the state after all pages."""
    return pages(world)[-1].state


def test_an_empty_folder_has_no_changes(world):
    page = world.store.changes(world.folder, "")

    assert (page.changed, page.deleted, page.complete) == ((), (), True)
    assert page.state


def test_from_the_beginning_everything_comes_in_pages(world):
    drafts = [(f"key-{n}", {"surname": str(n)}) for n in range(600)]
    refs = world.store.create(world.folder, drafts)

    found = pages(world)

    assert len(found) > 1
    assert [page.complete for page in found] == [False] * (len(found) - 1) + [True]
    # Each contact at least once; a server may list a contact again.
    assert {ref for page in found for ref in page.changed} == set(refs)


def test_no_change_reports_nothing(world):
    world.put({"surname": "Quiet"})
    state = caught_up(world)

    for _time in range(3):
        page = world.store.changes(world.folder, state)
        assert (page.changed, page.deleted, page.complete) == ((), (), True)
        state = page.state


def test_new_edited_and_deleted_contacts_are_reported(world):
    edited, deleted, moved = (world.put({"surname": name}) for name in "ABC")
    world.put({"surname": "untouched"})
    state = caught_up(world)
    world.edit(edited, {"surname": "Edited"})
    world.remove(deleted)
    world.move(moved, world.other)
    new = world.put({"surname": "New"})

    (page,) = pages(world, state)

    assert {ref.id for ref in page.changed} == {edited, new}
    assert set(page.deleted) == {deleted, moved}
    assert {ref.folder for ref in page.changed} == {world.folder}


def test_moved_contact_is_new_in_its_new_folder(world):
    state = pages(world, folder=world.other)[-1].state
    item = world.put({"surname": "Moving"})
    world.move(item, world.other)

    (page,) = pages(world, state, world.other)

    (ref,) = page.changed
    (found,) = world.store.fetch([ref])
    assert (found.contact["surname"], found.ref.folder) == ("Moving", world.other)


def test_contact_created_and_deleted_between_pages_is_not_reported(world):
    state = caught_up(world)
    world.remove(world.put({"surname": "Mayfly"}))

    (page,) = pages(world, state)

    assert page.changed == ()


def test_our_own_writes_are_reported_with_the_version_we_got(world):
    state = caught_up(world)
    (created,) = world.store.create(world.folder, [("key-1", {"surname": "Ours"})])
    (page,) = pages(world, state)
    assert page.changed == (created,)

    change = RemoteChange(created, {"surname": "Ours too"})
    (updated,) = world.store.update([change])
    (page,) = pages(world, page.state)
    assert page.changed == (updated,)

    world.store.delete([updated])
    (page,) = pages(world, page.state)
    assert (page.changed, page.deleted) == ((), (updated.id,))


def test_a_page_can_be_asked_for_again(world):
    state = caught_up(world)
    item = world.put({"surname": "Twice"})

    for _time in range(2):
        (page,) = pages(world, state)
        assert [ref.id for ref in page.changed] == [item]


def test_changes_between_pages_are_reported(world):
    drafts = [(f"key-{n}", {"surname": str(n)}) for n in range(520)]
    refs = world.store.create(world.folder, drafts)
    first = world.store.changes(world.folder, "")
    unseen = ({r.id for r in refs} - {r.id for r in first.changed}).pop()
    seen = first.changed[0].id
    world.remove(unseen)
    world.edit(seen, {"surname": "Edited meanwhile"})
    new = world.put({"surname": "Late"})

    rest = pages(world, first.state)

    reported = {ref.id for page in rest for ref in page.changed}
    assert {seen, new} <= reported
    assert unseen not in reported
    everything = reported | {ref.id for ref in first.changed}
    assert len(everything) == 520


def test_other_items_are_counted_but_not_reported(world):
    world.put_group("A group")
    item = world.put({"surname": "A person"})

    (page,) = pages(world)

    assert [ref.id for ref in page.changed] == [item]
    assert page.skipped == world.counts_groups


def test_a_state_is_valid_for_its_own_folder_only(world):
    with pytest.raises(StateUnknown):
        world.store.changes(world.other, caught_up(world))


@pytest.mark.parametrize("state", ["nonsense", "bm9uc2Vuc2U="])
def test_invented_state_is_unknown(world, state):
    with pytest.raises(StateUnknown):
        world.store.changes(world.folder, state)


def test_a_deleted_folder_is_gone(world):
    state = pages(world, folder=world.other)[-1].state
    world.remove_folder(world.other)

    for known in ("", state):
        with pytest.raises(FolderGone):
            world.store.changes(world.other, known)
    with pytest.raises(FolderGone):
        world.store.find(["key-1"], world.other)
