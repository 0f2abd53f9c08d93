# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Everybody gets at what the table says, at every door, and at nothing else."""

from __future__ import annotations

import pytest

from security import table
from security.matrix import rows

pytestmark = pytest.mark.timeout(1200)  # on a busy machine


def test_no_call_fails_unexpectedly(matrix):
    assert matrix.broken == []


@pytest.fixture(scope="module", autouse=True)
def accepted(world, matrix, request):
    """Whoever changed rights has the table written anew, and reads the difference."""
    if request.config.getoption("--accept"):
        marks = matrix.marks()
        found = {row: marks[row] for row in rows(world)}
        table.FILE.write_text(table.text_of(found))


def test_the_table_knows_every_model_method_and_field(world):
    known = set(table.marks_of(table.FILE.read_text()))
    there = set(rows(world))
    assert there - known == set(), "no row in rights.txt"
    assert known - there == set(), "rights.txt tells of what is no more"


def test_users_may_do_exactly_what_the_table_says(matrix):
    assert matrix.marks() == table.marks_of(table.FILE.read_text())


def test_no_answer_holds_a_secret(matrix):
    assert matrix.found == []
