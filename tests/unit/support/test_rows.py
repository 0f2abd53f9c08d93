# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A test of a table checks every row and reports each one that failed."""

from __future__ import annotations

import inspect

import pytest

from support.rows import for_each_row


def test_every_row_is_checked_and_every_failure_is_reported():
    checked = []

    @for_each_row("number, expected", [(1, 1), (2, 3), (3, 3), (4, 5)])
    def test(number: int, expected: int) -> None:
        checked.append(number)
        assert number == expected, f"{number} is not {expected}"

    with pytest.raises(pytest.fail.Exception) as caught:
        test()

    assert checked == [1, 2, 3, 4]
    report = str(caught.value)
    assert "2 of 4 rows failed" in report
    assert "2 is not 3" in report and "4 is not 5" in report
    assert "1 is not" not in report


def test_an_error_of_a_row_is_reported_with_its_type_and_its_name():
    @for_each_row("text", ["1", "x"], ids=lambda text: f"the text {text}")
    def test(text: str) -> None:
        int(text)

    with pytest.raises(pytest.fail.Exception, match="(?s)the text x.*ValueError: inv"):
        test()


def test_every_combination_of_two_tables_is_checked():
    checked = []

    @for_each_row("one", [1, 2])
    @for_each_row("other", "ab")
    def test(one: int, other: str) -> None:
        checked.append((one, other))

    test()

    assert checked == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]


def test_arguments_that_are_no_part_of_a_row_stay_fixtures():
    @for_each_row("value", [1])
    def test(value: int, tmp_path: object) -> None:
        assert tmp_path == "a folder"

    assert list(inspect.signature(test).parameters) == ["tmp_path"]
    test(tmp_path="a folder")


def test_a_row_that_has_too_few_values_is_refused():
    with pytest.raises(ValueError):
        for_each_row("one, other", [(1,)])


def test_a_table_without_rows_is_refused():
    with pytest.raises(ValueError, match="nothing would be checked"):
        for_each_row("value", [])
