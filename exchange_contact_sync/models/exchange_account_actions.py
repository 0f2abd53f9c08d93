# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import api, fields, models

from ..core.link import LinkState
from ..use_cases import (
    control,
    counts,
    deletion_limit,
    feedback,
    menu,
    moving,
    readiness,
    rights,
    schedule,
)


class ExchangeAccount(models.Model):
    """The buttons of an account, and the fields that decide which of them are shown.

    Methods that open a mailbox import exchangelib.
    """

    _inherit = "exchange.account"

    link_count = fields.Integer(string="Contacts", compute="_compute_link_count")
    run_count = fields.Integer(
        string="Number of Synchronizations", compute="_compute_run_count"
    )
    waiting_count = fields.Integer(
        string="To Match",
        compute="_compute_waiting_count",
        help="Contacts of the mailbox that could not be matched with an Odoo contact "
        "for certain.",
    )
    conflict_count = fields.Integer(
        string="Conflicts",
        compute="_compute_conflict_count",
        help="Rejected values that can still be chosen.",
    )

    sign_in_ids = fields.One2many(
        "exchange.sign.in", "account_id", groups=fields.NO_ACCESS
    )
    can_sign_in = fields.Boolean(compute="_compute_can_sign_in", compute_sudo=True)
    opens_shared_mailbox = fields.Boolean(
        compute="_compute_opens_shared_mailbox",
        compute_sudo=True,
        help="The mailbox is not that of the user who signed in, but shared with them.",
    )

    move_stage = fields.Selection(
        [
            ("sign_in", "Sign in"),
            ("folders", "Decide about folders"),
            ("preview", "Look at a preview"),
        ],
        string="Move to Exchange Online",
        readonly=True,
        copy=False,
        help="What the owner has to do before the account is synchronized again.",
    )
    former_provider_id = fields.Many2one(
        "exchange.provider",
        string="Former Mail Provider",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The account can get this mail provider back until its move is completed.",
    )
    may_move = fields.Boolean(
        compute="_compute_may_move",
        compute_sudo=True,
        help="The account can get a mail provider of Microsoft 365, or its former one "
        "back, without a reset.",
    )
    lost_folder_names = fields.Char(compute="_compute_lost_folder_names")

    @api.depends("provider_id.kind", "former_provider_id")
    def _compute_may_move(self):
        clouds = self.env["exchange.provider"].search_count([("kind", "=", "graph")], 1)
        for account in self:
            # A form computes this again once another provider was chosen in it; what
            # was chosen must stay a choice, since forms do not save read-only fields.
            saved = account._origin.provider_id or account.provider_id
            leaves = clouds and saved.kind == "ews"
            account.may_move = bool(leaves or account.former_provider_id)

    @api.depends("move_stage", "folder_ids.missing", "link_ids.state")
    def _compute_lost_folder_names(self):
        for account in self:
            asked = account.move_stage == moving.FOLDERS
            account.lost_folder_names = asked and moving.names_of_missing_folders(
                account
            )

    @api.depends(
        "has_password", "uses_service_account", "signs_in_with_microsoft", "sign_in_ids"
    )
    def _compute_can_sign_in(self):
        for account in self:
            saved = account.has_password
            if account.signs_in_with_microsoft:
                saved = account.sign_in_ids
            account.can_sign_in = bool(saved or account.uses_service_account)

    @api.depends("sign_in_ids.shared")
    def _compute_opens_shared_mailbox(self):
        for account in self:
            account.opens_shared_mailbox = account.sign_in_ids[:1].shared

    @api.depends("link_ids.state")
    def _compute_link_count(self):
        active = [("state", "=", LinkState.SYNCED.value)]
        found = counts.count(self, "exchange.contact.link", "account_id", active)
        for account in self:
            account.link_count = found.get(account._origin, 0)

    @api.depends("run_ids")
    def _compute_run_count(self):
        found = counts.count(self, "exchange.sync.run", "account_id", [])
        for account in self:
            account.run_count = found.get(account._origin, 0)

    @api.depends(
        "run_ids.line_ids.other_chosen", "run_ids.line_ids.accepted", "link_ids.state"
    )
    def _compute_conflict_count(self):
        model, path = "exchange.sync.line", "run_id.account_id"
        found = counts.count(self, model, path, counts.OPEN_CONFLICTS)
        for account in self:
            account.conflict_count = found.get(account._origin, 0)

    @api.depends("run_ids.line_ids")
    def _compute_waiting_count(self):
        found = Counter(account for account, _line in counts.waiting_lines(self))
        for account in self:
            account.waiting_count = found[account.id]

    # Connect

    def action_authorize(self):
        """Sign in to the mailbox with the saved credentials, and list its folders.

        :return: action, Microsoft's page if the owner signs in there
        """
        from ..use_cases import connect

        self.ensure_one()
        if self.signs_in_with_microsoft:
            return connect.with_microsoft(self)
        return connect.sign_in(self)

    def action_refresh_folders(self):
        """Read the list of contact folders from the mailbox."""
        from ..use_cases import connect

        return connect.update_folders(self)

    def action_new_folder(self):
        """Ask for the name of a new folder in the mailbox."""
        rights.check_owner(self)
        title, account = self.env._("New Folder"), self.id
        return feedback.dialog(
            self.env, title, "exchange.new.folder", default_account_id=account
        )

    # Synchronize

    def action_sync_now(self):
        """Synchronize in the background, as soon as possible."""
        if len(self) == 1 and self.move_stage == "preview":
            return self.action_preview()
        for account in self:
            readiness.check_ready(account)
            schedule.request_sync(account)
        schedule.wake_cron(self.env)
        return feedback.notification(
            "info",
            self.env._("The synchronization starts"),
            self.env._("It runs in the background; you can continue to work."),
        )

    def sync(self):
        """Synchronize now and wait for it.

        :return: record of ``exchange.sync.run``
        """
        from ..use_cases import synchronize

        return synchronize.sync(self)

    @api.model
    def _cron_sync(self):
        """Synchronize the accounts that are due."""
        schedule.serve_due(self.env)

    def action_preview(self, typed=None):
        """Show what a synchronization would do now, and change nothing.

        :param typed: dict of values that are not saved, as for ``write``
        """
        from ..use_cases import preview

        return preview.show(self, typed)

    def action_confirm_deletions(self):
        """Synchronize even if many contacts will be archived or deleted."""
        deletion_limit.allow(self)
        return self.action_sync_now()

    def action_keep_contacts(self):
        """Keep the contacts for which the deletion limit stopped a run."""
        return deletion_limit.keep_all(self)

    def action_try_again(self):
        """Synchronize after the deletion limit stopped a run, with the same limit."""
        deletion_limit.try_again(self)
        return self.action_sync_now()

    def action_show_over_limit(self):
        """Open the contacts for which the deletion limit stopped a run."""
        return self._list(
            "exchange_contact_sync.exchange_contact_link_action_over_limit",
            [("account_id", "=", self.id), ("over_limit", "!=", False)],
        )

    def action_reset(self):
        """Open the dialog that explains a reset and asks for confirmation."""
        rights.check_owner(self)
        title, account = self.env._("Reset Synchronization"), self.id
        return feedback.dialog(
            self.env, title, "exchange.reset", default_account_id=account
        )

    def action_disconnect(self):
        """Open the dialog that explains what happens to contacts and links, and
        asks.
        """
        rights.check_owner(self)
        title, account = self.env._("Disconnect %s", self.email), self.id
        return feedback.dialog(
            self.env, title, "exchange.disconnect", default_account_id=account
        )

    # Control one account or several

    def action_pause(self):
        """Stop synchronizing until :meth:`action_resume`."""
        control.pause(self)

    def action_resume(self):
        """Resume synchronizing after :meth:`action_pause`."""
        control.resume(self)

    def action_pause_selected(self):
        """Pause those of the accounts that can be paused."""
        return control.pause_selected(self)

    def action_resume_selected(self):
        """Resume those of the accounts that are paused and have usable credentials."""
        return control.resume_selected(self)

    def action_sync_selected(self):
        """Synchronize in the background those of the accounts that can be."""
        return control.sync_selected(self)

    # The menu of the Contacts app

    @api.model
    def contacts_menu(self):
        """Return the current user's accounts.

        :return: list of dict: ``id``, ``email``, ``state`` and its label ``status``,
            ``attention``, whether the account needs its owner
        """
        return menu.entries(self.env)

    @api.model
    def action_add(self):
        """Open the dialog that connects a mailbox."""
        return menu.add_account(self.env)

    @api.model
    def after_sign_in(self, dialog=0, account=0, problem=""):
        """Return what the web client shows after Microsoft's page.

        :param dialog: int, id of ``exchange.add.account``, 0 for none
        :param account: int, id of ``exchange.account``, 0 for none
        :param problem: str, code of a failure
        :return: dict of actions: ``below`` and ``then``
        """
        from ..use_cases import microsoft_answer

        return microsoft_answer.outcome(self.env, dialog, account, str(problem))

    @api.model
    def action_configure(self):
        """Open the settings of the only account, or the list of them."""
        return menu.configure(self.env)

    @api.model
    def action_sync_all(self):
        """Synchronize all of the user's accounts that can be, in the background.

        :return: action that says which of the user's accounts are synchronized
        """
        return menu.sync_all(self.env)

    def action_check_folders(self):
        """Check whether the folders that could not be reached can be reached now.

        :return: action, a notification
        """
        from ..use_cases import connect

        self.ensure_one()
        rights.check_owner(self)
        return connect.sign_in(self)

    def action_leave_folders(self):
        """Continue without the folders that cannot be reached."""
        self.ensure_one()
        rights.check_owner(self)
        moving.leave_folders(self)

    # Smart buttons

    def action_open_links(self):
        """Open the contacts that are synchronized."""
        return self._list(
            "exchange_contact_sync.exchange_contact_link_action",
            [("account_id", "=", self.id)],
        )

    def action_open_runs(self):
        """Open the history of this account."""
        return self._list(
            "exchange_contact_sync.exchange_sync_run_action",
            [("account_id", "=", self.id)],
            context={"of_one_account": True},
        )

    def action_open_waiting(self):
        """Open the contacts that match several partners, for the user to choose."""
        return self._list(
            "exchange_contact_sync.exchange_sync_line_action_to_match",
            [("run_id.account_id", "=", self.id), ("to_match", "=", True)],
        )

    def action_open_conflicts(self):
        """Open the conflicts whose decision can still be changed."""
        return self._list(
            "exchange_contact_sync.exchange_sync_line_action_conflicts",
            [("run_id.account_id", "=", self.id), *counts.OPEN_CONFLICTS],
        )

    def _list(self, action, domain, **values):
        self.ensure_one()
        self.check_access("read")
        found = self.env["ir.actions.act_window"]._for_xml_id(action)
        return {**found, "domain": domain, **values}
