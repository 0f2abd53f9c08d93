# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..storage import progress


class AccountLive(models.AbstractModel):
    """What goes on right now, for the form that shows it."""

    _name = "exchange.account.live.mixin"
    _description = "Live Progress of an Exchange Account"

    live = fields.Json(compute="_compute_live")

    @api.depends("state", "sync_requested", "run_ids.state", "run_ids.progress")
    def _compute_live(self):
        runs = self.env["exchange.sync.run"].search(
            [("account_id", "in", self.ids), ("state", "=", "running")]
        )
        running = {run.account_id.id: run for run in runs}
        for account in self:
            account.live = account._live_now(running.get(account.id))

    def _live_now(self, run):
        """What ``static/src/sync_progress`` shows.

        :param run: record of ``exchange.sync.run`` or None
        :return: dict
        """
        if self.state != "connected" or not (run or self.sync_requested):
            return {"state": "idle"}
        if not run:
            return {"state": "waiting"}
        return {
            "state": "running",
            "step": run.phase or "collect",
            "progress": run.progress,
            **progress.counts(run),
        }

    def _tell_end(self, watcher):
        """Whoever looks at the account is shown the result.

        :param watcher: record of ``res.partner``, the owner
        """
        message = {"account": self.id, "live": {"state": "idle"}}
        watcher._bus_send(progress.MESSAGE, message)
