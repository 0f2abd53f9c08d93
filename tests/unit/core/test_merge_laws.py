# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Laws of merging that hold for all contacts, edits and choices."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from exchange_contact_sync.core.changes import Change
from exchange_contact_sync.core.contact import Base, Contact
from exchange_contact_sync.core.fields import SETS
from exchange_contact_sync.core.merge import ALLOWED, FATE, Fate, Merge, merge
from exchange_contact_sync.core.normalize import same
from exchange_contact_sync.core.policy import (
    ConflictPolicy,
    Direction,
    Policy,
    Side,
)
from exchange_contact_sync.core.typed import is_typed
from support.fakes.partners import REFERENCE_DATA
from unit.core.strategies import (
    GROUPS,
    KEYS,
    SINGLE,
    WHOLE,
    contacts,
    edits,
    partial_contacts,
    policies,
    two_way,
)

bases = st.none() | contacts | partial_contacts
sides = contacts | partial_contacts
versions = st.tuples(bases, sides, sides)
SINGLE_TYPED = [k for k in SINGLE if k not in SETS and is_typed(k, REFERENCE_DATA)]


def apply(
    ours: Contact, theirs: Contact, result: Merge
) -> tuple[Base, Contact, Contact]:
    """The three versions once both sides were written and have acknowledged it."""
    base = Base(result.base, {}, {}, differences=result.differences)
    return (
        base.after_sending(result.push, {}, result.own),
        ours.with_values(result.pull),
        theirs.with_values(result.push),
    )


@given(contacts, policies, st.booleans())
def test_without_a_change_there_is_nothing_to_do(contact, policy, newer):
    result = merge(
        contact, contact, contact, policy, REFERENCE_DATA, ours_is_newer=newer
    )
    assert (result.pull, result.push, result.conflicts) == ({}, {}, ())
    assert result.base == dict(contact)


@given(contacts, st.data(), two_way)
def test_edits_of_different_fields_both_survive(base, data, policy):
    mine = data.draw(edits(SINGLE))
    other = data.draw(edits([key for key in SINGLE if key not in mine]))
    ours, theirs = base.with_values(mine), base.with_values(other)
    result = merge(base, ours, theirs, policy, REFERENCE_DATA)
    assert not result.conflicts
    _base, ours, theirs = apply(ours, theirs, result)
    for key, value in {**mine, **other}.items():
        assert same(key, ours, {key: value}, REFERENCE_DATA)
        assert same(key, theirs, {key: value}, REFERENCE_DATA)


@given(contacts, contacts, contacts, two_way, st.booleans())
def test_both_sides_are_equal_afterwards(base, ours, theirs, policy, newer):
    result = merge(base, ours, theirs, policy, REFERENCE_DATA, ours_is_newer=newer)
    _base, ours, theirs = apply(ours, theirs, result)
    assert all(same(key, ours, theirs, REFERENCE_DATA) for key in KEYS)


@given(versions, policies, st.booleans(), st.booleans())
def test_a_repeated_merge_changes_nothing(sides, policy, newer, newer_then):
    result = merge(*sides, policy, REFERENCE_DATA, ours_is_newer=newer)
    base, ours, theirs = apply(*sides[1:], result)
    again = look(base, ours, theirs, policy, ours_is_newer=newer_then)
    assert (again.pull, again.push, again.conflicts) == ({}, {}, ())
    # The text may be the other side's: "BY" for "Bavaria", once the country is there.
    assert all(same(key, again.base, base.values, REFERENCE_DATA) for key in KEYS)


def look(base: Base, ours: Contact, theirs: Contact, policy: Policy, **how) -> Merge:
    return merge(
        base.values, ours, theirs, policy, REFERENCE_DATA, base.differences, **how
    )


@given(versions, two_way, st.booleans(), st.data())
def test_a_typed_edit_is_written(sides, policy, newer, data):
    """Capitals, a scheme, letters in a number: on one side, whatever it means."""
    result = merge(*sides, policy, REFERENCE_DATA, ours_is_newer=newer)
    base, ours, theirs = apply(*sides[1:], result)
    mine = data.draw(edits(SINGLE_TYPED))
    other = data.draw(edits([key for key in SINGLE_TYPED if key not in mine]))
    mine = {key: text for key, text in mine.items() if key in theirs and key in ours}
    other = {key: text for key, text in other.items() if key in ours and key in theirs}
    edited = {key for key, text in mine.items() if text != ours[key]}
    edited |= {key for key, text in other.items() if text != theirs[key]}
    ours, theirs = ours.with_values(mine), theirs.with_values(other)
    _base, ours, theirs = apply(ours, theirs, look(base, ours, theirs, policy))
    for key in edited:
        assert ours[key] == theirs[key] == {**mine, **other}[key]


@given(versions, st.sampled_from(list(ConflictPolicy)), st.booleans())
def test_swapping_the_sides_swaps_the_result(sides, conflict, newer):
    base, ours, theirs = sides
    swapped = {
        ConflictPolicy.ODOO: ConflictPolicy.EXCHANGE,
        ConflictPolicy.EXCHANGE: ConflictPolicy.ODOO,
        ConflictPolicy.NEWEST: ConflictPolicy.NEWEST,
    }[conflict]
    here = merge(
        base,
        ours,
        theirs,
        Policy(conflict=conflict),
        REFERENCE_DATA,
        ours_is_newer=newer,
    )
    there = merge(
        base,
        theirs,
        ours,
        Policy(conflict=swapped),
        REFERENCE_DATA,
        ours_is_newer=not newer,
    )
    for one, other in ((here.pull, there.push), (here.push, there.pull)):
        assert one.keys() == other.keys()
        assert all(one[key] == other[key] for key in set(one) & set(WHOLE))
        assert all(same(key, one, other, REFERENCE_DATA) for key in one)
    assert [c.key for c in here.conflicts] == [c.key for c in there.conflicts]


@given(versions, policies, st.booleans())
def test_a_forbidden_side_is_never_written(sides, policy, newer):
    result = merge(*sides, policy, REFERENCE_DATA, ours_is_newer=newer)
    assert all(policy.direction(key).pulls for key in result.pull)
    assert all(policy.direction(key).pushes for key in result.push)


@given(versions, policies, st.booleans())
def test_what_a_side_does_not_carry_is_untouched(sides, policy, newer):
    base, ours, theirs = sides
    result = merge(base, ours, theirs, policy, REFERENCE_DATA, ours_is_newer=newer)
    carried = {key for key in KEYS if key in ours and key in theirs}
    assert result.pull.keys() | result.push.keys() <= carried
    for key in set(KEYS) - carried:
        assert result.base.get(key) == (base or {}).get(key)


@given(versions, policies, st.booleans())
def test_a_change_in_exchange_is_never_overwritten_without_a_line(sides, policy, newer):
    """Whatever goes out over a value that is not the one last agreed on is a
    conflict, under every direction."""
    base, ours, theirs = sides
    result = merge(base, ours, theirs, policy, REFERENCE_DATA, ours_is_newer=newer)
    lost = {conflict.key: conflict.lost for conflict in result.conflicts}
    for key in set(result.push) & set(WHOLE):
        agreed = base is not None and key in base
        known = (
            same(key, theirs, base, REFERENCE_DATA)
            if agreed
            else not theirs[key].strip()
        )
        if not known:
            assert lost[key] == theirs[key]


@given(versions, two_way, st.booleans())
def test_no_value_is_lost_without_a_line(sides, policy, newer):
    base, ours, theirs = sides
    assume(base is not None)
    result = merge(base, ours, theirs, policy, REFERENCE_DATA, ours_is_newer=newer)
    lost = {(conflict.key, conflict.winner) for conflict in result.conflicts}
    for key in set(result.pull) & set(base) & set(WHOLE):
        if not same(key, ours, base, REFERENCE_DATA) and not same(
            key, ours, theirs, REFERENCE_DATA
        ):
            assert (key, Side.EXCHANGE) in lost
    for key in set(result.push) & set(base) & set(WHOLE):
        if not same(key, theirs, base, REFERENCE_DATA) and not same(
            key, ours, theirs, REFERENCE_DATA
        ):
            assert (key, Side.ODOO) in lost


@given(contacts, contacts, contacts, two_way, st.booleans())
def test_a_group_of_fields_has_one_winner(base, ours, theirs, policy, newer):
    result = merge(base, ours, theirs, policy, REFERENCE_DATA, ours_is_newer=newer)
    for group in GROUPS.values():
        if any(conflict.key in group for conflict in result.conflicts):
            assert not group & result.pull.keys() or not group & result.push.keys()


@given(versions, policies, st.booleans())
def test_contacts_that_are_not_imported_are_recognized(sides, policy, newer):
    """Base and foreign together say what Exchange has, once it has acknowledged."""
    base, ours, theirs = sides
    result = merge(base, ours, theirs, policy, REFERENCE_DATA, ours_is_newer=newer)
    _base, _ours, after = apply(ours, theirs, result)
    foreign = {k: v for k, v in result.foreign.items() if k not in result.push}
    known = {**result.base, **result.push, **foreign}
    carried = [key for key in KEYS if key in ours and key in theirs]
    assert all(
        same(key, {**after, key: known[key]}, after, REFERENCE_DATA) for key in carried
    )


def test_every_change_has_a_fate():
    assert FATE.keys() == set(Change)
    assert set(FATE.values()) == set(Fate)


def test_a_direction_only_removes_writes():
    """Both ways and leaving alone need no row; no row allows more than there was."""
    moves = {Fate.TAKE_THEIRS: "pulls", Fate.SEND_OURS: "pushes"}
    for (fate, direction), allowed in ALLOWED.items():
        assert direction is not Direction.BOTH
        assert fate is not Fate.LEAVE
        assert allowed in (Fate.LEAVE, Fate.TAKE_THEIRS)
    for fate, way in moves.items():
        for direction in Direction:
            allowed = ALLOWED.get((fate, direction), fate)
            assert allowed is (fate if getattr(direction, way) else Fate.LEAVE)
