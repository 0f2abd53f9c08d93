# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contract of a mailbox when calls fail."""

from __future__ import annotations

from functools import partial

import pytest

from contract.mailbox.samples import FULL
from exchange_contact_sync.core.errors import (
    ContactChanged,
    ContactError,
    ContactInvalid,
    FolderGone,
    ServerBusy,
    StateUnknown,
    Unanswered,
    Unreachable,
)
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef

DRAFTS = [(f"key-{n}", {"surname": f"Person {n}"}) for n in range(5)]


def test_item_created_before_a_lost_answer_is_found(troubled):
    troubled.lose_answer("create")
    with pytest.raises(Unreachable):
        troubled.store.create(troubled.folder, DRAFTS)

    found = troubled.store.find([key for key, _values in DRAFTS], troubled.folder)

    assert sorted(found) == [key for key, _values in DRAFTS]


def test_a_change_whose_answer_was_lost_is_not_made_twice(troubled):
    (ref,) = troubled.store.create(troubled.folder, DRAFTS[:1])
    change = RemoteChange(ref, {"surname": "Changed"})
    troubled.lose_answer("update")
    with pytest.raises(Unreachable):
        troubled.store.update([change])

    (again,) = troubled.store.update([change])

    assert isinstance(again, ContactChanged)
    (found,) = troubled.store.fetch([ref])
    assert found.contact["surname"] == "Changed"


@pytest.mark.parametrize("method", ["fetch", "update", "remove_sync_keys", "delete"])
def test_a_contact_that_fails_does_not_stop_the_others(troubled, method):
    refs = troubled.store.create(troubled.folder, DRAFTS)
    failure = troubled.spoil(method, refs[2].id)
    asked = refs
    if method == "update":
        asked = [RemoteChange(ref, {"surname": "New"}) for ref in refs]

    results = getattr(troubled.store, method)(asked)

    failed = [isinstance(result, failure) for result in results]
    assert failed == [False, False, True, False, False]


def test_a_failed_contact_can_be_tried_alone(troubled):
    (ref,) = troubled.store.create(troubled.folder, DRAFTS[:1])
    troubled.spoil("update", ref.id)

    (result,) = troubled.store.update([RemoteChange(ref, {"surname": "New"})])

    assert isinstance(result, ContactInvalid)
    (found,) = troubled.store.fetch([ref])
    assert found.contact["surname"] == "Person 0"


def test_a_busy_server_says_how_long(troubled):
    item = troubled.put({"surname": "Person"})
    troubled.be_busy("fetch", 7)

    with pytest.raises(ServerBusy) as busy:
        troubled.store.fetch([RemoteRef(item, "")])

    assert busy.value.back_off == 7
    (found,) = troubled.store.fetch([RemoteRef(item, "")])
    assert found.contact["surname"] == "Person"


@pytest.mark.parametrize(
    "method", ["create", "fetch", "update", "remove_sync_keys", "delete"]
)
def test_a_server_that_serves_a_part_gives_what_it_served(troubled, method):
    """The other contacts are unanswered and unchanged; a second call serves them, if
    the first one does not ask for them itself."""
    refs = []
    if method != "create":
        refs = troubled.store.create(troubled.folder, DRAFTS)
    asked = {
        "create": DRAFTS,
        "update": [RemoteChange(ref, {"surname": "New"}) for ref in refs],
    }.get(method, refs)
    call = getattr(troubled.store, method)
    if method == "create":
        call = partial(call, troubled.folder)
    troubled.serve(method, 3)

    first = call(asked)

    served = sum(not isinstance(answer, Unanswered) for answer in first)
    assert served == (5 if troubled.asks_for_the_rest else 3)
    assert all(
        isinstance(one.cause, ServerBusy) and one.retry_at_once
        for one in first[served:]
    )
    second = call(asked[served:])
    answers = [*first[:served], *second]
    assert not any(isinstance(answer, ContactError) for answer in answers)
    if method == "create":
        found = troubled.store.changes(troubled.folder, "").changed
        assert len(found) == len(DRAFTS), "each contact was created once"


def test_forgotten_states_are_unknown_and_new_ones_are_not(troubled):
    state = troubled.store.changes(troubled.folder, "").state
    item = troubled.put({"surname": "Person"})
    troubled.forget_states()

    with pytest.raises(StateUnknown):
        troubled.store.changes(troubled.folder, state)
    page = troubled.store.changes(troubled.folder, "")
    assert [ref.id for ref in page.changed] == [item]


def test_new_versions_without_new_content_are_reported_as_changes(troubled):
    (ref,) = troubled.store.create(troubled.folder, DRAFTS[:1])
    (before,) = troubled.store.fetch([ref])
    state = troubled.store.changes(troubled.folder, "").state
    troubled.drift()

    page = troubled.store.changes(troubled.folder, state)

    (after,) = troubled.store.fetch(page.changed)
    assert after.ref.version != before.ref.version
    assert after.contact == before.contact


def test_every_call_is_one_call(troubled):
    """Reading the changes of an idle folder is one request; nothing is sent twice."""
    state = troubled.store.changes(troubled.folder, "").state
    before = troubled.calls()

    troubled.store.changes(troubled.folder, state)

    assert troubled.calls() == before + 1


@pytest.mark.parametrize("method", ["create", "update", "fetch", "changes"])
def test_a_lost_answer_is_not_asked_for_again(troubled, method):
    answered, lost = troubled.store.create(troubled.folder, DRAFTS[:2])
    arguments = {
        "create": lambda ref: (troubled.folder, [(f"of {ref.id}", {"surname": "New"})]),
        "update": lambda ref: ([RemoteChange(ref, {"surname": "New"})],),
        "fetch": lambda ref: ([ref],),
        "changes": lambda _ref: (troubled.folder, ""),
    }[method]
    call, before = getattr(troubled.store, method), troubled.calls()
    call(*arguments(answered))
    usual = troubled.calls() - before
    troubled.lose_answer(method)

    with pytest.raises(Unreachable):
        call(*arguments(lost))

    assert troubled.calls() - before <= 2 * usual


def test_a_contact_that_cannot_be_read_is_recognized_from_its_folders_list(troubled):
    broken = troubled.put(FULL)
    troubled.put({"given_name": "Another person"})
    troubled.spoil("fetch", broken)

    seen = troubled.store.read_evidence([RemoteRef(broken, "", troubled.folder)])

    assert list(seen) == [broken] and not seen[broken].private
    contact = seen[broken].contact
    assert contact["display_name"] == FULL["display_name"]
    assert contact["email2"] == FULL["email2"]
    assert contact["phone_mobile"] == FULL["phone_mobile"]


def test_the_evidence_shows_which_contacts_are_private(troubled):
    broken = troubled.put(FULL, private=True)

    (seen,) = troubled.store.read_evidence(
        [RemoteRef(broken, "", troubled.folder)]
    ).values()

    assert seen.private


def test_a_contact_that_is_gone_has_no_evidence(troubled):
    item = troubled.put(FULL)
    troubled.remove(item)

    assert not troubled.store.read_evidence([RemoteRef(item, "", troubled.folder)])


def test_reading_evidence_in_a_deleted_folder_raises(troubled):
    folder = troubled.add_folder("Gone")
    item = troubled.put(FULL, folder=folder)
    troubled.remove_folder(folder)

    with pytest.raises(FolderGone):
        troubled.store.read_evidence([RemoteRef(item, "", folder)])
