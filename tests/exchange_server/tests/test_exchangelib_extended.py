# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties with plain exchangelib: by set, GUID, identifier and tag."""

from __future__ import annotations

import pytest
from exchangelib import Contact, EWSDateTime, EWSTimeZone
from exchangelib.extended_properties import ExtendedProperty, ExternId


class BySet(ExtendedProperty):
    distinguished_property_set_id = "PublicStrings"
    property_name = "Favourite tea"
    property_type = "String"


class ByGuid(ExtendedProperty):
    property_set_id = "6D1B2C3D-0001-4f4f-8a8a-123456789abc"
    property_name = "Shoe size"
    property_type = "Integer"


class ByIdentifier(ExtendedProperty):
    distinguished_property_set_id = "Address"
    property_id = 0x8011
    property_type = "Boolean"


class ByTag(ExtendedProperty):
    property_tag = 0x3A45
    property_type = "String"


class Strings(ExtendedProperty):
    property_set_id = "6d1b2c3d-0001-4f4f-8a8a-123456789abc"
    property_name = "Languages"
    property_type = "StringArray"


class Time(ExtendedProperty):
    property_set_id = "6d1b2c3d-0001-4f4f-8a8a-123456789abc"
    property_name = "Seen"
    property_type = "SystemTime"


class Bytes(ExtendedProperty):
    property_set_id = "6d1b2c3d-0001-4f4f-8a8a-123456789abc"
    property_name = "Digest"
    property_type = "Binary"


PROPERTIES = {
    "tea": (BySet, "Assam"),
    "shoes": (ByGuid, 43),
    "pinned": (ByIdentifier, True),
    "title_tag": (ByTag, "Dr."),
    "languages": (Strings, ["sv", "de"]),
    "seen": (Time, EWSDateTime(2024, 2, 29, 12, tzinfo=EWSTimeZone("UTC"))),
    "digest": (Bytes, b"\x00\x01"),
    "sync_key": (ExternId, "k-1"),
}


@pytest.fixture
def registered():
    for name, (cls, _) in PROPERTIES.items():
        Contact.register(name, cls)
    yield
    for name in PROPERTIES:
        Contact.deregister(name)


@pytest.fixture
def made(account, registered):
    values = {name: value for name, (_, value) in PROPERTIES.items()}
    return Contact(
        account=account, folder=account.contacts, display_name="E", **values
    ).save()


def test_all_ways_come_back(account, made):
    found = account.contacts.get(id=made.id)

    for name, (_, value) in PROPERTIES.items():
        assert getattr(found, name) == value, name
    assert found.complete_name.title == "Dr."


@pytest.mark.parametrize("name", PROPERTIES)
def test_change_and_delete(account, made, name):
    new = {
        "tea": "Darjeeling",
        "shoes": 44,
        "pinned": False,
        "title_tag": "Prof.",
        "languages": ["en"],
        "seen": EWSDateTime(2025, 1, 1, tzinfo=EWSTimeZone("UTC")),
        "digest": b"\x02",
        "sync_key": "k-2",
    }[name]
    setattr(made, name, new)
    made.save(update_fields=[name])
    assert getattr(account.contacts.get(id=made.id), name) == new

    setattr(made, name, None)
    made.save(update_fields=[name])
    assert getattr(account.contacts.get(id=made.id), name) is None


def test_search_by_them(account, made):
    other = Contact(
        account=account, folder=account.contacts, display_name="O", sync_key="k-9"
    ).save()

    assert account.contacts.get(sync_key="k-1").id == made.id
    assert account.contacts.get(sync_key="k-9").id == other.id
    assert account.contacts.filter(shoes__gt=42).count() == 1
    assert account.contacts.filter(tea__exists=True).count() == 1
    assert account.contacts.filter(sync_key__in=["k-1", "k-9"]).count() == 2


def test_synchronization_tells_them(account, made):
    ((_, found),) = account.contacts.sync_items(only_fields=["sync_key", "shoes"])

    assert (found.sync_key, found.shoes) == ("k-1", 43)


def test_names_are_case_sensitive_and_types_apart(account, made, mailbox):
    (item,) = mailbox.contacts()
    guid = ByGuid.property_set_id.lower()

    assert f"extended:{guid}:Shoe size:Integer" in item.values
    assert f"extended:{guid}:shoe size:Integer" not in item.values
