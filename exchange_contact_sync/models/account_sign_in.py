# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..core.errors import SyncError
from ..use_cases import failure_messages
from . import secret_fields

_logger = logging.getLogger(__name__)


class AccountSignIn(models.AbstractModel):
    """How a user gets into the mailbox."""

    _name = "exchange.account.sign.in.mixin"
    _inherit = ["exchange.credentials.mixin"]
    _description = "Sign-in of an Exchange Account"

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
        help="Only if you sign in with something else than the e-mail address, for "
        "example COMPANY\\anna.",
    )
    password = fields.Char(
        help="Is stored encrypted and never shown again, not even to administrators.",
    )
    password_encrypted = fields.Char(
        groups=fields.NO_ACCESS, copy=False, prefetch=False
    )
    has_password = fields.Boolean(compute="_compute_has_password", compute_sudo=True)
    password_placeholder = fields.Char(compute="_compute_password_placeholder")
    connected_since = fields.Datetime(string="Connected", copy=False, readonly=True)
    connection_url = fields.Char(groups=fields.NO_ACCESS, copy=False)
    connection_auth = fields.Char(groups=fields.NO_ACCESS, copy=False)
    connection_version = fields.Char(groups=fields.NO_ACCESS, copy=False)
    server_behavior = fields.Json(
        groups=fields.NO_ACCESS,
        copy=False,
        help="What the mail server was seen to do with values.",
    )

    @api.model
    def _default_provider_id(self):
        """The only provider there is."""
        providers = self.env["exchange.provider"].search([], limit=2)
        return providers if len(providers) == 1 else self.env["exchange.provider"]

    def _inverse_password(self):
        secret_fields.keep(self, "password", "password_encrypted")

    @api.depends("password_encrypted")
    def _compute_has_password(self):
        for account in self:
            account.has_password = bool(account.password_encrypted)

    @api.depends("has_password")
    @api.depends_context("lang")
    def _compute_password_placeholder(self):
        for account in self:
            account.password_placeholder = (
                self.env._("saved; type to replace it")
                if account.has_password
                else self.env._("password of the mailbox")
            )

    def _check_own_mailbox(self):
        """Say at once what ``use_cases/credentials.py`` would refuse on each use."""
        if self.env.su:
            return
        for account in self.filtered("uses_service_account"):
            login = account.user_id.login
            if account.email.lower() != login.lower():
                raise ValidationError(
                    self.env._(
                        "With this mail provider you can connect your own mailbox "
                        "only: %s.",
                        login,
                    )
                )

    def action_authorize(self):
        """Sign in to the mailbox with what is saved, and list its folders."""
        from ..use_cases import connect

        self._check_may_use()
        self._check_owner()
        if not (self.has_password or self.uses_service_account):
            raise UserError(self.env._("Enter the password first."))
        error = self._attempt(connect.authorize)
        if error:
            self._note_failure(error, state="error")
            return self._failure_notification()
        self.sudo().write(
            {
                "state": "connected",
                "connected_since": self.connected_since or fields.Datetime.now(),
                **self._no_failure(),
            }
        )
        if self.last_sync:
            self._plan_next_sync(fields.Datetime.now())
        return self._notification(
            "success",
            self.env._("%s is connected", self.email),
            self.env._("Choose what to synchronize, then press “Synchronize Now”."),
        )

    def action_refresh_folders(self):
        """Ask the mailbox which contact folders it has."""
        from ..use_cases import connect

        self._check_owner()
        error = self._attempt(connect.refresh_folders)
        if error and self._needs_owner_for(error):
            self._note_failure(error, state="error")
        elif error:
            self._note_failure(error)
        if error:
            return self._failure_notification()
        return self._notification(
            "success", self.env._("The folders are up to date"), ""
        )

    def _create_folder(self, name, parent):
        """Make a contact folder in the mailbox.

        :param name: str
        :param parent: record of ``exchange.folder``; none for the top of the mailbox
        :return: record of ``exchange.folder``
        :raises UserError: it could not be made
        """
        from ..use_cases import connect

        made = []
        error = self._attempt(
            lambda account: made.append(
                connect.create_folder(account, name, parent.sudo().remote_id or "")
            )
        )
        if error:
            sentence = failure_messages.sentence(self.env, error.code)
            raise UserError(self.env._("No folder was created. %s", sentence))
        return self.env["exchange.folder"].browse(made)

    def _attempt(self, operation):
        """Do something with the mailbox as its owner.

        :param operation: function of ``use_cases.connect`` that takes the account
        :return: SyncError, or None when it worked
        """
        try:
            with self.env.cr.savepoint():
                operation(self.with_user(self.user_id))
        except SyncError as error:
            return error
        except psycopg2.Error:
            raise
        except Exception:
            _logger.exception("Exchange account %s: unexpected failure", self.id)
            return SyncError()
        return None

    def _forget_connection(self):
        """Find out again how to connect."""
        self.sudo().write(
            {
                "connection_url": False,
                "connection_auth": False,
                "connection_version": False,
                "server_behavior": False,
            }
        )
