# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether two records are the same person: evidence for and against."""

from __future__ import annotations

import hashlib

from exchange_contact_sync.core.evidence import evidence_of
from exchange_contact_sync.core.fields import IS_COMPANY
from exchange_contact_sync.core.reference_data import ReferenceData
from exchange_contact_sync.core.similarity import Key, Verdict, compare
from support.rows import for_each_row

REFERENCE_DATA = ReferenceData()
SAME, OPEN, DIFFERENT = Verdict.SAME, Verdict.OPEN, Verdict.DIFFERENT


def contact(
    name: str = "", email: str = "", phone: str = "", company: str = "", **more
):
    """What a record says; one that has a company beside its name is a person."""
    values = {"name": name, "email": email, "phone": phone, "company": company, **more}
    contact = {key: text for key, text in values.items() if text}
    return {**contact, IS_COMPANY: ""} if company not in ("", name) else contact


FAMILY, INFO = "family@smith.example", "info@acme.example"

CASES = [
    # one, the other, what it comes to
    (contact("Ada Byron", "ada@x.example"), contact("Ada King", "ada@x.example"), SAME),
    (contact("A. Byron", "ada@x.example"), contact("Ada Byron", "ada@x.example"), SAME),
    (contact("Ada", "ada@x.example"), contact("Ada Byron", "ada@x.example"), SAME),
    (
        contact("Byron, Ada", "ada@x.example"),
        contact("Ada Byron", "ada@x.example"),
        SAME,
    ),
    (
        contact("Петр Иванов", "p@x.example"),
        contact("Peter Ivanov", "p@x.example"),
        SAME,
    ),
    (
        contact("山田太郎", "taro@x.example"),
        contact("山田 太郎", "taro@x.example"),
        SAME,
    ),
    (contact("山田太郎", "y@x.example"), contact("山田花子", "y@x.example"), OPEN),
    (contact("山田太郎", "y@x.example"), contact("佐藤花子", "y@x.example"), DIFFERENT),
    (contact("김민수", "k@x.example"), contact("김지영", "k@x.example"), OPEN),
    (contact("", "ada@x.example"), contact("Ada Byron", "ada@x.example"), SAME),
    (contact("ada@x.example", "ada@x.example"), contact("Eva", "ada@x.example"), SAME),
    (contact("ada", "ada@x.example"), contact("Eva Byron", "ada@x.example"), SAME),
    (
        contact("ada@x.example", "new@x.example"),
        contact("Ada", "ada@x.example"),
        DIFFERENT,
    ),
    # Behind one address
    (contact("Petra Lang", INFO), contact("Karl Weber", INFO), DIFFERENT),
    (contact("Anna Smith", FAMILY), contact("Bob Smith", FAMILY), OPEN),
    (contact("Anna Smyth", FAMILY), contact("Bob Smith", FAMILY), OPEN),
    (contact("Anna Lang-Smith", FAMILY), contact("Bob Smith", FAMILY), OPEN),
    (contact("Anna Lang", INFO), contact("Anna Weber", INFO), OPEN),
    (contact("Anna", INFO), contact("Anna Weber", INFO), SAME),
    (contact("", INFO), contact("Petra Lang", INFO), OPEN),
    (contact(INFO, INFO), contact("Petra Lang", INFO), OPEN),
    (contact(INFO, INFO), contact("info", INFO), OPEN),
    (
        contact("A. L.", "vertrieb.nord@x.example"),
        contact("B. W.", "vertrieb.nord@x.example"),
        DIFFERENT,
    ),
    (
        contact("Ada Byron", "ada@x.example", "+49301"),
        contact("Ada King", "ada@x.example", "+49302"),
        OPEN,
    ),
    (
        contact("Ada Byron", "ada@x.example", "+49301"),
        contact("Ada King", "ada@x.example", "+49301"),
        SAME,
    ),
    # One name
    (
        contact("Karl Huber", "senior@h.example", "+49301", "Huber"),
        contact("Karl Huber", "junior@h.example", "+49302", "Huber"),
        DIFFERENT,
    ),
    (
        contact("Karl Huber", "old@h.example", company="Huber"),
        contact("Karl Huber", "new@h.example", company="Huber"),
        OPEN,
    ),
    (
        contact("Karl Huber", "old@h.example", "+49301"),
        contact("Karl Huber", "new@h.example", "+49301"),
        OPEN,
    ),
    (
        contact("Karl Huber", company="Huber"),
        contact("Karl Huber", "k@h.example"),
        DIFFERENT,
    ),
    (
        contact("Karl Huber", company="Huber"),
        contact("Karl Huber", "k@h.example", company="huber"),
        SAME,
    ),
    (contact("Service", phone="+49301"), contact("Service", phone="+49302"), DIFFERENT),
    (contact("Service", phone="+49301"), contact("Service", phone="+49301"), SAME),
    (contact("Service"), contact("Service", phone="+49301"), DIFFERENT),
    (contact("Service"), contact("service"), SAME),
    (
        contact("Ada Byron", phone="+49301"),
        contact("Eva Byron", phone="+49301"),
        DIFFERENT,
    ),
    # Birthdays
    (
        contact("Karl Huber", company="Huber", birthday="1950-05-01"),
        contact("Karl Huber", company="Huber", birthday="1980-05-01"),
        DIFFERENT,
    ),
    (
        contact("Karl Huber", company="Huber", birthday="1604-05-01"),
        contact("Karl Huber", company="Huber", birthday="1980-05-01"),
        SAME,
    ),
    (
        contact("Karl Huber", "k@h.example", birthday="1980-05-10"),
        contact("Karl Huber", "k@h.example", birthday="1980-10-05"),
        SAME,
    ),
    # Companies
    (
        contact(company="Acme GmbH", name="Acme GmbH"),
        {"name": "ACME GmbH", IS_COMPANY: "yes", "email": INFO},
        SAME,
    ),
    (
        contact(company="Acme GmbH", name="Acme GmbH", email="a@x.example"),
        {"name": "Acme GmbH", IS_COMPANY: "yes", "email": INFO},
        SAME,
    ),
    (
        contact("Petra Lang", INFO, given_name="Petra", surname="Lang"),
        {"name": "Acme GmbH", IS_COMPANY: "yes", "email": INFO},
        DIFFERENT,
    ),
    (
        contact("Petra Lang", INFO, given_name="Petra", surname="Lang"),
        {"name": "Petra Lang", IS_COMPANY: "yes", "email": INFO},
        DIFFERENT,
    ),
    (contact("Acme", INFO), {"name": "Acme", IS_COMPANY: "yes", "email": INFO}, SAME),
    (
        contact("Acme", company="Acme"),
        {"name": "Acme", "company": "Acme", IS_COMPANY: ""},
        SAME,
    ),
]


@for_each_row("case", CASES, ids=str)
def test_verdict(case: tuple):
    one, other, verdict = case
    first, second = evidence_of(one, REFERENCE_DATA), evidence_of(other, REFERENCE_DATA)
    assert compare(first, second).verdict is verdict
    assert compare(second, first).verdict is verdict
    if verdict is not DIFFERENT:
        assert first.keys() & second.keys(), "they can be found"


def test_the_strongest_key_counts():
    one = evidence_of(contact("Ada B", "ada@x.example", "+491", "Acme"), REFERENCE_DATA)
    assert compare(one, one).key is Key.EMAIL
    assert compare(
        one, evidence_of(contact("Ada B", "", "+491", "Acme"), REFERENCE_DATA)
    ).key is (Key.NAME_COMPANY)


def blind(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@for_each_row("case", CASES, ids=str)
def test_hashed_evidence_matches_and_reveals_no_value(case: tuple):
    one, other, verdict = case
    first = evidence_of(one, REFERENCE_DATA).blinded(blind)
    second = evidence_of(other, REFERENCE_DATA).blinded(blind)
    found = compare(first, second).verdict
    assert found <= verdict, "initials, scripts and errors in typing are not seen"
    if verdict is SAME and one.get("name") == other.get("name"):
        assert found is SAME
    for text in filter(None, one.values()):
        assert text.casefold() not in str(first.to_json()).casefold()
