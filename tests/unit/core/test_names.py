# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One name in Odoo and its parts in Exchange; no word is lost between them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.fields import NAME_PARTS
from exchange_contact_sync.core.names import (
    canonical_name,
    composed,
    evidence_for,
    evidence_of,
    full_name,
    spellings,
    split,
)
from exchange_contact_sync.core.text import name_line
from support.rows import for_each_row

SPLITS = [
    # name, title, given, middle, surname, suffix
    ("Mr. John van der Berg Jr.", "Mr.", "John", "", "van der Berg", "Jr."),
    ("García Márquez, Gabriel", "", "Gabriel", "", "García Márquez", ""),
    ("Gabriel García Márquez", "", "Gabriel", "García", "Márquez", ""),
    ("Иванов Иван Иванович", "", "Иван", "Иванович", "Иванов", ""),
    ("李小龍", "", "李小龍", "", "", ""),
    ("Cher", "", "Cher", "", "", ""),
    ("John  Smith ", "", "John", "", "Smith", ""),
    ("Dr. med. Anna Lena Vogel", "Dr. med.", "Anna", "Lena", "Vogel", ""),
    ("John Smith, Jr.", "", "John", "", "Smith", "Jr."),
    ("Prof. Dr. Ada Lind PhD", "Prof. Dr.", "Ada", "", "Lind", "PhD"),
    ("Smith, John Q. Public", "", "John", "Q. Public", "Smith", ""),
    ("de la Cruz", "", "de", "", "la Cruz", ""),
    ("Dr.", "", "Dr.", "", "", ""),
    ("", "", "", "", "", ""),
]


@for_each_row("case", SPLITS, ids=lambda case: case[0] or "blank")
def test_a_name_is_split_by_the_form_of_its_words(case: tuple):
    name, *parts = case
    assert split(name) == dict(zip(NAME_PARTS, parts, strict=True))


WORDS = st.sampled_from(
    "Mr. Dr. Anna Jo van der de la Berg Smith Jr. PhD , , y Иванович 李 O'Neil".split()
)
NAMES = (
    st.lists(WORDS, max_size=7).map(" ".join)
    | st.sampled_from([name for name, *_parts in SPLITS])
    | st.text(max_size=25)
)


@given(NAMES)
def test_no_word_is_lost_when_a_name_is_taken_apart(name: str):
    words = name_line(name.replace(",", " "))
    assert sorted(composed(split(name)).split()) == sorted(words.split())


@given(NAMES)
def test_a_new_name_is_read_back_as_sent(name: str):
    """Also without anything known about its origin."""
    there = evidence_for(name, {})
    assert canonical_name(full_name(there, {})) == canonical_name(name)


@given(NAMES, NAMES)
def test_a_changed_name_is_read_back_as_sent(before: str, after: str):
    known = evidence_of(evidence_for(before, {}))
    there = evidence_of({**known, **evidence_for(after, known)})
    assert canonical_name(full_name(there, {})) == canonical_name(after)


PARTS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Dr.", "Frau"]),
        "given_name": st.sampled_from(["Anna", "Jan Pieter", "小龍"]),
        "middle_name": st.sampled_from(["Q.", "Maria"]),
        "surname": st.sampled_from(["van der Berg", "García Márquez", "李", "Smith"]),
        "suffix": st.sampled_from(["Jr.", "III"]),
        "display_name": st.sampled_from(
            ["Smith, Anna", "Bobby", "李小龍", "Anna Smith"]
        ),
        "file_as": st.sampled_from(["Smith, Anna", "The boss"]),
    },
)


@given(PARTS, NAMES)
def test_a_name_given_to_a_foreign_contact_is_read_again(known: dict, name: str):
    there = evidence_of({**known, **evidence_for(name, known)})
    if canonical_name(name):
        assert canonical_name(full_name(there, known)) == canonical_name(name)


def evidence(**parts: str) -> dict[str, str]:
    shown = parts.pop("shown", " ".join(parts.values()))
    return {**parts, "display_name": shown}


def test_parts_that_a_name_still_contains_are_kept():
    known = evidence(given_name="Jan Pieter", surname="van der Berg")
    sent = evidence_for("Jan Pieter van der Burg", known)
    assert sent["surname"] == "van der Burg"
    assert "given_name" not in sent and "middle_name" not in sent


def test_a_second_given_name_is_not_taken_for_a_part_of_the_surname():
    known = evidence(title="Dr.", given_name="Anna", surname="García Márquez")
    sent = evidence_for("Dr. Ana García Márquez", known)
    assert sent == {
        "given_name": "Ana",
        "display_name": "Dr. Ana García Márquez",
        "file_as": "García Márquez, Ana",
    }


def test_a_file_as_name_chosen_by_a_person_stays():
    known = {**evidence(given_name="Anna", surname="Smith"), "file_as": "The boss"}
    assert "file_as" not in evidence_for("Anna Smyth", known)


def test_a_cleared_name_is_cleared_in_all_its_parts():
    known = {**evidence(given_name="Anna", surname="Smith"), "file_as": "Smith, Anna"}
    sent = evidence_for("", known)
    assert set(sent.values()) == {""} and sent.keys() >= known.keys()


@for_each_row("name", [",", ", ,", " , "])
def test_a_name_that_consists_of_commas_is_a_name(name: str):
    assert canonical_name(name) == canonical_name(canonical_name(name)) != ""


def test_a_name_is_looked_for_in_each_of_its_spellings():
    there = evidence(given_name="Anna", surname="Smith", shown="Smith, Anna")
    found = spellings({**there, "name": "Anna Smith"})
    assert found == {"Anna Smith", "Smith, Anna"}
    parts = {"given_name": "Anna", "surname": "Smith", "name": "Anna Smith"}
    assert spellings(parts) == {"Anna Smith", "Smith, Anna"}
    assert spellings({"name": "Filed, As"}) == {"Filed, As", "As Filed"}
    assert spellings({"display_name": " ", "name": ""}) == set()


READ = [
    # what Exchange has, and the name it makes in Odoo
    ({"display_name": "Anna Smith"}, "Anna Smith"),
    (evidence(given_name="Anna", surname="Smith", shown="Smith, Anna"), "Anna Smith"),
    (
        evidence(given_name="Anna", surname="Smith", title="Dr.", shown="Anna Smith"),
        "Dr. Anna Smith",
    ),
    (
        evidence(given_name="Anna", surname="Smith", shown="Anna Q. Smith"),
        "Anna Q. Smith",
    ),
    (evidence(given_name="小龍", surname="李", shown="李小龍"), "李小龍"),
    (
        evidence(
            given_name="John", surname="Smith", suffix="Jr.", shown="John Smith, Jr."
        ),
        "John Smith, Jr.",
    ),
    ({"given_name": "Anna", "file_as": "Smith, Anna"}, "Anna"),
    ({"file_as": "Smith, Anna"}, "Smith, Anna"),
    ({}, ""),
]


@for_each_row(("there", "name"), READ)
def test_the_longer_text_is_the_name(there: dict, name: str):
    assert full_name(there, {}) == name


def test_the_text_a_person_changed_is_the_name():
    before = evidence(given_name="Robert", surname="Smith", shown="Bob Smith")
    married = {**before, "surname": "Lund"}
    assert full_name(married, before) == "Robert Lund"
    renamed = {**before, "display_name": "Bobby"}
    assert full_name(renamed, before) == "Bobby"
