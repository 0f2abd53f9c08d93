# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who changed a photo, and what does not count as a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.merge import Change, Fate
from exchange_contact_sync.core.photo import (
    PhotoBase,
    Picture,
    RemotePhoto,
    change_of,
    digest,
    fate_of,
)
from exchange_contact_sync.core.policy import ConflictPolicy, Direction, Policy
from support.rows import for_each_row

RED = RemotePhoto("t1", b"red")
OURS = Picture("m1", b"small red")
AGREED = PhotoBase().agreed("m1", "t1", b"red")


@for_each_row(
    ("picture", "found", "change"),
    [
        (OURS, RED, Change.NOBODY),
        (Picture("m2", b"blue"), RED, Change.OURS),
        (Picture(), RED, Change.OURS),
        (OURS, RemotePhoto("t2", b"green"), Change.THEIRS),
        (OURS, RemotePhoto(), Change.THEIRS),
        (Picture("m2", b"blue"), RemotePhoto("t2", b"green"), Change.BOTH_DIFFERENT),
        (Picture("m2", b"blue"), RemotePhoto("t2", b"blue"), Change.BOTH_SAME),
        (Picture(), RemotePhoto(), Change.BOTH_SAME),
    ],
)
def test_each_side_is_compared_with_what_it_had_itself(picture, found, change):
    assert change_of(AGREED.after_reading(found), picture, found) is change


def test_the_same_photo_on_both_sides_is_known_without_a_base():
    kept = Picture("m1", b"small red", original=digest(b"red"))
    assert change_of(PhotoBase().after_reading(RED), kept, RED) is Change.BOTH_SAME
    sent = RemotePhoto("t1", b"small red")
    assert change_of(PhotoBase().after_reading(sent), OURS, sent) is Change.BOTH_SAME


def test_a_photo_that_was_saved_anew_is_no_change():
    again = replace(RED, token="t9")
    after_reading = AGREED.after_reading(again)
    assert change_of(after_reading, OURS, again) is Change.NOBODY
    assert after_reading.theirs == "t9", "so that it is not fetched again"


def test_an_interrupted_replacement_of_a_photo_is_not_a_removal():
    blue = Picture("m2", b"blue")
    sending = AGREED.sending(blue)
    assert (
        change_of(sending.after_reading(RemotePhoto()), blue, RemotePhoto())
        is Change.OURS
    )


def test_a_write_without_an_answer_is_agreed_on():
    blue, there = Picture("m2", b"blue"), RemotePhoto("t2", b"blue")
    after_reading = AGREED.sending(blue).after_reading(there)
    assert after_reading == PhotoBase().agreed("m2", "t2", b"blue")
    assert change_of(after_reading, Picture("m3", b"green"), there) is Change.OURS


MORNING, NOON = datetime(2026, 3, 1, 8), datetime(2026, 3, 1, 12)


@for_each_row(
    ("conflict", "photos", "ours", "theirs", "fate"),
    [
        ("odoo", "both", MORNING, NOON, Fate.SEND_OURS),
        ("exchange", "both", NOON, MORNING, Fate.TAKE_THEIRS),
        ("newest", "both", NOON, MORNING, Fate.SEND_OURS),
        ("newest", "both", MORNING, NOON, Fate.TAKE_THEIRS),
        ("newest", "both", NOON, NOON, Fate.TAKE_THEIRS),
        ("newest", "both", None, None, Fate.TAKE_THEIRS),
        ("odoo", "pull", NOON, MORNING, Fate.TAKE_THEIRS),
        ("odoo", "push", MORNING, NOON, Fate.SEND_OURS),
        ("exchange", "push", NOON, MORNING, Fate.LEAVE),
        ("odoo", "none", NOON, MORNING, Fate.LEAVE),
    ],
)
def test_a_conflict_is_won_as_far_as_the_direction_allows(
    conflict, photos, ours, theirs, fate
):
    policy = Policy(
        conflict=ConflictPolicy(conflict), rules={"photo": Direction(photos)}
    )
    blue = Picture("m2", b"blue", modified=ours)
    green = RemotePhoto("t2", b"green", theirs)
    assert fate_of(AGREED.after_reading(green), blue, green, policy) is fate


tokens = st.sampled_from(["", "t1", "t2"])


@given(
    st.builds(
        PhotoBase,
        tokens,
        tokens,
        st.sampled_from(["", digest(b"red")]),
        tokens,
        st.sampled_from(["", digest(b"blue")]),
        tokens,
    )
)
def test_remembered_values_survive_being_stored(base):
    assert PhotoBase.from_json(base.to_json()) == base
