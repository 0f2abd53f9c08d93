# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Handle the pairs for which the deletion limit stopped a run, and what their owner
decides about them (``engine/guard.py``).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core.plan import Reason
from ..storage.link_rows import stopped
from . import feedback, rights, schedule
from .counted import counted

if TYPE_CHECKING:
    from ..engine.session import DeletionLimit

CODES = ("too_many_deletions", "side_suddenly_empty")
"""Failures that the owner may overrule."""

NAMES_SHOWN = 10


def note(account: BaseModel, limit: DeletionLimit) -> None:
    """Store the pairs for which a run was stopped."""
    forget(account)
    links = account.env["exchange.contact.link"].sudo()
    for kind, ids in (
        ("archive", limit.affected.archived),
        ("delete", limit.affected.deleted),
        ("stop", limit.affected.stopped),
    ):
        links.browse(ids).exists().over_limit = kind


def forget(account: BaseModel) -> None:
    """Clear the pairs for which a run was stopped."""
    pairs(account).over_limit = False


def pairs(account: BaseModel) -> BaseModel:
    """Return the pairs for which the last run was stopped."""
    links = account.env["exchange.contact.link"].sudo()
    return links.search(
        [("account_id", "in", account.ids), ("over_limit", "!=", False)]
    )


def _counts(account: BaseModel) -> Counter[str]:
    return Counter(pairs(account).mapped("over_limit"))


def sentence(account: BaseModel) -> str:
    """Say how many contacts the stopped run would remove, "" if that is not known."""
    found, env = _counts(account), account.env
    texts = {
        "archive": env._(
            "%(count)s contact would be archived in Odoo.|"
            "%(count)s contacts would be archived in Odoo."
        ),
        "delete": env._(
            "%(count)s contact would be deleted in Exchange.|"
            "%(count)s contacts would be deleted in Exchange."
        ),
        "stop": env._(
            "%(count)s contact would no longer be synchronized.|"
            "%(count)s contacts would no longer be synchronized."
        ),
    }
    parts = [counted(env, texts[kind], found[kind]) for kind in texts if found[kind]]
    return " ".join(parts)


def names(account: BaseModel) -> str:
    """Name the contacts that the run would remove, for the owner of the account."""
    env, links = account.env, pairs(account)
    partners = links.with_context(active_test=False).partner_id
    seen = partners.with_env(env(su=False))._filtered_access("read")
    texts = [one.display_name for one in seen[:NAMES_SHOWN] if one.display_name]
    if not texts:
        return ""
    text, more = ", ".join(texts), len(links) - len(texts)
    return (
        env._("%(names)s and %(count)s more", names=text, count=more) if more else text
    )


def button_label(account: BaseModel) -> str | bool:
    """Return the label of the button that continues the run; False if it would delete
    nothing.
    """
    found, env = _counts(account), account.env
    if found["archive"] and found["delete"]:
        return env._(
            "Archive %(archived)s and delete %(deleted)s contacts",
            archived=found["archive"],
            deleted=found["delete"],
        )
    if found["archive"]:
        forms = env._("Archive %(count)s contact|Archive %(count)s contacts")
        return counted(env, forms, found["archive"])
    if found["delete"]:
        forms = env._(
            "Delete %(count)s contact in Exchange|Delete %(count)s contacts in Exchange"
        )
        return counted(env, forms, found["delete"])
    return False


def allow(account: BaseModel) -> None:
    """Let the next run exceed the deletion limit, as the owner agreed.

    :raises UserError: no run was stopped by the limit
    """
    _check_reached(account)
    account.sudo().deletion_limit_passed = True
    set_connected(account)


def keep_all(account: BaseModel) -> feedback.Action:
    """Keep all contacts on the side where they still are; their pairs stop.

    :return: action that says so
    """
    _check_reached(account)
    return keep(pairs(account).with_env(account.env))


def keep(links: BaseModel) -> feedback.Action:
    """Keep contacts on the side where they still are; their pairs stop.

    Once no contact of the limit is left, the account is connected again.

    :return: action that says how many
    """
    env = links.env
    for account in links.account_id:
        rights.check_owner(account)
    kept = links.sudo().filtered("over_limit")
    for link in kept:
        link.write(
            {
                **stopped(_reason(link)),
                "over_limit": False,
                "user_request": False,
                "field_overrides": False,
            }
        )
    for account in links.account_id:
        if account.deletion_limit_reached and not pairs(account):
            set_connected(account)
            schedule.request_sync(account)
    schedule.wake_cron(env)
    return feedback.notification(
        "success",
        env._("The contacts are kept"),
        counted(
            env,
            env._(
                "%(count)s contact is no longer synchronized.|"
                "%(count)s contacts are no longer synchronized."
            ),
            len(kept),
        ),
    )


def _reason(link: BaseModel) -> Reason:
    """Return the reason for which a pair stops, by the side that lost its contact."""
    if not link.partner_id.active:
        return Reason.ARCHIVED
    return Reason.LEFT if link.over_limit == "delete" else Reason.GONE


def try_again(account: BaseModel) -> None:
    """Synchronize the account again with the same limit: the contacts may have been
    restored, or the rules changed.
    """
    _check_reached(account)
    set_connected(account)


def set_connected(account: BaseModel) -> None:
    """Set an account that the limit stopped to connected."""
    forget(account)
    account.sudo().write({"state": "connected", **feedback.NO_FAILURE})


def _check_reached(account: BaseModel) -> None:
    rights.check_owner(account)
    if not account.deletion_limit_reached:
        raise UserError(account.env._("There is nothing that needs your consent."))
