# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was made of a name follows it; what a person wrote stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.fields import MAIN_PHONE
from exchange_contact_sync.core.file_as import (
    NAMES,
    WITH_COMPANY,
    followed,
    form_of,
)
from exchange_contact_sync.core.initials import followed as initials_followed
from exchange_contact_sync.core.policy import ConflictPolicy, Direction, Policy
from support.rows import for_each_row
from unit.core.test_reconcile_laws import Pair

BOTH = Policy(conflict=ConflictPolicy.EXCHANGE)
ANNA = {"given_name": "Anna", "surname": "Schmidt", "display_name": "Anna Schmidt"}
RENAMED = {**ANNA, "surname": "Weber", "display_name": "Anna Weber", "company": "Acme"}

FORMS = [
    # filed under, and once Anna Schmidt of Acme is Anna Weber
    ("Schmidt, Anna", "Weber, Anna"),
    ("Anna Schmidt", "Anna Weber"),
    ("Schmidt Anna", "Weber Anna"),
    ("SchmidtAnna", "WeberAnna"),
    ("SCHMIDT, Anna", "WEBER, Anna"),
    ("SCHMIDT Anna", "WEBER Anna"),
    ("SCHMIDT, ANNA", "WEBER, ANNA"),
    ("schmidt, anna", "weber, anna"),
    ("  Schmidt,  Anna ", "Weber, Anna"),
    ("Schmidt", "Weber"),
    ("Schmidt, Anna\r\nAcme", "Weber, Anna\nAcme"),
    ("Schmidt, Anna\nAcme", "Weber, Anna\nAcme"),
    ("Schmidt Anna\r\nAcme", "Weber Anna\nAcme"),
    ("SchmidtAnna\r\nAcme", "WeberAnna\nAcme"),
    ("Acme\r\nSchmidt, Anna", "Acme\nWeber, Anna"),
    ("Acme\r\nSchmidtAnna", "Acme\nWeberAnna"),
    ("Acme\r\nSchmidt Anna", "Acme\nWeber Anna"),
    ("Acme (Schmidt, Anna)", "Acme (Weber, Anna)"),
    ("Acme (Anna Schmidt)", "Acme (Anna Weber)"),
    ("ACME (SCHMIDT, ANNA)", "ACME (WEBER, ANNA)"),
    ("Schmidt, Anna (Acme)", "Weber, Anna (Acme)"),
    ("Anna Schmidt (Acme)", "Anna Weber (Acme)"),
    ("Acme, Anna Schmidt", "Acme, Anna Weber"),
    ("Anna Schmidt, Acme", "Anna Weber, Acme"),
    ("Acme - Anna Schmidt", "Acme - Anna Weber"),
    ("Schmidt, Anna - Acme", "Weber, Anna - Acme"),
    ("", "Weber, Anna"),
    # What stays.
    ("Anna", "Anna"),
    ("Acme", "Acme"),
    ("The boss", "The boss"),
    ("The boss (Acme)", "The boss (Acme)"),
    ("Schmidt, Anna (Sales)", "Schmidt, Anna (Sales)"),
    ("Schmidt & Co", "Schmidt & Co"),
    ("Anna S.", "Anna S."),
    ("Schmitt, Anna", "Schmitt, Anna"),
]


@for_each_row(("filed", "expected"), FORMS)
def test_what_a_contact_is_filed_under_once_it_is_renamed(filed: str, expected: str):
    known = {**ANNA, "company": "Acme", "file_as": filed}
    assert followed(known, RENAMED) == expected


WHOLE = {
    "title": "Dr.",
    "given_name": "Anna",
    "middle_name": "Maria",
    "surname": "van der Berg",
    "suffix": "Jr.",
    "display_name": "Dr. Anna Maria van der Berg Jr.",
    "company": "Acme, Inc.",
}
CHANGED = {
    **WHOLE,
    "given_name": "Ana",
    "surname": "Weber",
    "display_name": "Dr. Ana Maria Weber Jr.",
}


@for_each_row("company", WITH_COMPANY)
def test_each_file_as_form_is_recognized_and_applied(company: str):
    """With all parts there are, whichever of two equal forms is found."""
    for name in NAMES:
        text = company.format(name=name, company="{company}").format_map(WHOLE)
        wanted = company.format(name=name, company="{company}").format_map(CHANGED)
        assert followed({**WHOLE, "file_as": text}, CHANGED) == wanted, name


LACKING = [
    # filed under, parts that are not there any more, and filed under then
    ("Schmidt, Anna", ("surname",), "Anna"),
    ("Schmidt, Anna", ("given_name",), "Schmidt"),
    ("Acme (Schmidt, Anna)", ("company",), "Schmidt, Anna"),
    ("Schmidt, Anna\nAcme", ("company",), "Schmidt, Anna"),
    ("Acme (Schmidt, Anna)", ("given_name", "surname", "display_name"), "Acme"),
    ("Acme", ("company",), "Schmidt, Anna"),
    ("Schmidt, Anna", ("given_name", "surname", "display_name"), ""),
]


@for_each_row(("filed", "gone", "expected"), LACKING)
def test_a_removed_part_of_a_name_is_removed_with_its_comma(filed, gone, expected):
    known = {**ANNA, "company": "Acme", "file_as": filed}
    after = {key: text for key, text in known.items() if key not in gone}
    assert followed(known, after) == expected


@given(st.text(max_size=12), st.sampled_from(["", "Anna", ",", "()"]))
def test_unusual_texts_raise_no_error(text: str, name: str):
    parts = {"given_name": name, "surname": text, "company": text}
    form = form_of(text, parts)
    assert form is None or form.of(parts)
    assert isinstance(followed({**parts, "file_as": text}, ANNA), str)


RENAMES = [
    # in Exchange, edited in Odoo, and what is sent to Exchange
    ("Acme (Schmidt, Anna)", {"company": "North"}, "North (Schmidt, Anna)"),
    ("Acme", {"company": "North"}, "North"),
    ("Acme", {"name": "Anna Weber"}, None),
    ("Schmidt, Anna\r\nAcme", {"name": "Anna Weber"}, "Weber, Anna\nAcme"),
    (
        "Acme (Schmidt, Anna)",
        {"name": "Anna Weber", "company": "North"},
        "North (Weber, Anna)",
    ),
    ("SCHMIDT, Anna", {"name": "Anna Weber"}, "WEBER, Anna"),
    ("The boss", {"name": "Anna Weber", "company": "North"}, None),
    ("Schmidt, Anna", {"company": "North"}, None),
    ("Schmidt, Anna", {"job_title": "Boss"}, None),
    ("", {"company": "North"}, None),
]


@for_each_row(("filed", "edit", "sent"), RENAMES)
def test_a_new_name_or_company_changes_the_file_as_name(
    filed: str, edit: dict, sent: str | None
):
    for there in (ANNA, {"display_name": "Anna Schmidt"}):
        values = {"name": "Anna Schmidt", "company": "Acme"}
        pair = Pair(values, {**there, "company": "Acme", "file_as": filed})
        pair.sync(BOTH)
        pair.edit(edit, {})
        assert pair.sync(BOTH).to_exchange.get("file_as") == sent
        assert not pair.sync(BOTH).to_exchange


INITIALS = [
    # of Anna Maria Schmidt, and of Ben Maria Weber
    ("A.M.S.", "B.M.W."),
    ("AMS", "BMW"),
    ("A. M. S.", "B. M. W."),
    ("A M S", "B M W"),
    ("A.M.S", "B.M.W"),
    ("A-M-S", "B-M-W"),
    ("A.S.", "B.W."),
    ("AS", "BW"),
    ("SA", "WB"),
    ("S.A.M.", "W.B.M."),
    ("ams", "bmw"),
    ("as", "bw"),
    # What stays.
    ("X.", "X."),
    ("A", "A"),
    ("Boss", "Boss"),
    ("AM", "AM"),
    ("", ""),
]


@for_each_row(("initials", "expected"), INITIALS)
def test_initials_of_a_name(initials: str, expected: str):
    before = {"given_name": "Anna", "middle_name": "Maria", "surname": "Schmidt"}
    after = {"given_name": "Ben", "middle_name": "Maria", "surname": "Weber"}
    assert initials_followed(initials, before, after) == expected


COMPOUND = [
    ("J.P.v.d.B.", "I.L."),
    ("J.P.B.", "I.L."),
    ("J.B.", "I.L."),
    ("JPvdB", "IL"),
    ("JPVDB", "IL"),
]


@for_each_row(("initials", "expected"), COMPOUND)
def test_initials_of_names_of_several_words(initials: str, expected: str):
    for given_name in ("Jan Pieter", "Jan-Pieter"):
        before = {"given_name": given_name, "surname": "van der Berg"}
        after = {"given_name": "Ida", "surname": "Lund"}
        if given_name == "Jan Pieter" or initials in ("J.P.v.d.B.", "J.B."):
            assert initials_followed(initials, before, after) == expected


def test_initials_follow_on_both_sides():
    pair = Pair({"name": "Anna Schmidt"}, {**ANNA, "initials": "A.S."})
    pair.sync(BOTH)
    assert pair.ours["initials"] == "A.S."
    pair.edit({"name": "Anna Weber"}, {})
    outcome = pair.sync(BOTH)
    assert outcome.to_exchange["initials"] == "A.W."
    assert outcome.to_odoo == {"initials": "A.W."}
    assert pair.sync(BOTH).to_exchange == pair.sync(BOTH).to_odoo == {}


NOT_ALONG = [
    # edit in Odoo, edit in Exchange, initials there and here afterwards
    ({"name": "Anna Weber", "initials": "Q"}, {}, "Q", "Q"),
    ({"name": "Anna Weber"}, {"initials": "Q"}, "Q", "Q"),
    ({MAIN_PHONE: "1"}, {}, "A.S.", "A.S."),
    ({}, {"surname": "Weber", "display_name": "Anna Weber"}, "A.S.", "A.S."),
]


@for_each_row(("ours", "theirs", "there", "here"), NOT_ALONG)
def test_initials_that_a_person_chose_stay(ours, theirs, there, here):
    pair = Pair({"name": "Anna Schmidt"}, {**ANNA, "initials": "A.S."})
    pair.sync(BOTH)
    pair.edit(ours, theirs)
    pair.sync(BOTH)
    assert (pair.theirs["initials"], pair.ours["initials"]) == (there, here)
    assert not pair.sync(BOTH).to_exchange


def test_initials_follow_the_chosen_directions():
    ways = {
        Direction.PUSH: ("A.W.", "A.S."),
        Direction.PULL: ("A.S.", "A.S."),
        Direction.NONE: ("A.S.", "A.S."),
    }
    for way, expected in ways.items():
        policy = Policy(rules={"initials": way})
        pair = Pair({"name": "Anna Schmidt"}, {**ANNA, "initials": "A.S."})
        pair.sync(BOTH)
        pair.edit({"name": "Anna Weber"}, {})
        pair.sync(policy)
        assert (pair.theirs["initials"], pair.ours["initials"]) == expected
        assert not pair.sync(policy).to_exchange and not pair.sync(policy).to_odoo
