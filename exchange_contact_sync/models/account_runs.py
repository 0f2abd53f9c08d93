# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.errors import NeedsTheUser, ServerBusy, SyncError, WritingRefused
from ..partner.failures import was_interrupted

_logger = logging.getLogger(__name__)

FOREGROUND_SECONDS = 60.0
SHORTEST_BACK_OFF = timedelta(minutes=1)
FIRST_DELAY = timedelta(minutes=5)
LONGEST_DELAY = timedelta(hours=6)
LONGEST_WITHOUT_WRITING = timedelta(hours=1)
"""A mailbox that takes nothing still gives: what comes in waits no longer than this."""
RETRIES_OF_PASSING_FAULTS = 8
FAULTS_PASS_WITHIN = timedelta(hours=24)
"""How often, and for how long since the last success, a fault that may pass is waited
for before its owner is needed. Maintenance of a mail server takes a night, and its
users would all have to sign in again; with ever longer delays, eight attempts
take 17 hours, and pressing a button takes no time."""
LIMIT_CODES = ("too_many_deletions", "side_suddenly_empty")
"""Failures that the owner may overrule (``engine/guard.py``)."""


class AccountRuns(models.AbstractModel):
    """Synchronizing one account, and what follows from how it went."""

    _name = "exchange.account.runs.mixin"
    _description = "Synchronizations of an Exchange Account"

    sync_requested = fields.Boolean(copy=False, readonly=True)
    last_sync = fields.Datetime(
        string="Last Synchronization", copy=False, readonly=True
    )
    next_sync = fields.Datetime(
        string="Next Synchronization", copy=False, readonly=True
    )
    last_served = fields.Datetime(copy=False, readonly=True)
    busy_until = fields.Datetime(copy=False, readonly=True)
    failure_count = fields.Integer(copy=False, readonly=True)
    folders_refreshed = fields.Datetime(copy=False, readonly=True)
    deletion_limit_passed = fields.Boolean(
        copy=False,
        readonly=True,
        help="The owner agreed to exceed the deletion limit; ends with the next run.",
    )
    deletion_limit_reached = fields.Boolean(compute="_compute_deletion_limit_reached")

    @api.depends("message_code", "state")
    def _compute_deletion_limit_reached(self):
        for account in self:
            code = account.message_code
            account.deletion_limit_reached = (
                account.state == "error" and code in LIMIT_CODES
            )

    def action_sync_now(self):
        """Synchronize in the background, as soon as possible."""
        for account in self:
            account._check_ready()
            account._request_sync()
        self._wake_cron()
        return self._notification(
            "info",
            self.env._("The synchronization starts"),
            self.env._("It goes on in the background; you can continue to work."),
        )

    def action_confirm_deletions(self):
        """Synchronize although many contacts will be archived or deleted."""
        self._check_owner()
        if not self.deletion_limit_reached:
            raise UserError(self.env._("There is nothing that needs your consent."))
        self.sudo().write(
            {"state": "connected", "deletion_limit_passed": True, **self._no_failure()}
        )
        return self.action_sync_now()

    def _soon(self):
        """What the owner decided is carried out at once, if synchronizations run.

        :return: action that tells so
        """
        ready = self.filtered(lambda account: account.state == "connected")
        ready._request_sync()
        ready._wake_cron()
        return self._notification(
            "success",
            self.env._("It will be done"),
            self.env._("The next synchronization carries it out on both sides."),
        )

    def _request_sync(self):
        self.sudo().write({"sync_requested": True, "next_sync": fields.Datetime.now()})

    def sync(self):
        """Synchronize now and wait for it.

        :return: record of ``exchange.sync.run``
        """
        self.ensure_one()
        self._check_ready()
        while True:
            outcome = self._run_slice("manual", FOREGROUND_SECONDS)
            if outcome is None:
                return self._last_run()
            if outcome.run is None:
                raise self._is_at_work()
            if outcome.error or not outcome.more:
                return outcome.run

    def _check_ready(self):
        """Only the owner of a connected account that has something to do."""
        self._check_may_use()
        self._check_owner()
        if self.state != "connected":
            raise UserError(
                self.message
                or self.env._("Sign in to %s before you synchronize.", self.email)
            )
        self._check_something_to_do()

    def _check_something_to_do(self):
        if not self._has_something_to_do():
            raise UserError(self._why_nothing_to_do())

    def _is_at_work(self):
        """:return: UserError, another process holds the account's lease"""
        return UserError(self.env._("%s is being synchronized already.", self.email))

    def _last_run(self):
        """:return: record of ``exchange.sync.run`` or none; a preview is not one"""
        mine = [("account_id", "in", self.ids), ("trigger", "!=", "preview")]
        return self.env["exchange.sync.run"].search(mine, limit=1)

    def _has_something_to_do(self):
        chosen = self.folder_ids.filtered("selected")
        imports = self._imports() and (self.import_scope == "all" or chosen)
        groups = self.export_groups and (
            self.export_category_ids or self.export_filter_ids
        )
        kinds = self.export_employees or self.export_customers or groups
        kinds = kinds or self.export_companies
        exports = self._exports() and (self.export_scope == "all" or kinds)
        return bool(imports or exports)

    def _run_slice(self, trigger, seconds):
        """Work on the account for a while and draw the consequences.

        :param trigger: str, see ``exchange.sync.run``
        :param seconds: float, how long
        :return: Outcome of ``synchronize.run_slice``, or None when it broke down
        """
        from ..use_cases import synchronize

        account = self.with_user(self.user_id)
        watcher = self.sudo().user_id.partner_id  # asked for before it is forgotten
        try:
            outcome = synchronize.run_slice(account, trigger=trigger, seconds=seconds)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            raise
        except Exception as error:
            # The use case has undone what was begun and closed the run.
            if was_interrupted(error):
                raise  # and it is still due
            _logger.exception("Exchange account %s: unexpected failure", self.id)
            self.env.invalidate_all()
            self._settle_failure(SyncError(), 0.0)
            self._tell_end(watcher)
            return None
        # Asked before what is known of the run is forgotten: it costs no query here.
        to_decide = outcome.run is not None and self._left_to_decide(outcome.run)
        self.env.invalidate_all()
        self._settle(outcome, to_decide)
        if outcome.run is not None and not outcome.more:
            self._tell_end(watcher)
        return outcome

    def _settle(self, outcome, to_decide=False):
        """What follows from how a slice went.

        :param outcome: Outcome of ``synchronize.run_slice``
        :param to_decide: bool, an automatic run found something for its owner
        """
        if outcome.error:
            trigger = outcome.run.trigger if outcome.run else "manual"
            self._settle_failure(outcome.error, outcome.retry_after, trigger)
        elif outcome.run is not None and not outcome.more:
            now = fields.Datetime.now()
            self.sudo().write(
                {"last_sync": now, "sync_requested": False, **self._no_failure()}
            )
            self._plan_next_sync(now + self._interval())
            if to_decide:
                self._remind()
            else:
                self._update_reminder()

    @api.model
    def _left_to_decide(self, run):
        """:return: bool, an automatic run found something for its owner to decide"""
        found = run.conflict_count or run.waiting_count
        return run.trigger == "auto" and bool(found)

    def _settle_failure(self, error, retry_after, trigger="auto"):
        """Whether and when to try again.

        :param error: SyncError
        :param retry_after: float, seconds the server asked to be left alone
        :param trigger: str, see ``exchange.sync.run``
        """
        now = fields.Datetime.now()
        if self._needs_owner_for(error) or error.code in LIMIT_CODES:
            self._note_failure(error, state="error")
            self.sudo().write({"next_sync": False, "sync_requested": False})
            if trigger == "auto":
                self._remind()
            else:
                self._tell_owner()
        elif isinstance(error, ServerBusy):
            self._note_failure(error)
            asked_for = max(timedelta(seconds=retry_after), SHORTEST_BACK_OFF)
            later = now + min(asked_for, LONGEST_DELAY)
            self.sudo().write({"next_sync": later, "busy_until": later})
            self._wake_cron(later)
        else:
            self._try_again(error, now)
            if isinstance(error, WritingRefused) and trigger == "auto":
                self._remind()

    def _try_again(self, error, now):
        """Ever later, as long as it fails.

        :param error: SyncError
        :param now: datetime, naive UTC
        """
        refused = isinstance(error, WritingRefused)
        longest = LONGEST_WITHOUT_WRITING if refused else LONGEST_DELAY
        failures = self._failures_before(error)
        delay = min(FIRST_DELAY * 2 ** min(failures, 10), longest)
        self._note_failure(error)
        self.sudo().write({"failure_count": failures + 1, "sync_requested": False})
        self._plan_next_sync(now + delay)

    def _needs_owner_for(self, error):
        """Whether trying again is of no use, for a mailbox that was connected.

        :param error: SyncError
        :return: bool
        """
        if not isinstance(error, NeedsTheUser):
            return False
        return not error.may_pass or (
            self._failures_before(error) >= RETRIES_OF_PASSING_FAULTS
            and not self._worked_lately()
        )

    def _worked_lately(self):
        """:return: bool, a fault of the server since then may still pass"""
        last = self.last_sync or self.connected_since
        return bool(last) and fields.Datetime.now() - last < FAULTS_PASS_WITHIN

    def _failures_before(self, error):
        """:return: int, runs that failed in a row; of a fault that may pass, only those
        that failed in the same way count
        """
        passing = isinstance(error, NeedsTheUser)
        same = self.message_code == error.code
        return self.failure_count if same or not passing else 0

    def _plan_next_sync(self, moment):
        """The next automatic synchronization, if the owner wants any.

        :param moment: datetime, naive UTC
        """
        for account in self:
            planned = moment if account.auto_sync else False
            account.sudo().next_sync = planned
            if planned:
                account._wake_cron(planned)
