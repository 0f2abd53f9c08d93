# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts are right for each way in which an undocumented detail may behave.

These tests set each switch of the simulator to each of its values, and create, read,
change, empty, move and delete a contact.
"""

from __future__ import annotations

import pytest

from contract.mailbox.samples import FULL, OTHER, ROWS, shown
from contract.mailbox.test_changes import pages
from exchange_contact_sync.core.errors import (
    AnswerMalformed,
    ContactChanged,
    ContactError,
    ContactGone,
    ContactInvalid,
    FolderGone,
    ServerBusy,
    StateUnknown,
    Unanswered,
)
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef
from exchange_contact_sync.core.photo import NewPhoto
from exchange_contact_sync.graph.gateway import at_once_of
from exchange_server import faults
from exchange_server.graph.switches import CHOICES
from support.cases.sync_mailbox import meanwhile

READINGS = [
    (name, value)
    for name, values in CHOICES.items()
    for value in values[1:]
    if name not in ("concurrent", "requests_in_ten_minutes", "beyond_four")
]
MADE_BY_SERVER = {"display_name"}


@pytest.fixture(params=READINGS, ids=lambda reading: "{}: {}".format(*reading))
def world(request, graph_world):
    """A mailbox on a server with one switch set to one of its values."""
    name, value = request.param
    graph_world.server.graph_switches.set(**{name: value})
    return graph_world


@pytest.fixture
def ref(world):
    (made,) = world.store.create(world.folder, [("key-1", FULL)])
    world.decorate(made.id)
    (found,) = world.store.fetch([made])
    return found.ref


def read(world, ref):
    (found,) = world.store.fetch([ref])
    assert not isinstance(found, ContactError), found
    return shown(found.contact)


def test_a_contact_is_created_changed_and_emptied(world, ref):
    decoration = world.decoration(ref.id)
    assert read(world, ref) == shown(FULL)

    (ref,) = world.store.update([RemoteChange(ref, OTHER)])
    assert read(world, ref) == shown(OTHER)

    rows = frozenset(ROWS)
    (emptied,) = world.store.update([RemoteChange(ref, dict.fromkeys(ROWS, ""), rows)])
    assert isinstance(emptied, RemoteRef), emptied
    left = {row for row, text in read(world, ref).items() if text}
    assert left <= MADE_BY_SERVER
    assert world.decoration(ref.id) == decoration


def test_single_rows_leave_the_others_alone(world, ref):
    expected = shown(FULL)
    for row in ("surname", "email2", "im2", "home_city", "phone_home2", "categories"):
        (ref,) = world.store.update([RemoteChange(ref, {row: OTHER[row]})])
        expected[row] = OTHER[row]
        assert read(world, ref) == expected, row


def test_a_company_without_a_person_is_created(world):
    values = {"company": "Example GmbH", "display_name": "Example GmbH"}

    (made,) = world.store.create(world.folder, [("key-1", values)])

    if world.server.graph_switches.given_name == "required":
        assert isinstance(made, ContactInvalid)
    else:
        assert read(world, made)["company"] == "Example GmbH"


def test_many_contacts_are_read_from_pages_whole(world):
    notes = ("", "Short", "\nFirst\nSecond", "Long " * 100, "One\nTwo")
    drafts = [
        (
            f"key-{n}",
            {"given_name": f"{n}", "note": notes[n % 5].replace("\n", "<br/>")},
        )
        for n in range(150)
    ]
    made = world.store.create(world.folder, drafts)
    for number, text in enumerate(notes):
        world.mailbox.update_contact(made[number].id, {"item:Body": ("Text", text)})
    refs = [ref for page in pages(world) for ref in page.changed]

    found = {c.ref.id: c for c in world.store.fetch(refs)}

    alone = [world.store.fetch([ref])[0] for ref in made[:10]]
    assert [found[c.ref.id] for c in alone] == alone
    assert found.keys() == {ref.id for ref in made}


def test_contacts_are_found_on_pages_of_any_length(graph_world):
    graph_world.server.graph_switches.set(expand_page=7, list_links="$skiptoken")
    made = [graph_world.put({"surname": f"{n}"}) for n in range(20)]

    found = graph_world.store.read_evidence(
        [RemoteRef(one, "", graph_world.folder) for one in made]
    )

    assert found.keys() == {*made}


@pytest.mark.parametrize("link", ["$skip", "$skiptoken"])
def test_folders_are_found_on_pages_of_any_length(graph_world, link):
    graph_world.server.graph_switches.set(folder_page=2, list_links=link)
    names = [f"Folder {n}" for n in range(7)]
    parent = [graph_world.store.create_folder(name, "") for name in names][0]
    below = [graph_world.store.create_folder(name, parent) for name in names]

    found = {one.id: one for one in graph_world.store.folders()}

    assert {*below, parent} <= found.keys()


def test_lists_without_an_end_are_given_up(graph_world):
    """A server that repeats a page forever keeps no worker busy."""
    for number in range(50):
        graph_world.put({"surname": f"{number}"})
    graph_world.store.create_folder("Inside", "")
    pattern = r'"value": ?\['
    link = f'"@odata.nextLink": "{graph_world.server.graph_url}/me/contacts", '
    for operation in ("ListContacts", "ListContactFolders"):
        graph_world.server.faults.add(
            faults.replaced(pattern, f'{link}"value": [', operation, times=None)
        )
    refs = [ref for page in pages(graph_world) for ref in page.changed]
    before = graph_world.calls()

    found = graph_world.store.fetch(refs)
    with pytest.raises(AnswerMalformed):
        graph_world.store.read_evidence(
            [RemoteRef("not there", "", graph_world.folder)]
        )
    with pytest.raises(AnswerMalformed):
        graph_world.store.folders()

    assert not any(isinstance(one, ContactError) for one in found)
    assert graph_world.calls() - before < 120


def test_changes_and_deletions_are_followed(world, ref):
    state = pages(world)[-1].state
    other = world.put({"surname": "Other"})
    world.move(ref.id, world.other)

    (page,) = pages(world, state)

    assert {each.id for each in page.changed} == {other}
    assert page.deleted == (ref.id,)
    (moved,) = world.store.find(["key-1"], world.other).values()
    assert read(world, moved) == shown(FULL)


def test_expired_links_are_distinguished_from_deleted_folders(world):
    state = pages(world, folder=world.other)[-1].state
    world.forget_states()
    with pytest.raises(StateUnknown):
        world.store.changes(world.other, state)
    world.remove_folder(world.other)
    with pytest.raises(FolderGone):
        world.store.changes(world.other, state)


def test_what_changed_meanwhile_is_not_overwritten(world, ref):
    world.edit(ref.id, {"surname": "Of a person"})
    world.drift()

    (refused,) = world.store.update([RemoteChange(ref, {"surname": "Ours"})])

    assert isinstance(refused, ContactChanged)
    assert read(world, ref)["surname"] == "Of a person"


def test_a_photo_is_removed_or_the_refusal_is_reported(world, ref):
    photos = world.store.photos
    (given,) = photos.write([(ref, "", b"\xff\xd8 red")])
    assert given == NewPhoto(photos.read([ref])[0].token)

    (removed,) = photos.write([(ref, given.token, b"")])

    (left,) = photos.read([ref])
    refused = world.server.graph_switches.photo_empty_put == "refused"
    assert (removed.refused is not None, bool(left.content)) == (refused, refused)
    assert removed.token == left.token


def test_there_is_one_default_folder_with_its_contacts(world):
    (default,) = [folder for folder in world.store.folders() if folder.default]
    item = world.put({"surname": "Here"}, folder=world.mailbox.folder("contacts").id)

    (found,) = world.store.fetch([RemoteRef(item, "", default.id)])

    assert found.ref.folder == default.id
    assert not {f.parent for f in world.store.folders()} - {"", default.id}


def test_a_deleted_contact_is_gone(world, ref):
    assert world.store.delete([ref]) == [None]

    (found,) = world.store.fetch([ref])
    assert isinstance(found, ContactGone)


def test_a_server_that_serves_four_at_once_is_asked_for_fewer(graph_world):
    graph_world.server.graph_switches.set(beyond_four="throttled")
    drafts = [(f"key-{n}", {"given_name": f"{n}"}) for n in range(10)]

    results = graph_world.store.create(graph_world.folder, drafts)

    assert [isinstance(one, RemoteRef) for one in results] == [True] * 10
    assert len(graph_world.mailbox.contacts()) == 10
    assert graph_world.store.connection.version == "v1.0/4"
    assert at_once_of("v1.0/4") == 4
    graph_world.server.counters.reset()
    graph_world.store.fetch(results)
    assert graph_world.server.counters.requests == {"Batch": 3, "GetContact": 10}


def test_a_server_that_serves_four_at_once_serves_everything_else(graph_world):
    """Keys of changes, folders, contacts by their key, photos."""
    store, parent = graph_world.store, graph_world.store.create_folder("Above", "")
    names = [f"Folder {n}" for n in range(6)]
    folders = [store.create_folder(name, parent) for name in names]
    below = [store.create_folder("Below", folder) for folder in folders]
    drafts = [(f"key-{n}", {"given_name": f"{n}"}) for n in range(6)]
    made = store.create(graph_world.folder, drafts)
    graph_world.server.graph_switches.set(beyond_four="throttled")

    assert {folder.id for folder in store.folders()} >= {*folders, *below}
    refs = [ref for page in pages(graph_world) for ref in page.changed]
    assert {ref.sync_key for ref in refs} == {key for key, _values in drafts}
    assert store.find([key for key, _values in drafts], graph_world.folder).keys() == {
        key for key, _values in drafts
    }
    assert store.photos.tokens(made) == [""] * 6


def test_a_server_that_asks_to_wait_longer_is_not_asked_at_once(graph_world):
    refs = [RemoteRef(graph_world.put({"surname": f"{n}"}), "") for n in range(3)]
    fault = faults.http_status(429, "GetContact", nth=2, retry_after=60, times=2)
    graph_world.server.faults.add(fault)

    results = graph_world.store.fetch(refs)

    assert [isinstance(one, Unanswered) for one in results] == [False, True, True]
    assert isinstance(results[1].cause, ServerBusy)
    assert graph_world.server.counters.requests["GetContact"] == 3


def test_a_change_between_reading_and_writing_is_not_overwritten(graph_world):
    """The version that is read just before is sent with the change."""
    item = graph_world.put({"surname": "First"})
    (found,) = graph_world.store.fetch([RemoteRef(item, "")])
    edit = meanwhile(
        "UpdateContact", lambda: graph_world.edit(item, {"surname": "Theirs"})
    )
    graph_world.server.faults.add(edit)

    (refused,) = graph_world.store.update(
        [RemoteChange(found.ref, {"surname": "Ours"})]
    )

    assert edit.hits and isinstance(refused, ContactChanged)
    assert read(graph_world, found.ref)["surname"] == "Theirs"


def test_removing_the_sync_key_keeps_a_display_name_of_its_own(world):
    values = {
        "given_name": "Ida",
        "surname": "Lund",
        "display_name": "Called Otherwise",
    }
    (made,) = world.store.create(world.folder, [("key-1", values)])

    (ref,) = world.store.remove_sync_keys([made])

    assert read(world, ref)["display_name"] == "Called Otherwise"
