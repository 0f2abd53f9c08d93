# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show what a synchronization would do, and change nothing."""

import logging
from datetime import datetime, timezone

from odoo import fields

from ..core.errors import ChangedMeanwhile, SyncError
from ..engine.preview.preview import Story, preview_of
from ..engine.synchronizer import Synchronizer
from ..storage import runs
from ..storage.lease import lease
from ..storage.unit_of_work import COLLISIONS, DryRunUnitOfWork, committer, undone
from .wiring import as_owner, connected, ports_of

_logger = logging.getLogger(__name__)

REMARKS = {
    (False, True): False,
    (False, False): "preview_cut_short",
    (True, True): "over_deletion_limit",
    (True, False): "over_deletion_limit_cut_short",
}
"""What to say of a preview: by whether the deletion limit would stop the run, and
whether the preview shows all of it."""


def preview(account, *, seconds):
    """Find out what a run would do now, and write it down; nothing else is changed.

    Between two slices of a run, that is what is left of it: all that a slice did is
    committed, and the rest starts from there.

    :param account: record of ``exchange.account``
    :param seconds: float, how long
    :return: record of ``exchange.sync.run``, closed; None when another process is at
        work
    """
    account = as_owner(account)
    commit = committer(account.env.cr)
    with lease(account) as granted:
        if not granted:
            return None
        commit()  # what the last holder did is seen by a new transaction only
        begun, story = fields.Datetime.now(), Story()
        ending = _previewed(account, story, seconds)
        commit()  # and who was deleted meanwhile
        return runs.keep_preview(account, begun, ending, story.lines, story.counters)


def _previewed(account, story, seconds):
    """:return: tuple of state, code and detail, how the preview ends"""
    try:
        with undone(account.env), connected(account) as remote:
            setup = ports_of(
                account, remote, DryRunUnitOfWork, story, lambda _backlog: story
            )
            finished = Synchronizer(preview_of(setup, story, _now)).run(seconds)
    except COLLISIONS:
        _logger.info("Preview of account %s: a collision", account.id, exc_info=True)
        return "failed", ChangedMeanwhile.code, False
    except SyncError as error:
        return "failed", error.code, error.detail
    except Exception:
        _logger.exception("Preview of account %s: unexpected failure", account.id)
        return "failed", SyncError.code, False
    state = "partial" if story.counters["error_count"] or not finished else "done"
    return state, REMARKS[bool(story.limits_reached), finished], False


def _now():
    return datetime.now(timezone.utc)
