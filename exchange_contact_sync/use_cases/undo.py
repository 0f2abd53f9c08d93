# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Undo the changes of a run."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core import undo
from ..core.run import CHANGES, Line, LineAction, Way
from . import feedback, link_requests, readiness, schedule


def can_undo(run: BaseModel) -> bool:
    """Return whether the run has changes to undo."""
    return bool(
        run.state != "running"
        and run.trigger in ("manual", "auto")
        and not run.undone_by_id
        and run.is_mine
        and any(line.action in CHANGES for line in run.line_ids)
    )


def undo_run(run: BaseModel) -> feedback.Action:
    """Start a run that undoes on both sides what a run changed.

    Pairs that changed since stay as they are, and are listed.

    :return: action that opens the new run
    """
    run.ensure_one()
    env, account = run.env, run.account_id
    readiness.check_ready(account)
    if not run.can_undo:
        raise UserError(env._("There is nothing in this synchronization to undo."))
    undoing = run.sudo().create({"account_id": account.id, "trigger": "undo"})
    run.sudo().undone_by_id = undoing
    decided, untouched = _decisions(run)
    link_requests.decide(env, decided)
    _report_left_alone(undoing, untouched)
    schedule.apply_soon(account)
    account.sudo().request_begun = True  # by the run that is there already
    return {
        "type": "ir.actions.act_window",
        "res_model": "exchange.sync.run",
        "res_id": undoing.id,
        "view_mode": "form",
    }


def _decisions(run: BaseModel) -> tuple[dict[int, undo.Decided], BaseModel]:
    """Determine the request for each pair.

    :return: decisions by id of the link, and the lines of pairs that stay as they are
    """
    mine = run.line_ids.filtered(lambda line: line.action in CHANGES)
    changed_since = _changed_since(run, mine.link_id)
    decided = {}
    untouched = mine.filtered(lambda line: not line.link_id)
    for link, lines in mine.filtered("link_id").grouped("link_id").items():
        lines = lines.sorted("id")
        decision = undo.undo([_as_line(line) for line in lines])
        whole = decision is not None and decision.user_request
        if decision is None or whole and link in changed_since:
            untouched |= lines[:1]
        else:
            decided[link.id] = decision
            untouched |= lines.filtered_domain([("field_name", "in", decision.left)])
    return decided, untouched


def _changed_since(run: BaseModel, links: BaseModel) -> BaseModel:
    """Return the links that a later run changed."""
    later = run.env["exchange.sync.line"].search(
        [
            ("link_id", "in", links.ids),
            ("action", "in", [action.value for action in CHANGES]),
            ("run_id", "!=", run.id),
            ("run_id.trigger", "!=", "preview"),
            ("run_id.started_at", ">=", run.started_at),
            ("id", ">", max(run.line_ids.ids)),
        ]
    )
    return later.link_id


def _report_left_alone(undoing: BaseModel, lines: BaseModel) -> None:
    undoing.env["exchange.sync.line"].sudo().create(
        [
            {
                "run_id": undoing.id,
                "direction": line.direction,
                "action": LineAction.SKIP.value,
                "name": line.name,
                "partner_id": line.partner_id.id,
                "link_id": line.link_id.id,
                "field_name": line.field_name,
                "error_code": "left_alone",
            }
            for line in lines
        ]
    )
    undoing.sudo().skipped_count = len(lines)


def _as_line(line: BaseModel) -> Line:
    return Line(
        Way(line.direction),
        LineAction(line.action),
        field=line.field_name or "",
        old=line.old_value or "",
        new=line.new_value or "",
    )
