# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from urllib.parse import urlsplit

from cryptography import x509

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.hosts import hosts_of, keeps_secrets
from ..use_cases import (
    check_connection,
    effects,
    mailbox,
    moving,
    passwords,
    registration,
    reminder,
)
from ..use_cases.protocols import PROTOCOLS

CONNECTION_FIELDS = {
    "kind",
    "server_url",
    "allowed_hosts",
    "auth_type",
    "ca_certificate",
}

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
        compute="_compute_service_password",
        inverse="_inverse_service_password",
        copy=False,
        groups="base.group_system",
        help="Stored encrypted and never shown again.",
    )
    service_password_encrypted = fields.Char(
        groups=fields.NO_ACCESS, copy=False, prefetch=False
    )
    has_service_password = fields.Boolean(
        compute="_compute_has_service_password",
        compute_sudo=True,
        groups="base.group_system",
    )
    account_ids = fields.One2many(
        "exchange.account", "provider_id", groups="base.group_system"
    )
    account_count = fields.Integer(
        string="Accounts",
        compute="_compute_account_count",
        groups="base.group_system",
    )

    def _compute_service_password(self):
        self.service_password = False

    def _inverse_service_password(self):
        passwords.keep(self, "service_password", "service_password_encrypted")

    @api.autovacuum
    def _gc_old_keys(self):
        """Encrypt passwords with the server's new key after the key was changed."""
        providers = self.with_context(active_test=False)
        providers = providers.search([("service_password_encrypted", "!=", False)])
        passwords.renew(providers, "service_password_encrypted")

    @api.depends("service_password_encrypted")
    def _compute_has_service_password(self):
        for provider in self:
            provider.has_service_password = bool(provider.service_password_encrypted)

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
            [_tidied(vals, vals.get("kind") or kind) for vals in vals_list]
        )

    def write(self, vals):
        vals = _tidied(vals, vals.get("kind") or self[:1].kind)
        before = registration.places_of(self)
        moved = self.filtered(lambda one: (one.kind, vals.get("kind")) == MOVE)
        result = super().write(vals)
        registration.forget_changed(self, before)
        if CONNECTION_FIELDS & set(vals):
            mailbox.forget_connection(self._all_accounts())
        if moved:
            moving.begin(moved._all_accounts())
            reminder.remind(moved._all_accounts().filtered("move_stage"))
        if "field_rules" in vals:
            effects.look_again(self._all_accounts())
        return result

    def _all_accounts(self):
        accounts = self.env["exchange.account"].sudo().with_context(active_test=False)
        return accounts.search([("provider_id", "in", self.ids)])

    @api.constrains("server_url")
    def _check_server_url(self):
        for provider in self.filtered("server_url"):
            parts = urlsplit(provider.server_url)
            if parts.scheme not in ("https", "http") or not parts.hostname:
                raise ValidationError(
                    self.env._(
                        "“%(url)s” is not an address of a server. It looks like "
                        "%(example)s.",
                        url=provider.server_url,
                        example=PROTOCOLS[provider.kind].example,
                    )
                )
            if parts.username or parts.password:
                raise ValidationError(
                    self.env._(
                        "The server's address must not contain a user name or "
                        "password: all users could read it."
                    )
                )

            if not keeps_secrets(provider.server_url):
                raise ValidationError(
                    self.env._(
                        "“%s” is not encrypted, so passwords could be read on the way. "
                        "Enter an address that begins with https://.",
                        provider.server_url,
                    )
                )

    @api.constrains("allowed_hosts")
    def _check_allowed_hosts(self):
        for provider in self:
            try:
                provider._named_hosts()
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "“%s” is not the name of a host. Enter one host per line, "
                        "such as outlook.example.com, *.example.com or 10.0.0.5.",
                        error,
                    )
                ) from None

    def _named_hosts(self):
        """Return the host names that a connection may use, as a frozenset."""
        return hosts_of(self.allowed_hosts or "")

    @api.constrains("auth_type")
    def _check_auth_type(self):
        if "oauth" in self.mapped("auth_type"):
            raise ValidationError(
                self.env._(
                    "Exchange Server does not support OAuth 2.0 here. Choose "
                    "“Automatic”, Basic or NTLM; for Exchange Online, choose the type "
                    "Microsoft 365."
                )
            )

    @api.constrains("ca_certificate")
    def _check_ca_certificate(self):
        for provider in self.filtered("ca_certificate"):
            try:
                x509.load_pem_x509_certificates(provider.ca_certificate.encode())
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "The trusted certificate cannot be read. Paste it in PEM "
                        "form, from “-----BEGIN CERTIFICATE-----” to “-----END "
                        "CERTIFICATE-----”."
                    )
                ) from None

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


def _tidied(vals, kind):
    """Replace a bare host name by the address Exchange usually has on that host."""
    url = (vals.get("server_url") or "").strip()
    if url and "://" not in url:
        host, slash, path = url.partition("/")
        usual = PROTOCOLS[kind].path if kind in PROTOCOLS else ""
        url = f"https://{host}{slash + path if path else usual}"
    return {**vals, "server_url": url} if "server_url" in vals else vals
