# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Use the application that an administrator registered in Microsoft Entra."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msal

from ..core.errors import AnswerMalformed
from ..core.handles import SecretHandle, hold, reveal
from . import certificate
from .clouds import Cloud
from .errors import SecretWrong, TenantUnknown
from .http import HttpClient

_TENANT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class _NoCache(msal.TokenCache):
    """A cache that keeps no tokens. MSAL's own cache writes codes and PKCE verifiers to
    the log.
    """

    def add(self, event: dict[str, object], now: int | None = None) -> None:
        """Do nothing with new tokens; called by MSAL."""


@dataclass(frozen=True)
class Application:
    """An application, and how it proves its identity: by a secret or a certificate.

    :param tenant: id or domain of the organization; "organizations" for any
    :param certificate: in PEM; "" if there is a secret
    :param private_key: of the certificate, in PEM without a passphrase
    :param ca_certificate: certificates in PEM of an authority to trust in addition to
        the usual ones, for a proxy that decrypts; "" for none
    """

    client_id: str
    tenant: str
    cloud: Cloud
    secret: SecretHandle = field(default_factory=lambda: hold(""))
    certificate: str = ""
    private_key: SecretHandle = field(default_factory=lambda: hold(""))
    ca_certificate: str = field(default="", repr=False)

    @property
    def authority(self) -> str:
        """Return the URL with which all addresses of the sign-in begin.

        :raises TenantUnknown: the tenant is not a name that can be part of a URL
        """
        tenant = self.tenant.strip()
        if not _TENANT.fullmatch(tenant):
            raise TenantUnknown(f"{tenant!r} is not a tenant.")
        return f"{self.cloud.login.rstrip('/')}/{tenant}"

    def scopes(self, *permissions: str) -> list[str]:
        """Return permissions of Graph by their full names in this cloud."""
        return [f"{self.cloud.graph.rstrip('/')}/{one}" for one in permissions]


@contextmanager
def opened(
    application: Application, timeout: float = 30.0
) -> Iterator[msal.ConfidentialClientApplication]:
    """Return MSAL's client for a few requests, after OpenID discovery.

    :param timeout: seconds to wait for the beginning of each answer
    :raises TenantUnknown: there is no such organization in this cloud
    :raises SecretWrong: neither a secret nor a usable certificate is given
    :raises SecretExpired: the certificate has expired
    :raises SyncError: there is no usable answer
    """
    authority = application.authority
    credential = _credential(application)
    http = HttpClient(application.cloud.login, application.ca_certificate, timeout)
    try:
        yield _client(application.client_id, credential, authority, http)
    finally:
        http.close()


def _client(
    client_id: str, credential: object, authority: str, http: HttpClient
) -> msal.ConfidentialClientApplication:
    try:
        return msal.ConfidentialClientApplication(
            client_id,
            client_credential=credential,
            authority=authority,
            token_cache=_NoCache(),
            http_client=http,
            # The hosts are known from the provider's cloud, so MSAL need not ask
            # whether they belong to Microsoft.
            instance_discovery=False,
            # Otherwise MSAL_FORCE_REGION would decide where secrets are sent.
            azure_region=False,
        )
    except KeyError as error:
        raise AnswerMalformed(f"OpenID discovery lacks {error}.") from None


def _credential(application: Application) -> str | dict[str, str]:
    """Return what proves the application's identity, as MSAL takes it.

    :raises SecretWrong: there is nothing, or it cannot be used
    :raises SecretExpired: the certificate has expired
    """
    if application.certificate:
        key = reveal(application.private_key)
        certificate.check(application.certificate, key)
        return {"private_key": key, "public_certificate": application.certificate}
    secret = reveal(application.secret)
    if not secret:
        raise SecretWrong("Neither a client secret nor a certificate with its key.")
    return secret
