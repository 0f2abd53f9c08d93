# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of a pair that a person asked something for.

Policies: both ways; "no_import" and "no_export". What a table does not say is the same
under all policies.
"""

from __future__ import annotations

import itertools

from exchange_contact_sync.core.plan import Action, Ours, Theirs, decide_requested
from exchange_contact_sync.core.policy import Policy
from exchange_contact_sync.core.user_requests import UserRequest
from support.rows import for_each_row

COLUMNS = {
    "both": Policy(),
    "no_import": Policy(pull=False),
    "no_export": Policy(push=False),
}
START = """
    theirs  ours     both          no_import     no_export
    same    same     merge         merge         merge
    same    changed  merge         merge         merge
    same    archived leave         leave         leave
    same    gone     create_ours   leave         create_ours
    same    left     leave         leave         leave
    changed same     merge         merge         merge
    changed changed  merge         merge         merge
    changed archived leave         leave         leave
    changed gone     create_ours   leave         create_ours
    changed left     leave         leave         leave
    gone    same     create_theirs create_theirs leave
    gone    changed  create_theirs create_theirs leave
    gone    archived leave         leave         leave
    gone    gone     forget        forget        forget
    gone    left     leave         leave         leave
    private same     leave         leave         leave
    private changed  leave         leave         leave
    private archived leave         leave         leave
    private gone     leave         leave         leave
    private left     leave         leave         leave
"""
ROWS = [line.split() for line in START.strip().splitlines()[1:]]
CASES = [
    (Theirs[theirs.upper()], Ours[ours.upper()], column, Action[text.upper()])
    for theirs, ours, *actions in ROWS
    for column, text in zip(COLUMNS, actions, strict=True)
]
EVERYTHING = set(itertools.product(Theirs, Ours))


@for_each_row(("theirs", "ours", "column", "expected"), CASES)
def test_a_new_start(theirs: Theirs, ours: Ours, column: str, expected: Action):
    assert (
        decide_requested(UserRequest.START, theirs, ours, COLUMNS[column]) is expected
    )


def test_the_table_of_starts_is_complete():
    assert {(theirs, ours) for theirs, ours, _c, _e in CASES} == EVERYTHING


def asked(ask: UserRequest) -> dict[Action, set[tuple[Theirs, Ours]]]:
    """All facts by what becomes of them."""
    found: dict[Action, set[tuple[Theirs, Ours]]] = {}
    for theirs, ours in EVERYTHING:
        action = decide_requested(ask, theirs, ours, Policy())
        found.setdefault(action, set()).add((theirs, ours))
    return found


def test_a_partner_is_withdrawn_as_long_as_nobody_edited_it():
    found = asked(UserRequest.WITHDRAW)
    assert found[Action.ARCHIVE_OURS] == {(theirs, Ours.SAME) for theirs in Theirs}
    assert found.keys() == {Action.ARCHIVE_OURS, Action.LEAVE}


def test_a_contact_is_removed_as_long_as_nobody_edited_it():
    found = asked(UserRequest.REMOVE)
    assert found[Action.DELETE_THEIRS] == {(Theirs.SAME, ours) for ours in Ours}
    assert found[Action.STOP] == {(Theirs.GONE, ours) for ours in Ours}, "done"
    assert found.keys() == {Action.DELETE_THEIRS, Action.STOP, Action.LEAVE}


def test_a_partner_is_restored_only_if_it_was_archived():
    found = asked(UserRequest.RESTORE)
    assert found[Action.UNARCHIVE_ONLY] == {
        (theirs, Ours.ARCHIVED) for theirs in Theirs
    }
    assert found.keys() == {Action.UNARCHIVE_ONLY, Action.LEAVE}


def test_a_pair_can_always_be_stopped():
    assert asked(UserRequest.STOP) == {Action.STOP: EVERYTHING}


def test_only_a_pair_with_both_sides_can_be_separated():
    found = asked(UserRequest.SEPARATE)
    assert found[Action.MERGE] == set(
        itertools.product((Theirs.SAME, Theirs.CHANGED), (Ours.SAME, Ours.CHANGED))
    )
