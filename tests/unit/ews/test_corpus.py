# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Difficult contacts are compared, sent and read without loss."""

from __future__ import annotations

from lxml import etree

from exchange_contact_sync.core.align import stand_in_name
from exchange_contact_sync.core.fields import FIELDS, NAME_EVIDENCE
from exchange_contact_sync.core.names import full_name
from exchange_contact_sync.core.normalize import canonical
from exchange_contact_sync.ews.contacts.parse import remote_contact
from exchange_contact_sync.ews.contacts.serialize import new_contact
from exchange_contact_sync.ews.operations.xml import T
from exchange_contact_sync.outlook.body import from_body
from support.corpus import CONTACTS, UNCALLED, drawn
from support.fakes.partners import REFERENCE_DATA
from support.rows import for_each_row


def neutral(case):
    """Return the values of a case as the addon reads them from a mailbox."""
    values = dict(case.values)
    if "note" in values:
        kind = "Text" if case.plain else "HTML"
        values["note"] = from_body(values["note"], kind)
    return values


def canonical_forms(values):
    named = {**values, "name": full_name(values, {})}
    return {key: canonical(key, named, REFERENCE_DATA) for key in FIELDS}


def by_name(cases):
    return for_each_row("case", cases, ids=lambda case: ascii(case.about))


def test_the_corpus_has_many_different_contacts_and_every_row():
    assert len(CONTACTS) >= 300
    assert len({case.about for case in (*CONTACTS, *UNCALLED)}) == len(CONTACTS) + len(
        UNCALLED
    )
    used = {row for case in CONTACTS for row, text in case.values.items() if text}
    assert used == (FIELDS.keys() - {"name"}) | set(NAME_EVIDENCE)


def test_drawn_contacts_are_the_same_each_time():
    assert list(drawn.cases()) == list(drawn.cases())


@by_name(CONTACTS)
def test_the_canonical_form_is_stable(case):
    once = canonical_forms(neutral(case))
    again = {key: canonical(key, once, REFERENCE_DATA) for key in FIELDS}
    assert again == once


@by_name(CONTACTS)
def test_a_sent_contact_is_read_back_with_the_same_values(case):
    values = neutral(case)
    sent = new_contact(values, "key")
    sent.insert(0, T.ItemId(Id="id", ChangeKey="key"))
    read = remote_contact(etree.fromstring(etree.tostring(sent))).contact
    assert canonical_forms(read) == canonical_forms(values)


@by_name(UNCALLED)
def test_a_contact_without_naming_values_gets_no_invented_name(case):
    values = {key: text for key, text in case.values.items() if key in FIELDS}
    assert full_name(case.values, {}) == stand_in_name(values) == ""
