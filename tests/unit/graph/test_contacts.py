# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact is sent as JSON and read back as the same contact."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.mailbox.samples import FULL, OTHER, ROWS, shown
from exchange_contact_sync.core.fields import EMAIL_KEYS, EMAIL_LABELS
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef
from exchange_contact_sync.graph.contacts import emails
from exchange_contact_sync.graph.contacts.layout import STANDARD
from exchange_contact_sync.graph.contacts.parse import (
    Slot,
    is_note_whole,
    remote_contact,
)
from exchange_contact_sync.graph.contacts.properties import PROPERTIES, Email, Plain
from exchange_contact_sync.graph.contacts.serialize import (
    Current,
    Nulls,
    changes,
    new_contact,
)
from exchange_contact_sync.graph.odata import EXTENDED, extended_id
from exchange_contact_sync.outlook.properties import BODY
from support.rows import for_each_row

REF = RemoteRef("id", "1", "folder")
HEAD = {"id": "id", "@odata.etag": 'W/"1"', "parentFolderId": "folder"}


def item_of(payload):
    """Return the JSON that a server answers to the creation of a contact."""
    listed = payload.pop(emails.LIST, [])
    extra = [*payload.pop(EXTENDED)]
    for row, entry in zip(EMAIL_KEYS, listed, strict=False):
        prop = PROPERTIES[row]
        extra += [
            {"id": extended_id(prop.label), "value": entry["name"]},
            {"id": extended_id(prop.type), "value": "SMTP"},
            {"id": extended_id(prop.address), "value": entry["address"]},
        ]
    names = [p.name for p in PROPERTIES.values() if isinstance(p, Plain)]
    return {**dict.fromkeys(names), **HEAD, **payload, EXTENDED: extra}


@for_each_row("values", [FULL, OTHER, {}])
def test_all_rows_are_read_back(values):
    item = item_of(new_contact(values, "key-1"))

    found = remote_contact(item)

    assert shown(found.contact) == {**dict.fromkeys(ROWS, ""), **shown(values)}
    assert (found.ref.sync_key, found.ref.version, found.unread) == ("key-1", "1", ())


@given(st.sets(st.sampled_from(ROWS)))
def test_rows_that_were_not_sent_are_read_as_blank(rows):
    values = {row: FULL[row] for row in rows}

    found = remote_contact(item_of(new_contact(values, "key-1")))

    assert {r: t for r, t in shown(found.contact).items() if t} == shown(values)


@pytest.mark.parametrize("row", ROWS)
def test_a_change_contains_its_own_row_and_the_display_name(row):
    current = Current("Ida", {})
    payload = changes(RemoteChange(REF, {row: OTHER[row]}), current)

    names = set(payload) - {EXTENDED, "displayName"}
    listed = payload.get(EXTENDED, [])
    prop = PROPERTIES[row]
    if isinstance(prop, Plain):
        assert names <= {prop.name} and not listed
    elif not isinstance(prop, Email):
        assert not names and len(listed) == 1
    assert payload["displayName"] == (OTHER[row] if row == "display_name" else "Ida")


ONE = {"email": Slot("a@example.com", "SMTP", "A")}
SECOND = {"email2": Slot("a@example.com", "SMTP", "A")}
INSIDE = {"email": Slot("/o=Example/cn=a", "EX", "A")}


@for_each_row(
    ("before", "values", "in_list"),
    [
        ({}, {"email": "b@example.com"}, True),
        ({}, {"email": "b@example.com", "email2": "c@example.com"}, True),
        ({}, {"email2": "b@example.com"}, False),  # a gap
        ({}, {"email": "b@example.com", "email3": "c@example.com"}, False),
        (ONE, {"email": "b@example.com"}, True),
        (ONE, {"email": ""}, True),
        (ONE, {"email2": "b@example.com"}, False),  # the first one stays as it is
        (SECOND, {"email": "b@example.com"}, False),
        (INSIDE, {"email2": "b@example.com"}, False),
        (ONE, {"email": "a@example.com", "email_label": "B"}, False),  # another name
    ],
)
def test_addresses_without_gaps_are_sent_as_a_list(before, values, in_list):
    payload = changes(RemoteChange(REF, values), Current("", before))

    assert (emails.LIST in payload, EXTENDED in payload) == (in_list, not in_list)


def test_an_unchanged_address_is_not_sent():
    payload = changes(RemoteChange(REF, {"email": "a@example.com"}), Current("", ONE))

    assert payload == {"displayName": None}


def test_the_entry_id_contains_name_and_address():
    raw = base64.b64decode(emails.one_off("Änne", "a@example.com"))

    assert raw[:4] == b"\0\0\0\0" and len(raw[:24]) == 24
    texts = raw[24:].decode("utf-16-le")
    assert texts == "Änne\0SMTP\0a@example.com\0"


@for_each_row(
    ("nulls", "thorough", "expected"),
    [(Nulls(), False, None), (Nulls(refused=True), False, ""), (Nulls(), True, "")],
)
def test_a_text_is_deleted_by_null_or_by_an_empty_text(nulls, thorough, expected):
    rows = frozenset({"phone_mobile"} if thorough else ())
    change = RemoteChange(REF, {"phone_mobile": ""}, rows)

    payload = changes(change, Current(), nulls=nulls)

    assert payload[EXTENDED] == [{"id": "String 0x3A1C", "value": expected}]


@for_each_row(
    ("note", "body", "whole"),
    [
        ("", "", True),
        (None, "", True),
        ("Short", "Short", True),
        ("One\r\nTwo", "One\nTwo", True),
        ("OneTwo", "\r\nOne\r\nTwo", False),
        ("Short", "", False),
        ("x" * 256, "x" * 256, False),
    ],
)
def test_a_note_of_a_list_is_only_used_if_it_is_complete(note, body, whole):
    extra = [{"id": extended_id(BODY).lower(), "value": body}] if body else []

    assert is_note_whole({"personalNotes": note, EXTENDED: extra}) is whole


@for_each_row(
    "broken",
    [
        {"id": None},
        {"id": 5},
        {"id": "x" * 2000},
        {"@odata.etag": None},
        {EXTENDED: "a text"},
        {EXTENDED: [{"id": "String 0x3A1C", "value": ["a", "list"]}]},
        {EXTENDED: [{"value": "without an id"}]},
    ],
)
def test_an_invalid_contact_raises(broken):
    with pytest.raises((ValueError, LookupError, TypeError)):
        remote_contact({**HEAD, **broken})


def test_a_property_missing_in_the_answer_does_not_count_as_blank():
    found = remote_contact({**HEAD, "surname": "Lund"}).contact

    assert found["surname"] == "Lund" and "given_name" not in found
    assert found["phone_mobile"] == ""  # one without a value never is


def test_a_messenger_without_a_slot_gets_a_free_one():
    item = {**HEAD, "imAddresses": ["sip:a", "sip:b"]}
    item[EXTENDED] = [{"id": extended_id(PROPERTIES["im1"].name), "value": "sip:b"}]

    found = remote_contact(item).contact

    assert [found[row] for row in ("im1", "im2", "im3")] == ["sip:b", "sip:a", ""]


def test_the_standard_fields_have_the_labels_of_the_addresses():
    assert STANDARD.kinds.labels == EMAIL_LABELS
