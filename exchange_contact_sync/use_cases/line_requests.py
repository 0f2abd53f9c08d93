# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Carry out the owner's decisions about lines of a run."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tools import SQL

from ..core.differences import row_of
from ..core.fields import FIELDS, PHOTO
from ..core.link import ACTIVE_STATES, LinkState
from ..core.run import LineAction, Way
from ..core.undo import Decided
from ..core.user_requests import FieldOverride
from . import feedback, link_requests, reprocessing, schedule

SYNCED = LinkState.SYNCED.value
UNFINISHED = (LinkState.ERROR.value, LinkState.PENDING.value)

LABEL_LENGTH = 40
"""The most characters of a value that a button shows."""

ItemKey = tuple[int, str]
"""The ids of an account and of an item in its mailbox."""


def key_of(line: BaseModel) -> ItemKey:
    """Return the account and the item that a line is about."""
    return line.run_id.account_id.id, line.sudo().remote_id


# Conflicts


def can_use_other(line: BaseModel) -> bool:
    """Return whether the value that lost a conflict can still be chosen."""
    return bool(
        line.action == LineAction.CONFLICT.value
        and line.field_name != PHOTO.key  # the photo that lost is not stored
        and not line.other_chosen
        and line.link_id.state in ACTIVE_STATES
        and line.run_id.is_mine
        and line.run_id.trigger != "preview"
    )


def use_other(lines: BaseModel) -> feedback.Action:
    """Have the next run give both sides the values that lost conflicts.

    All parts of a value are replaced, so that parts of two addresses are never mixed.

    :raises UserError: none of the lines has a value that can be used
    """
    lines.check_access("read")
    usable = lines.filtered(can_use_other)
    if not usable:
        raise UserError(
            lines.env._(
                "The other value can no longer be used: it was chosen already, or "
                "the contact is no longer synchronized."
            )
        )
    for line in usable:
        if not line.other_chosen:  # an earlier line may cover it
            _use_other(line)
    return schedule.apply_soon(usable.run_id.account_id)


def _use_other(line: BaseModel) -> None:
    lines = _whole_value(line)
    overrides = {
        one.field_name: FieldOverride(one.new_value or "", one.old_value or "")
        for one in lines
    }
    link_requests.decide(line.env, {line.link_id.id: Decided(None, overrides)})
    lines.sudo().other_chosen = True


def accept(lines: BaseModel) -> None:
    """Accept the decisions about conflicts, and stop counting them."""
    lines.check_access("read")
    for line in lines.filtered(can_accept):
        _whole_value(line).sudo().accepted = True


def can_accept(line: BaseModel) -> bool:
    """Return whether a conflict is open, so that its owner can accept the decision."""
    return bool(
        line.action == LineAction.CONFLICT.value
        and not line.other_chosen
        and not line.accepted
        and line.run_id.is_mine
        and line.run_id.trigger != "preview"
    )


def other_label(line: BaseModel) -> str | bool:
    """Return the label of the button that uses the value that lost a conflict."""
    if not can_use_other(line):
        return False
    env, lost = line.env, " ".join((line.old_value or "").split())
    if not lost:
        return env._("Use the empty value")
    return env._("Use “%s”", shorten(lost, LABEL_LENGTH))


def shorten(text: str, length: int) -> str:
    """Shorten a text for a button."""
    return text if len(text) <= length else text[: length - 1] + "…"


def values_by_side(line: BaseModel) -> tuple[str | bool, str | bool]:
    """Return the values of a conflict in Odoo and in Exchange, as they were before the
    run.
    """
    if line.action != LineAction.CONFLICT.value:
        return False, False
    if line.direction == Way.PULL.value:
        return line.old_value, line.new_value
    return line.new_value, line.old_value


def _whole_value(line: BaseModel) -> BaseModel:
    """Return the conflicts of the same contact, in the same run, about the same
    value.
    """
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
    row = FIELDS.get(key)  # a row of another addon is a value by itself
    return row.group if row else ""


# Problems


def retryable(lines: BaseModel) -> BaseModel:
    """Return the lines about problems that can be tried again."""
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
    """Process the contact again, as soon as possible."""
    line.ensure_one()
    line.check_access("read")
    if not line.can_retry:
        raise UserError(line.env._("There is nothing left to retry."))
    entry = _unfinished(line).get(key_of(line))
    if entry and entry.deferred:
        reprocessing.resume(entry)
    link = line.sudo().link_id
    if link.state != LinkState.STOPPED.value:
        link.change_token = False
    if link.state == LinkState.ERROR.value and link.remote_id:
        link.state = SYNCED  # so that another failure is reported again
    return schedule.apply_soon(line.run_id.account_id)


def _refused(lines: BaseModel) -> set[tuple[int, str]]:
    """Find the values that one side still rejects.

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


def _unfinished(lines: BaseModel) -> dict[ItemKey, BaseModel]:
    """Return changes of the mailbox still to be applied, as
    ``exchange.inbox.entry``.
    """
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
