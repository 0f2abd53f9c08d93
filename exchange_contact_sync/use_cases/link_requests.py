# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carry out the owner's decisions about single pairs (``core/user_requests.py``)."""

from __future__ import annotations

from collections.abc import Mapping

from odoo.api import Environment
from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel

from ..core import shape
from ..core.link import LinkState
from ..core.plan import Reason
from ..core.undo import Decided
from ..core.user_requests import UserRequest
from ..storage.lease import lease
from ..storage.link_rows import stopped
from . import feedback, schedule

PENDING, STOPPED = LinkState.PENDING.value, LinkState.STOPPED.value


def stop(links: BaseModel) -> None:
    """Stop synchronizing pairs; both sides stay as they are.

    While a run of the account is active, the request is stored, and the run stops them.
    """
    _check_owner(links)
    for links_of_account in links.grouped("account_id").values():
        if any(link.state == PENDING for link in links_of_account):
            raise UserError(
                links.env._(
                    "This contact is being created in Exchange at this moment. "
                    "Try again when the synchronization is done."
                )
            )
        active = links_of_account.filtered(lambda link: link.state != STOPPED).sudo()
        with lease(links_of_account.account_id) as free:
            if free:
                active.write(
                    {
                        **stopped(Reason.PERSON),
                        "user_request": False,
                        "field_overrides": False,
                    }
                )
            else:
                active.user_request = UserRequest.STOP.value


def start(links: BaseModel) -> feedback.Action:
    """Have the next run synchronize the pairs again from their last state."""
    _check_owner(links)
    env = links.env
    links = links.filtered(lambda link: link.state == STOPPED)
    if any(not link.partner_id.active for link in links if link.partner_id):
        raise UserError(env._("Unarchive the contact first."))
    for link in links:
        account = link.account_id
        exports = account._exports() or link.pinned and account.may_export
        if not link.remote_id and not exports:
            raise UserError(
                env._(
                    "%s is no longer in the mailbox, and nothing is exported "
                    "there. Switch the export on first.",
                    link.partner_id.display_name,
                )
            )
    links.sudo().user_request = UserRequest.START.value
    return schedule.apply_soon(links.account_id)


def toggle_marks(links: BaseModel) -> None:
    """Mark contacts as ones that may be deleted in the mailbox, or unmark them."""
    _check_owner(links)
    for link in links.sudo():
        link.marked = not link.marked


def decide(env: Environment, decided: Mapping[int, Decided]) -> None:
    """Store the decisions for pairs, for the next run.

    :param decided: by id of the link
    """
    for link in env["exchange.contact.link"].browse(decided).sudo():
        decision = decided[link.id]
        overrides = {
            key: override.to_json()
            for key, override in decision.field_overrides.items()
        }
        request = decision.user_request
        known = shape.mapping(link.field_overrides)
        link.write(
            {
                "user_request": request.value if request else link.user_request,
                "field_overrides": {**known, **overrides} or False,
            }
        )


def carry_over(merged: BaseModel, kept: BaseModel) -> None:
    """Leave each account with one active link when partners are merged.

    A second item of the same person in a mailbox stays there with a stopped link, so
    that it is not imported as a new contact.

    :param merged: records of ``res.partner`` that will be deleted
    :param kept: record of ``res.partner``
    """
    env = kept.env
    links = env["exchange.contact.link"].sudo()
    links = links.search([("partner_id", "in", (merged | kept).ids)])
    for links_of_account in links.grouped("account_id").values():
        best = links_of_account.sorted(lambda link: _preference(link, kept))[:1]
        (links_of_account - best).write({"partner_id": False, **stopped(Reason.PERSON)})
        env.flush_all()
        best.write({"partner_id": kept.id, "change_token": False})
    env.flush_all()


def _preference(link: BaseModel, kept: BaseModel) -> tuple[bool, bool, int]:
    """Return the sort key: active links first, then that of the partner kept."""
    active = link.state != STOPPED and bool(link.remote_id)
    return not active, link.partner_id != kept, link.id


def _check_owner(links: BaseModel) -> None:
    env = links.env
    if not env.su and links.account_id.user_id - env.user:
        raise AccessError(env._("Only the owner of an Exchange account can do this."))
