# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The history of a folder on its own: ranges of changes, and forgetting old lines."""

from __future__ import annotations

from exchange_server.store.changes import Change, History, Kind


def kinds(page):
    return {change.member: change.kind for change in page.changes}


def test_a_client_that_continues_later_gets_all_changes():
    history = History()
    for number in range(1, 7):
        history.record(number, number)

    first = history.news((), 2)
    assert [each.member for each in first.changes] == [6, 5]
    assert (first.known, first.complete) == (((5, 6),), False)

    history.record(5, 7)
    history.record(8, 8)
    second = history.news(first.known, 3)
    assert second.changes == [
        Change(Kind.CREATE, 8),
        Change(Kind.UPDATE, 5),
        Change(Kind.CREATE, 4),
    ]
    assert second.known == ((4, 8),)

    last = history.news(second.known, 99)
    assert [each.member for each in last.changes] == [3, 2, 1]
    assert (last.known, last.complete) == (((0, 8),), True)


def test_a_member_that_left_and_returned_is_reported():
    """Folders keep their number when they move away and return."""
    history = History()
    history.record(1, 1)
    before = history.news((), 9).known
    history.record_removal(1, 2)
    away = history.news(before, 9)
    history.record(1, 3)

    assert kinds(away) == {1: Kind.DELETE}
    assert kinds(history.news(before, 9)) == {1: Kind.UPDATE}
    assert kinds(history.news(away.known, 9)) == {1: Kind.CREATE}


def test_nothing_is_lost_when_old_lines_are_forgotten():
    """After thousands of changes a state from the very first day still works."""
    history = History()
    for member in range(10):
        history.record(member, member + 1)
    early = history.news((), 4)
    number = 10
    for _ in range(500):
        for member in range(10):
            number += 1
            history.record(member, number)
    number += 1
    history.record_removal(9, number)

    expected = dict.fromkeys(range(6), Kind.CREATE)
    expected |= dict.fromkeys((6, 7, 8), Kind.UPDATE)
    assert kinds(history.news(early.known, 99)) == {**expected, 9: Kind.DELETE}
    assert set(kinds(history.news((), 99))) == set(range(9))
    assert history.latest == number
