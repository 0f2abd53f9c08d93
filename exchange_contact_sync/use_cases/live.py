# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show the current run on the form of an account."""

from __future__ import annotations

from typing import Any

from odoo.models import BaseModel

from ..storage import progress

ENDED = "exchange_contact_sync/ended"
KINDS = {"done": "success", "partial": "warning", "failed": "danger"}


def running(accounts: BaseModel) -> dict[int, BaseModel]:
    """Return the active runs, by id of the account."""
    runs = accounts.env["exchange.sync.run"].search(
        [("account_id", "in", accounts.ids), ("state", "=", "running")]
    )
    return {run.account_id.id: run for run in runs}


def of_account(account: BaseModel, run: BaseModel | None) -> dict[str, Any]:
    """Return the progress that ``static/src/sync_progress`` shows.

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


def of_run(run: BaseModel) -> dict[str, Any]:
    """Return what ``static/src/sync_progress`` shows on the page of a run."""
    if run.state != "running":
        return {"state": "idle"}
    if not run.phase:
        return {"state": "waiting"}
    return {
        "state": "running",
        "step": run.phase,
        "progress": run.progress,
        **progress.counts(run),
    }


def show_end(account: BaseModel, owner: BaseModel, run: BaseModel) -> None:
    """Send the result to the owner's open forms of the account.

    An owner who requested the run is notified on every page, with a link to the run.

    :param owner: record of ``res.partner``
    :param run: record of ``exchange.sync.run``
    """
    message = {"account": account.id, "live": {"state": "idle"}}
    owner._bus_send(progress.MESSAGE, message)
    if run.trigger == "manual":
        owner._bus_send(ENDED, _result(account, run))


def _result(account: BaseModel, run: BaseModel) -> dict[str, Any]:
    """Return what ``static/src/sync_result`` shows."""
    lang = account.sudo().user_id.lang
    run, account = run.with_context(lang=lang), account.with_context(lang=lang)
    env = run.env
    if account.state == "error":
        # The account and its list say it too, so the notification may disappear.
        return {
            "account": account.id,
            "run": run.id,
            "type": "warning",
            "sticky": False,
            "title": env._("%s needs your attention", account.email),
            "message": account.message,
        }
    titles = {
        "done": env._("%s: synchronization finished", account.email),
        "partial": env._("%s: synchronization finished with problems", account.email),
        "failed": env._("%s: synchronization failed", account.email),
    }
    return {
        "account": account.id,
        "run": run.id,
        "type": KINDS.get(run.state, "info"),
        "sticky": run.state != "done",
        "title": titles.get(run.state, account.email),
        "message": run.message or run.summary or env._("No changes"),
    }
