# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The simulator's tables of properties against the published schema, name by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import exchange_server
from exchange_server.error_texts import TEXTS
from exchange_server.ews.errors import STOP_THE_BATCH
from exchange_server.ews.properties.dictionaries import (
    ADDRESS_KEYS,
    ADDRESS_PARTS,
    DICTIONARIES,
    EMAIL_KEYS,
    IM_KEYS,
    PHONE_KEYS,
)
from exchange_server.ews.properties.extended import PROPERTY_SETS
from exchange_server.ews.properties.folder import FOLDER_PROPERTIES
from exchange_server.ews.properties.item_kinds import (
    CALENDAR_ITEM,
    CONTACT,
    DISTRIBUTION_LIST,
    ITEM_KINDS,
    MESSAGE,
    TASK,
)
from exchange_server.ews.restrictions import _CONTAINMENT
from exchange_server.properties.names import FILE_AS_MAPPINGS
from exchange_server.store.distinguished import FOLDER_PLANS

XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module")
def types(schemas):
    return etree.parse(str(schemas.directory / "types.xsd"))


def elements(types, type_name):
    """The names of a type's own elements, in the order of the schema."""
    found = types.find(f".//{XS}complexType[@name='{type_name}']")
    return [each.get("name") for each in found.iter(f"{XS}element")]


def words(document, type_name):
    """The values of an enumeration."""
    found = document.find(f".//{XS}simpleType[@name='{type_name}']")
    return [each.get("value") for each in found.iter(f"{XS}enumeration")]


@pytest.mark.parametrize(
    ("kind", "type_name"),
    [
        (CONTACT, "ContactItemType"),
        (DISTRIBUTION_LIST, "DistributionListType"),
        (MESSAGE, "MessageType"),
        (CALENDAR_ITEM, "CalendarItemType"),
        (TASK, "TaskType"),
    ],
)
def test_all_properties_in_the_order_of_the_schema(types, kind, type_name):
    common = elements(types, "ItemType")
    expected = common + elements(types, type_name)
    expected.remove("ExtendedProperty")

    assert [each.element for each in kind.properties] == expected
    extended_at = common.index("ExtendedProperty")
    assert [each.element for each in kind.before] == common[:extended_at]


def test_every_field_uri_of_contacts_and_items(types):
    known = {uri for kind in ITEM_KINDS for uri in kind.by_uri}
    published = {
        uri
        for uri in words(types, "UnindexedFieldURIType")
        if uri.partition(":")[0] in ("item", "contacts", "distributionlist")
    }

    # Contacts have no element for Culture, which belongs to items.
    assert published - known == {"contacts:Culture"}


def test_every_indexed_field_uri_of_contacts(types):
    known = {uri for each in DICTIONARIES for uri in each.entry_uris}
    published = set(words(types, "DictionaryURIType"))

    assert published - known == {
        "item:InternetMessageHeader",
        "distributionlist:Members:Member",
    }


@pytest.mark.parametrize(
    ("ours", "type_name"),
    [
        (PHONE_KEYS, "PhoneNumberKeyType"),
        (EMAIL_KEYS, "EmailAddressKeyType"),
        (IM_KEYS, "ImAddressKeyType"),
        (ADDRESS_KEYS, "PhysicalAddressKeyType"),
        (FILE_AS_MAPPINGS, "FileAsMappingType"),
        (tuple(_CONTAINMENT), "ContainmentModeType"),
    ],
)
def test_enumerations(types, ours, type_name):
    assert list(ours) == words(types, type_name)


def test_parts_of_an_address(types):
    assert list(ADDRESS_PARTS) == elements(types, "PhysicalAddressDictionaryEntryType")


def test_property_sets(types):
    assert set(PROPERTY_SETS) == set(words(types, "DistinguishedPropertySetType"))


def test_folder_properties(types):
    published = {
        uri
        for uri in words(types, "UnindexedFieldURIType")
        if uri.startswith("folder:")
    }

    assert set(FOLDER_PROPERTIES) == published


def test_well_known_folders(types):
    ours = {plan.distinguished_id for plan in FOLDER_PLANS if plan.distinguished_id}

    assert ours <= set(words(types, "DistinguishedFolderIdNameType"))


def test_response_codes(schemas):
    """Every code that the operations use is published and has a text of its own."""
    messages = etree.parse(str(schemas.directory / "messages.xsd"))
    package = Path(exchange_server.__file__).parent
    sources = [
        *package.glob("ews/**/*.py"),
        *package.glob("properties/*.py"),
        *package.glob("*.py"),
    ]
    used = {
        code
        for path in sources
        for code in re.findall(r'"(Error[A-Z]\w+)"', path.read_text("utf-8"))
    }

    assert set(TEXTS) | used <= set(words(messages, "ResponseCodeType"))
    assert used - set(STOP_THE_BATCH) <= set(TEXTS)
