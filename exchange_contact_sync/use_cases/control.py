# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pause and resume accounts, and synchronize several at once.

Administrators control accounts of others without reading their contacts: they only
request a run in the background, which works as the owner.
"""

from __future__ import annotations

from odoo import fields
from odoo.exceptions import UserError
from odoo.models import BaseModel

from . import feedback, readiness, rights, schedule
from .counted import counted


def pause(accounts: BaseModel) -> None:
    """Stop synchronizing until :func:`resume`."""
    rights.check_may_control(accounts)
    accounts.filtered(lambda account: account.state != "draft").sudo().write(
        {"state": "paused", "next_sync": False, "sync_requested": False}
    )


def resume(accounts: BaseModel) -> None:
    """Resume synchronizing after :func:`pause`, unless the account never ran.

    :raises UserError: a password is missing
    """
    rights.check_may_control(accounts)
    for account in accounts.filtered(lambda account: account.state == "paused"):
        account = account.sudo()
        account.state = _state_when_resumed(account)
        if account.state == "connected" and account.last_sync:
            schedule.plan_next_sync(account, fields.Datetime.now())


def _state_when_resumed(account: BaseModel) -> str:
    if not account.can_sign_in:
        if account.signs_in_with_microsoft:
            raise UserError(
                account.env._("Sign in to %s with Microsoft first.", account.email)
            )
        raise UserError(
            account.env._("Enter the password of %s and sign in again.", account.email)
        )
    return "connected" if account.connected_since else "draft"


def pause_selected(accounts: BaseModel) -> feedback.Action:
    """Pause those of the accounts that can be paused.

    :return: action that says which were left out
    """
    ready = accounts.filtered(lambda account: account.state in ("connected", "error"))
    pause(ready)
    env = accounts.env
    forms = env._("%(count)s account was paused.|%(count)s accounts were paused.")
    return _result(counted(env, forms, len(ready)), accounts - ready, ready)


def resume_selected(accounts: BaseModel) -> feedback.Action:
    """Resume those of the accounts that are paused and have usable credentials.

    :return: action that says which were left out
    """
    rights.check_may_control(accounts)
    ready = accounts.filtered(
        lambda account: account.state == "paused" and account.can_sign_in
    )
    resume(ready)
    env = accounts.env
    forms = env._("%(count)s account was resumed.|%(count)s accounts were resumed.")
    return _result(counted(env, forms, len(ready)), accounts - ready, ready)


def sync_selected(accounts: BaseModel) -> feedback.Action:
    """Synchronize in the background those of the accounts that can be.

    :return: action that says which were left out
    """
    env = accounts.env
    rights.check_may_control(accounts)
    ready = accounts.filtered(
        lambda account: (
            account.state == "connected"
            and readiness.has_something_to_do(account.sudo())
        )
    )
    schedule.request_sync(ready)
    schedule.wake_cron(env)
    forms = env._(
        "%(count)s account is synchronized in the background.|"
        "%(count)s accounts are synchronized in the background."
    )
    return _result(counted(env, forms, len(ready)), accounts - ready, ready)


def _result(done: str, others: BaseModel, ready: BaseModel) -> feedback.Action:
    env = others.env
    parts = [done] if ready else []
    if others:
        names = ", ".join(others.mapped("email"))
        parts.append(env._("Not changed: %s.", names))
    kind = "warning" if others else "success"
    action = feedback.notification(kind, env._("Exchange Accounts"), " ".join(parts))
    action["params"]["next"] = {"type": "ir.actions.client", "tag": "soft_reload"}
    return action
