# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check what administrators enter about a mail provider.

Each check takes one record of ``exchange.provider`` and raises ``ValidationError`` with
what is wrong and what to enter instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from cryptography import x509

from odoo.exceptions import ValidationError

from ..core.hosts import hosts_of, keeps_secrets
from . import registration
from .protocols import PROTOCOLS

if TYPE_CHECKING:
    from odoo.models import BaseModel


def tidied(vals: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Replace a bare host name by the address Exchange usually has on that host.

    :param kind: of the provider that has the values
    """
    url = (vals.get("server_url") or "").strip()
    if url and "://" not in url:
        host, slash, path = url.partition("/")
        usual = PROTOCOLS[kind].path if kind in PROTOCOLS else ""
        url = f"https://{host}{slash + path if path else usual}"
    return {**vals, "server_url": url} if "server_url" in vals else dict(vals)


def check_server_url(provider: BaseModel) -> None:
    """Check that the server's address names a host and is encrypted."""
    url = provider.server_url
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValidationError(
            provider.env._(
                "“%(url)s” is not an address of a server. It looks like %(example)s.",
                url=url,
                example=PROTOCOLS[provider.kind].example,
            )
        )
    if parts.username or parts.password:
        raise ValidationError(
            provider.env._(
                "The server's address must not contain a user name or password: all "
                "users could read it."
            )
        )
    if not keeps_secrets(url):
        raise ValidationError(
            provider.env._(
                "“%s” is not encrypted, so passwords could be read on the way. Enter "
                "an address that begins with https://.",
                url,
            )
        )


def check_hosts(provider: BaseModel) -> None:
    """Check that each allowed host is a name, a pattern or an IP address."""
    try:
        hosts_of(provider.allowed_hosts or "")
    except ValueError as error:
        raise ValidationError(
            provider.env._(
                "“%s” is not the name of a host. Enter one host per line, such as "
                "outlook.example.com, *.example.com or 10.0.0.5.",
                error,
            )
        ) from None


def check_sign_in(provider: BaseModel) -> None:
    """Check that the addon supports the server's authentication."""
    if provider.auth_type == "oauth":
        raise ValidationError(
            provider.env._(
                "Exchange Server does not support OAuth 2.0 here. Choose “Automatic”, "
                "Basic or NTLM; for Exchange Online, choose the type Microsoft 365."
            )
        )


def check_trusted_certificate(provider: BaseModel) -> None:
    """Check that the trusted certificates can be read."""
    try:
        x509.load_pem_x509_certificates(provider.ca_certificate.encode())
    except ValueError:
        raise ValidationError(
            provider.env._(
                "The trusted certificate cannot be read. Paste it in PEM form, from "
                "“-----BEGIN CERTIFICATE-----” to “-----END CERTIFICATE-----”."
            )
        ) from None


def check_own_certificate(provider: BaseModel) -> None:
    """Check that the certificate of the application can be read."""
    try:
        x509.load_pem_x509_certificate(provider.client_certificate.encode())
    except ValueError:
        raise ValidationError(
            provider.env._(
                "The certificate of the application cannot be read. Paste it in PEM "
                "form, from “-----BEGIN CERTIFICATE-----” to “-----END "
                "CERTIFICATE-----”."
            )
        ) from None


def check_cloud(provider: BaseModel) -> None:
    """Check that another cloud has two addresses, each a host reached by https."""
    if provider.cloud != "other":
        return
    for url in (provider.login_url, provider.graph_url):
        if not _is_root(url or ""):
            raise ValidationError(
                provider.env._(
                    "“%s” is not the address of a cloud. Enter a sign-in address and "
                    "a Graph address that begin with https:// and have no path.",
                    url or "",
                )
            )


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    bare = (parts.path.strip("/"), parts.query, parts.fragment, parts.username)
    return bool(parts.hostname and keeps_secrets(url) and not any(bare))


def check_client_id(provider: BaseModel) -> None:
    """Check that the client ID has the form that Microsoft Entra gives to
    applications.
    """
    try:
        UUID((provider.client_id or "").strip())
    except ValueError:
        raise ValidationError(
            provider.env._(
                "“%s” is not a client ID. Copy “Application (client) ID” from the "
                "overview of the app registration.",
                provider.client_id or "",
            )
        ) from None


def check_tenant(provider: BaseModel) -> None:
    """Check that an organization is named, and a single one if the application opens
    mailboxes.
    """
    tenant = (provider.tenant or "").strip().lower()
    if not tenant:
        raise ValidationError(provider.env._("Enter the directory (tenant) ID."))
    if provider.access == "application" and tenant in registration.ANY:
        raise ValidationError(
            provider.env._(
                "An application opens mailboxes of one organization only. Enter its "
                "directory (tenant) ID instead of “%s”.",
                tenant,
            )
        )
