# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core.errors import SyncError
from ..use_cases import (
    failure_messages,
    feedback,
    first_provider,
    mailbox,
    menu,
    rights,
)


class _Refused(Exception):
    """The mailbox could not be connected; the attempt is rolled back.

    :param answer: what signing in returned
    """

    def __init__(self, code, answer):
        super().__init__()
        self.code = code
        self.answer = answer


class ExchangeAddAccount(models.TransientModel):
    """The dialog that connects a mailbox.

    The account is created only after the mail server accepted the credentials. Until
    then the dialog holds the values that were entered, except the password: the button
    passes it as an argument, and only the account stores it.
    """

    _name = "exchange.add.account"
    _inherit = ["exchange.relations.mixin", "exchange.credentials.mixin"]
    _description = "Add an Exchange Account"

    provider_id = fields.Many2one(
        "exchange.provider",
        string="Mail Provider",
        default=lambda self: self.env["exchange.account"]._default_provider_id(),
    )
    has_providers = fields.Boolean(default=lambda self: self._has_providers())
    may_create_provider = fields.Boolean(compute="_compute_administrators")
    administrators = fields.Char(
        compute="_compute_administrators",
        help="Names of users who may create a mail provider.",
    )
    import_problem = fields.Text(compute="_compute_import_problem")
    email = fields.Char(
        string="E-mail", required=True, default=lambda self: self.env.user.email
    )
    other_username = fields.Boolean(
        string="My user name is not the e-mail address",
    )
    username = fields.Char(string="User Name")
    message = fields.Text(readonly=True)
    signed_in_as = fields.Char(
        readonly=True,
        help="The address of the user who signed in with Microsoft, if the mailbox "
        "that was named is another one.",
    )
    shared = fields.Boolean(
        help="The mailbox is shared with the user, who signs in with another address.",
    )
    existing_id = fields.Many2one("exchange.account", readonly=True)
    account_id = fields.Many2one("exchange.account", readonly=True)
    cancelled_attempt = fields.Char(
        readonly=True,
        help="The key of the last attempt to sign in that the user cancelled.",
    )

    @api.model
    def _has_providers(self):
        return bool(self.env["exchange.provider"].search_count([], limit=1))

    @api.depends("has_providers")
    @api.depends_context("uid")
    def _compute_administrators(self):
        for dialog in self:
            dialog.may_create_provider = first_provider.may_create(self.env)
            dialog.administrators = first_provider.names_of_administrators(self.env)

    @api.depends_context("uid", "lang")
    def _compute_import_problem(self):
        for dialog in self:
            dialog.import_problem = rights.lacks_right_to_contacts(
                self.env, self.env.user
            )

    def action_authorize(self, password="", attempt=""):
        """Sign in; on failure show why and keep all values except the password.

        If the user cancels meanwhile, two transactions write this row, and Odoo calls
        the method of the later one again: either this one, which then does nothing, or
        :meth:`action_cancel_attempt`, which then finds the account.

        :param password: str, "" with a service account
        :param attempt: str, its key for :meth:`action_cancel_attempt`
        :return: action: this dialog again, the notification, or ``feedback.no_answer``
        """
        self.ensure_one()
        rights.check_may_use(self.env)
        if attempt and self.cancelled_attempt == attempt:
            return False
        if self._is_connected_already():
            return self._again()
        if not (password or self.uses_service_account):
            raise UserError(self.env._("Enter the password first."))
        try:
            with self.env.cr.savepoint():
                account = self._attempt(password)
        except _Refused as refused:
            if not refused.code:
                return refused.answer
            code, kind = refused.code, self.provider_id.kind
            self.message = failure_messages.sentence(self.env, code, kind=kind)
            return self._again()
        self.account_id = account
        return self._again() if self._address_is_new() else self._show_account()

    def action_cancel_attempt(self, attempt):
        """Have an attempt to sign in connect nothing, even if it is still running.

        :param attempt: str
        """
        self.ensure_one()
        self.cancelled_attempt = attempt
        self.account_id.filtered(lambda one: not one.last_sync).unlink()

    def _is_connected_already(self):
        """Check what was entered, and clear the result of an earlier attempt.

        :return: bool, whether the user has an account for the mailbox
        """
        # Write this row only if necessary: it stays locked during the requests to the
        # mail server, and a cancellation would have to wait.
        before = ("message", "existing_id", "signed_in_as")
        if any(self[name] for name in before):
            self.write(dict.fromkeys(before, False))
        if not self.provider_id:
            raise UserError(self.env._("Choose a mail provider."))
        vals = {"email": self.email, "provider_id": self.provider_id}
        own = menu.own_accounts(self.env)
        existing = own - mailbox.changing(own, vals)
        if existing:
            self.existing_id = existing[0]
        return bool(existing)

    def action_sign_in(self):
        """Go to Microsoft's page to sign in to the mailbox.

        :return: action: that page, or this dialog again
        """
        self.shared = False
        return self._sign_in(self.email)

    def action_sign_in_as_other(self):
        """Sign in with another account than the one the browser remembers."""
        self.shared = False
        return self._sign_in(self.email, choose=True)

    def action_connect_signed_in(self):
        """Connect the mailbox of the user who signed in, instead of the named one."""
        if not self.signed_in_as:
            raise UserError(self.env._("Sign in with Microsoft first."))
        self.write({"email": self.signed_in_as, "shared": False})
        return self._sign_in(self.email)

    def action_connect_shared(self):
        """Connect the named mailbox, which is shared with the user who signed in."""
        if not self.signed_in_as:
            raise UserError(self.env._("Sign in with Microsoft first."))
        self.shared = True
        return self._sign_in(self.signed_in_as)

    def action_enter_again(self):
        """Show the entered values again, and forget who signed in."""
        self.ensure_one()
        self.write({"signed_in_as": False, "shared": False})
        return self._again()

    def _sign_in(self, address, choose=False):
        """Begin a sign-in, and redirect the user to Microsoft's page.

        :param address: str, of the user
        :param choose: bool, have the user choose with which account
        """
        from ..use_cases import microsoft

        self.ensure_one()
        rights.check_may_use(self.env)
        if self._is_connected_already():
            return self._again()
        if not self.signs_in_with_microsoft:
            raise UserError(self.env._("This mail provider needs a password."))
        try:
            options = {"shared": self.shared, "choose": choose}
            url = microsoft.begin(self, address, **options)
        except SyncError as error:
            sentence = failure_messages.sentence(self.env, error.code, kind="graph")
            self.message = sentence
            return self._again()
        return feedback.to_page(url)

    def action_continue(self):
        """Show the dialog after a sign-in, or the notification that ends it."""
        self.ensure_one()
        self.check_access("read")
        if self.account_id and not self._address_is_new():
            return self._show_account()
        return self._again()

    def _create_account(self, **values):
        """Create the account, which is not connected yet.

        :return: record of ``exchange.account``
        """
        vals = {"provider_id": self.provider_id.id, "email": self.email, **values}
        return self.env["exchange.account"].create(vals)

    def _attempt(self, password):
        """Create the account and sign in to its mailbox.

        :param password: str
        :return: record of ``exchange.account``, connected
        :raises _Refused: the mailbox could not be connected
        """
        username = self.other_username and self.username
        account = self._create_account(username=username, password=password)
        answer = account.action_authorize()
        if account.state != "connected":
            raise _Refused(account.message_code, answer)
        return account

    def _address_is_new(self):
        """Return whether the user's contact lacks the address."""
        partner = self.env.user.partner_id
        known = [partner.email, *partner.communication_ids.mapped("value")]
        return self.email.strip().lower() not in [(one or "").lower() for one in known]

    def action_keep_address(self):
        """Add the address to the user's own contact.

        Users may change their own contact's address in their preferences, so they may
        also add one here.
        """
        self.ensure_one()
        partner = self._of_account().user_id.partner_id.sudo()
        if not self._address_is_new():
            return self._show_account()
        if not partner.email:
            partner.email = self.email.strip()
        else:
            partner.env["res.partner.communication"].create(
                {"partner_id": partner.id, "kind": "email", "value": self.email}
            )
        return self._show_account()

    def action_leave_address(self):
        """Leave the user's contact unchanged."""
        return self._show_account()

    def action_open_existing(self):
        """Open the settings of the existing account."""
        if not self.existing_id:
            raise UserError(self.env._("This mailbox is not connected yet."))
        return menu.settings_of(self.existing_id)

    def _of_account(self):
        account = self.account_id
        if not account:
            raise UserError(self.env._("Connect the mailbox first."))
        rights.check_owner(account)
        return account

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add Account for Synchronization"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _show_account(self):
        account = self._of_account()
        return {
            "type": "ir.actions.client",
            "tag": "exchange_contact_sync.account_added",
            "params": {
                "account": account.id,
                "title": self.env._("%s is connected", account.email),
                "message": self.env._(
                    "Choose which contacts to import and which to export, then "
                    "synchronize."
                ),
                "button": self.env._("Open settings"),
                "settings": menu.settings_of(account),
            },
        }
