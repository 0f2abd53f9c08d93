# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show what a synchronization would do, without changing anything."""

from __future__ import annotations

import logging
from datetime import datetime, timezone
from typing import Any

from odoo import fields
from odoo.models import BaseModel

from ..core.errors import ChangedMeanwhile, SyncError
from ..engine.preview.preview import PreviewLog, preview_of
from ..engine.synchronizer import Synchronizer
from ..storage import runs
from ..storage.lease import lease
from ..storage.unit_of_work import COLLISIONS, DryRunUnitOfWork, committer, undone
from . import feedback, moving, readiness, rights
from .wiring import as_owner, connected, ports_of

_logger = logging.getLogger(__name__)

PREVIEW_SECONDS = 60.0

REMARKS: dict[tuple[bool, bool], str | None] = {
    (False, True): None,
    (False, False): "preview_cut_short",
    (True, True): "over_deletion_limit",
    (True, False): "over_deletion_limit_cut_short",
}
"""Code of the message about a preview, by whether the deletion limit would stop the run
and whether the preview shows all changes.
"""


def show(account: BaseModel, typed: dict[str, Any] | None = None) -> feedback.Action:
    """Show what a run would do now.

    :param typed: choices that are not saved, as for ``write``
    :return: action that opens the record of ``exchange.sync.run`` in a dialog, because
        leaving the form would discard what is typed there
    :raises UserError: there is nothing to show, or the choices cannot be saved
    """
    rights.check_owner(account)
    owned = account.with_user(account.user_id)
    run = preview(owned, seconds=PREVIEW_SECONDS, typed=typed)
    if run is None:
        raise readiness.already_running(account)
    return {
        "type": "ir.actions.act_window",
        "name": account.env._("Preview"),
        "res_model": run._name,
        "res_id": run.id,
        "views": [(False, "form")],
        "target": "new",
        "context": {"dialog_size": "extra-large"},
    }


def _check_may_preview(account: BaseModel) -> None:
    """Check as before a run, but allow an account that the deletion limit stopped, or
    that has to be previewed before it is synchronized again."""
    if account.deletion_limit_reached or account.move_stage == moving.PREVIEW:
        readiness.check_something_to_do(account)
    else:
        readiness.check_ready(account)


def preview(
    account: BaseModel, *, seconds: float, typed: dict[str, Any] | None = None
) -> BaseModel | None:
    """Determine what a run would do now, and record it; nothing else changes.

    Between two slices of a run, this is the rest of the run: a slice commits all its
    work, and the preview starts from there.

    :param typed: choices that are not saved, as for ``write``
    :raises UserError: the account is not ready, or the choices cannot be saved
    :return: record of ``exchange.sync.run``, closed; None if another process works on
        the account
    """
    account = as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return None
        commit()  # only a new transaction sees what the last holder of the lease did
        begun, log = fields.Datetime.now(), PreviewLog()
        with undone(account.env) as env:
            chosen = account.with_env(env)
            if typed:
                chosen.write(typed)
            _check_may_preview(chosen)
            ending = _previewed(chosen, log, seconds)
        commit()  # only a new transaction sees partners that were deleted meanwhile
        run = runs.keep_preview(account, begun, ending, log.lines, log.counters)
        run.sudo().unsaved_choices = bool(typed)
        if run.state in ("done", "partial"):
            moving.note_preview(account)
        return run


def _previewed(
    account: BaseModel, log: PreviewLog, seconds: float
) -> tuple[str, str | None, str | None]:
    """Preview the run, and return how it ended: state, code and detail.

    :return: state, code and detail, how the preview ends
    """
    try:
        with connected(account) as remote:
            setup = ports_of(
                account, remote, DryRunUnitOfWork, log, lambda _backlog: log
            )
            finished = Synchronizer(preview_of(setup, log, _now)).run(seconds)
    except COLLISIONS:
        _logger.info("Preview of account %s: a collision", account.id, exc_info=True)
        return "failed", ChangedMeanwhile.code, None
    except SyncError as error:
        return "failed", error.code, error.detail or None
    except Exception:
        _logger.exception("Preview of account %s: unexpected failure", account.id)
        return "failed", SyncError.code, None
    state = "partial" if log.counters["error_count"] or not finished else "done"
    return state, REMARKS[bool(log.limits_reached), finished], None


def _now() -> datetime:
    return datetime.now(timezone.utc)
