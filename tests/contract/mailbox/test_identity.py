# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts are recognized by the sync key that we wrote to them."""

from __future__ import annotations

from exchange_contact_sync.core.errors import ContactChanged, ContactGone
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef


def test_created_contacts_are_found_by_their_identity(world):
    refs = world.store.create(
        world.folder, [(f"key-{n}", {"surname": str(n)}) for n in range(230)]
    )

    found = world.store.find([f"key-{n}" for n in range(240)], world.folder)

    assert found == {ref.sync_key: ref for ref in refs}


def test_a_contact_is_found_in_its_folder_only(world):
    world.store.create(world.folder, [("key-1", {"surname": "Here"})])

    assert world.store.find(["key-1"], world.other) == {}


def test_contacts_of_people_have_no_identity(world):
    world.put({"surname": "Lund"})

    assert world.store.find(["key-1", "key-2"], world.folder) == {}
    assert world.store.find([], world.folder) == {}


def test_a_change_gives_no_identity_to_a_contact_of_people(world):
    item = world.put({"surname": "Lund"})
    (before,) = world.store.fetch([RemoteRef(item, "")])

    (ref,) = world.store.update([RemoteChange(before.ref, {"surname": "Else"})])

    assert ref.sync_key == ""
    (after,) = world.store.fetch([ref])
    assert (after.ref, after.contact["surname"]) == (ref, "Else")


def test_a_change_leaves_our_identity_where_it_is(world):
    (ref,) = world.store.create(world.folder, [("key-1", {"surname": "Ours"})])

    (changed,) = world.store.update([RemoteChange(ref, {"surname": "Ours still"})])

    assert world.store.find(["key-1"], world.folder) == {"key-1": changed}


def test_of_a_contact_and_its_copy_the_older_one_is_found(world):
    (ref,) = world.store.create(world.folder, [("key-1", {"surname": "Original"})])
    copy = world.copy(ref.id)

    found = world.store.find(["key-1"], world.folder)

    assert found["key-1"].id == ref.id != copy


def test_a_move_keeps_the_identity(world):
    (ref,) = world.store.create(world.folder, [("key-1", {"surname": "Moved"})])
    world.move(ref.id, world.other)

    (moved,) = world.store.find(["key-1"], world.other).values()

    (found,) = world.store.fetch([moved])
    assert found.ref == moved
    assert found.contact["surname"] == "Moved"


def test_an_edit_and_a_move_keep_the_search_key(world):
    """Search keys differ between contacts, and pages and contacts have the same."""
    refs = [world.put({"surname": f"{number}"}) for number in range(2)]
    keys = {
        ref.id: ref.search_key for ref in world.store.changes(world.folder, "").changed
    }
    first = keys[refs[0]]
    assert first and first != keys[refs[1]]

    world.edit(refs[0], {"surname": "Edited"})
    world.move(refs[0], world.other)

    (moved,) = world.store.changes(world.other, "").changed
    (found,) = world.store.fetch([moved])
    assert moved.search_key == found.ref.search_key == first


def test_our_identity_is_removed_and_nothing_else(world):
    drafts = [(f"key-{n}", {"surname": str(n), "note": "Met"}) for n in range(120)]
    refs = world.store.create(world.folder, drafts)
    world.decorate(refs[0].id)
    before = world.store.fetch(refs)
    decoration = world.decoration(refs[0].id)

    updated = world.store.remove_sync_keys([contact.ref for contact in before])

    assert world.store.find([key for key, _values in drafts], world.folder) == {}
    after = world.store.fetch(refs)
    assert [contact.ref for contact in after] == updated
    assert [c.contact for c in after] == [c.contact for c in before]
    assert world.decoration(refs[0].id) == decoration


def test_our_identity_is_removed_whatever_changed_meanwhile(world):
    (ref,) = world.store.create(world.folder, [("key-1", {"surname": "Ours"})])
    world.edit(ref.id, {"surname": "Of a person"})

    (updated,) = world.store.remove_sync_keys([ref])

    (after,) = world.store.fetch([ref])
    assert (after.ref, after.ref.sync_key) == (updated, "")
    assert after.contact["surname"] == "Of a person"
    (stale,) = world.store.update([RemoteChange(ref, {"surname": "Ours"})])
    assert isinstance(stale, ContactChanged)


def test_removing_the_identity_of_a_contact_without_one_is_allowed(world):
    item = world.put({"surname": "Lund"})
    (before,) = world.store.fetch([RemoteRef(item, "")])

    (ref,) = world.store.remove_sync_keys([before.ref])

    (after,) = world.store.fetch([ref])
    assert after.contact == before.contact


def test_deleted_contacts_keep_their_place_in_the_result(world):
    refs = world.store.create(world.folder, [(f"key-{n}", {}) for n in range(3)])
    world.remove(refs[1].id)

    results = world.store.remove_sync_keys(refs)

    assert [type(result) for result in results] == [RemoteRef, ContactGone, RemoteRef]
    assert world.store.find(["key-0", "key-2"], world.folder) == {}
    assert world.store.remove_sync_keys([]) == []
