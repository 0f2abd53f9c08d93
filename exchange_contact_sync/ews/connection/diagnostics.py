# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Test the connection to a mail server step by step, as far as possible.

Unlike ``connect``, which reports only the error that prevented a connection, this
module reports the result of each step. No password is sent before the server has proved
its name and asked for a login, and each way to sign in is tried once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...core.errors import (
    AccessDenied,
    AuthenticationFailed,
    CertificateNotTrusted,
    MailboxNotFound,
    ServerNotFound,
    SyncError,
)
from ...network.errors import NameLookupFailed
from ..folders import default_folder
from ..session import Settings
from .autodiscover import Search
from .connect import allowed_servers_of, login_of
from .endpoint import endpoint_of
from .probe import AUTH_TYPES, Probe, login_schemes, probe
from .protocol import Login, MailboxProtocol

DISCOVERED, REACHED, TRUSTED, METHODS, SIGNED_IN = (
    "discovered",
    "reached",
    "trusted",
    "methods",
    "signed_in",
)
"""The steps, in this order."""

NOBODY = "nobody@example.com"
"""The address used if no mailbox is given: if the server answers that there is no such
mailbox or denies access to it, the login was accepted.
"""


@dataclass(frozen=True)
class Finding:
    """The result of a step.

    :param value: what was found: an address, or the ways to sign in
    :param error: what stopped the step, or None
    """

    step: str
    value: str = ""
    error: SyncError | None = None


def inspect(settings: Settings) -> Iterator[Finding]:
    """Yield the result of each step, up to the first one that fails.

    :param settings: without a password there is no sign-in, and Autodiscover services
        are searched for but not queried
    """
    step, value = REACHED, settings.server_url
    try:
        target = endpoint_of(settings.server_url) if value.strip() else None
        endpoint = target.url if target else ""
        if not target or target.autodiscover:
            step, value = DISCOVERED, settings.email
            endpoint = _discovered(settings, endpoint)
            yield Finding(step, endpoint)
        step, value = REACHED, endpoint
        found = probe(endpoint, allowed_servers_of(settings), settings.timeout)
        yield Finding(REACHED, found.endpoint)
        yield Finding(TRUSTED, found.endpoint)
        step, value = METHODS, ", ".join(sorted(found.offered))
        schemes = _usable(settings, found)
        yield Finding(METHODS, value)
        if has_login(settings):
            step, value = SIGNED_IN, login_of(settings).username
            _sign_in(settings, found, schemes)
            yield Finding(SIGNED_IN, value)
    except NameLookupFailed as error:
        yield Finding(step, value, ServerNotFound(error.detail))
    except CertificateNotTrusted as error:
        if step == REACHED:
            yield Finding(REACHED, value)
        yield Finding(TRUSTED, value, error)
    except SyncError as error:
        yield Finding(step, value, error)


def has_login(settings: Settings) -> bool:
    """Return whether the settings contain a user name and a password."""
    return bool(login_of(settings).username and login_of(settings).password)


def _discovered(settings: Settings, service: str) -> str:
    """Return the service that Autodiscover finds; without a password, Autodiscover's
    own URL.
    """
    scheme = AUTH_TYPES.get(settings.auth_type, "")
    search = Search(login_of(settings), allowed_servers_of(settings), scheme)
    services = [service] if service else []
    if has_login(settings):
        return search.endpoint(services)
    return search.first_service(services).endpoint


def _usable(settings: Settings, found: Probe) -> list[str]:
    """Return the ways to sign in that can be tried.

    :raises AuthenticationFailed: the configured one is not offered, or none is known
    """
    wanted = settings.auth_type
    if wanted not in AUTH_TYPES:
        return login_schemes(found)
    names = {"ntlm", "negotiate"} if wanted == "ntlm" else {wanted}
    if not found.offered & names:
        raise AuthenticationFailed(f"{wanted} is not offered.")
    return [AUTH_TYPES[wanted]]


def _sign_in(settings: Settings, found: Probe, schemes: list[str]) -> None:
    """Try ways to sign in one after the other.

    :raises SyncError: none was accepted
    """
    refused: AuthenticationFailed | None = None
    for scheme in schemes:
        protocol = MailboxProtocol(
            found.endpoint,
            scheme,
            _login_to_test(settings),
            allowed_servers_of(settings),
            settings.timeout,
        )
        try:
            _open(protocol, settings.email)
        except AuthenticationFailed as error:
            refused = error
        else:
            return
        finally:
            protocol.close()
    raise refused or AuthenticationFailed()


def _login_to_test(settings: Settings) -> Login:
    login = login_of(settings)
    if settings.email:
        return login
    return Login(login.username, login.password, NOBODY)


def _open(protocol: MailboxProtocol, email: str) -> None:
    """Open the mailbox, or at least sign in.

    :raises SyncError: neither is possible
    """
    try:
        default_folder(protocol)
    except (AccessDenied, MailboxNotFound):
        if email:
            raise
