# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from psycopg2 import errors

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

SLICE_SECONDS = 10.0
TRIES = 5
CRON_CODE = "model._cron_sync()"


class AccountSchedule(models.AbstractModel):
    """The scheduled action: hands due accounts out, one slice at a time.

    Copies of it work in parallel: each claims the account that waited longest and
    that nobody else is claiming. One start of the job lasts no longer than the
    time Odoo grants it plus one slice, because the watchdog of prefork workers
    (``odoo/service/server.py``) does not know slices; what is left is done by the
    next start, which is asked for at once.
    """

    _name = "exchange.account.schedule.mixin"
    _description = "Schedule of Exchange Accounts"

    @api.model
    def _cron_sync(self):
        """Synchronize the accounts that are due."""
        cron = self.env["ir.cron"]
        passed = self.browse()
        seconds_left = cron._commit_progress()
        while seconds_left > 0:
            account = self._claim_due(passed)
            if not account:
                return
            passed |= account._serve()
            seconds_left = cron._commit_progress(1, remaining=0)
        if self.search_count(self._due_domain(passed), limit=1):
            self._wake_cron()

    @api.model
    def _due_domain(self, passed):
        now = fields.Datetime.now()
        return [
            ("id", "not in", passed.ids),
            ("active", "=", True),
            ("state", "=", "connected"),
            ("user_id.active", "=", True),
            ("next_sync", "<=", now),
            *self._rights_domain(),
            "|",
            ("busy_until", "=", False),
            ("busy_until", "<=", now),
        ]

    @api.model
    def _claim_due(self, passed):
        """The account that waited longest, unless another process claims it.

        :param passed: accounts not to be considered
        :return: one account or none
        """
        for _attempt in range(TRIES):
            try:
                return self._try_to_claim(passed)
            except errors.SerializationFailure:
                # Somebody claimed one of them after our transaction had begun.
                self.env.cr.rollback()
                self.env.invalidate_all()
        return self.browse()

    @api.model
    def _try_to_claim(self, passed):
        order = "last_served NULLS FIRST, next_sync, id"
        due = self.search(self._due_domain(passed), order=order, limit=20)
        account = due.try_lock_for_update(allow_referencing=True, limit=1)
        account.last_served = fields.Datetime.now()
        self.env["ir.cron"]._commit_progress()
        return account

    def _serve(self):
        """One slice of one account; its failure is nobody else's.

        :return: the account if it cannot be served now, else none
        """
        try:
            trigger = "manual" if self.sync_requested else "auto"
            outcome = self._run_slice(trigger, SLICE_SECONDS)
            self.env.flush_all()
        except Exception:
            # Often the owner changed the account in the same moment. Next time.
            _logger.warning("Exchange account %s: left out", self.id, exc_info=True)
            self.env.cr.rollback()
            self.env.invalidate_all()
            return self
        return self if outcome and outcome.run is None else self.browse()

    @api.model
    def _wake_cron(self, moment=None):
        """Have the scheduled action and its copies start.

        :param moment: datetime, naive UTC; None for at once
        """
        jobs = self.env["ir.cron"].sudo()
        jobs = jobs.search(
            [("model_id.model", "=", self._name), ("code", "=", CRON_CODE)]
        )
        for job in jobs:
            job._trigger(at=moment)
