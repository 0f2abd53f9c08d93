# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The values of a fetched contact."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contract.mailbox.samples import BESIDE, FULL, OTHER, ROWS, shown
from exchange_contact_sync.core.errors import ContactGone
from exchange_contact_sync.core.mailbox import RemoteRef


def ref(item_id: str) -> RemoteRef:
    return RemoteRef(item_id, "")


def test_every_row_is_read(world):
    item = world.put(FULL)

    (found,) = world.store.fetch([ref(item)])

    assert shown(found.contact) == shown(FULL)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_read_from_its_own_place(world, row):
    values = {"display_name": FULL["display_name"], row: FULL[row]}
    item = world.put(values)

    (found,) = world.store.fetch([ref(item)])

    filled = {key: text for key, text in found.contact.items() if text}
    assert shown(filled) == shown(values)


def test_blank_rows_are_read_as_blank(world):
    item = world.put({"display_name": "Ida"})

    (found,) = world.store.fetch([ref(item)])

    assert set(found.contact) - BESIDE == set(ROWS)
    assert {t for row, t in found.contact.items() if row != "display_name"} == {""}


def test_answers_come_in_the_order_asked(world):
    names = [f"Person {number}" for number in range(7)]
    items = [world.put({"given_name": name}) for name in names]

    found = world.store.fetch([ref(item) for item in reversed(items)])

    assert [c.contact["given_name"] for c in found] == list(reversed(names))


def test_a_deleted_contact_is_gone_and_the_others_are_read(world):
    first, second, third = (world.put({"given_name": n}) for n in "ABC")
    world.remove(second)

    found = world.store.fetch([ref(first), ref(second), ref(third)])

    assert found[0].contact["given_name"] == "A"
    assert isinstance(found[1], ContactGone)
    assert found[2].contact["given_name"] == "C"


def test_a_fetched_contact_names_its_folder(world):
    item = world.put({"given_name": "Ida"})

    (found,) = world.store.fetch([ref(item)])

    assert (found.ref.id, found.ref.folder) == (item, world.folder)
    assert found.ref.version and found.ref.sync_key == ""


def test_private_contacts_are_distinguished_from_others(world):
    items = [world.put({"given_name": "A"}, private=flag) for flag in (False, True)]

    found = world.store.fetch([ref(item) for item in items])

    assert [contact.private for contact in found] == [False, True]


def test_an_edit_gives_a_new_version_and_a_time_that_does_not_go_back(world):
    item = world.put({"given_name": "Ida"})
    (before,) = world.store.fetch([ref(item)])
    world.edit(item, {"given_name": OTHER["given_name"]})

    (after,) = world.store.fetch([ref(item)])

    assert after.ref.version != before.ref.version
    assert after.modified >= before.modified
    assert after.modified.utcoffset() == timedelta(0)


def test_the_same_version_is_the_same_content(world):
    item = world.put(FULL)

    (once,) = world.store.fetch([ref(item)])
    (again,) = world.store.fetch([once.ref])

    assert again == once


def test_empty_request_asks_for_nothing(world):
    assert world.store.fetch([]) == []
