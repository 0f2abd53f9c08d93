# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Change keys: a new one after each change, and what a stale one means to an update."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    change,
    field,
    get_item,
    item_id,
    set_field,
    shape,
    sync_items,
    update_item,
)


@pytest.fixture
def item(mailbox):
    return mailbox.add_contact(
        mailbox.folder("contacts"),
        {"contacts:GivenName": "Old", "contacts:Surname": "Old"},
    )


def given_name(text):
    return set_field(field("contacts:GivenName"), f"<t:GivenName>{text}</t:GivenName>")


def test_each_change_makes_a_new_key(post, mailbox, item):
    keys = [item.change_key]
    for number in range(3):
        mailbox.update_contact(item.id, {"contacts:JobTitle": str(number)})
        keys.append(item.change_key)
    post(update_item(change(item_id(item.id, keys[-1]), given_name("New"))))
    keys.append(item.change_key)

    assert len(set(keys)) == len(keys)
    assert post(get_item(item.id)).one(".//t:ItemId").get("ChangeKey") == keys[-1]


def test_reading_changes_no_key(post, item):
    key = item.change_key
    post(get_item(item.id))
    post(sync_items())

    assert item.change_key == key


@pytest.mark.parametrize("resolution", ["NeverOverwrite", "AutoResolve"])
def test_change_key_is_required(post, item, resolution):
    body = update_item(
        change(item_id(item.id), given_name("New")), resolution=resolution
    )

    assert post(body).codes == ["ErrorChangeKeyRequiredForWriteOperations"]
    assert item.values["contacts:GivenName"] == "Old"


def test_always_overwrite_needs_no_change_key(post, item):
    body = update_item(
        change(item_id(item.id), given_name("New")), resolution="AlwaysOverwrite"
    )

    assert post(body).codes == ["NoError"]
    assert item.values["contacts:GivenName"] == "New"


@pytest.mark.parametrize(
    ("resolution", "theirs", "code"),
    [
        (
            "NeverOverwrite",
            {"contacts:GivenName": "Theirs"},
            "ErrorIrresolvableConflict",
        ),
        ("NeverOverwrite", {"contacts:Surname": "Theirs"}, "ErrorIrresolvableConflict"),
        ("AutoResolve", {"contacts:GivenName": "Theirs"}, "ErrorIrresolvableConflict"),
        ("AutoResolve", {"contacts:Surname": "Theirs"}, "NoError"),
        ("AutoResolve", {"contacts:GivenName": "Ours"}, "NoError"),
        ("AlwaysOverwrite", {"contacts:GivenName": "Theirs"}, "NoError"),
    ],
)
def test_a_conflict_is_resolved_as_requested(
    post, mailbox, item, resolution, theirs, code
):
    stale = item.change_key
    mailbox.update_contact(item.id, theirs)
    after_theirs = dict(item.values)

    reply = post(
        update_item(
            change(item_id(item.id, stale), given_name("Ours")), resolution=resolution
        )
    )

    assert reply.codes == [code]
    ours = {"contacts:GivenName": "Ours"} if code == "NoError" else {}
    assert item.values == {**after_theirs, **ours}


def test_resolved_changes_are_counted(post, mailbox, item):
    stale = item.change_key
    mailbox.update_contact(item.id, {"contacts:Surname": "A", "contacts:JobTitle": "B"})

    reply = post(
        update_item(
            change(item_id(item.id, stale), given_name("Ours")),
            resolution="AutoResolve",
        )
    )

    assert reply.texts(".//m:ConflictResults/t:Count") == ["2"]


def test_drifted_keys_are_stale_but_nothing_changed(post, mailbox, item):
    stale, values = item.change_key, dict(item.values)
    mailbox.drift_change_keys()
    assert item.change_key != stale
    assert item.values == values
    target = change(item_id(item.id, stale), given_name("Ours"))

    never = post(update_item(target, resolution="NeverOverwrite"))
    auto = post(update_item(target, resolution="AutoResolve"))

    assert never.codes == ["ErrorIrresolvableConflict"]
    assert auto.codes == ["NoError"]


def test_drifted_items_come_up_in_the_next_synchronization(post, mailbox, item):
    state = post(sync_items()).one(".//m:SyncState").text
    mailbox.drift_change_keys()

    reply = post(sync_items(state, wanted=shape("IdOnly", field("contacts:Surname"))))

    assert [each.get("Id") for each in reply.all(".//t:Update//t:ItemId")] == [item.id]
    assert reply.texts(".//t:Surname") == ["Old"]


def test_an_invalid_change_key_is_refused(post, item):
    body = update_item(change(item_id(item.id, "stale"), given_name("New")))

    assert post(body).codes == ["ErrorInvalidChangeKey"]
