# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carry out what the owner still decides about a line of a run."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tools import SQL

from ..core.fields import FIELDS, PHOTO
from ..core.known import row_of
from ..core.link import ACTIVE_STATES, LinkState
from ..core.run import LineAction
from ..core.undo import Decided
from ..core.user_requests import FieldOverride
from . import effects, feedback, link_requests, schedule

SYNCED = LinkState.SYNCED.value
UNFINISHED = (LinkState.ERROR.value, LinkState.PENDING.value)

Contact = tuple[int, str]
"""Ids of the account and of the contact in its mailbox."""


def key_of(line: BaseModel) -> Contact:
    """Which contact of which mailbox the line is about."""
    return line.run_id.account_id.id, line.sudo().remote_id


# The other value of a conflict


def can_use_other(line: BaseModel) -> bool:
    """Whether the value that lost a conflict can still be chosen."""
    return bool(
        line.action == LineAction.CONFLICT.value
        and line.field_name != PHOTO.key  # the other photo was not kept
        and not line.other_chosen
        and line.link_id.state in ACTIVE_STATES
        and line.run_id.is_mine
        and line.run_id.trigger != "preview"
    )


def use_other(line: BaseModel) -> feedback.Action:
    """Give both sides the value that lost a conflict; the next run does it.

    Parts of one value go together, so that parts of two addresses are never mixed.
    """
    line.ensure_one()
    line.check_access("read")
    env = line.env
    if not can_use_other(line):
        raise UserError(
            env._(
                "The other value can no longer be used: it was chosen already, or "
                "the contact is not synchronized any more."
            )
        )
    lines = _whole_value(line)
    overrides = {
        one.field_name: FieldOverride(one.new_value or "", one.old_value or "")
        for one in lines
    }
    link_requests.decide(env, {line.link_id.id: Decided(None, overrides)})
    lines.sudo().other_chosen = True
    return schedule.soon(line.run_id.account_id)


def _whole_value(line: BaseModel) -> BaseModel:
    """The conflicts of the same contact, in the same run, about the same value."""
    group = _group(line.field_name)
    return line.run_id.line_ids.filtered(
        lambda one: (
            one == line
            or group
            and one.action == LineAction.CONFLICT.value
            and one.link_id == line.link_id
            and _group(one.field_name) == group
        )
    )


def _group(key: str) -> str:
    row = FIELDS.get(key)  # a row of another addon is a value of its own
    return row.group if row else ""


# Who a contact is


def waiting(lines: BaseModel) -> dict[Contact, BaseModel]:
    """Contacts that wait for an answer, as ``exchange.inbox.entry``."""
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


def ask(line: BaseModel) -> feedback.Action:
    """Ask the owner who the contact is."""
    line.ensure_one()
    line.check_access("read")
    env = line.env
    if not line.can_answer:
        raise UserError(env._("This contact no longer waits for an answer."))
    title = env._("Match Contact")
    return feedback.dialog(env, title, "exchange.answer", default_line_id=line.id)


def answer(line: BaseModel, partner: BaseModel) -> feedback.Action:
    """Note who a contact is; the next run carries it out.

    :param partner: record of ``res.partner``, empty for a new one
    """
    line.check_access("read")
    entry = next(iter(waiting(line).values()), None)
    if not entry:
        raise UserError(line.env._("This contact no longer waits for an answer."))
    effects.take_up(
        entry,
        answer="link" if partner else "create",
        answered_partner_id=partner.id,
    )
    line.invalidate_recordset(["can_answer"])
    return schedule.soon(line.run_id.account_id)


# Problems


def retryable(lines: BaseModel) -> BaseModel:
    """The lines about problems that can be tried again."""
    entries, refused = _unfinished(lines), _refused(lines)
    return lines.filtered(
        lambda line: (
            line.action == LineAction.ERROR.value
            and line.run_id.is_mine
            and line.run_id.trigger != "preview"
            and (
                key_of(line) in entries
                or line.sudo().link_id.state in UNFINISHED
                or (line.sudo().link_id.id, line.field_name) in refused
            )
        )
    )


def retry(line: BaseModel) -> feedback.Action:
    """Look at the contact again, as soon as possible."""
    line.ensure_one()
    line.check_access("read")
    if not line.can_retry:
        raise UserError(line.env._("There is nothing to retry any more."))
    entry = _unfinished(line).get(key_of(line))
    if entry and entry.deferred:
        effects.take_up(entry)
    link = line.sudo().link_id
    if link.state != LinkState.STOPPED.value:
        link.change_token = False
    if link.state == LinkState.ERROR.value and link.remote_id:
        link.state = SYNCED  # so that another failure is reported again
    return schedule.soon(line.run_id.account_id)


def _refused(lines: BaseModel) -> set[tuple[int, str]]:
    """Values that one side still does not accept.

    :return: pairs of the link's id and the field
    """
    links = _failed(lines).filtered("field_name").link_id
    links = links.filtered(lambda link: link.state == SYNCED)
    if not links:
        return set()
    query = SQL(
        "SELECT id, jsonb_object_keys(base -> 'apart') FROM exchange_contact_link"
        " WHERE id IN %s AND jsonb_typeof(base -> 'apart') = 'object'",
        links._ids,
    )
    links.flush_recordset(["base"])
    return {(link, row_of(key)) for link, key in links.env.execute_query(query)}


def _unfinished(lines: BaseModel) -> dict[Contact, BaseModel]:
    """Changes of the mailbox still to be applied, as ``exchange.inbox.entry``."""
    failed = _failed(lines)
    found = failed.env["exchange.inbox.entry"].search_fetch(
        [
            ("account_id", "in", failed.run_id.account_id.ids),
            ("remote_id", "in", [one for one in failed.mapped("remote_id") if one]),
        ],
        ["account_id", "remote_id", "deferred"],
    )
    return {(entry.account_id.id, entry.remote_id): entry for entry in found}


def _failed(lines: BaseModel) -> BaseModel:
    return lines.sudo().filtered(lambda line: line.action == LineAction.ERROR.value)
