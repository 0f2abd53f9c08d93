# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""SyncFolderItems: net changes, pages and states. That any history comes out right is
in test_sync_histories.py.
"""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    distinguished,
    field,
    find_item,
    folder_id,
    shape,
    sync_items,
)


@pytest.fixture
def folder(mailbox):
    return mailbox.folder("contacts")


def add(mailbox, name):
    return mailbox.add_contact(
        mailbox.folder("contacts"), {"contacts:DisplayName": name}
    )


def state_of(reply):
    return reply.one(".//m:SyncState").text


def changes_in(reply):
    """Kind of change and identifier, in order."""
    return [
        (
            each.tag.rpartition("}")[2],
            each.find(".//{*}ItemId").get("Id"),
        )
        for each in reply.all(".//m:Changes/*")
    ]


def is_last(reply):
    return reply.one(".//m:IncludesLastItemInRange").text == "true"


def test_first_page_lists_all_items_newest_first(post, mailbox):
    items = [add(mailbox, name) for name in ("a", "b", "c")]

    reply = post(sync_items())

    assert reply.codes == ["NoError"]
    assert changes_in(reply) == [("Create", each.id) for each in reversed(items)]
    assert is_last(reply)


def test_unchanged_folder_gives_the_same_state_and_no_change(post, mailbox):
    add(mailbox, "a")
    state = state_of(post(sync_items()))

    reply = post(sync_items(state))
    mailbox.add_contact(mailbox.create_folder("Elsewhere"), {})
    again = post(sync_items(state_of(reply)))

    assert (changes_in(reply), changes_in(again)) == ([], [])
    assert state_of(reply) == state_of(again) == state
    assert is_last(reply)


def test_empty_folder_has_a_state_too(post, mailbox):
    empty = post(sync_items())
    assert changes_in(empty) == []

    item = add(mailbox, "a")
    assert changes_in(post(sync_items(state_of(empty)))) == [("Create", item.id)]


def test_net_changes(post, mailbox, folder):
    kept, changed, deleted, moved = (add(mailbox, name) for name in "kcdm")
    state = state_of(post(sync_items()))

    mailbox.update_contact(changed.id, {"contacts:JobTitle": "1"})
    mailbox.update_contact(changed.id, {"contacts:JobTitle": "2"})
    mailbox.delete_contact(deleted.id)
    mailbox.move_contact(moved.id, mailbox.create_folder("Elsewhere"))
    created = add(mailbox, "new")
    mailbox.update_contact(created.id, {"contacts:JobTitle": "3"})
    short_lived = add(mailbox, "short-lived")
    mailbox.delete_contact(short_lived.id)

    reply = post(sync_items(state))

    assert set(changes_in(reply)) == {
        ("Update", changed.id),
        ("Delete", deleted.id),
        ("Delete", moved.id),
        ("Create", created.id),
    }
    assert len(changes_in(reply)) == 4
    assert kept.id not in dict(reversed(each) for each in changes_in(reply))


def test_item_moved_to_deleted_items_is_deleted_here_and_created_there(post, mailbox):
    item = add(mailbox, "a")
    here = state_of(post(sync_items()))
    bin_folder = distinguished("deleteditems")
    there = state_of(post(sync_items(folder=bin_folder)))

    mailbox.delete_contact(item.id, hard=False)

    assert changes_in(post(sync_items(here))) == [("Delete", item.id)]
    ((kind, identifier),) = changes_in(post(sync_items(there, folder=bin_folder)))
    assert kind == "Create"
    assert identifier != item.id


def test_pages(post, mailbox):
    items = [add(mailbox, str(number)) for number in range(5)]
    state, pages = None, []
    while not pages or not is_last(pages[-1]):
        pages.append(post(sync_items(state, limit=2)))
        state = state_of(pages[-1])

    assert [len(changes_in(each)) for each in pages] == [2, 2, 1]
    assert [change for page in pages for change in changes_in(page)] == [
        ("Create", each.id) for each in reversed(items)
    ]
    assert len({state_of(each) for each in pages}) == 3


def test_changes_between_pages(post, mailbox):
    old, *_, newest = [add(mailbox, str(number)) for number in range(4)]
    state = state_of(post(sync_items(limit=2)))

    mailbox.update_contact(newest.id, {"contacts:JobTitle": "x"})
    mailbox.update_contact(old.id, {"contacts:JobTitle": "x"})
    reply = post(sync_items(state))

    # Items of the first page are updates now; items that it did not contain are new.
    assert changes_in(reply)[:2] == [("Create", old.id), ("Update", newest.id)]
    assert len(changes_in(reply)) == 3


def test_page_of_exactly_all_is_the_last(post, mailbox):
    add(mailbox, "a")
    add(mailbox, "b")

    assert is_last(post(sync_items(limit=2)))


@pytest.mark.parametrize("limit", [0, 513, -1, "many"])
def test_impossible_limits(post, limit):
    reply = post(sync_items(limit=limit))

    assert (reply.status, reply.fault_code) == (500, "ErrorSchemaValidation")


def test_at_most_512_changes_a_page(post, mailbox, folder):
    mailbox.bulk_add_contacts(folder, ({} for _ in range(600)))

    reply = post(sync_items(limit=512))

    assert (len(changes_in(reply)), is_last(reply)) == (512, False)


def test_old_states_remain_valid(post, mailbox):
    first = add(mailbox, "first")
    early = state_of(post(sync_items()))
    second = add(mailbox, "second")
    late = state_of(post(sync_items(early)))
    mailbox.delete_contact(first.id)

    assert changes_in(post(sync_items(late))) == [("Delete", first.id)]
    assert set(changes_in(post(sync_items(early)))) == {
        ("Delete", first.id),
        ("Create", second.id),
    }


def forged(state):
    return state[:-8] + ("AAAAAAA=" if not state.endswith("AAAAAAA=") else "BBBBBBB=")


@pytest.mark.parametrize(
    "spoil",
    [
        forged,
        lambda state: state[: len(state) // 2],
        lambda state: "H4sIAAAA",
        lambda state: "no base64!",
        lambda state: state.swapcase(),
    ],
)
def test_states_that_were_never_handed_out(post, mailbox, spoil):
    add(mailbox, "a")
    state = state_of(post(sync_items()))

    reply = post(sync_items(spoil(state)))

    assert reply.status == 200
    assert reply.codes == ["ErrorInvalidSyncStateData"]
    assert state_of(reply) is None
    assert is_last(reply)


def test_state_of_another_folder(post, mailbox):
    other = mailbox.create_folder("Other")
    state = state_of(post(sync_items()))

    reply = post(sync_items(state, folder=folder_id(other.id)))

    assert reply.codes == ["ErrorInvalidSyncStateData"]


def test_forgotten_states(post, mailbox):
    item = add(mailbox, "a")
    state = state_of(post(sync_items()))
    mailbox.forget_sync_states()

    assert post(sync_items(state)).codes == ["ErrorInvalidSyncStateData"]
    assert changes_in(post(sync_items())) == [("Create", item.id)]


def test_empty_state_is_the_first_time(post, mailbox):
    item = add(mailbox, "a")

    assert changes_in(post(sync_items(""))) == [("Create", item.id)]


def test_folder_that_is_gone(post, mailbox):
    gone = mailbox.create_folder("Gone")
    mailbox.remove_folder(gone)

    reply = post(sync_items(folder=folder_id(gone.id)))

    assert reply.codes == ["ErrorSyncFolderNotFound"]
    assert is_last(reply)


def test_ignored_items_are_not_listed(post, mailbox):
    known, other = add(mailbox, "known"), add(mailbox, "other")

    reply = post(sync_items(ignore=[known.id]))

    assert changes_in(reply) == [("Create", other.id)]
    mailbox.update_contact(known.id, {"contacts:JobTitle": "x"})
    later = post(sync_items(state_of(reply)))
    assert changes_in(later) == [("Update", known.id)]


def test_bodies_are_not_listed(post, mailbox, folder):
    mailbox.add_contact(folder, {"contacts:Surname": "Ray", "item:Body": "secret"})
    wanted = shape(
        "AllProperties",
        field("item:Body"),
        field("item:TextBody"),
        field("item:MimeContent"),
        field("item:Attachments"),
        field("calendar:Start"),
    )

    reply = post(sync_items(wanted=wanted))

    assert reply.codes == ["NoError"]
    assert reply.texts(".//t:Create/t:Contact/t:Surname") == ["Ray"]
    for name in ("Body", "TextBody", "MimeContent", "Attachments"):
        assert reply.all(f".//t:{name}") == []


def test_items_of_other_kinds(post, mailbox, folder):
    mailbox.add_item(folder, "IPM.DistList", {"contacts:DisplayName": "Team"})

    reply = post(sync_items())
    inbox = post(sync_items(folder=distinguished("inbox")))

    assert len(reply.all(".//t:Create/t:DistributionList")) == 1
    assert len(inbox.all(".//t:Create/t:Message")) == 3


def test_hidden_items_are_not_listed(post, mailbox, folder):
    mailbox.add_item(folder, "IPM.Configuration", {}, is_associated=True)

    assert changes_in(post(sync_items())) == []


def test_states_of_other_clients_have_no_effect(post, mailbox):
    """A state belongs to who keeps it, not to the server."""
    mine = state_of(post(sync_items()))
    item = add(mailbox, "a")
    theirs = post(sync_items())

    assert changes_in(theirs) == [("Create", item.id)]
    assert changes_in(post(sync_items(mine))) == [("Create", item.id)]
    assert post(find_item(CONTACTS)).codes == ["NoError"]


def test_reading_a_message_is_a_change_of_the_flag(post, mailbox):
    inbox = mailbox.folder("inbox")
    folder = distinguished("inbox")
    first, second, third = list(inbox.items.values())
    state = state_of(post(sync_items(folder=folder)))

    mailbox.change_item(first, {"message:IsRead": False})
    mailbox.change_item(second, {"message:IsRead": True})
    mailbox.change_item(second, {"item:Subject": "Other"})
    mailbox.change_item(third, {"message:IsRead": True})
    reply = post(sync_items(state, folder=folder))

    flags = {
        each.find("{*}ItemId").get("Id"): each.findtext("{*}IsRead")
        for each in reply.all(".//m:Changes/t:ReadFlagChange")
    }
    assert flags == {first.id: "false", third.id: "true"}
    updated = reply.all(".//m:Changes/t:Update//t:ItemId")
    assert [each.get("Id") for each in updated] == [second.id]
    mailbox.change_item(second, {"message:IsRead": False})
    later = post(sync_items(state_of(reply), folder=folder))
    assert len(later.all(".//m:Changes/t:ReadFlagChange")) == 1
    assert len(later.all(".//m:Changes/*")) == 1
