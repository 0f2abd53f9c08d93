# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open, continue and close runs; the caller holds the account's lease."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from odoo import fields

from ..core.errors import Interrupted
from ..core.run import Line
from .missing_folders import report_missing_folders
from .run_log import OdooRunLog

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

INTERRUPTED = Interrupted.code


def close_killed(account: BaseModel) -> BaseModel:
    """Close the runs whose process was killed.

    A slice marks its run while it works. If the mark is still set when the next slice
    holds the lease, the process was killed.

    :param account: record of ``exchange.account``
    :return: records of ``exchange.sync.run``
    """
    killed = _running(account).filtered("in_slice")
    close(killed, "failed", INTERRUPTED)
    return killed


def _running(account: BaseModel) -> BaseModel:
    runs = account.env["exchange.sync.run"].sudo()
    return runs.search([("account_id", "=", account.id), ("state", "=", "running")])


def open_slice(account: BaseModel, trigger: str) -> BaseModel:
    """Return the run for a slice: the open one, or a new one.

    :param account: record of ``exchange.account``
    :param trigger: see ``exchange.sync.run``
    :return: record of ``exchange.sync.run``
    """
    runs = account.env["exchange.sync.run"].sudo()
    run = _running(account)[:1]
    if not run:
        if account.sudo().sync_requested:
            account.sudo().request_begun = True
        return runs.create(
            {"account_id": account.id, "trigger": trigger, "in_slice": True}
        )
    run.in_slice = True
    return run


def suspend(run: BaseModel) -> None:
    """End a slice whose time is up; the next one continues the run.

    :param run: record of ``exchange.sync.run``
    """
    run.in_slice = False


def finish(run: BaseModel) -> None:
    """Close a run that has finished; problems with single contacts are in its lines.

    :param run: record of ``exchange.sync.run``
    """
    report_missing_folders(run)
    run.invalidate_recordset()
    close(run, "partial" if run.error_count else "done")


def close(
    runs: BaseModel, state: str, code: str | None = None, detail: str | None = None
) -> None:
    """Store how runs ended.

    :param runs: records of ``exchange.sync.run``
    :param state: the final state
    :param code: of the error, if any
    :param detail: the server's own text
    """
    runs.write(_closed(state, code, detail))


def _closed(state: str, code: str | None, detail: str | None) -> dict[str, Any]:
    return {
        "state": state,
        "in_slice": False,
        "finished_at": fields.Datetime.now(),
        "message_code": code,
        "message_detail": detail,
        "phase": False,
        **({"progress": 100.0} if state in ("done", "partial") else {}),
    }


def keep_preview(
    account: BaseModel,
    begun: datetime,
    ending: tuple[str, str | None, str | None],
    lines: Iterable[Line],
    counters: Mapping[str, int],
) -> BaseModel:
    """Store what a run would do.

    The record is created in its final state, so that no slice continues it or considers
    it killed.

    :param account: record of ``exchange.account``
    :param begun: naive UTC
    :param ending: state, code and detail, as for :func:`close`
    :param lines: may refer to partners that do not exist
    :param counters: by field of ``exchange.sync.run``
    :return: record of ``exchange.sync.run``
    """
    run = (
        account.env["exchange.sync.run"]
        .sudo()
        .create(
            {
                "account_id": account.id,
                "trigger": "preview",
                "started_at": begun,
                **_closed(*ending),
            }
        )
    )
    run.flush_recordset()
    OdooRunLog(run).record(_of_existing(account.env, lines), counters)
    run.invalidate_recordset()
    return run


def _of_existing(env: Environment, lines: Iterable[Line]) -> list[Line]:
    """Return the lines without the ids of partners that do not exist: a run would only
    create them.
    """
    ids = {one for line in lines for one in (line.partner, *line.candidates) if one}
    existing = set(env["res.partner"].browse(ids).exists().ids)
    return [
        replace(
            line,
            partner=line.partner if line.partner in existing else 0,
            candidates=tuple(one for one in line.candidates if one in existing),
        )
        for line in lines
    ]
