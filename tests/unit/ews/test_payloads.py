# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts and changes have the right form when sent, and are read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from exchange_contact_sync.core.dates import is_no_date
from exchange_contact_sync.core.emails import bare
from exchange_contact_sync.core.fields import (
    EMAIL_LABELS,
    FIELDS,
    LOCAL_DAY_ROWS,
    NAME_EVIDENCE,
    Kind,
)
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef
from exchange_contact_sync.core.normalize import clean, members, visible_text
from exchange_contact_sync.core.text import without_invisible
from exchange_contact_sync.ews.contacts.clearing import GROUPS
from exchange_contact_sync.ews.contacts.parse import remote_contact
from exchange_contact_sync.ews.contacts.properties import (
    ADDRESS_ORDER,
    ELEMENT_ORDER,
    LOCAL_DAYS,
    PROPERTIES,
    SYNC_KEY,
)
from exchange_contact_sync.ews.contacts.serialize import (
    item_change,
    new_contact,
    sync_key_removal,
)
from exchange_contact_sync.ews.operations.xml import T, path_to, t
from support.rows import for_each_row

TEXTS = st.text(max_size=30)
DAYS = {key for key, row in FIELDS.items() if row.kind is Kind.DATE}
VALUES = st.builds(
    lambda texts, days: {**texts, **days},
    st.dictionaries(st.sampled_from(sorted(PROPERTIES.keys() - DAYS)), TEXTS),
    st.dictionaries(
        st.sampled_from(sorted(DAYS)),
        st.dates().filter(lambda day: not is_no_date(day)).map(str),
    ),
)


def changed(values, thorough=()):
    """Return a change of a contact."""
    return RemoteChange(RemoteRef("id", "version"), values, frozenset(thorough))


def read_back(contact):
    """Read a sent contact as if the server returned it, with an id."""
    contact.insert(0, T.ItemId(Id="id", ChangeKey="key"))
    return remote_contact(etree.fromstring(etree.tostring(contact)))


def seen(values):
    """Return texts as they are read back: without characters that cannot be stored and
    without surrounding blanks; addresses and numbers also without invisible
    characters."""
    texts = {row: clean(text).strip() for row, text in values.items()}
    for row in texts.keys() & FIELDS.keys():
        if FIELDS[row].kind is Kind.PHONE:
            texts[row] = without_invisible(texts[row])
        elif FIELDS[row].kind is Kind.EMAIL:
            texts[row] = bare(texts[row])
    if "note" in texts:
        texts["note"] = visible_text(texts["note"])
    if "categories" in texts:
        texts["categories"] = "\n".join(members(texts["categories"]).values())
    return texts


def test_each_row_has_exactly_one_property():
    assert set(PROPERTIES) == (set(FIELDS) - {"name"}) | set(NAME_EVIDENCE)
    paths = [etree.tostring(path_to(prop)) for prop in PROPERTIES.values()]
    assert len(set(paths)) == len(paths)


@given(VALUES, st.uuids().map(str))
def test_a_new_contact_is_read_back_with_its_values(values, key):
    found = read_back(new_contact(values, key))

    contact = dict(found.contact)
    contact["note"] = visible_text(contact["note"])
    labels = {EMAIL_LABELS[row]: contact[row] for row in EMAIL_LABELS if contact[row]}
    shown = " ".join(contact["display_name"].split())
    if contact["email"] and shown:
        labels["email_label"] = shown
    assert contact == {**dict.fromkeys(PROPERTIES, ""), **labels, **seen(values)}
    assert found.ref.sync_key == key


LABELS = [
    # address and label to be sent, and the name in the entry
    ("a@example.com", "Ida Lund", "Ida Lund"),
    ("a@example.com", " Ida\r\n Lund\x00", "Ida Lund"),
    ("a@example.com", "a@example.com", "a@example.com"),
    ("a@example.com", "", None),
    ("a@example.com", None, None),
]


@for_each_row(("row", "label"), EMAIL_LABELS.items())
def test_a_label_is_sent_with_its_address(row, label):
    for address, text, name in LABELS:
        attributes = {"Name": name, "RoutingType": "SMTP"} if name else {}
        values = {row: address} | ({} if text is None else {label: text})
        _item, (update,) = item_change(changed(values))
        for contact in (new_contact(values, "key"), update[1]):
            entry = dict(contact.find(f"{t('EmailAddresses')}/*").attrib)
            assert entry.pop("Key").startswith("EmailAddress")
            assert entry == attributes


@given(VALUES)
def test_elements_are_in_the_order_of_the_schema(values):
    contact = new_contact(values, "key")

    names = [etree.QName(element).localname for element in contact]
    assert names == sorted(names, key=ELEMENT_ORDER.index)
    single = [name for name in names if name != "ExtendedProperty"]
    assert len(set(single)) == len(single)
    for entry in contact.iterfind(f"{t('PhysicalAddresses')}/*"):
        parts = [etree.QName(part).localname for part in entry]
        assert parts == sorted(set(parts), key=ADDRESS_ORDER.index)


@given(VALUES)
def test_a_change_contains_only_the_changed_properties(values):
    change = item_change(changed(values))

    item, updates = change
    assert dict(item.attrib) == {"Id": "id", "ChangeKey": "version"}
    mentioned = [sorted(update[0].attrib.items()) for update in updates]
    wanted = [sorted(path_to(PROPERTIES[row]).attrib.items()) for row in values]
    assert mentioned == wanted
    for update in updates:
        kind = etree.QName(update).localname
        assert (kind, len(update)) in {("SetItemField", 2), ("DeleteItemField", 1)}
        if kind == "SetItemField":
            assert len(update[1]) == 1


@for_each_row("row", sorted(PROPERTIES))
def test_a_blank_row_is_deleted_and_a_filled_one_is_set(row):
    for text, kind in (("", "DeleteItemField"), (" \n", "DeleteItemField")):
        _item, updates = item_change(changed({row: text}))
        assert etree.QName(updates[0]).localname == kind
    text = "2001-02-03" if row in DAYS else "x"
    _item, updates = item_change(changed({row: text}))
    assert etree.QName(updates[0]).localname == "SetItemField"


@for_each_row("row", ["name", "phone", ""])
def test_a_key_that_is_not_a_row_raises(row):
    with pytest.raises(KeyError):
        new_contact({row: "x"}, "key")
    with pytest.raises(KeyError):
        item_change(changed({row: "x"}))


@for_each_row(("row", "local"), LOCAL_DAY_ROWS.items())
def test_a_day_is_written_with_its_local_day(row, local):
    for day, kind in (("1980-03-05", "SetItemField"), ("", "DeleteItemField")):
        item = item_change(changed({row: day, local: day}))
        found = [etree.QName(update).localname for update in item[1]]
        assert found == [kind, kind]
        assert dict(item[1][1][0].attrib) == LOCAL_DAYS[local].path
    contact = new_contact({row: "1980-03-05", local: "1980-03-05"}, "key")
    assert read_back(contact).contact[local] == "1980-03-05T00:00:00Z"


def test_removing_the_sync_key_changes_nothing_else():
    item, updates = sync_key_removal("id", "version")

    assert dict(item.attrib) == {"Id": "id", "ChangeKey": "version"}
    (update,) = updates
    assert etree.QName(update).localname == "DeleteItemField"
    assert dict(update[0].attrib) == SYNC_KEY.path


@for_each_row("row", GROUPS)
def test_a_thorough_deletion_deletes_the_whole_property_group(row):
    """Any other change concerns the property of the row only."""
    paths = [dict(path_to(prop).attrib) for prop in GROUPS[row]]
    values = {row: "", "surname": ""}

    _item, updates = item_change(changed(values, {row, "surname"}))

    assert [dict(update[0].attrib) for update in updates[:-1]] == paths
    assert updates[-1][0].get("FieldURI") == "contacts:Surname"
    assert {update.tag for update in updates} == {t("DeleteItemField")}
    _item, updates = item_change(changed({row: ""}))
    assert dict(updates[0][0].attrib) == dict(path_to(PROPERTIES[row]).attrib)
