# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..core.hosts import hosts_of
from ..use_cases import (
    check_connection,
    mailbox,
    moving,
    passwords,
    provider_values,
    registration,
    reminder,
    reprocessing,
)

CONNECTION_FIELDS = {
    *("kind", "server_url", "allowed_hosts", "auth_type", "ca_certificate"),
}

SECRETS = {
    "service_password": "service_password_encrypted",
    "client_secret": "client_secret_encrypted",
    "private_key": "private_key_encrypted",
}
"""Fields in which secrets are entered, and those that store them encrypted."""

MOVE = ("ews", "graph")
"""Kinds between which accounts keep their links."""


class ExchangeProvider(models.Model):
    """Where and how to connect to a mail server; maintained by administrators."""

    _name = "exchange.provider"
    _inherit = [
        "exchange.relations.mixin",
        "exchange.field.rules.mixin",
        "exchange.secret.fields.mixin",
    ]
    _description = "Exchange Mail Provider"
    _order = "sequence, name, id"

    name = fields.Char(string="Provider Name", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("ews", "Exchange Server (EWS)"),
            ("graph", "Microsoft 365, Exchange Online (Microsoft Graph)"),
        ],
        string="Type",
        required=True,
        default="ews",
    )
    server_url = fields.Char(
        string="Server Address",
        groups="base.group_system",
        help="Address of the mail server, as its administrator gives it. Leave it "
        "empty to have the server found from each user's e-mail address.",
    )
    allowed_hosts = fields.Text(
        groups="base.group_system",
        help="Hosts that Odoo may connect to besides the server address, one per line, "
        "such as outlook.example.com, *.example.com or 10.0.0.5. Without a server "
        "address, Odoo connects only to hosts on the Internet that belong to the "
        "domain of the user's e-mail address.",
    )
    auth_type = fields.Selection(
        [
            ("auto", "Automatic"),
            ("basic", "Basic"),
            ("ntlm", "NTLM"),
            ("oauth", "OAuth 2.0"),
        ],
        string="Authentication",
        required=True,
        default="auto",
        groups="base.group_system",
        help="How users sign in to the server. “Automatic” asks the server what it "
        "supports.",
    )
    ca_certificate = fields.Text(
        string="Trusted Certificate",
        groups="base.group_system",
        help="Certificate (PEM) of the authority that signed the mail server's own "
        "certificate, if that authority is not a public one.",
    )
    service_username = fields.Char(
        string="Service Account",
        groups="base.group_system",
        help="User name of a service account with the right to impersonate users. "
        "With one, users need no password of their own. Leave it empty when each "
        "user signs in.",
    )
    service_password = fields.Char(
        compute="_compute_secrets",
        inverse="_inverse_service_password",
        copy=False,
        groups="base.group_system",
        help="Stored encrypted and never shown again.",
    )
    service_password_encrypted = fields.Char(
        groups=fields.NO_ACCESS, copy=False, prefetch=False
    )
    has_service_password = fields.Boolean(
        compute="_compute_has_secrets",
        compute_sudo=True,
        groups="base.group_system",
    )
    cloud = fields.Selection(
        [
            ("worldwide", "Worldwide"),
            ("us_government", "US Government"),
            ("us_defense", "US Government (DoD)"),
            ("china", "China (21Vianet)"),
            ("other", "Another cloud"),
        ],
        default="worldwide",
        groups="base.group_system",
        help="The cloud that the organization is in. Nearly all are in the worldwide "
        "one.",
    )
    login_url = fields.Char(
        string="Sign-in Address",
        groups="base.group_system",
        help="Where users of this cloud sign in, without a path, such as "
        "https://login.microsoftonline.com. The application's secret is sent there.",
    )
    graph_url = fields.Char(
        string="Graph Address",
        groups="base.group_system",
        help="Where Microsoft Graph of this cloud is, without a path, such as "
        "https://graph.microsoft.com.",
    )
    tenant = fields.Char(
        string="Directory (tenant) ID",
        groups="base.group_system",
        help="Of your organization in Microsoft Entra: an ID, or a domain such as "
        "example.onmicrosoft.com.",
    )
    client_id = fields.Char(
        string="Application (client) ID",
        groups="base.group_system",
        help="Of the application that you registered in Microsoft Entra for this Odoo.",
    )
    access = fields.Selection(
        [
            ("user", "Each user signs in with Microsoft"),
            ("application", "The application opens all mailboxes"),
        ],
        default="user",
        groups="base.group_system",
        help="If the application opens all mailboxes, users need not sign in, and each "
        "can connect the mailbox whose address is their login.",
    )
    client_secret = fields.Char(
        compute="_compute_secrets",
        inverse="_inverse_client_secret",
        copy=False,
        groups="base.group_system",
        help="The value of the secret, not its ID. Stored encrypted and never shown "
        "again.",
    )
    client_secret_encrypted = fields.Char(
        groups=fields.NO_ACCESS, copy=False, prefetch=False
    )
    has_client_secret = fields.Boolean(
        compute="_compute_has_secrets",
        compute_sudo=True,
        groups="base.group_system",
    )
    client_certificate = fields.Text(
        string="Certificate",
        groups="base.group_system",
        help="Instead of a client secret: the certificate (PEM) that is uploaded to "
        "the application in Microsoft Entra.",
    )
    private_key = fields.Text(
        compute="_compute_secrets",
        inverse="_inverse_private_key",
        copy=False,
        groups="base.group_system",
        help="The private key (PEM) of the certificate, without a passphrase. Stored "
        "encrypted and never shown again.",
    )
    private_key_encrypted = fields.Text(
        groups=fields.NO_ACCESS, copy=False, prefetch=False
    )
    has_private_key = fields.Boolean(
        compute="_compute_has_secrets",
        compute_sudo=True,
        groups="base.group_system",
    )
    redirect_uri = fields.Char(
        string="Redirect Address",
        compute="_compute_redirect_uri",
        groups="base.group_system",
        help="Register it with the application in Microsoft Entra, as a redirect URI "
        "of the platform “Web”.",
    )

    account_ids = fields.One2many(
        "exchange.account", "provider_id", groups="base.group_system"
    )
    account_count = fields.Integer(
        string="Accounts",
        compute="_compute_account_count",
        groups="base.group_system",
    )

    def _compute_secrets(self):
        for key in SECRETS:
            self[key] = False

    def _inverse_service_password(self):
        passwords.keep(self, "service_password", SECRETS["service_password"])

    def _inverse_client_secret(self):
        passwords.keep(self, "client_secret", SECRETS["client_secret"])

    def _inverse_private_key(self):
        passwords.keep(self, "private_key", SECRETS["private_key"])

    @api.autovacuum
    def _gc_old_keys(self):
        """Encrypt secrets with the server's new key after the key was changed."""
        providers = self.with_context(active_test=False)
        for column in SECRETS.values():
            passwords.renew(providers.search([(column, "!=", False)]), column)

    @api.depends(*SECRETS.values())
    def _compute_has_secrets(self):
        for provider in self:
            for key, column in SECRETS.items():
                provider[f"has_{key}"] = bool(provider[column])

    @api.depends("kind")
    def _compute_redirect_uri(self):
        self.redirect_uri = registration.redirect_uri(self.env)

    @api.depends("account_ids")
    def _compute_account_count(self):
        counts = dict(
            self.env["exchange.account"]._read_group(
                [("provider_id", "in", self.ids)], ["provider_id"], ["__count"]
            )
        )
        for provider in self:
            provider.account_count = counts.get(provider, 0)

    @api.model_create_multi
    def create(self, vals_list):
        kind = self.default_get(["kind"]).get("kind")
        return super().create(
            [
                provider_values.tidied(vals, vals.get("kind") or kind)
                for vals in vals_list
            ]
        )

    def write(self, vals):
        vals = provider_values.tidied(vals, vals.get("kind") or self[:1].kind)
        before = registration.bindings_of(self)
        moved = self.filtered(lambda one: (one.kind, vals.get("kind")) == MOVE)
        returned = self.filtered(lambda one: (vals.get("kind"), one.kind) == MOVE)
        result = super().write(vals)
        registration.forget_changed(self, before)
        if CONNECTION_FIELDS & set(vals):
            mailbox.forget_connection(self._all_accounts())
        if moved:
            moving.begin(moved._all_accounts())
            reminder.remind(moved._all_accounts().filtered("move_stage"))
        if returned:
            moving.move_back(returned._all_accounts())
        if "field_rules" in vals:
            reprocessing.decide_again(self._all_accounts())
        return result

    def _all_accounts(self):
        accounts = self.env["exchange.account"].sudo().with_context(active_test=False)
        return accounts.search([("provider_id", "in", self.ids)])

    @api.constrains("server_url")
    def _check_server_url(self):
        for provider in self.filtered("server_url"):
            provider_values.check_server_url(provider)

    @api.constrains("allowed_hosts")
    def _check_allowed_hosts(self):
        for provider in self:
            provider_values.check_hosts(provider)

    @api.constrains("auth_type")
    def _check_auth_type(self):
        for provider in self:
            provider_values.check_sign_in(provider)

    @api.constrains("ca_certificate")
    def _check_ca_certificate(self):
        for provider in self.filtered("ca_certificate"):
            provider_values.check_trusted_certificate(provider)

    @api.constrains("client_certificate")
    def _check_client_certificate(self):
        for provider in self.filtered("client_certificate"):
            provider_values.check_own_certificate(provider)

    @api.constrains("kind", "cloud", "login_url", "graph_url")
    def _check_cloud(self):
        for provider in self.filtered(_is_in_the_cloud):
            provider_values.check_cloud(provider)

    @api.constrains("kind", "client_id")
    def _check_client_id(self):
        for provider in self.filtered(_is_in_the_cloud):
            provider_values.check_client_id(provider)

    @api.constrains("kind", "access", "tenant")
    def _check_tenant(self):
        for provider in self.filtered(_is_in_the_cloud):
            provider_values.check_tenant(provider)

    def _named_hosts(self):
        """Return the host names that a connection may use, as a frozenset."""
        return hosts_of(self.allowed_hosts or "")

    def _opens_all_mailboxes(self):
        """Return whether users need no credentials of their own."""
        provider = self.sudo()
        if _is_in_the_cloud(provider):
            return provider.access == "application"
        return bool(provider.service_username)

    def action_open_accounts(self):
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "exchange_contact_sync.exchange_account_action_all"
        )
        return {**action, "domain": [("provider_id", "=", self.id)]}

    def action_test(self):
        """Test the connection to the server, and show which steps succeed.

        :return: action, the dialog with the result, or with the fields to fill in first
        """
        self.ensure_one()
        self.check_access("write")
        test = self.env["exchange.provider.test"].create({"provider_id": self.id})
        if check_connection.uses_autodiscover(self):
            return test._again()
        return test.action_test()


def _is_in_the_cloud(provider):
    return provider.kind == "graph"
