# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values that are too long to be entered by people are dropped or refused."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core import limits
from exchange_contact_sync.outlook.lengths import without_too_long
from support.rows import for_each_row

NAME, TEXT = limits.NAME_CHARACTERS, limits.TEXT_CHARACTERS
NOTE, MEMBER = limits.NOTE_CHARACTERS, limits.MEMBER_CHARACTERS


@for_each_row(
    "values",
    [
        {"surname": "x" * (NAME + 1)},
        {"given_name": "x" * (NAME // 2 + 1), "surname": "x" * (NAME // 2 + 1)},
        {"display_name": "x" * (NAME + 1)},
        {"file_as": "x" * (NAME + 1)},
    ],
)
def test_a_name_that_is_too_long_raises(values):
    with pytest.raises(ValueError, match="a name of"):
        without_too_long(values)


@for_each_row(
    ("key", "text"),
    [
        ("job_title", "x" * (TEXT + 1)),
        ("note", "x" * (NOTE + 1)),
        ("categories", "x" * (MEMBER + 1)),
        ("categories", "\n".join(map(str, range(limits.MEMBERS + 1)))),
    ],
)
def test_a_value_that_is_too_long_is_dropped(key, text):
    values = {"surname": "x" * NAME, key: text}

    assert without_too_long(values) == (key,)
    assert list(values) == ["surname"]


@for_each_row(
    ("key", "text"),
    [
        ("job_title", "x" * TEXT),
        ("note", "x" * NOTE),
        ("categories", "\n".join(["x" * MEMBER] * limits.MEMBERS)),
        ("categories", ""),
    ],
)
def test_a_value_of_the_longest_allowed_length_is_kept(key, text):
    values = {"display_name": "x" * NAME, key: text}

    assert without_too_long(values) == ()
    assert values[key] == text
