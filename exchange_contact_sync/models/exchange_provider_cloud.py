# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from urllib.parse import urlsplit
from uuid import UUID

from cryptography import x509

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..core.hosts import keeps_secrets
from ..use_cases import passwords, registration


class ExchangeProvider(models.Model):
    """The application in Microsoft Entra that reaches mailboxes in the cloud."""

    _inherit = "exchange.provider"

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
        compute="_compute_application_secrets",
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
        compute="_compute_has_application_secrets",
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
        compute="_compute_application_secrets",
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
        compute="_compute_has_application_secrets",
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

    def _compute_application_secrets(self):
        self.client_secret = False
        self.private_key = False

    def _inverse_client_secret(self):
        passwords.keep(self, "client_secret", "client_secret_encrypted")

    def _inverse_private_key(self):
        passwords.keep(self, "private_key", "private_key_encrypted")

    @api.depends("client_secret_encrypted", "private_key_encrypted")
    def _compute_has_application_secrets(self):
        for provider in self:
            provider.has_client_secret = bool(provider.client_secret_encrypted)
            provider.has_private_key = bool(provider.private_key_encrypted)

    @api.depends("kind")
    def _compute_redirect_uri(self):
        self.redirect_uri = registration.redirect_uri(self.env)

    def _opens_all_mailboxes(self):
        """Return whether users need no credentials of their own."""
        provider = self.sudo()
        if provider.kind == "graph":
            return provider.access == "application"
        return bool(provider.service_username)

    @api.autovacuum
    def _gc_old_application_keys(self):
        """Encrypt secrets with the server's new key after the key was changed."""
        providers = self.with_context(active_test=False)
        for column in ("client_secret_encrypted", "private_key_encrypted"):
            passwords.renew(providers.search([(column, "!=", False)]), column)

    @api.constrains("kind", "cloud", "login_url", "graph_url")
    def _check_cloud(self):
        others = self.filtered(lambda one: one.kind == "graph" and one.cloud == "other")
        for provider in others:
            for url in (provider.login_url, provider.graph_url):
                if not _is_root(url or ""):
                    raise ValidationError(
                        self.env._(
                            "“%s” is not the address of a cloud. Enter a sign-in "
                            "address and a Graph address that begin with https:// and "
                            "have no path.",
                            url or "",
                        )
                    )

    @api.constrains("kind", "client_id")
    def _check_client_id(self):
        for provider in self.filtered(lambda one: one.kind == "graph"):
            try:
                UUID((provider.client_id or "").strip())
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "“%s” is not a client ID. Copy “Application (client) ID” from "
                        "the overview of the app registration.",
                        provider.client_id or "",
                    )
                ) from None

    @api.constrains("kind", "access", "tenant")
    def _check_tenant(self):
        for provider in self.filtered(lambda one: one.kind == "graph"):
            tenant = (provider.tenant or "").strip().lower()
            if not tenant:
                raise ValidationError(self.env._("Enter the directory (tenant) ID."))
            if provider.access == "application" and tenant in registration.ANY:
                raise ValidationError(
                    self.env._(
                        "An application opens mailboxes of one organization only. "
                        "Enter its directory (tenant) ID instead of “%s”.",
                        tenant,
                    )
                )

    @api.constrains("client_certificate")
    def _check_client_certificate(self):
        for provider in self.filtered("client_certificate"):
            try:
                x509.load_pem_x509_certificate(provider.client_certificate.encode())
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "The certificate of the application cannot be read. Paste it "
                        "in PEM form, from “-----BEGIN CERTIFICATE-----” to “-----END "
                        "CERTIFICATE-----”."
                    )
                ) from None


def _is_root(url):
    parts = urlsplit(url)
    bare = (parts.path.strip("/"), parts.query, parts.fragment, parts.username)
    return bool(parts.hostname and keeps_secrets(url) and not any(bare))
