# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..use_cases import (
    announce,
    deletion_limit,
    export_choice,
    failure_messages,
    history,
    live,
    mailbox,
    moving,
    passwords,
    reminder,
    reprocessing,
    rights,
    schedule,
)

# Only the addon itself writes these fields. With them a user could make the server
# connect to any host, or delay other users' accounts.
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
    "request_begun",
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
    "known_effects",
    "move_stage",
    "former_provider_id",
}


class ExchangeAccount(models.Model):
    """A mailbox connected by a user: its address, how to sign in, and its state.

    The owner's choices are in ``exchange_account_choices.py``, the buttons in
    ``exchange_account_actions.py``.
    """

    _name = "exchange.account"
    _inherit = [
        "exchange.private.names.mixin",
        "exchange.relations.mixin",
        "exchange.credentials.mixin",
        "mail.thread",
        "mail.activity.mixin",
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
        "country, for example, determines how local phone numbers are read.",
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
    link_ids = fields.One2many("exchange.contact.link", "account_id", string="Links")
    run_ids = fields.One2many(
        "exchange.sync.run", "account_id", string="Synchronizations"
    )
    last_summary = fields.Char(compute="_compute_last_summary")
    provider_id = fields.Many2one(
        "exchange.provider",
        string="Mail Provider",
        required=True,
        ondelete="restrict",
        default=lambda self: self._default_provider_id(),
    )
    email = fields.Char(
        string="E-mail",
        required=True,
        help="The address of the mailbox.",
    )
    username = fields.Char(
        string="User Name",
        help="Only if you sign in with something other than the e-mail address, for "
        "example COMPANY\\anna.",
    )
    password = fields.Char(
        help="Stored encrypted and never shown again, not even to administrators.",
    )
    password_encrypted = fields.Char(
        groups=fields.NO_ACCESS, copy=False, prefetch=False
    )
    has_password = fields.Boolean(compute="_compute_has_password", compute_sudo=True)
    password_placeholder = fields.Char(compute="_compute_password_placeholder")
    connected_since = fields.Datetime(copy=False, readonly=True)
    connection_url = fields.Char(groups=fields.NO_ACCESS, copy=False)
    connection_auth = fields.Char(groups=fields.NO_ACCESS, copy=False)
    connection_version = fields.Char(groups=fields.NO_ACCESS, copy=False)
    server_behavior = fields.Json(
        groups=fields.NO_ACCESS,
        copy=False,
        help="How the mail server was observed to treat values.",
    )
    may_import = fields.Boolean(compute="_compute_rights", compute_sudo=True)
    may_export = fields.Boolean(compute="_compute_rights", compute_sudo=True)
    import_problem = fields.Char(compute="_compute_import_problem")
    used_rights = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        help="Rights that the last synchronization could use: to import, to export, to "
        "change contacts in Odoo, to create contacts.",
    )
    further_fields = fields.Char(
        groups=fields.NO_ACCESS,
        copy=False,
        help="Fields that other addons added to the last synchronization.",
    )
    sync_requested = fields.Boolean(copy=False, readonly=True)
    request_begun = fields.Boolean(
        groups=fields.NO_ACCESS,
        copy=False,
        help="The requested synchronization has begun. It may not know what is "
        "requested from now on.",
    )
    last_sync = fields.Datetime(
        string="Last Synchronization", copy=False, readonly=True
    )
    next_sync = fields.Datetime(
        string="Next Synchronization", copy=False, readonly=True
    )
    last_served = fields.Datetime(copy=False, readonly=True)
    busy_until = fields.Datetime(string="Server Busy Until", copy=False, readonly=True)
    failure_count = fields.Integer(copy=False, readonly=True)
    folders_refreshed = fields.Datetime(copy=False, readonly=True)
    deletion_limit_passed = fields.Boolean(
        copy=False,
        readonly=True,
        help="The owner agreed to exceed the deletion limit; ends with the next "
        "synchronization.",
    )
    deletion_limit_reached = fields.Boolean(compute="_compute_deletion_limit_reached")
    over_limit_names = fields.Char(compute="_compute_over_limit")
    over_limit_label = fields.Char(compute="_compute_over_limit")
    message_code = fields.Char(
        copy=False,
        readonly=True,
        help="Code of the last error; the message is made from it.",
    )
    message_detail = fields.Text(
        string="Details",
        copy=False,
        readonly=True,
        groups="base.group_system",
        help="The server's own error message.",
    )
    message = fields.Text(compute="_compute_message")
    reminded = fields.Boolean(
        groups=fields.NO_ACCESS,
        copy=False,
        help="The owner has a reminder. Only then does a synchronization check "
        "whether it is still needed.",
    )
    known_effects = fields.Json(
        groups=fields.NO_ACCESS,
        copy=False,
        help="What the choices led to when the last synchronization ended.",
    )
    announcement = fields.Text(compute="_compute_announcement")
    live = fields.Json(compute="_compute_live")
    mailbox_fixed = fields.Boolean(compute="_compute_mailbox_fixed", compute_sudo=True)

    _mailbox_unique = models.UniqueIndex(
        "(user_id, provider_id, lower(email))",
        "This mailbox is already connected.",
    )
    _due_index = models.Index("(state, next_sync) WHERE active")

    @api.model
    def _default_provider_id(self):
        """Return the provider if there is exactly one."""
        providers = self.env["exchange.provider"].search([], limit=2)
        return providers if len(providers) == 1 else self.env["exchange.provider"]

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_mine(self):
        for account in self:
            account.is_mine = account.user_id == self.env.user

    @api.depends("run_ids.summary")
    def _compute_last_summary(self):
        runs = history.last_runs(self)
        for account in self:
            run = runs.get(account._origin, self.env["exchange.sync.run"])
            account.last_summary = run.summary or history.state_label(run)

    def _inverse_password(self):
        passwords.keep(self, "password", "password_encrypted")

    @api.depends("password_encrypted")
    def _compute_has_password(self):
        for account in self:
            account.has_password = bool(account.password_encrypted)

    @api.depends("has_password")
    @api.depends_context("lang")
    def _compute_password_placeholder(self):
        for account in self:
            account.password_placeholder = (
                self.env._("password kept; type to replace it")
                if account.has_password
                else self.env._("password of the mailbox")
            )

    @api.depends("user_id")
    def _compute_rights(self):
        for account in self:
            account.may_import = account.user_id.has_group(rights.IMPORT)
            account.may_export = account.user_id.has_group(rights.EXPORT)

    @api.depends("user_id", "import_contacts")
    @api.depends_context("lang")
    def _compute_import_problem(self):
        for account in self:
            account.import_problem = rights.import_problem(account)

    @api.depends("message_code", "state")
    def _compute_deletion_limit_reached(self):
        for account in self:
            account.deletion_limit_reached = (
                account.state == "error"
                and account.message_code in deletion_limit.CODES
            )

    @api.depends("deletion_limit_reached", "link_ids.over_limit")
    @api.depends_context("lang", "uid")
    def _compute_over_limit(self):
        for account in self:
            stopped = account.deletion_limit_reached
            account.over_limit_names = stopped and deletion_limit.names(account)
            account.over_limit_label = stopped and deletion_limit.button_label(account)

    @api.depends("message_code", "provider_id.kind", "link_ids.over_limit")
    @api.depends_context("lang")
    def _compute_message(self):
        for account in self:
            code = account.message_code
            text = failure_messages.sentence_of(account, code)
            if code in deletion_limit.CODES:
                text = f"{text} {deletion_limit.sentence(account)}".strip()
            account.message = text

    @api.depends("next_sync", "state", "run_ids.state", *announce.CHOICES)
    @api.depends_context("lang", "tz", "uid")
    def _compute_announcement(self):
        for account in self:
            saved = account._origin
            mine = saved and saved.is_mine
            account.announcement = announce.sentence(saved) if mine else False

    @api.depends("state", "sync_requested", "run_ids.state", "run_ids.progress")
    def _compute_live(self):
        running = live.running(self)
        for account in self:
            account.live = live.of_account(account, running.get(account.id))

    @api.depends("link_ids", "run_ids.state")
    def _compute_mailbox_fixed(self):
        for account in self:
            account.mailbox_fixed = mailbox.is_synchronized(account)

    @api.model_create_multi
    def create(self, vals_list):
        rights.check_may_use(self.env)
        self._check_no_bookkeeping(vals_list)
        for vals in vals_list:
            rights.check_choice(self, vals)
        accounts = super().create([_tidied(vals) for vals in vals_list])
        if not self.env.su:
            # Defaults of the context or of the user must not set these fields either.
            blank = dict.fromkeys(BOOKKEEPING, False)
            accounts.sudo().write({**blank, "state": "draft"})
        mailbox.check_own(accounts)
        return accounts

    def write(self, vals):
        self.check_access("write")
        self._check_no_bookkeeping([vals])
        rights.check_choice(self, vals)
        self._check_fixed(vals)
        changing = mailbox.changing(self, vals)
        moved, returned = moving.moved(changing, vals), moving.returned(changing, vals)
        changing -= moved | returned
        mailbox.check_may_change(changing)
        if "export_filter_ids" in vals and not self.env.su:
            export_choice.drop_hidden_filters(self)
        moving.note_provider(moved)
        result = super().write(_tidied(vals))
        if {"email", "provider_id"} & set(vals):
            mailbox.check_own(self)
        if changing:
            mailbox.clear_old(changing)
        moving.begin(moved)
        moving.move_back(returned)
        schedule.plan_after_choice(self, vals)
        announce.give_notice(self, vals)
        if reprocessing.DECISIVE & set(vals):
            reprocessing.decide_again(self)
        if vals.get("sync_photos"):
            reprocessing.read_again(self)
        if "state" in vals:
            reminder.update(self)
        return result

    @api.model
    def _check_no_bookkeeping(self, vals_list):
        if not self.env.su and any(BOOKKEEPING & set(vals) for vals in vals_list):
            raise AccessError(
                self.env._("The state of a synchronization cannot be set manually.")
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

    @api.autovacuum
    def _gc_old_keys(self):
        """Encrypt passwords with the server's new key if an old key encrypted them."""
        accounts = self.with_context(active_test=False)
        for column in ("password_encrypted", "connection_url"):
            passwords.renew(accounts.search([(column, "!=", False)]), column)


def _tidied(vals):
    return {**vals, "email": vals["email"].strip()} if vals.get("email") else vals
