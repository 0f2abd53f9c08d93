# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts with plain exchangelib: make, read, change, delete, search."""

from __future__ import annotations

import pytest
from exchangelib import Body, Contact, EWSDate, HTMLBody, Message
from exchangelib.errors import (
    ErrorInvalidIdMalformed,
    ErrorIrresolvableConflict,
    ErrorItemNotFound,
)
from exchangelib.indexed_properties import (
    EmailAddress,
    ImAddress,
    PhoneNumber,
    PhysicalAddress,
)
from exchangelib.items import (
    ALWAYS_OVERWRITE,
    MOVE_TO_DELETED_ITEMS,
    NEVER_OVERWRITE,
    SOFT_DELETE,
)

FIELDS = {
    "display_name": "Maja Lind",
    "given_name": "Maja",
    "middle_name": "Eva",
    "surname": "Lind",
    "initials": "M.L.",
    "nickname": "Maj",
    "generation": "Sr.",
    "company_name": "Lind & Co",
    "department": "Sales",
    "job_title": "Manager",
    "manager": "Per",
    "assistant_name": "Liv",
    "office": "2.13",
    "profession": "Baker",
    "spouse_name": "Ola",
    "mileage": "12 km",
    "business_homepage": "https://lind.example.com",
    "children": ["Ida", "Nils"],
    "companies": ["Lind & Co", "Other"],
    "file_as": "Lind, Maja",
    "birthday": EWSDate(1980, 2, 29),
    "wedding_anniversary": EWSDate(2004, 6, 5),
    "postal_address_index": "Home",
    "email_addresses": [
        EmailAddress(label="EmailAddress1", email="maja@example.com"),
        EmailAddress(label="EmailAddress3", email="maja@home.example.com"),
    ],
    "phone_numbers": [
        PhoneNumber(label="BusinessPhone", phone_number="+46 8 555 01 01"),
        PhoneNumber(label="HomePhone", phone_number="+46 8 555 01 02"),
        PhoneNumber(label="MobilePhone", phone_number="+46 70 555 01 03"),
    ],
    "im_addresses": [ImAddress(label="ImAddress1", im_address="maja@im.example.com")],
    "physical_addresses": [
        PhysicalAddress(
            label="Business",
            street="Gatan 1\r\nHus B",
            city="Umeå",
            state="AC",
            country="Sweden",
            zipcode="903 26",
        ),
        PhysicalAddress(label="Home", city="Luleå"),
    ],
    "categories": ["Friend", "Supplier"],
    "sensitivity": "Private",
    "importance": "High",
    "body": Body("Met at the fair.\r\nLikes rye."),
}


@pytest.fixture
def maja(account):
    return Contact(account=account, folder=account.contacts, **FIELDS).save()


def test_all_fields_come_back(account, maja):
    found = account.contacts.get(id=maja.id)

    assert {name: getattr(found, name) for name in FIELDS} == FIELDS
    assert found.changekey == maja.changekey
    assert found.complete_name.full_name == "Maja Lind"
    assert found.complete_name.last_name == "Lind"
    assert found.text_body == FIELDS["body"]
    assert found.has_picture is False
    assert found.item_class == "IPM.Contact"
    assert found.datetime_created == found.last_modified_time


def test_update_one_phone_of_several(account, maja, mailbox):
    for phone in maja.phone_numbers:
        if phone.label == "MobilePhone":
            phone.phone_number = "+46 70 555 01 99"
    old_key = maja.changekey

    maja.save(update_fields=["phone_numbers"])

    assert maja.changekey != old_key
    found = account.contacts.get(id=maja.id)
    assert {each.label: each.phone_number for each in found.phone_numbers} == {
        "BusinessPhone": "+46 8 555 01 01",
        "HomePhone": "+46 8 555 01 02",
        "MobilePhone": "+46 70 555 01 99",
    }
    for name in FIELDS:
        if name != "phone_numbers":
            assert getattr(found, name) == FIELDS[name], name


def test_save_without_naming_fields(account, maja):
    maja.job_title = "Director"
    maja.save()

    assert account.contacts.get(id=maja.id).job_title == "Director"


def test_clearing_fields(account, maja):
    maja.job_title = None
    maja.phone_numbers = []
    maja.physical_addresses = None
    maja.birthday = None
    maja.save(
        update_fields=["job_title", "phone_numbers", "physical_addresses", "birthday"]
    )

    found = account.contacts.get(id=maja.id)
    assert (found.job_title, found.birthday) == (None, None)
    assert not found.phone_numbers
    assert not found.physical_addresses


def test_html_body(account):
    made = Contact(
        account=account,
        folder=account.contacts,
        display_name="B",
        body=HTMLBody("<p>Hello &amp; welcome</p>"),
    ).save()

    found = account.contacts.get(id=made.id)
    assert isinstance(found.body, HTMLBody)
    assert "<p>Hello &amp; welcome</p>" in found.body
    assert found.text_body.strip() == "Hello & welcome"


def test_delete_for_good(account, maja, mailbox):
    maja.delete()

    assert mailbox.contacts() == []
    assert account.contacts.all().count() == 0
    assert account.trash.all().count() == 0


def test_delete_to_the_bin(account, maja):
    old = maja.id
    maja.move_to_trash()

    (in_bin,) = account.trash.all()
    assert isinstance(in_bin, Contact)
    assert in_bin.display_name == "Maja Lind"
    assert in_bin.id != old
    assert account.contacts.all().count() == 0


def test_soft_delete(account, maja):
    maja.soft_delete()

    assert account.contacts.all().count() == 0
    assert account.recoverable_items_deletions.all().count() == 1


def test_move_and_copy(account, maja):
    from exchangelib.folders import Contacts

    folder = Contacts(parent=account.contacts, name="Friends").save()
    copied_id, _ = maja.copy(to_folder=folder)
    assert folder.all().count() == 1

    old = maja.id
    maja.move(to_folder=folder)
    assert maja.id not in (old, copied_id)
    assert folder.all().count() == 2
    assert account.contacts.all().count() == 0


def test_search(account):
    for given, family, company in (
        ("Ada", "Byron", "Engines"),
        ("Bo", "Ek", "Engines"),
        ("Cy", "Fox", None),
    ):
        Contact(
            account=account,
            folder=account.contacts,
            display_name=f"{given} {family}",
            given_name=given,
            surname=family,
            company_name=company,
            categories=[given],
        ).save()
    contacts = account.contacts

    def names(query):
        return list(query.order_by("surname").values_list("surname", flat=True))

    assert names(contacts.all()) == ["Byron", "Ek", "Fox"]
    assert names(contacts.filter(company_name="Engines")) == ["Byron", "Ek"]
    assert names(contacts.exclude(company_name="Engines")) == ["Fox"]
    assert names(contacts.filter(company_name__exists=False)) == ["Fox"]
    assert names(contacts.filter(display_name__icontains="O")) == ["Byron", "Ek", "Fox"]
    assert names(contacts.filter(surname__startswith="B")) == ["Byron"]
    assert names(contacts.filter(given_name__in=["Ada", "Cy"])) == ["Byron", "Fox"]
    assert names(contacts.filter(categories__contains=["Bo"])) == ["Ek"]
    assert names(contacts.filter("fox")) == ["Fox"]
    assert [
        each.surname for each in contacts.all().order_by("-surname").only("surname")
    ] == ["Fox", "Ek", "Byron"]
    assert contacts.get(given_name="Bo").surname == "Ek"


def test_paging_through_many(account, mailbox):
    mailbox.bulk_add_contacts(
        mailbox.folder("contacts"),
        ({"contacts:Surname": f"{number:04}"} for number in range(250)),
    )

    query = account.contacts.all().order_by("surname").only("surname")
    query.page_size = 60

    assert [each.surname for each in query] == [f"{number:04}" for number in range(250)]


def test_other_kinds_of_items_are_no_contacts(account):
    assert {type(each) for each in account.inbox.all()} == {Message}
    assert account.inbox.all().count() == 3
    assert [each.subject for each in account.calendar.all()] == ["Team breakfast"]
    assert [each.subject for each in account.tasks.all()] == ["Water the plants"]
    assert account.contacts.all().count() == 0


def test_conflicts(account, maja, mailbox):
    mailbox.update_contact(maja.id, {"contacts:JobTitle": "Theirs"})
    maja.job_title = "Ours"

    for resolution in (NEVER_OVERWRITE, "AutoResolve"):
        with pytest.raises(ErrorIrresolvableConflict):
            maja.save(update_fields=["job_title"], conflict_resolution=resolution)
    assert mailbox.item(maja.id).values["contacts:JobTitle"] == "Theirs"

    maja.save(update_fields=["job_title"], conflict_resolution=ALWAYS_OVERWRITE)
    assert mailbox.item(maja.id).values["contacts:JobTitle"] == "Ours"


def test_unknown_identifiers(account, maja):
    identifier = maja.id
    maja.delete()

    results = list(account.fetch([(identifier, None), ("AAMkAD==", None)]))

    assert [type(each) for each in results] == [
        ErrorItemNotFound,
        ErrorInvalidIdMalformed,
    ]


def test_bulk(account):
    people = [
        Contact(display_name=f"Person {number}", surname=f"{number:03}")
        for number in range(250)
    ]
    made = account.bulk_create(folder=account.contacts, items=people, chunk_size=100)
    assert len(made) == 250

    found = list(account.fetch(made))
    assert [each.surname for each in found] == [f"{number:03}" for number in range(250)]

    for each in found:
        each.job_title = "Same"
    changed = account.bulk_update([(each, ["job_title"]) for each in found])
    assert [identifier for identifier, _ in changed] == [each.id for each in found]
    assert account.contacts.filter(job_title="Same").count() == 250

    deleted = account.bulk_delete(changed, delete_type=MOVE_TO_DELETED_ITEMS)
    assert deleted == [True] * 250
    assert account.contacts.all().count() == 0
    assert account.trash.all().count() == 250


def test_bulk_deletion_with_a_missing_item(account, maja):
    other = Contact(account=account, folder=account.contacts, display_name="O").save()
    missing = (maja.id, maja.changekey)
    maja.delete()

    results = account.bulk_delete(
        [missing, (other.id, other.changekey)], delete_type=SOFT_DELETE
    )

    assert [type(each) for each in results] == [ErrorItemNotFound, bool]
