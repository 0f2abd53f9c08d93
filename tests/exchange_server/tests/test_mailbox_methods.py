# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The methods for tests and the population, with plain Python values and no XML."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta, timezone

import pytest

from exchange_server.exchange import Exchange
from exchange_server.store.mailbox import Mailbox


@pytest.fixture
def box():
    return Mailbox("anna@example.com", "password")


@pytest.fixture
def contacts(box):
    return box.folder("contacts")


def test_folders_by_well_known_and_by_displayed_name(box):
    made = box.create_folder("Friends")

    assert box.folder("inbox").name == "Inbox"
    assert box.folder("Friends") is made
    with pytest.raises(KeyError):
        box.folder("Nowhere")
    with pytest.raises(ValueError):
        box.create_folder("FRIENDS")


def test_values_are_stored_by_key(box, contacts):
    item = box.add_contact(
        contacts,
        {
            "contacts:GivenName": "Ann",
            "contacts:Surname": None,
            "item:Categories": ("A", "B"),
            "item:Body": "text",
            "contacts:Birthday": date(1980, 5, 6),
            "contacts:WeddingAnniversary": datetime(
                2004, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))
            ),
            "extended:0x3a45:String": "Dr.",
        },
    )

    assert item.values == {
        "contacts:GivenName": "Ann",
        "item:Categories": ["A", "B"],
        "item:Body": ("Text", "text"),
        "contacts:Birthday": datetime(1980, 5, 6, tzinfo=timezone.utc),
        "contacts:WeddingAnniversary": datetime(2003, 12, 31, 23, tzinfo=timezone.utc),
        "extended:0x3a45:String": "Dr.",
    }


@pytest.mark.parametrize(
    "values",
    [
        {"contacts:Shoes": "43"},
        {"contacts:GivenName": 5},
        {"contacts:GivenName": "nul\0"},
        {"contacts:PhoneNumber:RedPhone": "1"},
        {"contacts:HasPicture": True},
        {"item:Sensitivity": "Secret"},
        {"item:Categories": "A"},
        {"item:Body": ("RTF", "x")},
        {"contacts:Birthday": datetime(1980, 5, 6)},
        {"item:ReminderIsSet": "yes"},
        {"item:Culture": "plain English"},
    ],
)
def test_invalid_values_raise(box, contacts, values):
    with pytest.raises(ValueError):
        box.add_contact(contacts, values)
    assert box.contacts() == []


def test_update_sets_and_deletes(box, contacts):
    item = box.add_contact(
        contacts, {"contacts:GivenName": "Ann", "contacts:Surname": "Lee"}
    )

    box.update_contact(
        item.id, {"contacts:GivenName": None, "contacts:JobTitle": "Cook"}
    )

    assert item.values == {"contacts:Surname": "Lee", "contacts:JobTitle": "Cook"}


def test_contacts_are_those_of_all_folders_but_deleted_ones(box, contacts):
    here = box.add_contact(contacts, {})
    there = box.add_contact(box.create_folder("Friends"), {})
    box.delete_contact(box.add_contact(contacts, {}).id)
    box.delete_contact(box.add_contact(contacts, {}).id, hard=False)
    box.add_item(contacts, "IPM.DistList", {})

    assert box.contacts() == [here, there]


def test_unknown_identifiers_raise(box, contacts):
    gone = box.add_contact(contacts, {})
    box.delete_contact(gone.id)
    other = Mailbox("other@example.com", "password")
    theirs = other.add_contact(other.folder("contacts"), {})

    for identifier in (gone.id, theirs.id, "nonsense", "", contacts.id):
        with pytest.raises(KeyError):
            box.item(identifier)
        with pytest.raises(KeyError):
            box.delete_contact(identifier)


def test_same_address_gives_the_same_identifiers():
    first, second = (Mailbox("anna@example.com", "p") for _ in range(2))

    assert first.folder("contacts").id == second.folder("contacts").id


def test_identifiers_that_differ_by_case_only(box, contacts):
    """As on real servers; ignoring the case would mix up contacts."""
    box.bulk_add_contacts(contacts, ({} for _ in range(200)))

    identifiers = [each.id for each in contacts.items.values()]
    assert len(set(identifiers)) == 200
    assert len({each.lower() for each in identifiers}) < 200


def test_a_clock_can_be_passed():
    now = datetime(2024, 2, 29, 12, tzinfo=timezone.utc)
    exchange = Exchange(clock=lambda: now)
    box = exchange.add_mailbox("anna@example.com", "password")

    item = box.add_contact(box.folder("contacts"), {})

    assert (item.created, item.modified) == (now, now)


def test_users_log_on_in_three_ways():
    exchange = Exchange()
    box = exchange.add_mailbox("Anna@Example.com", "pass word")

    for username in ("anna@example.com", "EXAMPLE\\anna", "anna", "ANNA@EXAMPLE.COM"):
        assert exchange.check_password(username, "pass word") is box
        assert exchange.check_password(username, "Pass word") is None
        assert exchange.password_of(username) == "pass word"
    assert exchange.check_password("bert", "pass word") is None
    assert exchange.password_of("bert") is None
    assert exchange.mailbox("ANNA@example.com") is box
    with pytest.raises(ValueError):
        exchange.add_mailbox("anna@example.com", "again")


def test_methods_may_be_called_from_many_threads(box, contacts):
    def work():
        for _ in range(50):
            item = box.add_contact(contacts, {"contacts:GivenName": "x"})
            box.update_contact(item.id, {"contacts:GivenName": "y"})

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(box.contacts()) == 400
    assert len({each.id for each in box.contacts()}) == 400
    assert len({each.change_key for each in box.contacts()}) == 400


def test_a_replacing_mailbox_knows_no_former_identifier():
    exchange = Exchange()
    old = exchange.add_mailbox("anna@example.com", "password", "Anna")
    item = old.add_contact(old.folder("contacts"), {"contacts:GivenName": "Ann"})

    new = exchange.replace_mailbox("ANNA@example.com")

    assert exchange.mailbox("anna@example.com") is new
    assert (new.password, new.display_name) == ("password", "Anna")
    assert new.contacts() == []
    made = new.add_contact(new.folder("contacts"), {"contacts:GivenName": "Ann"})
    assert made.id != item.id
    assert new.folder("contacts").id != old.folder("contacts").id
    with pytest.raises(KeyError):
        new.item(item.id)
    with pytest.raises(KeyError):
        exchange.replace_mailbox("nobody@example.com")
