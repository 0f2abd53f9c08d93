# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize in a separate process, and kill it at any request or commit.

The process is forked, so that it starts quickly, and ended by SIGKILL: no handler runs,
and PostgreSQL and the mail server see its connections end.
"""

from __future__ import annotations

import itertools
import os
import signal
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import ClassVar

from odoo.sql_db import Cursor

from exchange_server.fault_effects import DropAfter, DropBefore, Process, Surroundings
from exchange_server.fault_queue import Fault
from exchange_server.http_message import HttpAnswer

from .stage import Stage

PATIENCE = 20.0  # seconds


def sync_in_a_process(
    stage: Stage,
    first: Callable[[], object] = lambda: None,
    pid: Future[int] | None = None,
) -> bool:
    """Synchronize in another process.

    :param first: called in that process before it begins
    :param pid: called with the id of the process
    :returns: whether it ended by itself
    :raises RuntimeError: if it failed by itself
    """
    stage.disconnect()
    child = os.fork()
    if child == 0:
        _synchronize_and_exit(stage, first)
    if pid is not None:
        pid.set_result(child)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the process ended with {code}; its error is above")
    _wait_until_forgotten(stage)
    return code == 0


def _synchronize_and_exit(stage: Stage, first: Callable[[], object]) -> None:
    """Run in the child; never returns, so that the child does not continue the
    tests."""
    code = 1
    try:
        first()
        stage.sync()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _wait_until_forgotten(stage: Stage) -> None:
    """Wait until PostgreSQL notices that the client has ended."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with stage.everything() as env:
            env.cr.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if not env.cr.fetchone()[0]:
                return
        time.sleep(0.01)
    raise RuntimeError("connections of a killed process are still there")


def die() -> None:
    """End this process immediately."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_commit(number: int, *, after: bool) -> None:
    """From now on, this process ends at a commit.

    :param number: of the commit, from 1
    :param after: just after the commit instead of just before
    """
    commit, numbers = Cursor.commit, itertools.count(1)

    def mortal(cursor: Cursor) -> None:
        due = next(numbers) == number
        if due and not after:
            die()
        commit(cursor)
        if due:
            die()

    Cursor.commit = mortal


@dataclass(frozen=True)
class Kill:
    """Kills the process that waits for an answer.

    :param pid: of the process
    :param carried_out: whether the request is carried out nevertheless
    """

    kind: ClassVar[str] = "kill"
    pid: Future[int]
    carried_out: bool

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        """Called by the mail server."""
        os.kill(self.pid.result(PATIENCE), signal.SIGKILL)
        effect = DropAfter() if self.carried_out else DropBefore()
        return effect.around(process, around)


def sync_killed_at_commit(stage: Stage, number: int, *, after: bool) -> bool:
    """Synchronize in a process that is killed at a commit.

    :returns: whether there was such a commit
    """
    return not sync_in_a_process(stage, lambda: die_at_commit(number, after=after))


def sync_killed_at_request(stage: Stage, number: int, *, after: bool) -> bool:
    """Synchronize in a process that is killed while it waits for an answer.

    :param after: the request is carried out nevertheless
    :returns: whether there was such a request
    """
    pid: Future[int] = Future()
    fault = stage.server.faults.add(Fault(Kill(pid, after), nth=number))
    lived = sync_in_a_process(stage, pid=pid)
    assert lived == (fault.hits == 0)
    stage.server.faults.clear()
    return not lived
