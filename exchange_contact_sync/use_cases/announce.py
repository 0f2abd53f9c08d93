# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Announce the first automatic run that will export or delete something new.

When a run ends, the effects of the account's choices are stored. Choices with further
effects are announced on the account, and no automatic run begins before :data:`NOTICE`
has passed since they were saved. The owner can look at a preview, change the choices,
or press Synchronize Now, which does not wait.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from odoo import fields
from odoo.models import BaseModel
from odoo.tools import format_datetime

from ..core.link import ACTIVE_STATES
from ..partner.gateway import PartnerGateway
from . import extending, schedule
from .counted import counted
from .wiring import as_owner

NOTICE = timedelta(minutes=30)
SCOPE = ("export_scope", "export_companies")
KINDS = ("export_employees", "export_customers", "export_groups")
GROUPS = ("export_category_ids", "export_filter_ids")
CHOICES = {
    "import_contacts",
    "export_contacts",
    "exchange_deletion",
    "odoo_deletion",
    "auto_sync",
    *SCOPE,
    *KINDS,
    *GROUPS,
}
"""Fields of an account that decide what is exported and deleted."""


def effects(account: BaseModel) -> dict[str, Any]:
    """Return what the choices of an account lead to, as JSON.

    :return: ``export``, which contacts are exported, and ``archive`` and ``delete``,
        whether contacts are archived in Odoo and deleted in Exchange
    """
    account = account.sudo()
    exports, imports = account._exports(), account._imports()
    return {
        "export": _scope(account) if exports else False,
        "archive": bool(imports and account.exchange_deletion == "delete"),
        "delete": bool(exports and account.odoo_deletion == "delete"),
    }


def _scope(account: BaseModel) -> list[Any]:
    chosen = [account[name] for name in SCOPE]
    if account.export_scope != "all":
        chosen += [account[name] for name in KINDS]
        chosen += [sorted(account[name].ids) for name in GROUPS]
    return chosen


def new_effects(account: BaseModel) -> set[str]:
    """Return the effects that no run has had yet: keys of :func:`effects`."""
    known = account.sudo().known_effects
    if known is None or known is False:
        if account.last_sync:
            return set()  # its last run was before the effects were stored
        known = {}
    now = effects(account)
    return {key for key, value in now.items() if value and value != known.get(key)}


def give_notice(accounts: BaseModel, vals: dict[str, Any]) -> None:
    """Postpone automatic runs after choices with further effects.

    :param vals: what was written
    """
    if not CHOICES & set(vals):
        return
    soonest = fields.Datetime.now() + NOTICE
    for account in accounts:
        planned = account.state == "connected" and account.next_sync
        if not planned or account.sync_requested or planned >= soonest:
            continue
        if _sentences(account):
            schedule.plan_next_sync(account, soonest)


def sentence(account: BaseModel) -> str:
    """Say what the next automatic run does for the first time; "" for nothing."""
    if account.state != "connected" or not account.next_sync:
        return ""
    sentences = _sentences(account)
    if not sentences:
        return ""
    env = account.env
    head = env._(
        "The automatic synchronization on %s is the first one with these settings:",
        format_datetime(env, account.next_sync, dt_format="short"),
    )
    tail = env._("Press “Synchronize Now” to start it at once.")
    return "\n".join([head, *(f"• {one}" for one in sentences), tail])


def _sentences(account: BaseModel) -> list[str]:
    """Return a sentence for each new effect that can concern a contact."""
    env, new = account.env, new_effects(account)
    found = []
    if "export" in new and (count := _to_create(account)):
        forms = env._(
            "%(count)s contact will be created in Exchange.|"
            "%(count)s contacts will be created in Exchange."
        )
        found.append(counted(env, forms, count))
    if "archive" in new and account.last_sync:
        forms = env._(
            "Contacts deleted in Exchange will be archived in Odoo, "
            "%(count)s at the moment.|"
            "Contacts deleted in Exchange will be archived in Odoo, "
            "%(count)s at the moment."
        )
        found.append(counted(env, forms, _to_archive(account)))
    if "delete" in new and account.last_sync:
        forms = env._(
            "Contacts archived or deleted in Odoo will be deleted in Exchange, "
            "%(count)s at the moment.|"
            "Contacts archived or deleted in Odoo will be deleted in Exchange, "
            "%(count)s at the moment."
        )
        found.append(counted(env, forms, _to_delete(account)))
    return found


def _to_create(account: BaseModel) -> int:
    owned = as_owner(account)
    return PartnerGateway(owned, extending.further_rows(owned.env)).backlog()


def _to_archive(account: BaseModel) -> int:
    entries = account.env["exchange.inbox.entry"].sudo()
    gone = [("account_id", "=", account.id), ("change_type", "=", "deleted")]
    return entries.search_count(gone)


def _to_delete(account: BaseModel) -> int:
    links = account.env["exchange.contact.link"].sudo()
    return links.search_count(
        [
            ("account_id", "=", account.id),
            ("state", "in", ACTIVE_STATES),
            "|",
            ("created_by_us", "=", True),
            ("marked", "=", True),
            "|",
            ("partner_id", "=", False),
            ("partner_id.active", "=", False),
        ]
    )
