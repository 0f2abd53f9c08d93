# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize an account, one slice at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import psycopg2

from odoo.models import BaseModel

from ..core.errors import FolderGone, Interrupted, SyncError
from ..engine.synchronizer import Synchronizer
from ..partner.failures import was_interrupted
from ..storage import runs
from ..storage.behavior import note_version
from ..storage.lease import lease
from ..storage.progress import OdooProgress
from ..storage.run_log import OdooRunLog
from ..storage.unit_of_work import OdooUnitOfWork, committer, roll_back
from . import feedback, live, readiness, reprocessing, rights, settle
from .wiring import as_owner, connected, ports_of

_logger = logging.getLogger(__name__)

FOREGROUND_SECONDS = 60.0


class Outcome(NamedTuple):
    """The result of a slice.

    :param run: record of ``exchange.sync.run``, None when another process has the lease
    :param more: whether work remains
    :param retry_after: seconds the server asked to wait
    """

    run: BaseModel | None
    more: bool
    error: SyncError | None
    retry_after: float


def sync(account: BaseModel) -> BaseModel:
    """Synchronize now and wait for it.

    :return: record of ``exchange.sync.run``
    :raises UserError: the account is not ready, or another process has the lease
    """
    account.ensure_one()
    readiness.check_ready(account)
    while True:
        outcome = run_and_settle(account, "manual", FOREGROUND_SECONDS)
        if outcome is None:
            return last_run(account)
        if outcome.run is None:
            raise readiness.already_running(account)
        if outcome.error or not outcome.more:
            return outcome.run


def last_run(account: BaseModel) -> BaseModel:
    """Return the last run that is not a preview, or none."""
    mine = [("account_id", "in", account.ids), ("trigger", "!=", "preview")]
    return account.env["exchange.sync.run"].search(mine, limit=1)


def run_and_settle(account: BaseModel, trigger: str, seconds: float) -> Outcome | None:
    """Work on an account for one slice and record its result.

    :param trigger: recorded on the run if this slice starts one
    :return: None when the slice failed unexpectedly
    """
    owner = account.sudo().user_id.partner_id  # read before the caches are dropped
    try:
        outcome = run_slice(
            account.with_user(account.user_id), trigger=trigger, seconds=seconds
        )
    except (psycopg2.OperationalError, psycopg2.InterfaceError):
        raise
    except Exception as error:
        # The slice rolled back its open work and closed the run.
        if was_interrupted(error):
            raise  # and the account is still due
        _logger.exception("Exchange account %s: unexpected failure", account.id)
        account.env.invalidate_all()
        settle.settle_failure(account, SyncError(), 0.0)
        live.show_end(account, owner, last_run(account))
        return None
    # Read before the caches are dropped: it costs no query here.
    to_decide = outcome.run is not None and settle.left_to_decide(outcome.run)
    account.env.invalidate_all()
    settle.settle(account, outcome, to_decide)
    if outcome.run is not None and not outcome.more:
        live.show_end(account, owner, outcome.run)
    return outcome


def run_slice(account: BaseModel, *, trigger: str, seconds: float) -> Outcome:
    """Work on an account for one slice, and commit the work.

    :param trigger: recorded on the run if this slice starts one
    """
    account = as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return Outcome(None, False, None, 0.0)
        commit()  # only a new transaction sees what the last holder of the lease did
        rights.note_rights(account)
        reprocessing.note_further_fields(account.sudo())
        killed = runs.close_killed(account)
        if killed and _killed_again(account, trigger):
            account.env.flush_all()
            commit()
            return Outcome(killed[:1], False, Interrupted(), 0.0)
        run = runs.open_slice(account, trigger)
        account.env.flush_all()
        commit()
        return _synchronize(account, run, commit, seconds)


def _killed_again(account: BaseModel, trigger: str) -> bool:
    """Note that a run was killed.

    After a restart of the server, a run that was killed continues at once. If a run is
    killed again, it may itself be the cause, so automatic runs wait as after any
    failure.

    :return: whether this slice has to wait
    """
    account = account.sudo()
    again = account.message_code == Interrupted.code
    if not again:
        count = account.failure_count + 1
        feedback.note_failure(account, Interrupted(), failure_count=count)
    return again and trigger == "auto"


def _synchronize(
    account: BaseModel, run: BaseModel, commit: Callable[[], None], seconds: float
) -> Outcome:
    try:
        with connected(account) as remote:
            unit_of_work = partial(OdooUnitOfWork, commit=commit)
            progress = partial(OdooProgress, run)
            setup = ports_of(account, remote, unit_of_work, OdooRunLog(run), progress)
            synchronizer = Synchronizer(replace(setup, undoing=run.trigger == "undo"))
            finished = synchronizer.run(seconds)
            note_version(account, remote.connection.version)
    except SyncError as error:
        roll_back(account.env)
        runs.close(run, "failed", error.code, error.detail)
        if isinstance(error, FolderGone):
            account.sudo().folders_refreshed = False
        commit()
        return Outcome(run, False, error, getattr(error, "back_off", 0.0))
    except Exception as error:
        roll_back(account.env)
        interrupted = was_interrupted(error)
        runs.close(run, "failed", runs.INTERRUPTED if interrupted else SyncError.code)
        commit()
        raise
    if synchronizer.gone_folders:
        account.sudo().folders_refreshed = False  # read them again soon
    if finished:
        runs.finish(run)
        if run.trigger != "undo" and account.sudo().deletion_limit_passed:
            account.sudo().deletion_limit_passed = False
    else:
        runs.suspend(run)
    account.env.flush_all()
    commit()
    return Outcome(run, not finished, None, 0.0)
