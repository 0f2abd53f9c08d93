# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether two records are one person: evidence for, and against."""

from __future__ import annotations

import hashlib

from exchange_contact_sync.core.evidence import evidence_of
from exchange_contact_sync.core.fields import IS_COMPANY
from exchange_contact_sync.core.likeness import Key, Verdict, compare
from exchange_contact_sync.core.reference_data import ReferenceData
from support.rows import for_each_row

WORDS = ReferenceData()
SAME, OPEN, DIFFERENT = Verdict.SAME, Verdict.OPEN, Verdict.DIFFERENT


def told(name: str = "", email: str = "", phone: str = "", company: str = "", **more):
    """What a record says; one that has a company beside its name is a person."""
    values = {"name": name, "email": email, "phone": phone, "company": company, **more}
    told = {key: text for key, text in values.items() if text}
    return {**told, IS_COMPANY: ""} if company not in ("", name) else told


FAMILY, INFO = "family@smith.example", "info@acme.example"

CASES = [
    # one, the other, what it comes to
    (told("Ada Byron", "ada@x.example"), told("Ada King", "ada@x.example"), SAME),
    (told("A. Byron", "ada@x.example"), told("Ada Byron", "ada@x.example"), SAME),
    (told("Ada", "ada@x.example"), told("Ada Byron", "ada@x.example"), SAME),
    (told("Byron, Ada", "ada@x.example"), told("Ada Byron", "ada@x.example"), SAME),
    (told("Петр Иванов", "p@x.example"), told("Peter Ivanov", "p@x.example"), SAME),
    (told("山田太郎", "taro@x.example"), told("山田 太郎", "taro@x.example"), SAME),
    (told("山田太郎", "y@x.example"), told("山田花子", "y@x.example"), OPEN),
    (told("山田太郎", "y@x.example"), told("佐藤花子", "y@x.example"), DIFFERENT),
    (told("김민수", "k@x.example"), told("김지영", "k@x.example"), OPEN),
    (told("", "ada@x.example"), told("Ada Byron", "ada@x.example"), SAME),
    (told("ada@x.example", "ada@x.example"), told("Eva", "ada@x.example"), SAME),
    (told("ada", "ada@x.example"), told("Eva Byron", "ada@x.example"), SAME),
    (told("ada@x.example", "new@x.example"), told("Ada", "ada@x.example"), DIFFERENT),
    # Behind one address
    (told("Petra Lang", INFO), told("Karl Weber", INFO), DIFFERENT),
    (told("Anna Smith", FAMILY), told("Bob Smith", FAMILY), OPEN),
    (told("Anna Smyth", FAMILY), told("Bob Smith", FAMILY), OPEN),
    (told("Anna Lang-Smith", FAMILY), told("Bob Smith", FAMILY), OPEN),
    (told("Anna Lang", INFO), told("Anna Weber", INFO), OPEN),
    (told("Anna", INFO), told("Anna Weber", INFO), SAME),
    (told("", INFO), told("Petra Lang", INFO), OPEN),
    (told(INFO, INFO), told("Petra Lang", INFO), OPEN),
    (told(INFO, INFO), told("info", INFO), OPEN),
    (
        told("A. L.", "vertrieb.nord@x.example"),
        told("B. W.", "vertrieb.nord@x.example"),
        DIFFERENT,
    ),
    (
        told("Ada Byron", "ada@x.example", "+49301"),
        told("Ada King", "ada@x.example", "+49302"),
        OPEN,
    ),
    (
        told("Ada Byron", "ada@x.example", "+49301"),
        told("Ada King", "ada@x.example", "+49301"),
        SAME,
    ),
    # One name
    (
        told("Karl Huber", "senior@h.example", "+49301", "Huber"),
        told("Karl Huber", "junior@h.example", "+49302", "Huber"),
        DIFFERENT,
    ),
    (
        told("Karl Huber", "old@h.example", company="Huber"),
        told("Karl Huber", "new@h.example", company="Huber"),
        OPEN,
    ),
    (
        told("Karl Huber", "old@h.example", "+49301"),
        told("Karl Huber", "new@h.example", "+49301"),
        OPEN,
    ),
    (told("Karl Huber", company="Huber"), told("Karl Huber", "k@h.example"), DIFFERENT),
    (
        told("Karl Huber", company="Huber"),
        told("Karl Huber", "k@h.example", company="huber"),
        SAME,
    ),
    (told("Service", phone="+49301"), told("Service", phone="+49302"), DIFFERENT),
    (told("Service", phone="+49301"), told("Service", phone="+49301"), SAME),
    (told("Service"), told("Service", phone="+49301"), DIFFERENT),
    (told("Service"), told("service"), SAME),
    (told("Ada Byron", phone="+49301"), told("Eva Byron", phone="+49301"), DIFFERENT),
    # Birthdays
    (
        told("Karl Huber", company="Huber", birthday="1950-05-01"),
        told("Karl Huber", company="Huber", birthday="1980-05-01"),
        DIFFERENT,
    ),
    (
        told("Karl Huber", company="Huber", birthday="1604-05-01"),
        told("Karl Huber", company="Huber", birthday="1980-05-01"),
        SAME,
    ),
    (
        told("Karl Huber", "k@h.example", birthday="1980-05-10"),
        told("Karl Huber", "k@h.example", birthday="1980-10-05"),
        SAME,
    ),
    # Companies
    (
        told(company="Acme GmbH", name="Acme GmbH"),
        {"name": "ACME GmbH", IS_COMPANY: "yes", "email": INFO},
        SAME,
    ),
    (
        told(company="Acme GmbH", name="Acme GmbH", email="a@x.example"),
        {"name": "Acme GmbH", IS_COMPANY: "yes", "email": INFO},
        SAME,
    ),
    (
        told("Petra Lang", INFO, given_name="Petra", surname="Lang"),
        {"name": "Acme GmbH", IS_COMPANY: "yes", "email": INFO},
        DIFFERENT,
    ),
    (
        told("Petra Lang", INFO, given_name="Petra", surname="Lang"),
        {"name": "Petra Lang", IS_COMPANY: "yes", "email": INFO},
        DIFFERENT,
    ),
    (told("Acme", INFO), {"name": "Acme", IS_COMPANY: "yes", "email": INFO}, SAME),
    (
        told("Acme", company="Acme"),
        {"name": "Acme", "company": "Acme", IS_COMPANY: ""},
        SAME,
    ),
]


@for_each_row("case", CASES, ids=str)
def test_verdict(case: tuple):
    one, other, verdict = case
    first, second = evidence_of(one, WORDS), evidence_of(other, WORDS)
    assert compare(first, second).verdict is verdict
    assert compare(second, first).verdict is verdict
    if verdict is not DIFFERENT:
        assert first.keys() & second.keys(), "they can be found"


def test_the_strongest_key_counts():
    one = evidence_of(told("Ada B", "ada@x.example", "+491", "Acme"), WORDS)
    assert compare(one, one).key is Key.EMAIL
    assert compare(one, evidence_of(told("Ada B", "", "+491", "Acme"), WORDS)).key is (
        Key.NAME_COMPANY
    )


def blind(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@for_each_row("case", CASES, ids=str)
def test_a_blinded_record_compares_alike_and_reveals_nothing(case: tuple):
    one, other, verdict = case
    first = evidence_of(one, WORDS).blinded(blind)
    second = evidence_of(other, WORDS).blinded(blind)
    found = compare(first, second).verdict
    assert found <= verdict, "initials, scripts and errors in typing are not seen"
    if verdict is SAME and one.get("name") == other.get("name"):
        assert found is SAME
    for text in filter(None, one.values()):
        assert text.casefold() not in str(first.to_json()).casefold()
