# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Export selected contacts to mailboxes, or stop synchronizing them."""

from __future__ import annotations

from odoo import Command
from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core.link import LinkState
from ..partner.export_scope import can_be_exported
from . import feedback, menu, rights, schedule
from .counted import counted


def export_selected(partners: BaseModel) -> feedback.Action:
    """Export contacts to the user's mailbox; ask which, if there are several."""
    env = partners.env
    partners.check_access("read")
    accounts = _connected_accounts(partners)
    if not any(partners.filtered_domain(can_be_exported(one)) for one in accounts):
        raise UserError(
            env._(
                "Only people are exported to Exchange: none of these is an active "
                "contact with a name. Addresses are exported with their people, and "
                "companies if the account exports companies."
            )
        )
    if len(accounts) == 1:
        return export_to(partners, accounts)
    return feedback.dialog(
        env,
        env._("Export to Exchange"),
        "exchange.export",
        default_partner_ids=partners.ids,
    )


def _connected_accounts(partners: BaseModel) -> BaseModel:
    env = partners.env
    accounts = menu.own_accounts(env)
    accounts = accounts.filtered(lambda one: one.state in ("connected", "error"))
    if not accounts:
        raise UserError(
            env._(
                "You have no connected mailbox yet. Choose “Synchronize contacts”, "
                "then “Add account for synchronization…”."
            )
        )
    return accounts


def export_to(partners: BaseModel, accounts: BaseModel) -> feedback.Action:
    """Have the next run export contacts to mailboxes.

    :return: notification about the exported and the skipped contacts
    """
    env = partners.env
    people = partners.browse()
    for account in accounts:
        chosen = partners.filtered_domain(can_be_exported(account))
        request_export(account, chosen)
        people |= chosen
    forms = env._(
        "%(count)s contact will be in %(mailboxes)s after the next synchronization.|"
        "%(count)s contacts will be in %(mailboxes)s after the next synchronization."
    )
    mailboxes = ", ".join(accounts.mapped("email"))
    text = counted(env, forms, len(people), mailboxes=mailboxes)
    waiting = accounts.filtered(lambda one: not schedule.has_begun(one))
    if waiting:
        text += " " + env._(
            "Nothing was synchronized with %s yet: press “Synchronize Now” there "
            "first.",
            ", ".join(waiting.mapped("email")),
        )
    skipped = partners - people
    if skipped:
        names = ", ".join(one.display_name or "?" for one in skipped[:10])
        text += " " + env._("Skipped (companies and addresses): %s.", names)
    kind = "warning" if skipped else "success"
    return feedback.notification(kind, env._("Export to Exchange"), text)


def has_requests(account: BaseModel) -> bool:
    """Return whether contacts are exported, or will be, because a person asked."""
    account = account.sudo()
    pinned = [
        ("account_id", "=", account.id),
        ("pinned", "=", True),
        "|",
        ("state", "!=", "stopped"),
        ("user_request", "!=", False),
    ]
    links = account.env["exchange.contact.link"]
    return bool(account.requested_ids or links.search_count(pinned, limit=1))


def request_export(account: BaseModel, partners: BaseModel) -> None:
    """Have the next run export contacts to one mailbox, regardless of the export
    choice.

    :param partners: records that the owner may read
    :raises UserError: the user may not export
    """
    env = account.env
    rights.check_owner(account)
    if not account.may_export:
        raise UserError(rights.refusal(env, rights.EXPORT))
    links = partners.exchange_link_ids.filtered(lambda one: one.account_id == account)
    links.sudo().pinned = True
    stopped = links.filtered(lambda link: link.state == LinkState.STOPPED.value)
    if stopped:
        stopped.action_start()
    new = partners - links.partner_id
    account.sudo().requested_ids = [Command.link(i) for i in new.ids]
    schedule.apply_soon(account)


def stop_selected(partners: BaseModel) -> feedback.Action:
    """Stop synchronizing contacts with the user's mailboxes.

    :return: action that says how many
    """
    env = partners.env
    links = partners.exchange_link_ids.filtered(
        lambda link: link.state != LinkState.STOPPED.value
    )
    stopped = _withdraw(menu.own_accounts(env), partners) | links.partner_id
    if not stopped:
        raise UserError(env._("None of these contacts is synchronized."))
    links.action_stop()
    forms = env._(
        "%(count)s contact is no longer synchronized.|"
        "%(count)s contacts are no longer synchronized."
    )
    return feedback.notification(
        "success",
        env._("Stop Synchronizing"),
        counted(env, forms, len(stopped)),
    )


def _withdraw(accounts: BaseModel, partners: BaseModel) -> BaseModel:
    """Withdraw requested exports, and return the partners they were for.

    :return: the partners whose export had been requested
    """
    withdrawn = partners.browse()
    for account in accounts.sudo():
        requested = account.requested_ids & partners
        account.requested_ids = [Command.unlink(i) for i in requested.ids]
        withdrawn |= requested.with_env(partners.env)
    return withdrawn
