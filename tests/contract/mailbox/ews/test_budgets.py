# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many requests the common operations take."""

from __future__ import annotations

from math import ceil

import pytest

from exchange_contact_sync.core.mailbox import RemoteChange


@pytest.fixture
def world(simulator_world):
    return simulator_world


@pytest.fixture
def folder(world):
    """A folder of 1,000 contacts; the server starts counting requests here."""
    values = ({"contacts:Surname": f"Person {n}"} for n in range(1000))
    world.mailbox.bulk_add_contacts(world.mailbox.folder("Promises"), values)
    world.server.counters.reset()
    return world.folder


def everything(store, folder, state=""):
    refs, complete = [], False
    while not complete:
        page = store.changes(folder, state)
        refs += page.changed
        state, complete = page.state, page.complete
    return refs, state


def test_first_import_of_a_thousand_needs_few_requests(world, folder, server):
    refs, _state = everything(world.store, folder)
    contacts = world.store.fetch(refs)

    assert len(contacts) == 1000
    assert server.counters.total <= 2 + ceil(1000 / 512) + ceil(1000 / 250)


def test_idle_check_is_one_request_and_no_write(world, folder, server):
    _refs, state = everything(world.store, folder)
    server.counters.reset()

    page = world.store.changes(folder, state)

    assert page.changed == ()
    assert server.counters.requests == {"SyncFolderItems": 1}
    assert server.counters.writes == 0


def test_exporting_and_updating_a_thousand_needs_few_requests(world, server):
    drafts = [(f"key-{n}", {"surname": f"Person {n}"}) for n in range(1000)]
    server.counters.reset()

    refs = world.store.create(world.folder, drafts)
    changes = [RemoteChange(ref, {"surname": "New"}) for ref in refs]
    refs = world.store.update(changes)
    world.store.find([ref.sync_key for ref in refs], world.folder)
    world.store.delete(refs)

    assert server.counters.requests == {
        "CreateItem": 10,
        "UpdateItem": 10,
        "FindItem": 10,
        "DeleteItem": 10,
    }


def test_update_sends_only_changes(world, server):
    (ref,) = world.store.create(world.folder, [("key-1", {"surname": "Old"})])
    with server.recorder as recorder:
        world.store.update([RemoteChange(ref, {"phone_mobile": "+1 555"})])

    (request,) = recorder.requests("UpdateItem")
    assert request.count(b"SetItemField>") == 2  # one to open, one to close
    assert b"DeleteItemField" not in request
    assert b'ConflictResolution="NeverOverwrite"' in request
