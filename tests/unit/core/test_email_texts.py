# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts with addresses in Odoo, and the slots of the addresses in Exchange."""

from __future__ import annotations

from exchange_contact_sync.core.align import surplus_of
from exchange_contact_sync.core.fields import EMAIL_LABELS
from exchange_contact_sync.core.policy import ConflictPolicy, Policy
from support.rows import for_each_row
from unit.core.test_reconcile_laws import Pair

BOTH = Policy(conflict=ConflictPolicy.EXCHANGE)
ROWS = ("email", "email2", "email3")
A, B, C, D = "a@x.example", "b@x.example", "c@x.example", "d@x.example"


def pair_of(field: str, options: str = "", theirs: tuple[str, ...] = ()) -> Pair:
    there = dict(zip(ROWS, theirs, strict=False))
    named = {"given_name": "Ida", "surname": "Lund", "display_name": "Ida Lund"}
    return Pair(
        {"name": "Ida Lund", "email": field, "emails": options}, {**named, **there}
    )


def mailbox(pair: Pair) -> tuple[str, ...]:
    return tuple(pair.theirs[row] for row in ROWS)


def odoo(pair: Pair) -> tuple[str, str]:
    return pair.ours["email"], pair.ours["emails"]


SENT = [
    # field, options → the places in Exchange
    (f'"Ida Lund" <{A}>', "", (A, "", "")),
    (f"'{A}'", "", (A, "", "")),
    (f"{A}, {B}", "", (A, B, "")),
    (f'"Lund, Ida" <{A}>; {B}', "", (A, B, "")),
    (f"{A}, {B}", C, (A, B, C)),
    (f"{A}, {A}", B, (A, B, "")),
    (f"{A}, {B}", f"{B}\n{C}", (A, B, C)),
    (f"\u200e{A}\u200f", f"\u202a{B}\u202c", (A, B, "")),
    (A, f'"Home" <{B}>', (A, B, "")),
    (A, f"{B}; {C}", (A, B, C)),
    ("", f"{B}; {C}", ("", B, C)),
    ("n/a", B, ("n/a", B, "")),
    ("n/a", f"n/a\n{B}", ("n/a", "n/a", B)),
    (f"{A}, n/a", "", (A, "", "")),
]


@for_each_row(("field", "options", "there"), SENT)
def test_bare_addresses_are_sent_and_the_texts_stay(field, options, there):
    pair = pair_of(field, options)
    outcome = pair.sync(BOTH)
    assert (mailbox(pair), odoo(pair)) == (there, (field, options))
    assert not outcome.to_odoo
    again = pair.outcome(BOTH)
    assert (again.to_odoo, again.to_exchange) == ({}, {})


FIRST = [
    # field, options, Exchange → what each side has once they met
    (f'"Ida" <{A}>, {B}', "", (A, B), (A, B, ""), ""),
    (f'"Ida" <{A}>, {B}', "", (B, A), (B, A, ""), ""),
    (f"{A}, {B}", "", (B,), (B, A, ""), ""),
    (f"{A}, {B}", "", (A, "", B), (A, "", B), ""),
    (f"{A}, {B}", "", (A, C), (A, C, B), C),
    (f"{A}, {B}", "", (f"{A}; {B}",), (f"{A}; {B}", "", ""), ""),
    (f'"Ida" <{A}>', "", (A.upper(),), (A.upper(), "", ""), ""),
]


@for_each_row(("field", "options", "theirs", "there", "added"), FIRST)
def test_addresses_that_are_on_both_sides_stay(field, options, theirs, there, added):
    pair = pair_of(field, options, theirs)
    outcome = pair.sync(BOTH)
    assert not outcome.merge.conflicts
    assert (mailbox(pair), odoo(pair)) == (there, (field, options or added))
    assert not pair.outcome(BOTH).to_exchange


CHANGED = [
    # field, options, edited there → field, options
    (f'"Ida" <{A}>, "Home" <{B}>', "", {"email": D}, f'{D}, "Home" <{B}>', ""),
    (f'"Ida" <{A}>, "Home" <{B}>', "", {"email2": D}, f'"Ida" <{A}>, {D}', ""),
    (f'"Ida" <{A}>, {B}', "", {"email2": ""}, f'"Ida" <{A}>', ""),
    (f'"Ida" <{A}>, {B}', "", {"email": ""}, "", B),
    (f'"Ida" <{A}>, {B}', "", {"email": B, "email2": A}, f"{B}, {A}", ""),
    (f'"Ida" <{A}>', "", {"email3": D}, f'"Ida" <{A}>', D),
    (f'"Ida" <{A}>', "", {"email": ""}, "", ""),
    (f"{A} or {B}", "", {"email2": D}, f"{A}, {D}", ""),
    (A, f'"Home" <{B}>\n{C}', {"email3": D}, A, f'"Home" <{B}>\n{D}'),
    (A, f"{B}; {C}", {"email2": ""}, A, C),
    (A, f"{B}; {C}", {"email2": "", "email3": ""}, A, ""),
    (f"{A}, {B}", f"{B}\n{C}", {"email2": D}, f"{A}, {D}", C),
    ("n/a", "", {"email": D}, D, ""),
]


@for_each_row(("before", "listed", "edit", "field", "options"), CHANGED)
def test_only_the_address_that_changed_is_written(before, listed, edit, field, options):
    pair = pair_of(before, listed)
    pair.sync(BOTH)
    pair.edit({}, edit)
    there = mailbox(pair)
    outcome = pair.sync(BOTH)
    assert odoo(pair) == (field, options)
    assert mailbox(pair) == there and not outcome.merge.conflicts
    again = pair.outcome(BOTH)
    assert (again.to_odoo, again.to_exchange) == ({}, {})


REPEATED = [
    # field, options, edited there → field, options
    ("", f"{A}, {B}\n{B}", {"email2": ""}, "", B),
    ("", f"{A}; {B}\n{A}", {"email2": "", "email3": ""}, "", ""),
    ("", f"{A}\n{A}", {"email2": ""}, "", ""),
    ("", f"{A}\n{A}", {"email2": B}, "", B),
    (A, A, {"email": B}, B, ""),
    (f"{A}, {A}", "", {"email": B}, B, ""),
    (f'"Ida" <{A}>, {B}', A, {"email2": ""}, f'"Ida" <{A}>', ""),
    (f'"Ida" <{A}>, {B}', "", {"email": B}, f"{B}, {B}", ""),
    (f'"Ida" <{A}>, {B}', "", {"email2": A.upper()}, f'"Ida" <{A}>, {A.upper()}', ""),
    (A, f"{A}\n{B}\n{C}\n{D}", {"email3": A.upper()}, A, f"{A}\n{B}\n{A.upper()}\n{D}"),
    (A, f"{B}; {C}", {"email2": f"{B}, {D}"}, A, f"{C}\n{B}, {D}"),
    (A, f"{B}", {"email": f"{A}, {D}", "email2": f"{A}, {D}"}, *[f"{A}, {D}"] * 2),
    (f"{A}, {B}", "", {"email": f"{C}, {D}"}, f"{C}, {D}", B),
]


@for_each_row(("before", "listed", "edit", "field", "options"), REPEATED)
def test_a_duplicate_address_is_removed_with_the_first_edit(
    before, listed, edit, field, options
):
    for policy in (BOTH, Policy(conflict=ConflictPolicy.ODOO)):
        pair = pair_of(before, listed)
        pair.sync(policy)
        pair.edit({}, edit)
        pair.sync(policy)
        assert odoo(pair) == (field, options)
        again = pair.outcome(policy)
        assert (again.to_odoo, again.to_exchange) == ({}, {})
        assert again.base == pair.base


EDITED = [
    # field before and after → the places in Exchange, as far as they change
    (f'"Ida" <{A}>, {B}', f'"Ida Lund" <{A}>, {B}', {}),
    (f'"Ida" <{A}>, {B}', f"{A}; {B}", {}),
    (f'"Ida" <{A}>, {B}', f'"Ida" <{D}>, {B}', {"email": D}),
    (f'"Ida" <{A}>, {B}', f'"Ida" <{A}>, {D}', {"email2": D}),
    (f'"Ida" <{A}>, {B}', f"{A}", {"email2": ""}),
    (f'"Ida" <{A}>, {B}', "", {"email": "", "email2": ""}),
    (f'"Ida" <{A}>, {B}', f"{A}, {B}, {D}", {"email3": D}),
    (A, f"{A}, {B}", {"email2": B}),
    (A, f"Ida <{A}>", {}),
]


@for_each_row(("before", "after", "sent"), EDITED)
def test_an_address_that_is_edited_in_odoo_is_sent_bare(before, after, sent):
    pair = pair_of(before)
    pair.sync(BOTH)
    pair.edit({"email": after}, {})
    outcome = pair.sync(BOTH)
    written = {
        k: v for k, v in outcome.to_exchange.items() if k not in EMAIL_LABELS.values()
    }
    assert (written, odoo(pair)) == (sent, (after, ""))
    again = pair.outcome(BOTH)
    assert (again.to_odoo, again.to_exchange) == ({}, {})


def test_an_address_in_capitals_is_the_same_address():
    pair = pair_of(f'"Ida" <{A}>, {B}')
    pair.sync(BOTH)
    pair.edit({}, {"email": A.upper()})
    pair.sync(BOTH)
    assert odoo(pair)[0] in (f'"Ida" <{A}>, {B}', f'"Ida" <{A.upper()}>, {B}')
    assert not pair.outcome(BOTH).to_exchange


def test_addresses_without_a_free_slot_are_surplus():
    pair = pair_of(f"{A}, {B}, {C}, {D}")
    pair.sync(BOTH)
    assert mailbox(pair) == (A, B, C)
    assert surplus_of(pair.base) == (("emails", D),)
    pair.edit({}, {"email2": ""})
    pair.sync(BOTH)
    assert mailbox(pair) == (A, "", C), "nobody in Odoo made room for it"
    assert odoo(pair) == (f"{A}, {C}, {D}", "")


def test_several_addresses_in_one_slot_of_exchange_are_pulled_unchanged():
    pair = pair_of("", "", (f"{A}; {B}",))
    pair.sync(BOTH)
    assert odoo(pair) == (f"{A}; {B}", "")
    pair.edit({}, {"email": f"{A}; {C}"})
    pair.sync(BOTH)
    assert odoo(pair) == (f"{A}; {C}", "")
    pair.edit({"email": f"{D}; {C}"}, {})
    pair.sync(BOTH)
    assert mailbox(pair) == (D, C, "")
    assert not pair.outcome(BOTH).to_odoo
