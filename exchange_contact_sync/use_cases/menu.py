# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Offer a user's accounts in the menu “Synchronize contacts” of the Contacts app."""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.models import BaseModel

from . import feedback, readiness, rights

ATTENTION = ("draft", "error")


def own_accounts(env: Environment) -> BaseModel:
    """Return the current user's accounts."""
    return env["exchange.account"].search([("user_id", "=", env.uid)])


def entries(env: Environment) -> list[dict[str, Any]]:
    """Return the current user's accounts, for the menu.

    :return: of each ``id``, ``email``, ``state`` and its label ``status``, and
        ``attention``, whether the account needs its owner
    """
    rights.check_may_use(env)
    state = env["exchange.account"]._fields["state"]
    labels = dict(state._description_selection(env))
    return [
        {
            "id": account.id,
            "email": account.email,
            "state": account.state,
            "status": labels[account.state],
            "attention": account.state in ATTENTION,
        }
        for account in own_accounts(env)
    ]


def add_account(env: Environment) -> feedback.Action:
    """Open the dialog that connects a mailbox."""
    rights.check_may_use(env)
    title = env._("Add Account for Synchronization")
    return feedback.dialog(env, title, "exchange.add.account")


def configure(env: Environment) -> feedback.Action:
    """Open the settings of the user's only account, or the list of them."""
    rights.check_may_use(env)
    own = own_accounts(env)
    if not own:
        return add_account(env)
    action = env["ir.actions.act_window"]._for_xml_id(
        "exchange_contact_sync.exchange_account_action"
    )
    return settings_of(own) if len(own) == 1 else action


def settings_of(account: BaseModel) -> feedback.Action:
    """Open the form of an account."""
    account.ensure_one()
    return {
        "type": "ir.actions.act_window",
        "name": account.email,
        "res_model": account._name,
        "res_id": account.id,
        "view_mode": "form",
        "views": [(False, "form")],
    }


def sync_all(env: Environment) -> feedback.Action:
    """Synchronize all of the user's accounts that can be, in the background.

    :return: action that says which, and what the others need
    """
    rights.check_may_use(env)
    own = own_accounts(env)
    if not own:
        raise UserError(
            env._(
                "You have no account yet. Choose “Add account for "
                "synchronization…” first."
            )
        )
    ready = own.filtered(
        lambda account: (
            account.state == "connected" and readiness.has_something_to_do(account)
        )
    )
    if ready:
        ready.action_sync_now()
    parts = [env._("%s: the synchronization starts.", one.email) for one in ready]
    parts += [_why_not_now(account) for account in own - ready]
    return feedback.notification(
        "info" if ready == own else "warning",
        env._("Synchronize Contacts"),
        " ".join(parts),
    )


def _why_not_now(account: BaseModel) -> str:
    env = account.env
    if account.state == "connected":
        why = readiness.why_nothing_to_do(account)
    elif account.state == "paused":
        why = env._("it is paused.")
    else:
        why = account.message or env._("sign in first.")
    return f"{account.email}: {why}"
