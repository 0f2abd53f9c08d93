# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide whose password is used, for which server, and at whose request.

Only this module reads saved passwords from the database, as handles. A password is
bound to its record and to the server it was entered for: if the address is changed
later, or the value is copied to another record, the password is not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..core.errors import NeedsTheUser, ServerNotFound
from ..core.handles import SecretHandle, hold
from ..ews.connection.endpoint import endpoint_of
from ..sign_in.clouds import CLOUDS, Cloud
from ..storage import secret

if TYPE_CHECKING:
    from odoo.models import BaseModel


class ServicePasswordLost(NeedsTheUser):
    """The service account's password cannot be used; an administrator corrects it."""

    code = "service_password_lost"


class ApplicationSecretLost(NeedsTheUser):
    """The application's secret or private key cannot be used; an administrator enters
    it again."""

    code = "application_secret_lost"


class NotOwnMailbox(NeedsTheUser):
    """The service account would open a mailbox that is not the owner's."""

    code = "not_own_mailbox"


def bound_to(record: BaseModel) -> str:
    """Identify what the secrets of a record may be used for.

    :param record: record of ``exchange.account`` or ``exchange.provider``, with the
        rights to read where the provider leads
    :return: the record and the server. A server is identified by its scheme, host and
        port, or by the domain of the address that Autodiscover starts from; a cloud by
        its hosts, the organization and the application, and for an account also by the
        mailbox
    """
    account = record._name == "exchange.account"
    provider = record.provider_id if account else record
    if provider.kind == "graph":
        mailbox = f" {record.email.strip().lower()}" if account else ""
        return f"{record._name},{record.id} {_application(provider)}{mailbox}"
    domain = record.email.rpartition("@")[2].strip().lower() if account else ""
    return f"{record._name},{record.id} {_server(provider.server_url or '', domain)}"


def _server(url: str, domain: str) -> str:
    try:
        found = endpoint_of(url) if url.strip() else None
    except ServerNotFound:
        return url.strip()
    if not found:
        return f"autodiscover:{domain}"
    parts = urlsplit(found.url)
    return f"{parts.scheme}://{parts.netloc}"


def cloud_of(provider: BaseModel) -> Cloud:
    """Return the cloud of a provider.

    :param provider: record of ``exchange.provider`` as superuser
    """
    known = CLOUDS.get(provider.cloud)
    return known or Cloud(provider.login_url or "", provider.graph_url or "")


def graph_of(provider: BaseModel) -> str:
    """Return the URL of Microsoft Graph with its version.

    :param provider: record of ``exchange.provider`` as superuser
    """
    return f"{cloud_of(provider).graph.rstrip('/')}/v1.0"


def _application(provider: BaseModel) -> str:
    """Identify the registered application, and the hosts that get its secrets."""
    cloud = cloud_of(provider)
    names = (cloud.login, cloud.graph, provider.tenant, provider.client_id)
    return " ".join((name or "-").strip().lower() for name in names)


def of_application(provider: BaseModel) -> dict[str, Any]:
    """Return the credentials of a provider's application.

    :param provider: record of ``exchange.provider`` as superuser
    :return: the part of ``Application`` that proves who it is
    :raises ApplicationSecretLost: a saved secret cannot be used
    :raises KeyUnusable: the configured key is not valid
    """
    if provider.client_certificate:
        key = _of_application(provider, "private_key_encrypted")
        return {"certificate": provider.client_certificate, "private_key": key}
    return {"secret": _of_application(provider, "client_secret_encrypted")}


def _of_application(provider: BaseModel, name: str) -> SecretHandle:
    token = provider[name]
    try:
        return secret.handle(token, bound_to(provider)) if token else hold("")
    except (secret.KeyLost, secret.SavedForAnother):
        raise ApplicationSecretLost() from None


def mailbox_of_application(account: BaseModel) -> str:
    """Return the address of the mailbox that an application opens for a user.

    :param account: record of ``exchange.account`` as superuser
    :raises NotOwnMailbox: it is not the owner's
    """
    _check_own_mailbox(account)
    address: str = account.email
    return address.strip()


def of_account(account: BaseModel) -> dict[str, Any]:
    """Return the credentials for the mailbox of an account.

    :param account: record of ``exchange.account`` as superuser
    :return: the part of ``Settings`` that says who signs in
    :raises NotOwnMailbox: the service account is not for this mailbox
    :raises SyncError: the saved password cannot be used
    """
    provider = account.provider_id
    if provider.service_username:
        _check_own_mailbox(account)
        return service_account(provider)
    own = account.password_encrypted
    return {
        "username": account.username or account.email,
        "password": secret.handle(own, bound_to(account)) if own else "",
    }


def for_test(provider: BaseModel, username: str, password: str) -> dict[str, Any]:
    """Return the credentials with which an administrator tests a provider's server.

    :param provider: record of ``exchange.provider`` as the administrator
    :param username: "" when it is the address
    :param password: "" not to sign in
    :return: as of :func:`of_account`
    :raises AccessError: the user is not an administrator
    :raises SyncError: the saved password cannot be used
    """
    provider.check_access("write")
    provider = provider.sudo()
    if provider.service_username:
        return service_account(provider)
    return {"username": username, "password": password}


def sealed_address(account: BaseModel, url: str) -> str:
    """Encrypt the address at which a mailbox was found: passwords are sent there, so no
    user may replace it.

    :param account: record of ``exchange.account``
    :raises KeyUnusable: the configured key is not valid
    """
    return secret.encrypt(url, _address_of(account))


def known_address(account: BaseModel) -> str:
    """Decrypt the result of :func:`sealed_address`; "" if the server must be found.

    :param account: record of ``exchange.account`` as superuser
    """
    try:
        return secret.decrypt(account.connection_url or "", _address_of(account))
    except (secret.KeyLost, secret.SavedForAnother):
        return ""


def _address_of(account: BaseModel) -> str:
    return f"address {bound_to(account.sudo())}"


def service_account(provider: BaseModel) -> dict[str, Any]:
    """Return the credentials of the service account. Callers check the user's rights
    before.

    :param provider: record of ``exchange.provider`` as superuser
    :return: as of :func:`of_account`
    :raises KeyUnusable: the configured key is not valid
    :raises ServicePasswordLost: the saved password cannot be used
    """
    token = provider.service_password_encrypted or ""
    try:
        password = secret.handle(token, bound_to(provider))
    except (secret.KeyLost, secret.SavedForAnother):
        raise ServicePasswordLost() from None
    return {
        "impersonator_username": provider.service_username,
        "impersonator_password": password,
    }


def _check_own_mailbox(account: BaseModel) -> None:
    """Check that the address is the owner's login. A service account opens any mailbox
    without its password, but only an administrator can change a login.
    """
    login = account.user_id.login or ""
    if account.email.strip().lower() != login.strip().lower():
        raise NotOwnMailbox(f"{account.email} is not the login {login}.")
