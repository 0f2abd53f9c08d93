# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Record the result of a slice: when to try again, and whether the owner is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from odoo import fields
from odoo.models import BaseModel

from ..core.errors import ServerBusy, SyncError, WritingRefused
from ..engine.session import DeletionLimit
from . import announce, deletion_limit, due_times, feedback, reminder, schedule

if TYPE_CHECKING:
    from .synchronize import Outcome


def settle(account: BaseModel, outcome: Outcome, to_decide: bool = False) -> None:
    """Record the result of a slice.

    :param to_decide: an automatic run left decisions to the owner
    """
    if outcome.error:
        trigger = outcome.run.trigger if outcome.run else "manual"
        settle_failure(account, outcome.error, outcome.retry_after, trigger)
    elif outcome.run is not None and not outcome.more:
        _settle_finished(account)
        if to_decide:
            reminder.remind(account)
        else:
            reminder.update(account)


def _settle_finished(account: BaseModel) -> None:
    now = fields.Datetime.now()
    again = schedule.requested_again(account)
    account.sudo().write(
        {
            "last_sync": now,
            "sync_requested": again,
            "known_effects": announce.effects(account),
            **feedback.NO_FAILURE,
        }
    )
    if again:
        schedule.wake_cron(account.env)
    else:
        schedule.plan_next_sync(account, now + schedule.interval(account))


def left_to_decide(run: BaseModel) -> bool:
    """Return whether an automatic run left decisions to the owner."""
    found = run.conflict_count or run.waiting_count
    return run.trigger == "auto" and bool(found)


def settle_failure(
    account: BaseModel, error: SyncError, retry_after: float, trigger: str = "auto"
) -> None:
    """Decide whether and when to try again.

    :param retry_after: seconds the server asked to wait
    :param trigger: of the run
    """
    automatic = trigger == "auto"
    if needs_owner(account, error) or error.code in deletion_limit.CODES:
        if isinstance(error, DeletionLimit):
            deletion_limit.note(account, error)
        feedback.note_failure(account, error, state="error")
        account.sudo().write({"next_sync": False, "sync_requested": False})
        if automatic:
            reminder.remind(account)
    elif isinstance(error, ServerBusy):
        feedback.note_failure(account, error)
        later = fields.Datetime.now() + due_times.back_off(retry_after)
        account.sudo().write({"next_sync": later, "busy_until": later})
        schedule.wake_cron(account.env, later)
    else:
        _try_again_later(account, error)
        if isinstance(error, WritingRefused) and automatic:
            reminder.remind(account)


def needs_owner(account: BaseModel, error: SyncError) -> bool:
    """Return whether only the owner can correct the failure of a connected mailbox."""
    return due_times.needs_owner(error, _past(account), fields.Datetime.now())


def _try_again_later(account: BaseModel, error: SyncError) -> None:
    past = _past(account)
    feedback.note_failure(account, error)
    count = due_times.failures_before(error, past) + 1
    account.sudo().write({"failure_count": count, "sync_requested": False})
    later = fields.Datetime.now() + due_times.retry_delay(error, past)
    schedule.plan_next_sync(account, later)


def _past(account: BaseModel) -> due_times.PastFailures:
    return due_times.PastFailures(
        account.message_code or "",
        account.failure_count,
        account.last_sync or account.connected_since or None,
    )
