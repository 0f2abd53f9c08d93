# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Identifiers and change keys: opaque, but never mistaken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_server.store import ids

GUID = ids.guid_of("anna@example.com")
KINDS = st.sampled_from([ids.FOLDER, ids.ITEM, ids.ATTACHMENT])
NUMBERS = st.integers(0, 2**40)


LENGTHS = {ids.FOLDER: 120, ids.ITEM: 152, ids.ATTACHMENT: 184}


@given(KINDS, NUMBERS)
def test_identifier_says_what_it_stands_for(kind, number):
    text = ids.identifier(ids.prefix_of(GUID, kind), number)

    assert len(text) == LENGTHS[kind]

    assert ids.decode(text) == ids.Moniker(GUID, kind, number)


@given(KINDS, NUMBERS, st.integers(0, 119), st.characters(codec="ascii"))
def test_altered_identifier_is_never_taken_for_the_same(kind, number, place, character):
    text = ids.identifier(ids.prefix_of(GUID, kind), number)
    altered = text[:place] + character + text[place + 1 :]

    try:
        found = ids.decode(altered)
    except ids.MalformedId:
        return
    assert (found == ids.Moniker(GUID, kind, number)) == (altered == text)


@given(st.text())
def test_any_other_text_is_no_identifier(text):
    with pytest.raises(ids.MalformedId):
        ids.decode(text)
    with pytest.raises(ids.MalformedId):
        ids.version_of(text)


@given(st.sampled_from([ids.FOLDER, ids.ITEM]), st.integers(0, 2**32 - 1))
def test_change_key_keeps_its_version(kind, version):
    assert ids.version_of(ids.change_key(GUID, kind, version)) == version


def test_mailboxes_never_share_identifiers():
    other = ids.guid_of("other@example.com")

    assert ids.guid_of("ANNA@example.com") == GUID != other
    assert ids.prefix_of(GUID, ids.ITEM) != ids.prefix_of(other, ids.ITEM)
