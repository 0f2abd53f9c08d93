# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which request undoes the lines of a run."""

from __future__ import annotations

from exchange_contact_sync.core.policy import Side
from exchange_contact_sync.core.run import Line, LineAction, Way
from exchange_contact_sync.core.undo import Decided, undo
from exchange_contact_sync.core.user_requests import FieldOverride, UserRequest
from support.rows import for_each_row


def update(direction: str, field: str, old: str, new: str) -> Line:
    return Line(direction, LineAction.UPDATE, field=field, old=old, new=new)


WHOLE = {
    ("pull", "create"): Decided(UserRequest.WITHDRAW),
    ("push", "create"): Decided(UserRequest.REMOVE),
    ("push", "revive"): Decided(UserRequest.REMOVE),
    ("pull", "revive"): Decided(UserRequest.WITHDRAW),
    ("pull", "archive"): Decided(UserRequest.RESTORE),
    ("pull", "link"): Decided(UserRequest.SEPARATE),
    ("pull", "start"): Decided(UserRequest.SEPARATE),
    ("push", "delete"): None,
    ("pull", "stop"): Decided(),
    ("pull", "ambiguous"): Decided(),
}


@for_each_row(("happened", "expected"), WHOLE.items())
def test_what_happened_to_a_whole_contact(happened, expected):
    assert undo([Line(*happened)]) == expected


def test_a_value_goes_back_to_what_it_was_first():
    lines = [
        update("pull", "job_title", "A", "B"),
        update("push", "email", "", "ida@example.com"),
        update("pull", "job_title", "B", "C"),
    ]
    field_overrides = {
        "job_title": FieldOverride("C", "A"),
        "email": FieldOverride("ida@example.com", ""),
    }
    assert undo(lines) == Decided(None, field_overrides)


def test_a_value_restored_by_a_person_needs_no_undo():
    lines = [update("pull", "email", "a", "b"), update("push", "email", "b", "a")]
    assert undo(lines) == Decided()


def test_undo_of_a_link_restores_each_side():
    lines = [
        Line(Way.PULL, LineAction.LINK),
        update("pull", "job_title", "", "Chief"),
        update("push", "company", "", "Acme"),
    ]
    field_overrides = {
        "job_title": FieldOverride("Chief", "", Side.ODOO),
        "company": FieldOverride("Acme", "", Side.EXCHANGE),
    }
    assert undo(lines) == Decided(UserRequest.SEPARATE, field_overrides)


def test_undo_of_a_creation_includes_later_updates():
    lines = [Line(Way.PULL, LineAction.CREATE), update("pull", "email", "", "a")]
    assert undo(lines) == Decided(UserRequest.WITHDRAW)


def test_a_set_that_one_side_changed_is_undone():
    lines = [update("pull", "categories", "Red", "Red\nBlue")]
    assert undo(lines) == Decided(
        None, {"categories": FieldOverride("Red\nBlue", "Red")}
    )


def test_a_set_that_both_sides_added_to_is_not_undone():
    lines = [
        update("pull", "categories", "Red", "Red\nBlue"),
        update("push", "categories", "Blue", "Red\nBlue"),
    ]
    assert undo(lines) == Decided(left=("categories",))
