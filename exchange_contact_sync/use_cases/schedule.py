# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize due accounts, one slice at a time, and plan when they are due.

Copies of the scheduled action work in parallel: each claims the account that has
waited longest and that no other process is claiming. One start of the job lasts no
longer than the time Odoo grants it plus one slice, because the watchdog of prefork
workers (``odoo/service/server.py``) does not know slices; for the remaining work the
action requests its next start at once.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from psycopg2 import errors

from odoo import fields
from odoo.api import Environment
from odoo.models import BaseModel

from ..storage import settings
from . import due_times, feedback, rights

_logger = logging.getLogger(__name__)

SLICE_SECONDS = 10.0
TRIES = 5
MODEL, CRON_CODE = "exchange.account", "model._cron_sync()"

PLANNED_BY = {
    "import_contacts",
    "import_scope",
    "folder_ids",
    "export_contacts",
    "export_scope",
    "auto_sync",
    "interval_minutes",
}
"""Fields whose change starts, stops or reschedules automatic synchronization."""


def serve_due(env: Environment) -> None:
    """Synchronize the accounts that are due, within the time Odoo grants."""
    cron = env["ir.cron"]
    skip = env[MODEL]
    seconds_left = cron._commit_progress()
    while seconds_left > 0:
        account = claim_due(skip)
        if not account:
            return
        skip |= serve(account)
        seconds_left = cron._commit_progress(1, remaining=0)
    if env[MODEL].search_count(due_domain(skip), limit=1):
        wake_cron(env)


def due_domain(skip: BaseModel) -> list[Any]:
    """Return the domain of accounts that are due.

    :param skip: accounts to skip
    """
    now = fields.Datetime.now()
    return [
        ("id", "not in", skip.ids),
        ("active", "=", True),
        ("state", "=", "connected"),
        ("move_stage", "=", False),
        ("user_id.active", "=", True),
        ("next_sync", "<=", now),
        *rights.rights_domain(skip.env),
        "|",
        ("busy_until", "=", False),
        ("busy_until", "<=", now),
    ]


def claim_due(skip: BaseModel) -> BaseModel:
    """Claim the account that has waited longest.

    :param skip: accounts to skip
    :return: one account or none
    """
    env = skip.env
    for _attempt in range(TRIES):
        try:
            return _try_to_claim(skip)
        except errors.SerializationFailure:
            # Another process claimed one of them after our transaction began.
            env.cr.rollback()
            env.invalidate_all()
    return skip.browse()


def _try_to_claim(skip: BaseModel) -> BaseModel:
    order = "last_served NULLS FIRST, next_sync, id"
    due = skip.search(due_domain(skip), order=order, limit=20)
    account = due.try_lock_for_update(allow_referencing=True, limit=1)
    account.last_served = fields.Datetime.now()
    skip.env["ir.cron"]._commit_progress()
    return account


def serve(account: BaseModel) -> BaseModel:
    """Work on one account for a slice; a failure does not affect other accounts.

    :return: the account if it cannot be served now, else none
    """
    from . import synchronize

    try:
        trigger = "manual" if account.sync_requested else "auto"
        outcome = synchronize.run_and_settle(account, trigger, SLICE_SECONDS)
        account.env.flush_all()
    except Exception:
        # Usually the owner changed the account at the same moment. The next start of
        # the job tries again.
        _logger.warning("Exchange account %s: skipped", account.id, exc_info=True)
        account.env.cr.rollback()
        account.env.invalidate_all()
        return account
    return account if outcome and outcome.run is None else account.browse()


def wake_cron(env: Environment, moment: datetime | None = None) -> None:
    """Have the scheduled action and its copies start.

    :param moment: naive UTC; None for at once
    """
    jobs = env["ir.cron"].sudo()
    for job in jobs.search([("model_id.model", "=", MODEL), ("code", "=", CRON_CODE)]):
        job._trigger(at=moment)


def request_sync(accounts: BaseModel) -> None:
    """Have accounts synchronized as soon as possible; see :func:`wake_cron`.

    A run that is active now may already have read what the request is about, so another
    one follows it; see :func:`requested_again`.
    """
    accounts.sudo().write(
        {
            "sync_requested": True,
            "request_begun": False,
            "next_sync": fields.Datetime.now(),
        }
    )


def requested_again(account: BaseModel) -> bool:
    """Return whether a run was requested after the run that just finished had begun."""
    account = account.sudo()
    return account.sync_requested and not account.request_begun


def apply_soon(accounts: BaseModel) -> feedback.Action:
    """Have a run apply the owner's decisions at once, if the accounts can have one.

    Only the owner begins the first run of an account.

    :return: notification that the decision is saved
    """
    env = accounts.env
    ready = accounts.filtered(
        lambda account: account.state == "connected" and has_begun(account)
    )
    request_sync(ready)
    wake_cron(env)
    return feedback.notification(
        "success",
        env._("Your decision is saved"),
        env._("The next synchronization applies it on both sides."),
    )


def has_begun(account: BaseModel) -> bool:
    """Return whether the owner has had the account synchronized, or will have it
    automatically.
    """
    return bool(account.last_sync or account.next_sync or account.sync_requested)


def interval(account: BaseModel) -> timedelta:
    """Return the time from one run to the next."""
    shortest = settings.read(account.env, "shortest_interval")
    return due_times.interval(account.interval_minutes, shortest)


def plan_next_sync(accounts: BaseModel, moment: datetime) -> None:
    """Plan the next automatic run, if the owner wants any.

    :param moment: naive UTC
    """
    for account in accounts:
        automatic = account.auto_sync and not account.sudo().move_stage
        account.sudo().next_sync = moment if automatic else False
        if automatic:
            wake_cron(account.env, moment)


def plan_after_choice(accounts: BaseModel, vals: dict[str, Any]) -> None:
    """Start, stop or reschedule automatic runs after the owner's choices.

    :param vals: what was written
    """
    if not PLANNED_BY & set(vals):
        return
    for account in accounts.filtered(lambda account: account.state == "connected"):
        planned = account.auto_sync and account.next_sync
        if account.sync_requested or planned and "interval_minutes" not in vals:
            continue
        start = account.last_sync or fields.Datetime.now()
        plan_next_sync(account, start + interval(account))
