# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The algebra of sets: changes of both sides survive, whichever side may be written.

The expectations are computed with Python's own sets, member by member.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.contact import Base, Contact
from exchange_contact_sync.core.merge import Merge, merge
from exchange_contact_sync.core.normalize import members
from exchange_contact_sync.core.policy import Direction, Policy
from support.fakes.partners import REFERENCE_DATA

NAMES = ["Red", "red", "VIP", "Chess", "Sales / Süd", "Sales / süd", "Ångström"]
sets = st.lists(st.sampled_from(NAMES), max_size=5).map("\n".join)
bases = st.none() | sets
directions = st.sampled_from(list(Direction))
vocabularies = st.sampled_from(
    [REFERENCE_DATA, replace(REFERENCE_DATA, tags=frozenset({"red", "chess"}))]
)
KEY = "categories"


def chosen(direction: Direction) -> Policy:
    return Policy(rules={KEY: direction})


def side(text: str) -> Contact:
    return Contact({KEY: text})


def folded(text: str) -> set[str]:
    return set(members(text))


def agreed(base: Base | str | None) -> Base:
    """A base of the set alone."""
    if isinstance(base, Base):
        return base
    return Base({} if base is None else {KEY: base}, {}, {})


def merged(
    base, ours, theirs, direction=Direction.BOTH, reference_data=REFERENCE_DATA
) -> Merge:
    before = agreed(base)
    sides = side(ours), side(theirs)
    result = merge(
        before.values, *sides, chosen(direction), reference_data, before.differences
    )
    assert not result.conflicts, "a set is never in conflict"
    return result


def after(base, ours, theirs, *choices) -> tuple[Base, str, str]:
    """Base, Odoo and Exchange once both have what they are to get."""
    result = merged(base, ours, theirs, *choices)
    before = Base(result.base, {}, {}, differences=result.differences)
    base = before.after_sending(result.push, {}, result.own)
    return base, result.pull.get(KEY, ours), result.push.get(KEY, theirs)


@given(bases, sets, sets)
def test_edits_of_either_side_survive_on_both(base, ours, theirs):
    before, mine, other = folded(base or ""), folded(ours), folded(theirs)
    added = (mine | other) - before
    removed = (before - mine) | (before - other)
    wanted = (before | added) - removed
    base, ours, theirs = after(base, ours, theirs)
    assert folded(ours) == folded(theirs) == folded(base.values[KEY]) == wanted


@given(bases, sets, sets)
def test_the_result_is_the_same_for_both_sides(base, ours, theirs):
    _agreed, here, _theirs = after(base, ours, theirs)
    _agreed, there, _theirs = after(base, theirs, ours)
    assert folded(here) == folded(there)


@given(bases, sets, sets, directions, vocabularies)
def test_a_run_after_a_run_changes_nothing(
    base, ours, theirs, direction, reference_data
):
    base, ours, theirs = after(base, ours, theirs, direction, reference_data)
    again = merged(base, ours, theirs, direction, reference_data)
    assert (again.pull, again.push) == ({}, {})
    assert members(again.base[KEY]) == members(base.values[KEY])
    assert again.differences == base.differences


@given(bases, sets, sets, directions, vocabularies)
def test_values_of_a_run_that_died_before_sending_are_sent_later(
    base, ours, theirs, direction, reference_data
):
    """Odoo is written and the base is kept, but Exchange was never written."""
    whole = after(base, ours, theirs, direction, reference_data)
    result = merged(base, ours, theirs, direction, reference_data)
    ours = result.pull.get(KEY, ours)
    kept = Base(result.base, {}, {}, differences=result.differences)
    assert after(kept, ours, theirs, direction, reference_data) == whole


@given(bases, sets, sets)
def test_import_only_pulls_everything_and_pushes_nothing(base, ours, theirs):
    both = after(base, ours, theirs)
    _base, ours, exchange = after(base, ours, theirs, Direction.PULL)
    assert exchange == theirs
    assert folded(ours) == folded(both[1])


@given(bases, sets, sets)
def test_export_only_pushes_everything_and_pulls_nothing(base, ours, theirs):
    both = after(base, ours, theirs)
    _base, odoo, theirs = after(base, ours, theirs, Direction.PUSH)
    assert odoo == ours
    assert folded(theirs) == folded(both[2])


@given(bases, sets, sets, directions, vocabularies)
def test_edits_are_written_once_their_direction_is_allowed(
    base, ours, theirs, direction, reference_data
):
    """Kept out by a direction or for want of a tag, and then neither is in the way."""
    _base, *later = after(*after(base, ours, theirs, direction, reference_data))
    _base, *at_once = after(base, ours, theirs)
    assert list(map(folded, later)) == list(map(folded, at_once))


@given(bases, sets, sets, directions, vocabularies)
def test_base_and_foreign_values_describe_each_side(
    base, ours, theirs, direction, reference_data
):
    """Whatever is not the base in Exchange is known: it counts as no edit later."""
    result = merged(base, ours, theirs, direction, reference_data)
    known = {**result.base, **result.foreign}[KEY]
    assert folded(known) == folded(theirs)
    if result.push:
        sent = result.own.get(KEY, result.push[KEY])
        assert folded(sent) == folded(result.pull.get(KEY, ours))


@given(bases, sets, sets)
def test_odoo_gets_no_tag_that_it_cannot_have(base, ours, theirs):
    reference_data = replace(REFERENCE_DATA, tags=frozenset({"red", "chess"}))
    _base, odoo, _theirs = after(base, ours, theirs, Direction.BOTH, reference_data)
    assert folded(odoo) - folded(ours) <= reference_data.tags


@given(sets, sets, sets, directions)
def test_each_side_keeps_its_own_spelling_until_it_is_edited(
    base, ours, theirs, direction
):
    """And then the other follows, if it may; of two edits Exchange's stays."""
    base, ours, theirs = after(base, ours, theirs)
    mine, other = members(ours), members(theirs)
    for one in mine.keys() & other.keys():
        for new_ours, new_theirs in ((True, False), (False, True), (True, True)):
            here = swapped(ours, one, mine[one], "!" * new_ours)
            there = swapped(theirs, one, other[one], "?" * new_theirs)
            now = members(after(base, here, there, direction)[1])[one]
            then = members(after(base, here, there, direction)[2])[one]
            if new_theirs:
                assert then == members(there)[one]
                assert now == members(there if direction.pulls else here)[one]
            else:
                assert now == members(here)[one]
                assert then == members(here if direction.pushes else there)[one]


def swapped(text: str, one: str, written: str, how: str) -> str:
    """The set with a member written otherwise."""
    new = {"": written, "!": written.swapcase(), "?": written.title().swapcase()}[how]
    assert members(new).keys() == {one}
    return "\n".join(new if key == one else name for key, name in members(text).items())


@given(bases, sets, sets)
def test_the_members_keep_the_order_of_exchange(base, ours, theirs):
    _base, _ours, sent = after(base, ours, theirs)
    assert [one for one in members(sent) if one in members(theirs)] == [
        one for one in members(theirs) if one in members(sent)
    ]
