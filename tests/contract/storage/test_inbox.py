# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changes of the mailbox are stored until they are applied (``core.ports.Inbox``)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from exchange_contact_sync.core.mailbox import ChangeType, Deferred, Entry, RemoteRef
from support.stores.world import FOLDER, OTHER_FOLDER, StoresWorld

FACTS = {"name": "Ada Lang"}
KEYS = ("email:ada@example.com", "name:ada lang")


def entry(remote: str, version: str = "1", *, deleted: bool = False, **ref: str):
    """A change as a page of changes lists it."""
    kind = ChangeType.DELETED if deleted else ChangeType.CHANGED
    return Entry(RemoteRef(remote, version, **ref), kind)


def waiting(stores: StoresWorld, limit: int = 100, passed: Sequence[int] = ()) -> list:
    return stores.inbox.next(limit, ChangeType.CHANGED, passed)


def deletions(stores: StoresWorld, limit: int = 100, passed: Sequence[int] = ()):
    return stores.inbox.next(limit, ChangeType.DELETED, passed)


def names(entries: Sequence) -> list[str]:
    return [one.ref.id for one in entries]


def described_as(one, facts: dict = FACTS, keys: Sequence[str] = KEYS):
    return Deferred(one, facts, tuple(keys))


@pytest.fixture
def ada(stores: StoresWorld):
    """A change that waits in the inbox."""
    stores.inbox.put(FOLDER, [entry("ada")])
    return waiting(stores)[0]


def test_a_folder_starts_without_a_state(stores: StoresWorld):
    assert stores.inbox.states([FOLDER]) == {FOLDER: ""}


def test_a_state_is_kept_for_its_folder(stores: StoresWorld):
    stores.inbox.move_state(FOLDER, "after page 1")
    stores.inbox.move_state(FOLDER, "after page 2")
    stores.reopen()

    states = stores.inbox.states([FOLDER, OTHER_FOLDER])
    assert states == {FOLDER: "after page 2", OTHER_FOLDER: ""}


def test_a_state_that_was_read_can_be_moved_to_again(stores: StoresWorld):
    stores.inbox.move_state(FOLDER, "one")
    stores.inbox.states([FOLDER])
    stores.inbox.move_state(FOLDER, "one")
    stores.inbox.move_state(FOLDER, "two")
    stores.inbox.move_state(FOLDER, "one")

    assert stores.inbox.states([FOLDER]) == {FOLDER: "one"}


def test_a_state_can_be_forgotten(stores: StoresWorld):
    stores.inbox.move_state(FOLDER, "one")
    stores.inbox.move_state(FOLDER, "")

    assert stores.inbox.states([FOLDER]) == {FOLDER: ""}


def test_changes_come_back_as_they_were_put_oldest_first(stores: StoresWorld):
    put = [
        entry("b", "v1", sync_key="key", search_key="search"),
        entry("a", "v2"),
    ]
    stores.inbox.put(FOLDER, put)
    stores.inbox.put(OTHER_FOLDER, [entry("c")])
    stores.reopen()

    found = waiting(stores)

    assert names(found) == ["b", "a", "c"]
    assert [one.ref.folder for one in found] == [FOLDER, FOLDER, OTHER_FOLDER]
    assert found[0].ref.sync_key == "key" and found[0].ref.search_key == "search"
    assert [one.ref.version for one in found[:2]] == ["v1", "v2"]
    assert all(one.id for one in found)
    assert {one.chosen for one in found} == {None}


def test_putting_nothing_keeps_nothing(stores: StoresWorld):
    stores.inbox.put(FOLDER, [])

    assert waiting(stores) == [] and deletions(stores) == []


def test_a_newer_change_replaces_the_older_one(stores: StoresWorld, ada):
    stores.inbox.put(FOLDER, [entry("ben")])
    stores.inbox.put(OTHER_FOLDER, [entry("ada", "2")])

    found = waiting(stores)

    assert names(found) == ["ada", "ben"], "the newer change keeps the position"
    assert found[0].id == ada.id
    assert (found[0].ref.version, found[0].ref.folder) == ("2", OTHER_FOLDER)


def test_of_two_changes_of_one_contact_in_a_page_the_later_is_kept(stores: StoresWorld):
    stores.inbox.put(FOLDER, [entry("ada", "1"), entry("ben"), entry("ada", "2")])

    assert sorted(names(waiting(stores))) == ["ada", "ben"]
    versions = {one.ref.id: one.ref.version for one in waiting(stores)}
    assert versions == {"ada": "2", "ben": "1"}


def test_a_change_followed_by_a_deletion_is_a_deletion(stores: StoresWorld, ada):
    stores.inbox.put(FOLDER, [entry("ada", "", deleted=True)])

    assert waiting(stores) == []
    assert names(deletions(stores)) == ["ada"]


def test_putting_a_change_twice_is_like_putting_it_once(stores: StoresWorld):
    for _ in range(2):
        stores.inbox.put(FOLDER, [entry("ada"), entry("ben", deleted=True)])

    assert names(waiting(stores)) == ["ada"]
    assert names(deletions(stores)) == ["ben"]


def test_the_limit_is_respected(stores: StoresWorld):
    stores.inbox.put(FOLDER, [entry(one) for one in "abcd"])

    assert names(waiting(stores, 2)) == ["a", "b"]
    assert names(waiting(stores, 0)) == []


def test_entries_already_tried_are_skipped(stores: StoresWorld):
    stores.inbox.put(FOLDER, [entry(one) for one in "abcd"])
    first, second, *_ = waiting(stores)

    assert names(waiting(stores, 2, {first.id})) == ["b", "c"]
    assert names(waiting(stores, 9, [first.id, second.id, 0])) == ["c", "d"]


def test_deleted_and_changed_contacts_are_distinguished(stores: StoresWorld):
    stores.inbox.put(FOLDER, [entry("a"), entry("b", deleted=True), entry("c")])

    assert stores.inbox.deleted() == {"b"}
    assert stores.inbox.waiting(["a", "b", "x"]) == {"a"}
    assert stores.inbox.waiting([]) == set()


def test_settled_entries_are_removed(stores: StoresWorld, ada):
    stores.inbox.put(FOLDER, [entry("ben")])

    stores.inbox.settle([ada])
    stores.inbox.settle([])

    assert names(waiting(stores)) == ["ben"]


def test_settling_twice_is_allowed(stores: StoresWorld, ada):
    stores.inbox.settle([ada])
    stores.inbox.settle([ada])

    assert waiting(stores) == []


def test_a_deferred_change_waits_with_its_facts(stores: StoresWorld, ada):
    stores.inbox.defer([described_as(ada)])
    stores.reopen()

    assert waiting(stores) == []
    assert stores.inbox.deferred() == [described_as(ada)]
    assert stores.inbox.waiting(["ada"]) == {"ada"}, "it is still there"


def test_a_deferred_change_without_facts_waits_for_a_newer_change(
    stores: StoresWorld, ada
):
    stores.inbox.defer([described_as(ada, {}, ())])

    assert waiting(stores) == []
    assert stores.inbox.deferred() == []
    assert stores.inbox.described() == []

    stores.inbox.put(FOLDER, [entry("ada", "2")])

    assert names(waiting(stores)) == ["ada"]


def test_a_newer_change_resumes_a_deferred_one(stores: StoresWorld, ada):
    stores.inbox.defer([described_as(ada)])

    stores.inbox.put(FOLDER, [entry("ada", "2")])

    assert names(waiting(stores)) == ["ada"]
    assert stores.inbox.deferred() == [] and stores.inbox.described() == []


def test_a_deferred_change_can_be_resumed(stores: StoresWorld, ada):
    stores.inbox.defer([described_as(ada)])

    for _ in range(2):
        stores.inbox.resume([ada])
    stores.inbox.resume([])

    assert names(waiting(stores)) == ["ada"]
    assert stores.inbox.deferred() == [] and stores.inbox.described() == []


def test_a_described_change_still_waits(stores: StoresWorld, ada):
    stores.inbox.describe([described_as(ada)])
    stores.reopen()

    assert names(waiting(stores)) == ["ada"]
    assert stores.inbox.deferred() == []
    assert stores.inbox.described() == [described_as(ada)]


def test_described_contacts_are_found_by_one_of_their_keys(stores: StoresWorld, ada):
    stores.inbox.put(FOLDER, [entry("ben"), entry("cyd")])
    ben, cyd = waiting(stores)[1:]
    stores.inbox.describe([described_as(ben, keys=["name:ben"])])
    stores.inbox.defer([described_as(cyd, keys=["name:cyd", "name:ben"])])
    stores.inbox.describe([described_as(ada)])

    def found(*keys: str) -> list[str]:
        return sorted(one.entry.ref.id for one in stores.inbox.described(keys))

    assert found("name:ben") == ["ben", "cyd"]
    assert found("name:cyd", KEYS[0]) == ["ada", "cyd"]
    assert found("name:unknown") == [] and found() == []
    assert len(stores.inbox.described()) == 3


def test_facts_without_keys_are_kept(stores: StoresWorld, ada):
    stores.inbox.describe([described_as(ada, keys=())])

    assert stores.inbox.described() == [described_as(ada, keys=())]


def test_describing_a_contact_again_replaces_what_was_known(stores: StoresWorld, ada):
    stores.inbox.describe([described_as(ada)])
    stores.inbox.describe([described_as(ada, {"name": "Ada May"}, ["k"])])

    (found,) = stores.inbox.described()
    assert found.facts == {"name": "Ada May"} and found.keys == ("k",)


def test_nothing_is_deferred_described_or_resumed_without_entries(stores: StoresWorld):
    stores.inbox.defer([])
    stores.inbox.describe([])
    stores.inbox.resume([])

    assert stores.inbox.described() == []


def test_entries_that_are_gone_meanwhile_are_left_alone(stores: StoresWorld, ada):
    stores.inbox.settle([ada])

    stores.inbox.defer([described_as(ada)])
    stores.inbox.describe([described_as(ada)])
    stores.inbox.resume([ada])

    assert waiting(stores) == [] and stores.inbox.described() == []


@pytest.mark.parametrize("new_partner", [False, True])
def test_a_decision_is_kept_when_a_newer_change_arrives(
    stores: StoresWorld, ada, new_partner: bool
):
    partner = 0 if new_partner else stores.add_partner({"name": "Ada"})
    stores.answer(ada, partner)
    stores.inbox.put(FOLDER, [entry("ada", "2")])

    (found,) = waiting(stores)

    assert found.chosen == partner
