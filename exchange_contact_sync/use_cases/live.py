# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show the current run on the form of an account."""

from __future__ import annotations

from typing import Any

from odoo.models import BaseModel

from ..storage import progress


def running(accounts: BaseModel) -> dict[int, BaseModel]:
    """The active runs, by id of the account."""
    runs = accounts.env["exchange.sync.run"].search(
        [("account_id", "in", accounts.ids), ("state", "=", "running")]
    )
    return {run.account_id.id: run for run in runs}


def live_now(account: BaseModel, run: BaseModel | None) -> dict[str, Any]:
    """The progress that ``static/src/sync_progress`` shows.

    :param run: record of ``exchange.sync.run`` that is running
    """
    if account.state != "connected" or not (run or account.sync_requested):
        return {"state": "idle"}
    if not run:
        return {"state": "waiting"}
    return {
        "state": "running",
        "step": run.phase or "collect",
        "progress": run.progress,
        **progress.counts(run),
    }


def show_end(account: BaseModel, owner: BaseModel) -> None:
    """Send the result to the owner's open forms of the account.

    :param owner: record of ``res.partner``
    """
    message = {"account": account.id, "live": {"state": "idle"}}
    owner._bus_send(progress.MESSAGE, message)
