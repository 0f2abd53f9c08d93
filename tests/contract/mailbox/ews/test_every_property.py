# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each property of a contact in the published schema is synchronized, or a reason is
given why it is not."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from lxml import etree

from exchange_contact_sync.ews.contacts.properties import PROPERTIES, Entry
from field_table import not_synchronized
from field_table.not_synchronized import (
    OF_CONTACTS,
    OF_ITEMS,
    SYNCHRONIZED,
    USED_OTHERWISE,
)
from support.rows import for_each_row

XS = "{http://www.w3.org/2001/XMLSchema}"
DICTIONARIES = {
    "EmailAddresses": "EmailAddressKeyType",
    "PhoneNumbers": "PhoneNumberKeyType",
    "ImAddresses": "ImAddressKeyType",
    "PhysicalAddresses": "PhysicalAddressKeyType",
}


@pytest.fixture(scope="module")
def types(schemas):
    return etree.parse(str(schemas.directory / "types.xsd"))


def elements(types, type_name):
    found = types.find(f".//{XS}complexType[@name='{type_name}']")
    return [each.get("name") for each in found.iter(f"{XS}element")]


def words(types, type_name):
    found = types.find(f".//{XS}simpleType[@name='{type_name}']")
    return [each.get("value") for each in found.iter(f"{XS}enumeration")]


def named(groups):
    return [name for group in groups for name in group.elements]


def test_each_element_of_a_contact_is_synchronized_or_has_a_reason_why_not(types):
    published = elements(types, "ItemType") + elements(types, "ContactItemType")

    listed = [*SYNCHRONIZED, *named((*USED_OTHERWISE, *OF_CONTACTS, *OF_ITEMS))]

    assert Counter(listed) == Counter(published)


def test_contacts_are_distinguished_from_other_items(types):
    assert set(named(OF_CONTACTS)) <= set(elements(types, "ContactItemType"))
    assert set(named(OF_ITEMS)) <= set(elements(types, "ItemType"))


def test_each_entry_of_each_dictionary_is_synchronized(types):
    parts = elements(types, "PhysicalAddressDictionaryEntryType")
    published = {
        (container, *entry)
        for container, keys in DICTIONARIES.items()
        for entry in product(
            words(types, keys), parts if container == "PhysicalAddresses" else [""]
        )
    }

    ours = [prop for prop in PROPERTIES.values() if isinstance(prop, Entry)]

    assert {(prop.container, prop.key, prop.part) for prop in ours} == published
    assert len(ours) == len(published)


def test_no_dictionary_of_a_contact_is_forgotten(types):
    contact = types.find(f".//{XS}complexType[@name='ContactItemType']")
    published = {
        each.get("name")
        for each in contact.iter(f"{XS}element")
        if each.get("type").endswith("DictionaryType")
    }

    assert published == DICTIONARIES.keys()


@for_each_row("group", [*USED_OTHERWISE, *OF_CONTACTS, *OF_ITEMS])
def test_a_reason_is_a_sentence(group):
    assert group.elements
    assert group.reason[0].isupper() and group.reason.endswith(".")


def test_a_property_of_an_unknown_kind_is_an_error():
    with pytest.raises(TypeError):
        not_synchronized.element_of(object())
