# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Summarize runs for users, and delete old ones."""

from __future__ import annotations

from datetime import timedelta

from odoo import fields
from odoo.api import Environment
from odoo.fields import Domain
from odoo.models import BaseModel

from ..core.run import EXPORTED, IMPORTED
from ..storage import settings
from . import numbers

KEEP_IDLE_RUNS = timedelta(days=1)
GC_BATCH = 10_000
SUMMARIZED = (
    *IMPORTED,
    *EXPORTED,
    "conflict_count",
    "error_count",
    "waiting_count",
)
"""Counters that the summary of a run contains."""


def last_runs(accounts: BaseModel) -> dict[BaseModel, BaseModel]:
    """Return the last finished run of each account, not counting previews."""
    runs = accounts.env["exchange.sync.run"]
    found = runs._read_group(
        [
            ("account_id", "in", accounts.ids),
            ("trigger", "!=", "preview"),
            ("state", "!=", "running"),
        ],
        ["account_id"],
        ["id:max"],
    )
    return {account: runs.browse(last) for account, last in found}


def summary(run: BaseModel) -> str:
    """Summarize a run in one line."""
    text = ", ".join(_summary_parts(run))
    return text[:1].upper() + text[1:]


def _summary_parts(run: BaseModel) -> list[str]:
    env = run.env
    parts = [env._("running")] if run.state == "running" else []
    parts += [number["label"] for number in numbers.shown(run)]
    if not parts and run.state == "done":
        parts.append(env._("no changes"))
    return parts


def state_label(run: BaseModel) -> str:
    """Return the label of a run's state; "" for no run."""
    labels = dict(run._fields["state"]._description_selection(run.env))
    return labels.get(run.state, "")


def delete_old(env: Environment) -> tuple[int, int]:
    """Delete old runs with their lines, in batches: the scheduled action commits each.

    Previews, and automatic runs that found nothing to do, are kept for a day.

    :return: how many records were deleted, and 1 if there are more, else 0
    """
    runs = env["exchange.sync.run"].search(_old(env), order="id", limit=GC_BATCH)
    lines = env["exchange.sync.line"].search(
        [("run_id", "in", runs.ids)], order="id", limit=GC_BATCH
    )
    lines.unlink()
    if len(lines) == GC_BATCH:
        return len(lines), 1
    runs.unlink()
    return len(lines) + len(runs), int(len(runs) == GC_BATCH)


def _old(env: Environment) -> Domain:
    now = fields.Datetime.now()
    keep = timedelta(days=settings.read(env, "keep_days"))
    soon = [("started_at", "<", now - min(KEEP_IDLE_RUNS, keep))]
    idle = [("state", "=", "done"), ("trigger", "=", "auto")]
    nothing_done = [(name, "=", 0) for name in SUMMARIZED]
    return Domain.OR(
        [
            [("started_at", "<", now - keep), ("state", "!=", "running")],
            [*soon, *idle, *nothing_done],
            [*soon, ("trigger", "=", "preview")],
        ]
    )
