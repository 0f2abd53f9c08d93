# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The links of an account are stored and found (``core.ports.LinkStore``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from exchange_contact_sync.core.contact import Base
from exchange_contact_sync.core.evidence import keys_kept
from exchange_contact_sync.core.last_known import facts_known
from exchange_contact_sync.core.link import ERASED, Link, LinkState
from exchange_contact_sync.core.photo import PhotoBase
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.user_requests import UserRequest
from support.stores.world import FOLDER, OTHER_FOLDER, StoresWorld

Add = Callable[..., Link]
BASE = Base({"name": "Ada Lang", "email": "ada@example.com"}, {}, {})


@pytest.fixture
def add(stores: StoresWorld) -> Add:
    """Store a link of a new partner, by default with the partner's change token."""
    numbers = iter(range(1, 100))

    def make(*, chosen: bool = True, **values: object) -> Link:
        number = next(numbers)
        partner = values.pop("partner", None)
        if partner is None:
            partner = stores.add_partner({"name": f"Person {number}"}, chosen=chosen)
        known = {"change_token": stores.change_token(partner)} if partner else {}
        link = Link(0, partner, FOLDER, f"r{number}", "v1", f"k{number}", **known)
        (added,) = stores.links.add([replace(link, **values)])
        return added

    return make


def all_of(stores: StoresWorld, *links: Link) -> list[Link]:
    """Return these links as they are stored."""
    found = stores.links.by_sync_key([link.sync_key for link in links])
    return [found[link.sync_key] for link in links]


def test_a_link_comes_back_with_an_id_and_with_all_that_was_stored(
    stores: StoresWorld,
):
    partner = stores.add_partner({"name": "Ada"})
    links = [
        Link(0, partner, FOLDER, "r1", "v1", "k1", BASE, "token", created_by_us=True),
        Link(0, 0, OTHER_FOLDER, "", "", "k2", state=LinkState.PENDING),
        Link(
            *(0, 0, FOLDER, "r3", "v3", "k3"),
            state=LinkState.STOPPED,
            reason=Reason.PERSON,
            pinned=True,
            photo=PhotoBase(),
            search_key="search",
            facts={"name": "Ada Lang"},
        ),
    ]

    added = stores.links.add(links)

    assert [replace(link, id=0) for link in added] == links
    assert len({link.id for link in added} - {0}) == 3
    stores.reopen()
    assert all_of(stores, *links) == added


def test_adding_and_saving_nothing_is_allowed(stores: StoresWorld):
    assert stores.links.add([]) == []
    stores.links.save([])
    stores.links.forget([])

    assert stores.links.count() == 0


def test_links_are_found_by_each_of_their_keys(stores: StoresWorld, add: Add):
    one, other = add(search_key="s"), add()
    stores.reopen()

    assert stores.links.by_remote([one.remote, "x"]) == {one.remote: one}
    assert stores.links.by_sync_key([other.sync_key, "x"]) == {other.sync_key: other}
    assert stores.links.by_search_key(["s", "x"]) == {"s": one}
    assert stores.links.by_partner([one.partner, other.partner, 0]) == {
        one.partner: one,
        other.partner: other,
    }


def test_empty_search_finds_nothing(stores: StoresWorld, add: Add):
    add(partner=0, remote="", search_key="")
    add(partner=0, remote="", sync_key="")

    for keys in ([], [""]):
        assert stores.links.by_remote(keys) == {}
        assert stores.links.by_sync_key(keys) == {}
        assert stores.links.by_search_key(keys) == {}
        assert stores.links.former(keys, keys) == {}
        assert stores.links.elsewhere(keys) == {}
        assert stores.links.unlike(keys) == []
    assert stores.links.by_partner([]) == {}
    assert stores.links.by_partner([0]) == {}
    assert stores.links.returned([]) == []


def test_of_several_links_with_one_search_key_the_oldest_is_found(
    stores: StoresWorld, add: Add
):
    eldest = add(search_key="s")
    add(search_key="s")

    assert stores.links.by_search_key(["s"]) == {"s": eldest}


def test_a_changed_link_is_stored_as_a_whole(stores: StoresWorld, add: Add):
    before = add()
    after = replace(
        before,
        folder=OTHER_FOLDER,
        remote="moved",
        version="v2",
        base=BASE,
        change_token="another",
        state=LinkState.STOPPED,
        created_by_us=True,
        reason=Reason.LEFT,
        photo=PhotoBase(),
        search_key="search",
        facts={"name": "Ada"},
    )

    for _ in range(2):
        stores.links.save([after])
        stores.reopen()

        assert all_of(stores, before) == [after]


def test_saving_clears_the_user_request(stores: StoresWorld, add: Add):
    link = add()
    stores.ask(link, UserRequest.STOP)
    (asked,) = stores.links.asked(9, [])
    assert asked.user_request is UserRequest.STOP

    stores.links.save([asked.settled()])

    assert stores.links.asked(9, []) == []


def test_forgotten_links_are_gone(stores: StoresWorld, add: Add):
    one, other = add(), add()

    for _ in range(2):
        stores.links.forget([one])

    assert stores.links.by_remote([one.remote, other.remote]) == {other.remote: other}


def test_links_that_are_synced_are_counted(stores: StoresWorld, add: Add):
    for state in LinkState:
        add(state=state)
        add(state=state)

    assert stores.links.count() == 4, "synchronized links and those with an error"


def test_pending_links_come_oldest_first_within_the_limit(
    stores: StoresWorld, add: Add
):
    links = [add(state=LinkState.PENDING, remote="") for _ in range(4)]
    add()

    assert stores.links.pending(9, []) == links
    assert stores.links.pending(2, []) == links[:2]
    assert stores.links.pending(0, []) == []
    assert stores.links.pending(2, {links[0].id}) == links[1:3]


def test_links_with_a_request_come_oldest_first_within_the_limit(
    stores: StoresWorld, add: Add
):
    links = [add() for _ in range(4)]
    for link in links[1:]:
        stores.ask(link, UserRequest.START)

    def found(*args: object) -> list[int]:
        return [link.id for link in stores.links.asked(*args)]

    ids = [link.id for link in links]
    assert found(9, []) == ids[1:]
    assert found(2, []) == ids[1:3]
    assert found(0, []) == []
    assert found(9, [ids[1]]) == ids[2:]


def test_a_link_with_the_partners_change_token_is_not_dirty(
    stores: StoresWorld, add: Add
):
    add()
    add(created_by_us=True)

    assert stores.links.dirty(9, []) == []


@pytest.mark.parametrize("state", [LinkState.SYNCED, LinkState.ERROR])
def test_a_link_is_dirty_once_its_partner_is_changed(
    stores: StoresWorld, add: Add, state: LinkState
):
    links = [add(state=state) for _ in range(5)]
    edited, archived, deleted, left, same = links
    stores.edit_partner(edited.partner, {"email": "new@example.com"})
    stores.archive(archived.partner)
    stores.delete_partner(deleted.partner)

    found = stores.links.dirty(9, [])

    assert {link.id for link in found} == {edited.id, archived.id, deleted.id}
    assert [link.partner for link in found if link.id == deleted.id] == [0]
    assert {left.id, same.id}.isdisjoint(link.id for link in found)


def test_a_link_without_a_change_token_is_dirty(stores: StoresWorld, add: Add):
    link = add(change_token="")

    assert stores.links.dirty(9, []) == [link]


def test_only_links_the_addon_made_are_dirty_when_they_leave_the_choice(
    stores: StoresWorld, add: Add
):
    links = [
        add(created_by_us=True),
        add(created_by_us=False),
        add(created_by_us=True, pinned=True),
    ]
    for link in links:
        stores.choose(link.partner, chosen=False)
    fresh = [
        replace(link, change_token=stores.change_token(link.partner)) for link in links
    ]
    stores.links.save(fresh)

    assert [link.id for link in stores.links.dirty(9, [])] == [links[0].id]
    assert [link.id for link in stores.links.without_partner()] == [links[0].id]


def test_stopped_and_pending_links_are_never_dirty(stores: StoresWorld, add: Add):
    for state in (LinkState.STOPPED, LinkState.PENDING):
        add(state=state, change_token="")

    assert stores.links.dirty(9, []) == []


def test_a_link_without_a_contact_is_dirty_with_an_error_only(
    stores: StoresWorld, add: Add
):
    add(remote="", change_token="")
    failed = add(remote="", change_token="", state=LinkState.ERROR)

    assert stores.links.dirty(9, []) == [failed]


def test_dirty_links_come_oldest_first_within_the_limit(stores: StoresWorld, add: Add):
    links = [add(change_token="") for _ in range(4)]

    assert stores.links.dirty(2, []) == links[:2]
    assert stores.links.dirty(0, []) == []
    assert stores.links.dirty(9, {links[0].id, links[2].id}) == [links[1], links[3]]


def test_links_without_a_partner_are_those_archived_deleted_or_gone_from_the_choice(
    stores: StoresWorld, add: Add
):
    edited, archived, deleted, stopped = (add() for _ in range(4))
    stores.links.save([replace(stopped, state=LinkState.STOPPED)])
    stores.edit_partner(edited.partner, {"email": "new@example.com"})
    for link in (archived, stopped):
        stores.archive(link.partner)
    stores.delete_partner(deleted.partner)

    found = {link.id for link in stores.links.without_partner()}

    assert found == {archived.id, deleted.id}


def test_a_stopped_link_returns_once_its_reason_has_passed(
    stores: StoresWorld, add: Add
):
    links = [
        add(state=LinkState.STOPPED, reason=Reason.ARCHIVED, created_by_us=True)
        for _ in range(6)
    ]
    back, archived, deleted, hidden, left, asked = links
    stores.archive(archived.partner)
    stores.delete_partner(deleted.partner)
    stores.hide(hidden.partner)
    stores.choose(left.partner, chosen=False)
    stores.ask(asked, UserRequest.START)

    found = stores.links.returned([Reason.ARCHIVED])

    assert [link.id for link in found] == [back.id]
    assert stores.links.returned([Reason.LEFT]) == []


def test_a_link_outside_of_the_export_choice_returns_without_it(
    stores: StoresWorld, add: Add
):
    link = add(state=LinkState.STOPPED, reason=Reason.ARCHIVED, chosen=False)

    assert stores.links.returned([Reason.LEFT, Reason.ARCHIVED]) == [link]


def test_only_stopped_links_return(stores: StoresWorld, add: Add):
    for state in set(LinkState) - {LinkState.STOPPED}:
        add(state=state, reason=Reason.ARCHIVED)

    assert stores.links.returned([Reason.ARCHIVED]) == []


def test_duplicates_are_stopped_links(stores: StoresWorld, add: Add):
    duplicate = add(state=LinkState.STOPPED, reason=Reason.DUPLICATE)
    add(state=LinkState.STOPPED, reason=Reason.PERSON)
    add()

    assert stores.links.of_duplicates() == [duplicate]


def test_stopped_links_are_found_by_the_match_keys_of_their_base(
    stores: StoresWorld, add: Add
):
    stopped = add(base=BASE, state=LinkState.STOPPED, reason=Reason.PERSON)
    add(base=BASE)
    add(base=BASE, state=LinkState.STOPPED, version="", reason=Reason.GONE)
    add(base=BASE, state=LinkState.STOPPED, remote="", reason=Reason.PERSON)
    keys = sorted(keys_kept(facts_known(stopped)))
    assert keys

    for some in (keys, keys[:1], [*keys, "x"]):
        assert [link.id for link in stores.links.unlike(some)] == [stopped.id]
    assert stores.links.unlike(["x"]) == []


def test_a_link_of_a_deleted_partner_loses_it(stores: StoresWorld, add: Add):
    link = add()

    stores.delete_partner(link.partner)
    stores.reopen()

    (found,) = all_of(stores, link)
    assert found.partner == 0
    assert stores.links.by_partner([link.partner]) == {}
    assert not found.base or ERASED not in found.facts


@pytest.mark.parametrize("column", ["partner", "remote", "sync_key"])
def test_two_links_share_neither_partner_nor_contact_nor_identity(
    stores: StoresWorld, add: Add, column: str
):
    first = add()
    second = Link(0, 0, FOLDER, "other", "v1", "other")

    with pytest.raises(Exception, match=r"(?i)unique|twice|duplicate|\["):
        stores.links.add([replace(second, **{column: getattr(first, column)})])
