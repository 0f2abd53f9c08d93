# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contact folders of a mailbox."""

from __future__ import annotations


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
