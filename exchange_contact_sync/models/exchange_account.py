# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from . import secret_fields
from .account_effects import LOOK_AGAIN

# Written by the addon itself only; whoever could write them could have the server
# connect to anywhere, or a schedule that others wait for.
BOOKKEEPING = {
    "state",
    "message_code",
    "message_detail",
    "connected_since",
    "connection_url",
    "connection_auth",
    "connection_version",
    "server_behavior",
    "sync_requested",
    "last_sync",
    "next_sync",
    "last_served",
    "busy_until",
    "failure_count",
    "folders_refreshed",
    "deletion_limit_passed",
    "used_rights",
    "further_fields",
    "reminded",
}


class ExchangeAccount(models.Model):
    """A mailbox connected by a user."""

    _name = "exchange.account"
    _inherit = [
        "exchange.private.names.mixin",
        "exchange.relations.mixin",
        "exchange.account.mailbox.mixin",
        "exchange.account.sign.in.mixin",
        "exchange.account.choices.mixin",
        "exchange.account.effects.mixin",
        "exchange.account.export.mixin",
        "exchange.field.rules.mixin",
        "exchange.account.feedback.mixin",
        "exchange.account.menu.mixin",
        "exchange.account.reminder.mixin",
        "exchange.account.rights.mixin",
        "exchange.account.requests.mixin",
        "exchange.account.live.mixin",
        "exchange.account.numbers.mixin",
        "exchange.account.reset.mixin",
        "exchange.account.runs.mixin",
        "exchange.account.preview.mixin",
        "exchange.account.schedule.mixin",
        "exchange.account.steering.mixin",
    ]
    _description = "Exchange Account"
    _order = "email, id"
    _rec_name = "email"

    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
        help="The synchronization sees and changes what this user may see and change.",
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        help="Synchronizations are carried out as if you worked in this company. Its "
        "country, for example, tells how local phone numbers are read.",
    )
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [
            ("draft", "New"),
            ("connected", "Connected"),
            ("error", "Needs attention"),
            ("paused", "Paused"),
        ],
        string="Status",
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    folder_ids = fields.One2many("exchange.folder", "account_id", string="Folders")
    link_ids = fields.One2many("exchange.contact.link", "account_id")
    run_ids = fields.One2many("exchange.sync.run", "account_id", string="History")
    last_summary = fields.Char(compute="_compute_last_summary")

    _mailbox_unique = models.UniqueIndex(
        "(user_id, provider_id, lower(email))",
        "This mailbox is already connected.",
    )
    _due_index = models.Index("(state, next_sync) WHERE active")

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_mine(self):
        for account in self:
            account.is_mine = account.user_id == self.env.user

    @api.depends("run_ids.summary")
    def _compute_last_summary(self):
        runs = self.env["exchange.sync.run"]
        last = dict(
            runs._read_group(
                [
                    ("account_id", "in", self.ids),
                    ("trigger", "!=", "preview"),
                    ("state", "!=", "running"),
                ],
                ["account_id"],
                ["id:max"],
            )
        )
        for account in self:
            run = runs.browse(last.get(account._origin))
            account.last_summary = run.summary or run._state_label()

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_use()
        self._check_no_bookkeeping(vals_list)
        for vals in vals_list:
            self._check_rights(vals)
        accounts = super().create([self._tidied(vals) for vals in vals_list])
        if not self.env.su:
            # Defaults of the context or of the user must not get in either.
            blank = dict.fromkeys(BOOKKEEPING, False)
            accounts.sudo().write({**blank, "state": "draft"})
        accounts._check_own_mailbox()
        return accounts

    def write(self, vals):
        self.check_access("write")
        self._check_no_bookkeeping([vals])
        self._check_rights(vals)
        self._check_fixed(vals)
        leaving = self._leaving_mailbox(vals)
        leaving._check_may_leave_mailbox()
        result = super().write(self._tidied(vals))
        if {"email", "provider_id"} & set(vals):
            self._check_own_mailbox()
        if leaving:
            leaving._leave_mailbox()
        self._plan_after_choice(vals)
        if LOOK_AGAIN & set(vals):
            self._look_again()
        if vals.get("sync_photos"):
            self._read_again()
        return result

    @api.model
    def _tidied(self, vals):
        return {**vals, "email": vals["email"].strip()} if vals.get("email") else vals

    @api.model
    def _check_no_bookkeeping(self, vals_list):
        if not self.env.su and any(BOOKKEEPING & set(vals) for vals in vals_list):
            raise AccessError(
                self.env._("The state of a synchronization cannot be set by hand.")
            )

    def _check_fixed(self, vals):
        if any(
            account.user_id.id != vals.get("user_id", account.user_id.id)
            for account in self
        ):
            raise ValidationError(
                self.env._("An Exchange account cannot be given to another user.")
            )
        for account in self.filtered("connected_since"):
            if account.company_id.id != vals.get("company_id", account.company_id.id):
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be changed once the mailbox is connected. "
                        "Add another account instead.",
                        self._fields["company_id"]._description_string(self.env),
                    )
                )

    @api.constrains("company_id", "user_id")
    def _check_company(self):
        for account in self:
            if account.company_id not in account.user_id.company_ids:
                raise ValidationError(
                    self.env._("Choose one of your own companies for the account.")
                )

    def action_pause(self):
        """Nothing is synchronized until :meth:`action_resume`."""
        self._check_may_steer()
        self.filtered(lambda account: account.state != "draft").sudo().write(
            {"state": "paused", "next_sync": False, "sync_requested": False}
        )

    def action_resume(self):
        """Go on where :meth:`action_pause` stopped."""
        self._check_may_steer()
        for account in self.filtered(lambda account: account.state == "paused"):
            account = account.sudo()
            account.state = account._state_when_resumed()
            if account.state == "connected":
                account._plan_next_sync(fields.Datetime.now())

    def _state_when_resumed(self):
        if not (self.has_password or self.uses_service_account):
            raise UserError(
                self.env._("Enter the password of %s and sign in again.", self.email)
            )
        return "connected" if self.connected_since else "draft"

    def _check_owner(self):
        self.ensure_one()
        if not self.env.su and self.user_id != self.env.user:
            raise AccessError(
                self.env._("Only the owner of an Exchange account can do this.")
            )

    def _check_may_steer(self):
        may = self.env.su or self.env.user.has_group("base.group_system")
        if not may and self.user_id - self.env.user:
            raise AccessError(
                self.env._("Only the owner of an Exchange account can do this.")
            )

    @api.autovacuum
    def _gc_old_keys(self):
        """After the server's key was changed, passwords move to the new one."""
        accounts = self.with_context(active_test=False)
        for column in ("password_encrypted", "connection_url"):
            secret_fields.renew(accounts.search([(column, "!=", False)]), column)
