# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show on a contact whether it is synchronized with the user's mailboxes and if not,
why, and offer to change that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import BaseModel

from ..core.errors import MayNotWrite
from ..core.link import LinkState
from ..core.normalize import company as company_form
from ..partner import export_scope
from . import export_requests, failure_messages, feedback, menu, schedule

COMPANIES_SHOWN = 5


@dataclass(frozen=True)
class Status:
    """The state of a contact in one mailbox.

    :ivar synchronized: with the mailbox
    :ivar reason: a sentence, "" if there is nothing to say
    :ivar changes: keys of ``CHANGES`` that are offered
    """

    synchronized: bool
    reason: str = ""
    changes: tuple[str, ...] = ()


def describe(partner: BaseModel) -> list[dict[str, Any]] | bool:
    """Describe a contact's state in each mailbox, for its form.

    :param partner: one record of ``res.partner``
    :return: for each account of the user ``account``, ``email``, ``synchronized``,
        ``status``, ``reason`` and ``buttons``, pairs of key and label; False if the
        user has no account
    """
    if not partner.id:
        return False
    env = partner.env
    found = []
    for account in menu.own_accounts(env).filtered("connected_since"):
        status = _status(partner, account)
        label = env._("Synchronized") if status.synchronized else None
        found.append(
            {
                "account": account.id,
                "email": account.email,
                "synchronized": status.synchronized,
                "status": label or env._("Not synchronized"),
                "reason": status.reason,
                "buttons": _buttons(partner, status),
            }
        )
    return found or False


def _buttons(partner: BaseModel, status: Status) -> list[tuple[str, str]]:
    env = partner.env
    labels = {
        "start": env._("Start Synchronizing"),
        "unarchive": env._("Unarchive"),
        "export": env._("Export to Exchange"),
        "settings": env._("Account Settings"),
        "match": env._("Match…"),
        "retry": env._("Retry"),
        "sync": env._("Synchronize Now"),
    }
    buttons = [(key, labels[key]) for key in status.changes if key in labels]
    if "company" in status.changes:
        for company in _companies(partner):
            label = env._("Link to %s", _label_of_company(company))
            buttons.append((f"company:{company.id}", label))
    return buttons


def _label_of_company(company: BaseModel) -> str:
    detail = company.city or company.email
    return f"{company.name} ({detail})" if detail else company.name


def _status(partner: BaseModel, account: BaseModel) -> Status:
    link = partner.exchange_link_ids.filtered(lambda one: one.account_id == account)
    return _of_link(partner, link[:1]) if link else _without_link(partner, account)


def _of_link(partner: BaseModel, link: BaseModel) -> Status:
    env = link.env
    if link.in_deleted_folder:
        return Status(False, _sentence(link, "stopped_folder"))
    if link.state == LinkState.STOPPED.value:
        return _of_stopped(partner, link)
    if link.state == LinkState.PENDING.value:
        return Status(True, env._("The contact is being created in Exchange."))
    if link.state == LinkState.ERROR.value:
        line = _last_line(link.account_id, [("link_id", "=", link.id)])
        reason = line.message or _sentence(link, _code_of_failure(partner))
        return Status(False, reason, ("retry",) if line.can_retry else ())
    if len(_companies(partner)) > 1:
        text = env._(
            "Several companies are called “%s”, so the contact is not linked to one "
            "of them.",
            partner.company_name,
        )
        return Status(True, text, ("company",))
    return Status(True)


def _code_of_failure(partner: BaseModel) -> str:
    """Return the code for a contact without a line: a missing right is reported
    once.
    """
    may = partner.browse().has_access("write")
    return "contact_failed" if may else MayNotWrite.code


def _of_stopped(partner: BaseModel, link: BaseModel) -> Status:
    if link.user_request == "start":
        text = link.env._("It starts with the next synchronization.")
        return Status(False, text, ("sync",))
    codes = {"duplicate": "duplicate_partner"}
    reason = link.stop_reason or "person"
    text = _sentence(link, codes.get(reason, f"stopped_{reason}"))
    if not partner.active:
        return Status(False, text, ("unarchive",))
    return Status(False, text, () if reason == "private" else ("start",))


def _sentence(record: BaseModel, code: str) -> str:
    return str(failure_messages.sentence(record.env, code) or "")


def _without_link(partner: BaseModel, account: BaseModel) -> Status:
    env = partner.env
    if _waiting_line(partner, account):
        text = env._("A contact of the mailbox may be this one. Decide who it is.")
        return Status(False, text, ("match",))
    if not partner.active:
        text = env._("Archived contacts are not exported.")
        return Status(False, text, ("unarchive",))
    if partner.type != "contact" or not partner.name:
        text = env._(
            "Further addresses are not separate contacts in Exchange: they are "
            "exported with the contact they belong to."
        )
        return Status(False, text)
    if partner.is_company and not account.export_companies:
        text = env._("The account does not export companies.")
        return Status(False, text, ("settings",))
    return _of_exportable(partner, account)


def _of_exportable(partner: BaseModel, account: BaseModel) -> Status:
    env = partner.env
    if not account.may_export:
        return Status(False, env._("You may not export contacts."))
    if partner in account.sudo().requested_ids or _is_chosen(partner, account):
        line = _last_line(account, [("partner_id", "=", partner.id)])
        if line.error_code:
            return Status(False, line.message, ("retry",) if line.can_retry else ())
        text = env._("It is exported with the next synchronization.")
        return Status(False, text, ("sync",))
    if not account.export_contacts:
        text = env._("Nothing is exported to this mailbox.")
    else:
        text = env._("It is not among the contacts that you chose to export.")
    return Status(False, text, ("export", "settings"))


def _is_chosen(partner: BaseModel, account: BaseModel) -> bool:
    if not account._exports():
        return False
    choice = export_scope.choice(account, partner.env).domain
    mine = Domain("id", "=", partner.id)
    return bool(partner.search_count(choice & mine, limit=1))


def _last_line(account: BaseModel, domain: list[Any]) -> BaseModel:
    lines = account.env["exchange.sync.line"]
    of_runs = [("run_id.account_id", "=", account.id), ("error_code", "!=", False)]
    real = [("run_id.trigger", "!=", "preview")]
    return lines.search([*domain, *of_runs, *real], order="id desc", limit=1)


def _waiting_line(partner: BaseModel, account: BaseModel) -> BaseModel:
    lines = partner.env["exchange.sync.line"]
    return lines.search(
        [
            ("run_id.account_id", "=", account.id),
            ("candidate_ids", "in", partner.ids),
            ("to_match", "=", True),
        ],
        limit=1,
    )


def _companies(partner: BaseModel) -> BaseModel:
    """Find companies by the company name of a contact that has no company."""
    none, name = partner.browse(), partner.company_name
    if partner.parent_id or partner.is_company or not name:
        return none
    found = partner.search(
        [("is_company", "=", True), ("name", "ilike", name)], limit=COMPANIES_SHOWN
    )
    same = company_form(name)
    return found.filtered(lambda one: company_form(one.name or "") == same)


# What the buttons do


def change(partner: BaseModel, account: int, key: str) -> feedback.Action | bool:
    """Carry out the change of a button of the form.

    :param account: id of one of the user's accounts
    :param key: see :func:`describe`
    :raises UserError: the change is no longer offered
    """
    partner.ensure_one()
    env = partner.env
    mine = menu.own_accounts(env).filtered(lambda one: one.id == account)
    if mine:
        status = _status(partner, mine)
        if key in dict(_buttons(partner, status)):
            if key.startswith("company:"):
                partner.parent_id = int(key.removeprefix("company:"))
                return True
            return CHANGES[key](partner, mine)
    raise UserError(env._("This is no longer possible. Load the page again."))


def _start(partner: BaseModel, account: BaseModel) -> feedback.Action:
    links = partner.exchange_link_ids
    action: feedback.Action = links.filtered(
        lambda one: one.account_id == account
    ).action_start()
    return action


def _unarchive(partner: BaseModel, account: BaseModel) -> feedback.Action:
    partner.action_unarchive()
    return schedule.apply_soon(account)


def _match(partner: BaseModel, account: BaseModel) -> feedback.Action:
    action: feedback.Action = _waiting_line(partner, account).action_answer()
    return action


def _retry(partner: BaseModel, account: BaseModel) -> feedback.Action:
    link = partner.exchange_link_ids.filtered(lambda one: one.account_id == account)
    about = [("link_id", "=", link.id)] if link else [("partner_id", "=", partner.id)]
    action: feedback.Action = _last_line(account, about).action_retry()
    return action


def _synchronize(partner: BaseModel, account: BaseModel) -> feedback.Action:
    action: feedback.Action = account.action_sync_now()
    return action


CHANGES = {
    "start": _start,
    "unarchive": _unarchive,
    "export": export_requests.export_to,
    "settings": lambda _partner, account: menu.settings_of(account),
    "match": _match,
    "retry": _retry,
    "sync": _synchronize,
}
"""What each button does, given the contact and the account."""
