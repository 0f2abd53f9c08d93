# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize an account, one slice at a time."""

from collections import namedtuple
from dataclasses import replace
from functools import partial

from ..core.errors import FolderGone, SyncError
from ..engine.synchronizer import Synchronizer
from ..partner.failures import was_interrupted
from ..storage import runs
from ..storage.behavior import note_version
from ..storage.lease import lease
from ..storage.progress import OdooProgress
from ..storage.run_log import OdooRunLog
from ..storage.unit_of_work import OdooUnitOfWork, committer, roll_back
from .wiring import as_owner, connected, ports_of

Outcome = namedtuple("Outcome", ["run", "more", "error", "retry_after"])
Outcome.__doc__ = """How a slice went.

run: record of ``exchange.sync.run``, None when another process is at work
more: bool, there is work left
error: SyncError or None
retry_after: float, seconds the server asked to be left alone
"""


def run_slice(account, *, trigger, seconds):
    """Work on an account for a while. What is done is committed.

    :param account: record of ``exchange.account``
    :param trigger: str, how a run is recorded if this slice begins one
    :param seconds: float, how long
    :return: Outcome
    """
    account = as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return Outcome(None, False, None, 0.0)
        commit()  # what the last holder did is seen by a new transaction only
        account._note_rights()
        account.sudo()._note_further_fields()
        run = runs.open_slice(account, trigger)
        account.env.flush_all()
        commit()
        return _work(account, run, commit, seconds)


def _work(account, run, commit, seconds):
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
    if synchronizer.found_lost:
        account.sudo().folders_refreshed = False  # where are they now?
    if finished:
        runs.finish(run)
        if run.trigger != "undo" and account.sudo().deletion_limit_passed:
            account.sudo().deletion_limit_passed = False
    else:
        runs.suspend(run)
    account.env.flush_all()
    commit()
    return Outcome(run, not finished, None, 0.0)
