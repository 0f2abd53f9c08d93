# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of a set: base, Odoo, Exchange, and what both have afterwards.

Each letter is a member, "." is a blank set, "-" no base. Capitals are the same
members written otherwise; Odoo has no tag "z" and cannot make one.
"""

from __future__ import annotations

from dataclasses import replace

from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.merge import merge
from exchange_contact_sync.core.policy import Direction, Policy
from support.fakes.partners import REFERENCE_DATA
from support.rows import for_each_row

TABLE = """
what happened                          way   base odoo exch.  odoo exch. base
nothing                                both  ab   ab   ab     ab   ab    ab
added in Odoo                          both  a    ab   a      ab   ab    ab
added in Exchange                      both  a    a    ab     ab   ab    ab
removed in Odoo                        both  ab   a    ab     a    a     a
removed in Exchange                    both  ab   ab   b      b    b     b
each side added one                    both  a    ab   ac     acb  acb   acb
each side removed one                  both  abc  ab   bc     b    b     b
added here, removed there              both  ab   abc  b      bc   bc    bc
both added the same                    both  .    a    a      a    a     a
both removed the same                  both  ab   a    a      a    a     a
the last one removed                   both  a    .    a      .    .     .
capitals changed in Exchange           both  ab   ab   BA     BA   BA    BA
capitals changed in Odoo               both  ab   Ab   ab     Ab   Ab    Ab
capitals changed to the same           both  ab   Ab   Ab     Ab   Ab    Ab
capitals and another member            both  ab   ab   Bc     Bc   Bc    Bc
capitals here, a member there          both  ab   Ab   abc    Abc  Abc   Abc
only in: capitals changed in Odoo      pull  ab   Ab   ab     Ab   ab    ab
only in: capitals in Exchange          pull  ab   ab   aB     aB   aB    aB
only out: capitals in Exchange         push  ab   ab   aB     ab   aB    ab
only out: capitals changed in Odoo     push  ab   Ab   ab     Ab   Ab    Ab
both written anew, each in its way     both  .    ba   cB     cba  cBa   cBa
first contact                          both  -    ab   bc     bca  bca   bca
first contact, only Odoo has any       both  -    ab   .      ab   ab    ab
only in: added in Odoo                 pull  a    ab   a      ab   a     a
only in: removed in Odoo               pull  ab   a    ab     a    ab    ab
only in: each side added one           pull  a    ab   ac     acb  ac    ac
only in: removed in Exchange           pull  ab   abc  a      ac   a     a
only in: first contact                 pull  -    a    b      ba   b     b
only out: added in Exchange            push  a    a    ab     a    ab    a
only out: each side added one          push  a    ab   ac     ab   acb   ab
only out: removed in Exchange          push  ab   abc  a      abc  ac    abc
only out: first contact                push  -    a    b      a    ba    a
neither: each side added one           none  a    ab   ac     ab   ac    a
neither: both added the same           none  a    ab   ab     ab   ab    ab
not to be held: new in Exchange        both  a    a    az     a    az    a
not to be held: beside an edit         both  a    ab   azc    acb  azcb  acb
not to be held: removed in Exchange    both  a    a    a      a    a     a
not to be held: at first contact       both  -    a    z      a    za    a
not to be held any more: Odoo's edit   both  az   a    az     a    a     a
held all the same                      both  az   az   azb    azb  azb   azb
"""
ROWS = [
    (line[:39].strip(), *line[39:].split()) for line in TABLE.strip().splitlines()[1:]
]
LIMITED = replace(REFERENCE_DATA, tags=frozenset("abc"))


def side(letters: str) -> Contact:
    return Contact({"categories": "\n".join(letters.strip(".-"))})


def shown(text: str) -> str:
    return text.replace("\n", "") or "."


@for_each_row("row", ROWS, ids=lambda row: row[0])
def test_a_set(row: tuple):
    _name, way, base, ours, theirs, *expected = row
    result = merge(
        None if base == "-" else side(base),
        side(ours),
        side(theirs),
        Policy(rules={"categories": Direction(way)}),
        LIMITED,
    )
    agreed = {**result.base, **result.push, **result.own}
    found = [
        side(ours).with_values(result.pull)["categories"],
        side(theirs).with_values(result.push)["categories"],
        agreed["categories"],
    ]
    assert ([shown(text) for text in found], result.conflicts) == (expected, ())


BOTH = Policy()
LONG = "x" * 256
TAKEN_APART = [
    # what happened, base, Odoo, Exchange, and Odoo and Exchange afterwards
    ("a comma", "", "VIP\nSales, EU", "", "VIP\nSales, EU", "VIP"),
    ("a semicolon", "VIP", "VIP\nA;B", "VIP", "VIP\nA;B", "VIP"),
    ("256 characters", "", LONG, "", LONG, ""),
    ("255 characters", "", LONG[1:], "", LONG[1:], LONG[1:]),
    ("Exchange has it", "", "", "Sales, EU", "Sales, EU", "Sales, EU"),
    ("beside an edit", "A, B", "A, B\nVIP", "A, B", "A, B\nVIP", "A, B\nVIP"),
    ("removed in Odoo", "A, B\nVIP", "VIP", "A, B\nVIP", "VIP", "VIP"),
    ("removed there", "A, B\nVIP", "A, B\nVIP", "VIP", "VIP", "VIP"),
    ("renamed in Odoo", "Chess", "Chess, Go", "Chess", "Chess, Go", ""),
    ("named well again", "", "Chess Go", "", "Chess Go", "Chess Go"),
]


@for_each_row("case", TAKEN_APART, ids=lambda case: case[0])
def test_a_tag_that_outlook_would_split_is_not_sent(case: tuple):
    _name, base, ours, theirs, here, there = case
    first = [Contact({"categories": text}) for text in (base, ours, theirs)]
    result = merge(*first, BOTH, REFERENCE_DATA)
    found = [
        first[1].with_values(result.pull)["categories"],
        first[2].with_values(result.push)["categories"],
    ]
    assert found == [here, there]
    agreed = {**result.base, **result.push, **result.own}
    again = merge(
        agreed, *(Contact({"categories": t}) for t in found), BOTH, REFERENCE_DATA
    )
    assert (again.pull, again.push) == ({}, {})


GERMAN = replace(
    REFERENCE_DATA, tag_names={"customer": "kunde", "sales / eu": "vertrieb / eu"}
)
"""The owner's language is German; the tags have English names, too."""
LANGUAGES = [
    # base, Odoo, Exchange, and Odoo and Exchange afterwards
    ("Customer", "Kunde", "Customer", "Kunde", "Customer"),
    ("Kunde", "Kunde", "CUSTOMER", "Kunde", "CUSTOMER"),
    ("", "Kunde", "Customer", "Kunde", "Customer"),
    ("Customer", "Kunde\nVIP", "Customer", "Kunde\nVIP", "Customer\nVIP"),
    ("Customer", "", "Customer", "", ""),
    ("Customer\nVIP", "Kunde\nVIP", "VIP", "VIP", "VIP"),
    ("", "Vertrieb / EU", "Sales / EU", "Vertrieb / EU", "Sales / EU"),
]


@for_each_row("case", LANGUAGES)
def test_a_tag_is_the_same_in_each_language(case: tuple):
    first = [Contact({"categories": text}) for text in case[:3]]
    result = merge(*first, BOTH, GERMAN)
    assert first[1].with_values(result.pull)["categories"] == case[3]
    assert first[2].with_values(result.push)["categories"] == case[4]


def test_values_stored_only_in_exchange_are_known_before_and_after_sending():
    result = merge(
        side("a"),
        side("ab"),
        side("ac"),
        Policy(rules={"categories": Direction.PUSH}),
        REFERENCE_DATA,
    )
    assert shown(result.base["categories"]) == "a"
    assert shown(result.foreign["categories"]) == "ac"
    assert shown(result.push["categories"]) == "acb"
    assert shown(result.own["categories"]) == "ab"
