# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contact folders of a mailbox."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import (
    FolderExists,
    FolderForbidden,
    FolderGone,
    FolderRefused,
    Unreachable,
)


def by_id(world):
    return {folder.id: folder for folder in world.store.folders()}


def test_one_folder_is_the_default_one(world):
    folders = world.store.folders()

    assert [folder.default for folder in folders].count(True) == 1
    assert folders[0].default


def test_folders_have_names_and_counts(world):
    world.put({"surname": "One"})
    world.put({"surname": "Two"})
    world.put_group("Three")

    folder = by_id(world)[world.folder]

    assert folder.name.startswith("Promises")
    assert folder.count == 3


def test_parents_come_before_their_children(world):
    child = world.add_folder("Child", world.folder)
    grandchild = world.add_folder("Grandchild", child)

    folders = world.store.folders()

    places = [folder.id for folder in folders]
    assert places.index(world.folder) < places.index(child) < places.index(grandchild)
    assert by_id(world)[child].parent == world.folder
    assert by_id(world)[grandchild].parent == child


def test_every_parent_is_a_folder_of_the_list(world):
    found = by_id(world)

    assert {folder.parent for folder in found.values()} <= {"", *found}


def test_a_deleted_folder_is_not_listed(world):
    child = world.add_folder("Child", world.other)
    world.remove_folder(world.other)

    assert not {world.other, child} & by_id(world).keys()


def test_a_new_folder_is_a_contact_folder_in_its_place(world):
    made = world.store.create_folder("From elsewhere", world.folder)

    folder = by_id(world)[made]
    assert (folder.name, folder.parent) == ("From elsewhere", world.folder)
    assert (folder.count, folder.default) == (0, False)


def test_contacts_can_be_created_in_a_new_folder(world):
    made = world.store.create_folder("From elsewhere", world.folder)

    (ref,) = world.store.create(made, [("a key", {"surname": "New"})])

    assert ref.folder == made
    assert by_id(world)[made].count == 1


def test_a_folder_name_is_unique_below_its_parent(world):
    world.store.create_folder("Twice", world.folder)

    with pytest.raises(FolderExists):
        world.store.create_folder("Twice", world.folder)

    assert world.store.create_folder("Twice", world.other)


def test_no_folder_is_created_below_a_deleted_one(world):
    gone = world.add_folder("Gone", world.folder)
    world.remove_folder(gone)

    with pytest.raises(FolderGone):
        world.store.create_folder("Below", gone)


def test_a_folder_needs_a_name(world):
    with pytest.raises(FolderRefused):
        world.store.create_folder("  ", world.folder)


def test_a_folder_can_be_made_at_the_top(troubled):
    made = troubled.store.create_folder("At the top", "")

    found = by_id(troubled)
    # In some mailboxes, folders can only be created below the default folder.
    assert not found[made].parent or found[found[made].parent].default


def test_a_user_who_may_not_make_folders_gets_an_error(troubled):
    troubled.lock_folder(troubled.folder)

    with pytest.raises(FolderForbidden):
        troubled.store.create_folder("Forbidden", troubled.folder)

    assert "Forbidden" not in [f.name for f in by_id(troubled).values()]


def test_a_new_folder_whose_answer_was_lost_is_not_made_twice(troubled):
    troubled.lose_answer("create_folder")
    with pytest.raises(Unreachable):
        troubled.store.create_folder("Lost", troubled.folder)

    with pytest.raises(FolderExists):
        troubled.store.create_folder("Lost", troubled.folder)
