# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carry out the owner's answers about items that match several partners."""

from __future__ import annotations

from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core import shape
from ..core.evidence import PRIVATE
from ..core.fields import EMAIL_KEYS, PHONE_KEYS
from ..core.link import LinkState
from ..core.run import LineAction
from . import counts, feedback, reprocessing, schedule
from .line_requests import ItemKey

SHOWN_FACTS = ("company", *EMAIL_KEYS, *PHONE_KEYS)


def waiting(lines: BaseModel) -> dict[ItemKey, BaseModel]:
    """Return the items the owner can decide about, as ``exchange.inbox.entry``.

    Items that are never imported are included: owners may change their minds.
    """
    lines = lines.sudo().filtered(
        lambda line: (
            line.action == LineAction.AMBIGUOUS.value
            and line.remote_id
            and line.run_id.trigger != "preview"
        )
    )
    entries = lines.env["exchange.inbox.entry"]
    found = entries.search(
        [
            ("account_id", "in", lines.run_id.account_id.ids),
            ("remote_id", "in", lines.mapped("remote_id")),
            ("deferred", "=", True),
        ]
    )
    return {(entry.account_id.id, entry.remote_id): entry for entry in found}


def open_lines(env: Environment) -> list[int]:
    """Return the ids of lines about contacts that still wait for the user's
    decision.
    """
    own = env["exchange.account"].search([("user_id", "=", env.uid)])
    return [line for _account, line in counts.waiting_lines(own)]


def details(line: BaseModel, entry: BaseModel) -> str:
    """Return the details by which the owner can recognize the contact of the
    mailbox.
    """
    facts = shape.mapping(entry.facts)
    if PRIVATE in facts or not line.run_id.is_mine:
        return ""
    texts = (str(facts.get(key) or "").strip() for key in SHOWN_FACTS)
    return " · ".join(dict.fromkeys(text for text in texts if text))


def ask(line: BaseModel) -> feedback.Action:
    """Ask the owner who the contact is."""
    line.ensure_one()
    line.check_access("read")
    env = line.env
    if not line.can_answer:
        raise UserError(env._("This contact no longer waits for an answer."))
    title = env._("Match %s", line.name or "")
    return feedback.dialog(env, title, "exchange.answer", default_line_id=line.id)


def link(line: BaseModel, partner: BaseModel) -> feedback.Action:
    """Have the next run link a contact to a partner.

    :param partner: one record of ``res.partner``
    :raises UserError: the partner is linked to another item of the mailbox
    """
    line.ensure_one()
    partner.ensure_one()
    partner.check_access("read")
    _check_free(line, partner)
    return _answer(line, answer="link", answered_partner_id=partner.id)


def link_suggested(lines: BaseModel) -> feedback.Action:
    """Link each contact that has a single candidate to it.

    :raises UserError: none of the contacts has a single candidate
    """
    env = lines.env
    lines.check_access("read")
    single = lines.filtered(
        lambda line: line.can_answer and len(line.candidate_ids) == 1
    )
    if not single:
        raise UserError(
            env._(
                "Each of these has several possible contacts. Press “Link” next to "
                "the right one."
            )
        )
    for line in single:
        _check_free(line, line.candidate_ids)
    for line in single:
        action = link(line, line.candidate_ids)
    return action


def create(lines: BaseModel) -> feedback.Action:
    """Have the next run create contacts in Odoo."""
    return _answer(lines, answer="create", answered_partner_id=False)


def never(lines: BaseModel) -> feedback.Action:
    """Never import contacts, and stop asking about them."""
    env = lines.env
    entries = _entries(lines)
    entries.write({"answer": "never", "answered_partner_id": False})
    _forget_computed(lines)
    return feedback.notification(
        "success",
        env._("Never imported"),
        env._(
            "The contact stays in Exchange only. To change that, open its line in the "
            "synchronization and choose again."
        ),
    )


def _answer(lines: BaseModel, **answer: object) -> feedback.Action:
    reprocessing.resume(_entries(lines), **answer)
    _forget_computed(lines)
    return schedule.apply_soon(lines.run_id.account_id)


def _entries(lines: BaseModel) -> BaseModel:
    """Return the inbox entries that the lines are about.

    :raises UserError: none of the contacts waits any longer
    """
    lines.check_access("read")
    mine = lines.filtered(lambda line: line.run_id.is_mine)
    entries = lines.env["exchange.inbox.entry"].sudo().union(*waiting(mine).values())
    if not entries:
        raise UserError(lines.env._("This contact no longer waits for an answer."))
    return entries


def _forget_computed(lines: BaseModel) -> None:
    lines.invalidate_recordset(["can_answer", "to_match", "details"])


def _check_free(line: BaseModel, partner: BaseModel) -> None:
    taken = line.env["exchange.contact.link"].search(
        [
            ("account_id", "=", line.run_id.account_id.id),
            ("partner_id", "=", partner.id),
            ("state", "!=", LinkState.STOPPED.value),
        ]
    )
    if taken:
        raise UserError(
            line.env._(
                "%s already is another contact of this mailbox. Stop synchronizing "
                "that one first, or create a new contact.",
                partner.display_name,
            )
        )
