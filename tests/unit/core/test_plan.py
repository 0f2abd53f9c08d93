# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of a pair. Facts down the side, the decision beside them.

Policies: "keep" and "delete" are what a deletion does to the other side; "foreign"
is one this addon did not create, nor anybody marked; "no_import" and "no_export" under
"delete".
"""

from __future__ import annotations

import itertools

from exchange_contact_sync.core.matching import Found
from exchange_contact_sync.core.plan import (
    DELETED,
    LINKED,
    UNLINKED,
    Action,
    Ours,
    Theirs,
    decide_linked,
    decide_unlinked,
)
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from support.rows import for_each_row

DELETE = {
    "exchange_deletion": DeletionPolicy.DELETE,
    "odoo_deletion": DeletionPolicy.DELETE,
}
COLUMNS = {
    "keep": (Policy(), True),
    "delete": (Policy(**DELETE), True),
    "foreign": (Policy(**DELETE), False),
    "no_import": (Policy(pull=False, **DELETE), True),
    "no_export": (Policy(push=False, **DELETE), True),
}
TABLE = """
    theirs  ours     keep    delete        foreign       no_import     no_export
    same    same     nothing nothing       nothing       nothing       nothing
    same    changed  merge   merge         merge         merge         merge
    same    archived stop    delete_theirs stop          delete_theirs stop
    same    gone     stop    delete_theirs stop          delete_theirs stop
    same    left     stop    delete_theirs stop          delete_theirs stop
    changed same     merge   merge         merge         merge         merge
    changed changed  merge   merge         merge         merge         merge
    changed archived stop    unarchive_ours   unarchive_ours   stop          stop
    changed gone     stop    create_ours   create_ours   stop          stop
    changed left     stop    stop          stop          stop          stop
    gone    same     stop    archive_ours  archive_ours  stop          archive_ours
    gone    changed  stop    create_theirs create_theirs stop          stop
    gone    archived stop    stop          stop          stop          stop
    gone    gone     forget  forget        forget        forget        forget
    gone    left     stop    stop          stop          stop          stop
    private same     stop    stop          stop          stop          stop
    private changed  stop    stop          stop          stop          stop
    private archived stop    stop          stop          stop          stop
    private gone     stop    stop          stop          stop          stop
    private left     stop    stop          stop          stop          stop
"""
CASES = [
    (Theirs[row[0].upper()], Ours[row[1].upper()], column, Action[text.upper()])
    for row in map(str.split, TABLE.strip().splitlines()[1:])
    for column, text in zip(COLUMNS, row[2:], strict=True)
]


@for_each_row(("theirs", "ours", "column", "expected"), CASES)
def test_a_linked_pair(theirs: Theirs, ours: Ours, column: str, expected: Action):
    policy, may_be_deleted = COLUMNS[column]
    action = decide_linked(theirs, ours, policy, may_be_deleted=may_be_deleted)
    assert action is expected


def test_the_table_above_is_complete():
    assert {(theirs, ours) for theirs, ours, _c, _e in CASES} == set(
        itertools.product(Theirs, Ours)
    )


def test_every_pair_is_decided_once():
    asked = {(theirs, ours) for theirs, ours, _deletion in DELETED}
    assert LINKED.keys() | asked == set(itertools.product(Theirs, Ours))
    assert not LINKED.keys() & asked
    assert len(DELETED) == len(asked) * len(DeletionPolicy)


STRANGERS = """
    found    imported       not_imported
    nobody   create_ours    defer
    one      link           link
    several  wait           defer
    linked   wait           defer
"""
STRANGER_CASES = [
    (Found[row[0].upper()], imported, Action[text.upper()])
    for row in map(str.split, STRANGERS.strip().splitlines()[1:])
    for imported, text in zip((True, False), row[1:], strict=True)
]


@for_each_row(("found", "imported", "expected"), STRANGER_CASES)
def test_a_contact_without_a_link(found: Found, imported: bool, expected: Action):
    assert decide_unlinked(found, imported=imported, private=False) is expected


@for_each_row("found", Found)
@for_each_row("imported", [True, False])
def test_a_private_contact_is_not_imported(found: Found, imported: bool):
    action = decide_unlinked(found, imported=imported, private=True)
    assert action is Action.SKIP


@for_each_row("found", Found)
@for_each_row("imported", [True, False])
def test_item_that_is_never_imported_stays_deferred(found: Found, imported: bool):
    def action(private: bool) -> Action:
        return decide_unlinked(found, imported=imported, private=private, never=True)

    assert action(private=False) is Action.DEFER
    assert action(private=True) is Action.SKIP


def test_every_stranger_is_decided():
    assert UNLINKED.keys() == set(itertools.product(Found, (True, False)))
