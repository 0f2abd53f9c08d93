# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each user can access through each API exactly what ``rights.txt`` lists."""

from __future__ import annotations

import pytest

from security import table
from security.matrix import rows

pytestmark = pytest.mark.timeout(1200)  # on a busy machine


def test_no_call_fails_unexpectedly(matrix):
    assert matrix.broken == []


@pytest.fixture(scope="module", autouse=True)
def accepted(world, matrix, request):
    """With ``--accept``, write the table again, so that the difference can be
    reviewed."""
    if request.config.getoption("--accept"):
        marks = matrix.marks()
        found = {row: marks[row] for row in rows(world)}
        table.FILE.write_text(table.text_of(found))


def test_the_table_has_every_model_method_and_field(world):
    known = set(table.marks_of(table.FILE.read_text()))
    there = set(rows(world))
    assert there - known == set(), "no row in rights.txt"
    assert known - there == set(), "rights.txt has rows of what no longer exists"


def test_users_may_do_exactly_what_the_table_says(matrix):
    assert matrix.marks() == table.marks_of(table.FILE.read_text())


def test_no_answer_holds_a_secret(matrix):
    assert matrix.found == []
