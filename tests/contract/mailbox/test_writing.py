# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts that were written come back with the same values."""

from __future__ import annotations

import pytest

from contract.mailbox.samples import FULL, OTHER, ROWS, shown
from exchange_contact_sync.core.errors import (
    ContactChanged,
    ContactError,
    ContactGone,
    FolderGone,
)
from exchange_contact_sync.core.fields import EMAIL_LABELS
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef


@pytest.fixture
def written(world):
    """The reference of a contact that we created with all rows, and to which a person
    added values that are not synchronized."""
    (ref,) = world.store.create(world.folder, [("key-1", FULL)])
    world.decorate(ref.id)
    (found,) = world.store.fetch([ref])
    return found.ref


def fetch(world, ref):
    (found,) = world.store.fetch([ref])
    return found


def change(ref, **values):
    return RemoteChange(ref, values)


def test_a_created_contact_comes_back_with_all_rows(world):
    (ref,) = world.store.create(world.folder, [("key-1", FULL)])

    found = fetch(world, ref)

    assert shown(found.contact) == shown(FULL)
    assert found.ref == ref
    assert (ref.folder, ref.sync_key) == (world.folder, "key-1")


def test_contacts_are_created_in_the_order_given(world):
    drafts = [(f"key-{n}", {"given_name": f"Person {n}"}) for n in range(120)]

    refs = world.store.create(world.folder, drafts)

    assert [ref.sync_key for ref in refs] == [key for key, _values in drafts]
    found = world.store.fetch(refs)
    assert [c.contact["given_name"] for c in found] == [
        values["given_name"] for _key, values in drafts
    ]


def test_a_label_stays_with_its_address(world):
    for row, label in EMAIL_LABELS.items():
        values = {"display_name": "Ida Lund", row: "ida@example.com", label: "Idchen"}
        (ref,) = world.store.create(world.folder, [(f"key {row}", values)])
        assert fetch(world, ref).contact[label] == "Idchen"
        later = {row: "ida@new.example", label: "Ida"}
        (ref,) = world.store.update([change(ref, **later)])
        found = fetch(world, ref).contact
        assert {key: found[key] for key in later} == later
        (ref,) = world.store.update([change(ref, **{row: ""})])
        assert fetch(world, ref).contact[row] == ""


@pytest.mark.parametrize("row", ROWS)
def test_a_changed_row_leaves_all_others_alone(world, written, row):
    decoration = world.decoration(written.id)

    (ref,) = world.store.update([change(written, **{row: OTHER[row]})])

    assert shown(fetch(world, ref).contact) == shown({**FULL, row: OTHER[row]})
    assert decoration and world.decoration(written.id) == decoration


@pytest.mark.parametrize("row", ROWS)
def test_a_cleared_row_leaves_all_others_alone(world, written, row):
    decoration = world.decoration(written.id)

    (ref,) = world.store.update([change(written, **{row: ""})])

    found = fetch(world, ref).contact
    if row == "display_name":  # A mailbox may compute a display name.
        found = found.with_values({row: ""})
    assert shown(found) == shown({**FULL, row: ""})
    assert world.decoration(written.id) == decoration


def test_many_rows_change_at_once(world, written):
    (ref,) = world.store.update([change(written, **OTHER)])

    assert shown(fetch(world, ref).contact) == shown(OTHER)


def test_the_answer_to_a_change_has_the_current_version(world, written):
    (ref,) = world.store.update([change(written, surname="Second")])
    assert ref.version != written.version
    assert fetch(world, ref).ref == ref

    (again,) = world.store.update([change(ref, surname="Third")])
    assert fetch(world, again).contact["surname"] == "Third"


def test_a_change_based_on_an_old_version_is_refused(world, written):
    world.edit(written.id, {"surname": "Of a person"})

    (refused,) = world.store.update([change(written, job_title="Ours")])

    assert isinstance(refused, ContactChanged)
    found = fetch(world, written)
    assert found.contact["surname"] == "Of a person"
    assert found.contact["job_title"] == FULL["job_title"]


def test_a_deleted_contact_cannot_be_changed_or_deleted(world, written):
    world.remove(written.id)

    (changed,) = world.store.update([change(written, surname="Late")])
    (deleted,) = world.store.delete([written])

    assert isinstance(changed, ContactGone)
    assert isinstance(deleted, ContactGone)


def test_a_failed_change_keeps_its_position_and_the_others_are_written(world):
    drafts = [(f"key-{n}", {"surname": "Before"}) for n in range(4)]
    refs = world.store.create(world.folder, drafts)
    world.remove(refs[1].id)
    world.edit(refs[2].id, {"job_title": "Changed"})

    results = world.store.update(
        [RemoteChange(ref, {"surname": "After"}) for ref in refs]
    )

    assert [type(r) for r in results] == [
        RemoteRef,
        ContactGone,
        ContactChanged,
        RemoteRef,
    ]
    found = world.store.fetch([refs[0], refs[2], refs[3]])
    assert [c.contact["surname"] for c in found] == ["After", "Before", "After"]


def test_a_deleted_contact_is_no_longer_there(world, written):
    (result,) = world.store.delete([written])

    assert result is None
    (found,) = world.store.fetch([written])
    assert isinstance(found, ContactGone)
    assert world.store.find(["key-1"], world.folder) == {}


def test_invalid_characters_are_dropped_from_texts(world):
    values = {"surname": "A\x00b\x0bc\ufffe", "job_title": "Tab\tand 🎻"}

    (ref,) = world.store.create(world.folder, [("key-1", values)])

    found = fetch(world, ref).contact
    assert (found["surname"], found["job_title"]) == ("Abc", "Tab\tand 🎻")


@pytest.mark.parametrize("row", ["name", "phone", "shoe_size"])
def test_writing_an_unknown_row_raises(world, written, row):
    with pytest.raises(KeyError):
        world.store.create(world.folder, [("key-2", {row: "x"})])
    with pytest.raises(KeyError):
        world.store.update([change(written, **{row: "x"})])


def test_nothing_is_created_in_a_deleted_folder(world):
    world.remove_folder(world.other)

    with pytest.raises(FolderGone):
        world.store.create(world.other, [("key-1", {"surname": "Nowhere"})])


def test_empty_request_writes_nothing(world):
    assert world.store.create(world.folder, []) == []
    assert world.store.update([]) == []
    assert world.store.delete([]) == []


def test_a_contact_that_was_moved_away_is_gone_from_where_it_was(world, written):
    world.move(written.id, world.other)

    (found,) = world.store.fetch([written])
    (changed,) = world.store.update([change(written, surname="Late")])

    assert isinstance(found, ContactGone)
    assert isinstance(changed, ContactError)
    assert world.store.find(["key-1"], world.other)["key-1"].folder == world.other
