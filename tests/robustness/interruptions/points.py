# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a synchronization can be interrupted, and what must hold afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from odoo.sql_db import Cursor

from exchange_server import faults
from robustness.machine.process import sync_killed_at_commit, sync_killed_at_request
from robustness.machine.stage import Stage

from .scenario import prepare
from .snapshot import Picture, picture

Interruption = Callable[[Stage, int], bool]
"""Synchronizes with an interruption at the point of that number, from 1; returns False
if there is no such point."""


def sync_cut_off(stage: Stage, number: int, *, after: bool) -> bool:
    """Synchronize, and break the connection at one request.

    :param number: of the request
    :param after: the request is carried out, but its answer is lost
    :returns: whether there was such a request
    """
    make = faults.drop_after if after else faults.drop_before
    fault = stage.server.faults.add(make(nth=number))
    ran = stage.sync()
    stage.server.faults.clear()
    assert (ran.state == "failed") == bool(fault.hits), ran
    return bool(fault.hits)


INTERRUPTIONS: dict[str, Interruption] = {
    "connection breaks before a request": partial(sync_cut_off, after=False),
    "connection breaks after a request": partial(sync_cut_off, after=True),
    "process dies before a request": partial(sync_killed_at_request, after=False),
    "process dies after a request": partial(sync_killed_at_request, after=True),
    "process dies before a commit": partial(sync_killed_at_commit, after=False),
    "process dies after a commit": partial(sync_killed_at_commit, after=True),
}


def undisturbed(stage: Stage) -> Picture:
    """:returns: the result of a synchronization without interruptions"""
    prepare(stage)
    assert stage.sync().state == "done"
    return picture(stage)


def interrupted(
    stage: Stage, interruption: Interruption, number: int, expected: Picture
) -> bool:
    """Interrupt a synchronization; after the next one, the result must be the same.

    :param expected: of :func:`undisturbed`
    :returns: whether there was a point of that number
    """
    prepare(stage)
    if not interruption(stage, number):
        return False
    ran = stage.sync()
    assert ran.state == "done", ran
    found = picture(stage)
    for part, rows in expected.items():
        missing = [row for row in rows if row not in found[part]]
        surplus = [row for row in found[part] if row not in rows]
        assert found[part] == rows, f"{part}: {missing=} {surplus=}"
    _nothing_is_left(stage)
    return True


def _nothing_is_left(stage: Stage) -> None:
    before = stage.rows()
    idle = stage.sync()
    assert (idle.state, idle.writes, idle.lines) == ("done", 0, ())
    assert stage.rows() == before


READ_IN_BATCHES = {"GetContact", "GetContactPhoto"}
"""Operations of Graph that are requested within batches only. The client notices no
difference between an interruption at one of them and at the batch, and nothing was
written between the two."""

EVERY = 10
"""Which of them is a point, and EVERY_COMMIT which commit: the same ones are all
interrupted over EWS."""

EVERY_COMMIT = 3


def chosen(operations: list[str], commits: int, kind: str) -> list[int]:
    """Return the points of a synchronization over Graph that are tried.

    All requests that the client sends and all writes within batches are; of the rest, a
    part that is evenly spread, and the last.

    :param operations: of the requests, in order
    :param commits: the number of commits
    :param kind: of the interruption
    """
    if kind.endswith("commit"):
        return sorted({*range(1, commits + 1, EVERY_COMMIT), commits})
    reads = [n for n, one in enumerate(operations, 1) if one in READ_IN_BATCHES]
    others = [n for n, one in enumerate(operations, 1) if one not in READ_IN_BATCHES]
    return sorted({*others, *reads[::EVERY], len(operations)})


def points(stage: Stage) -> tuple[list[str], int]:
    """:returns: the operations that a synchronization requests, in order, and the
    number of its commits
    """
    prepare(stage)
    commit, commits = Cursor.commit, []

    def counted(cursor: Cursor) -> None:
        commits.append(cursor)
        commit(cursor)

    Cursor.commit = counted
    try:
        stage.sync()
    finally:
        Cursor.commit = commit
    return [entry.operation for entry in stage.server.counters.log], len(commits)
