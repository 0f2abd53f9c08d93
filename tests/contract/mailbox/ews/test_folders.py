# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which folders of a mailbox are listed, on the simulator over HTTP."""

from __future__ import annotations

import pytest

from exchange_contact_sync.outlook.folder_classes import TECHNICAL_CLASSES


@pytest.fixture
def world(simulator_world):
    return simulator_world


def names(world):
    return [folder.name for folder in world.store.folders()]


def test_a_mailbox_has_its_contacts_and_nothing_technical(world):
    classes = {f.folder_class.lower() for f in world.mailbox.root.descendants()}
    assert len(classes & TECHNICAL_CLASSES) >= 4  # the mailbox has folders to leave out

    assert names(world) == ["Contacts", "Elsewhere", "Promises"]


@pytest.mark.parametrize("folder_class", sorted(TECHNICAL_CLASSES))
def test_technical_folders_are_left_out_with_what_is_below(world, folder_class):
    above = world.mailbox.create_folder("Technical", folder_class=folder_class)
    world.mailbox.create_folder("Below", above)

    assert not {"Technical", "Below"} & set(names(world))


def test_classes_of_other_programs_are_kept(world):
    world.mailbox.create_folder("Special", folder_class="IPF.Contact.Example")

    assert "Special" in names(world)


@pytest.mark.parametrize("folder_class", ["IPF.Note", "IPF.Contacts", "IPF", ""])
def test_other_folders_are_left_out(world, folder_class):
    world.mailbox.create_folder("Other", folder_class=folder_class)

    assert "Other" not in names(world)


def test_hidden_folders_are_left_out(world):
    hidden = world.mailbox.create_folder("Hidden")
    hidden.extended["extended:0x10f4:Boolean"] = "true"

    assert "Hidden" not in names(world)


def test_contact_folders_are_found_wherever_they_are(world):
    inbox = world.mailbox.folder("inbox")
    world.mailbox.create_folder("In the inbox", inbox)

    (folder,) = [f for f in world.store.folders() if f.name == "In the inbox"]

    assert folder.parent == ""


def test_deleted_folders_are_left_out_with_what_is_below(world):
    folder = world.mailbox.folder("Promises")
    world.mailbox.create_folder("Below", folder)
    world.mailbox.move_folder(folder, world.mailbox.folder("deleteditems"))

    assert names(world) == ["Contacts", "Elsewhere"]


def test_each_folder_names_its_parent(world):
    below = world.add_folder("Below", world.folder)

    found = {folder.id: folder for folder in world.store.folders()}

    (default,) = [folder for folder in found.values() if folder.default]
    assert default.parent == ""
    assert found[world.folder].parent == default.id
    assert found[below].parent == world.folder


def test_a_tree_of_folders_takes_one_request(world, server):
    for number in range(40):
        world.add_folder(f"Folder {number:02}", world.folder)
    server.counters.reset()

    assert len(names(world)) == 43
    assert server.counters.requests == {"FindFolder": 1}


def test_a_large_tree_takes_few_requests(world, server):
    for number in range(600):
        world.add_folder(f"Folder {number:03}", world.folder)
    server.counters.reset()

    assert len(names(world)) == 603
    assert server.counters.total == 3
