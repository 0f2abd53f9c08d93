# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The text of a saved filter is read; any other Python is refused."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exchange_contact_sync.partner.filter_text import (
    LONGEST_TEXT,
    MOST_CONDITIONS,
    Unusable,
    Why,
    read,
)
from support.rows import for_each_row

NOW = datetime(2024, 3, 31, 23, 30, 5)


def domain(text: str) -> list[object]:
    """Return the conditions, read in a time zone of UTC+2."""
    return read(text, 7, NOW, lambda local: local - timedelta(hours=2))


def value(text: str) -> object:
    [(_path, _operator, found)] = domain(f"[('a', '=', {text})]")
    return found


def why(text: str) -> Why:
    with pytest.raises(Unusable) as caught:
        domain(text)
    return caught.value.why


READ = [
    ("[]", []),
    (" [('a', '=', 1)]\n", [("a", "=", 1)]),
    ('["|", ["a", "=", True], ("b", "in", [1, 2])]', None),
    ("['&', ('a', '!=', False), '!', ('b', 'ilike', 'x y')]", None),
    ("[('line_ids', 'any', [('a', '=', None)])]", None),
    ("['|'] + [('a', '=', 1)] + [('b', '=', 2)]", ["|", ("a", "=", 1), ("b", "=", 2)]),
    ("[('user_id', '=', uid)]", [("user_id", "=", 7)]),
    ("[('a', '=', 1)] or [('b', '=', 1)]", [("a", "=", 1)]),
]


@for_each_row(("text", "expected"), READ)
def test_filters_of_people_and_of_the_web_client_are_read(text: str, expected: object):
    found = domain(text)
    assert expected is None or found == expected


DAYS = [
    ("context_today()", date(2024, 3, 31)),
    ("context_today().strftime('%Y-%m-%d')", "2024-03-31"),
    ("(context_today() + relativedelta(days = -7)).strftime('%Y-%m-%d')", "2024-03-24"),
    ("context_today() - relativedelta(months=1)", date(2024, 2, 29)),
    ("context_today() + relativedelta(day = 1, month = 1)", date(2024, 1, 1)),
    ("context_today() - datetime.timedelta(days=1)", date(2024, 3, 30)),
    ("context_today() + datetime.timedelta(1)", date(2024, 4, 1)),
    (
        "datetime.datetime.combine(context_today(), datetime.time(0, 0, 0)).to_utc()"
        '.strftime("%Y-%m-%d %H:%M:%S")',
        "2024-03-30 22:00:00",
    ),
    (
        "datetime.datetime.combine(context_today() + relativedelta(days = 1),"
        " datetime.time(23, 59, 59))",
        datetime(2024, 4, 1, 23, 59, 59),
    ),
    ("datetime.datetime(2024, 1, 2)", datetime(2024, 1, 2)),
    ("datetime.date(2024, 1, 2)", date(2024, 1, 2)),
    ("datetime.datetime.now()", NOW),
    ("time.strftime('%Y')", "2024"),
    ("today", "2024-03-31"),
    ("current_date", "2024-03-31"),
    ("now", "2024-03-31 21:30:05"),
    ("'today -7d'", "today -7d"),
    ("-1.5", -1.5),
    ("not uid", False),
]


@for_each_row(("text", "expected"), DAYS)
def test_expressions_of_days_and_moments_are_evaluated(text: str, expected: object):
    assert value(text) == expected


FORBIDDEN = [
    *("time.sleep(100)", "env", "self", "open('/etc/passwd')", "__import__('os')"),
    *("''.join('a')", "(1).__class__", "uid.__class__", "context_today.__globals__"),
    *("context_today().__class__", "context_today().replace", "datetime.datetime"),
    *("'a' * 10", "[1] * 10", "10 ** 10", "'%s' % 1", "'a' + 'b'", "1 << 9", "2 * 2"),
    *("[x for x in [1]]", "(lambda: 1)()", "f'{uid}'", "{1: 2}", "{1, 2}", "[1][0]"),
    *("b'a'", "1j", "...", "(x := 1)", "1 if uid else 2", "uid == 7", "[*[1]]"),
    *("len([1])", "range(10)", "datetime.datetime.max", "user.name"),
    *("relativedelta(**{'days': 1})", "~1"),
]


@for_each_row("text", FORBIDDEN)
def test_other_python_is_forbidden(text: str):
    assert why(f"[('a', '=', {text})]") is Why.FORBIDDEN
    assert why(text) is Why.FORBIDDEN


WRONG = [
    *("datetime.date(2024, 13, 1)", "relativedelta(days='x')", "relativedelta(1)"),
    *("context_today() + relativedelta(years=9999)", "context_today() + 1"),
    *("relativedelta(days=10 ** 9)".replace("10 ** 9", "1" + "0" * 9),),
    *("context_today().strftime('%999999999d')", "context_today().strftime(1)"),
    *("context_today().strftime()", "datetime.timedelta(weeks=1000000)"),
    "datetime.timedelta(1, 2, 3, 4, nope=1)",
]


@for_each_row("text", WRONG)
def test_invalid_days_are_reported_as_wrong(text: str):
    assert why(f"[('a', '=', {text})]") is Why.WRONG


UNREADABLE = ["", "[(", "a b", "'text'", "5", "('a', '=', 1)", "None", "[1]\n[2]", "\0"]


@for_each_row("text", UNREADABLE)
def test_text_that_is_no_list_is_unreadable(text: str):
    assert why(text) is Why.UNREADABLE


TOO_LARGE = [
    "[" + "'x'," * LONGEST_TEXT + "]",
    "[('a', '=', 1)," * (MOST_CONDITIONS + 1) + "]" * (MOST_CONDITIONS + 1),
    "[" + "('a', '=', 1)," * (MOST_CONDITIONS + 1) + "]",
    "[('l', 'any', ["
    + "('a', '=', 1)," * (MOST_CONDITIONS // 2 + 1)
    + "])," * 1
    + "('l', 'any', ["
    + "('a', '=', 1)," * (MOST_CONDITIONS // 2 + 1)
    + "])]",
    "[" * 60 + "]" * 60,
    "[('a', '=', " + "-" * 60 + "1)]",
    "[('a', '=', " + "not " * 5000 + "1)]",
    "[('a', '=', 1" + " + 1" * 5000 + ")]",
    f"[('{'.'.join(['parent_id'] * 12)}', '=', 1)]",
]


@for_each_row("text", TOO_LARGE, ids=range(len(TOO_LARGE)))
def test_a_filter_that_is_too_large_is_refused(text: str):
    assert why(text) in (Why.TOO_LARGE, Why.UNREADABLE)


def test_a_large_selection_is_read():
    ids = list(range(100_000, 110_000))
    assert domain(f"[('id', 'in', {ids})]") == [("id", "in", ids)]


PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "(",
            ")",
            ",",
            "'a'",
            "'='",
            "1",
            "uid",
            "-",
            "+",
            "*",
            ".",
            "=",
            " ",
        ),
        *(
            "context_today",
            "relativedelta",
            "datetime",
            "time",
            "strftime",
            "days",
            "()",
        ),
        *("not", "or", "and", "lambda", ":", "if", "else", "for", "in", "{", "}", "\n"),
        *("__class__", "sleep", "\\", '"', "#", "\0", "é", "**", "9" * 50, "to_utc"),
    ]
)


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
@example("(" * 3000)
@example("[" + "(" * 150 + ")" * 150 + "]")
@example("-" * 50_000 + "1")
@example("a." * 40_000 + "a")
@example("(" + "a" * 90_000 + ")")
@example("lambda:" * 10_000 + "1")
def test_any_text_is_read_or_refused_within_two_seconds(text: str):
    started = time.monotonic()
    try:
        assert isinstance(domain(text), list)
    except Unusable as problem:
        assert len(problem.part) <= 200
    assert time.monotonic() - started < 2
