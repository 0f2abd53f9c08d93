# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open a working connection from settings, with as few requests as possible."""

from __future__ import annotations

from ...core.errors import (
    AuthenticationFailed,
    MailboxNotFound,
    NeedsTheUser,
    ServerNotFound,
)
from ...core.handles import held
from ...core.hosts import Hosts, domain_of, named_hosts
from ...network.errors import NameLookupFailed
from ...network.tls import AllowedServers
from ..folders import default_folder
from ..session import Settings
from .autodiscover import Search
from .endpoint import endpoint_of, still_fits
from .probe import AUTH_TYPES, NO_OAUTH, login_schemes, probe
from .protocol import Login, MailboxProtocol, version_of


def connect(settings: Settings) -> tuple[MailboxProtocol, str | None]:
    """Find the server, the way to sign in and the version, unless all are known.

    :return: pair of the protocol, which the caller closes, and the id of the default
        folder ("" if there is none, None if it was not requested)
    :raises SyncError: see ``session.open_gateway``
    """
    if settings.auth_type == "oauth":
        raise NeedsTheUser(NO_OAUTH)
    if not domain_of(settings.email):
        raise MailboxNotFound(f"{settings.email!r} is not an e-mail address.")
    scheme = AUTH_TYPES.get(settings.auth_type, "")
    try:
        endpoint = _endpoint(settings, scheme)
        scheme_known = scheme or AUTH_TYPES.get(settings.endpoint_auth, "")
        version = version_of(settings.endpoint_version)
        if endpoint == settings.endpoint and scheme_known and version:
            return _protocol(settings, endpoint, scheme_known), None
        return _try_to_sign_in(settings, endpoint, scheme)
    except NameLookupFailed as error:
        if settings.endpoint:
            raise
        # The name was just entered, so it is more likely wrong than temporarily
        # unavailable.
        raise ServerNotFound(error.detail) from error


def login_of(settings: Settings) -> Login:
    """Return the login: that of the service account if there is one."""
    if settings.impersonator_username:
        return Login(
            settings.impersonator_username,
            held(settings.impersonator_password),
            settings.email,
            impersonates=True,
        )
    username = settings.username or settings.email
    return Login(username, held(settings.password), settings.email)


def allowed_servers_of(settings: Settings) -> AllowedServers:
    """Return the servers that a connection may reach.

    The domain of the e-mail address is included only if Autodiscover is used.

    :raises ServerNotFound: the address of the server cannot be read
    """
    named, domain = settings.allowed_hosts, domain_of(settings.email)
    if settings.server_url.strip():
        target = endpoint_of(settings.server_url)
        named = named_hosts([target.url], named)
        domain = domain if target.autodiscover else ""
    return AllowedServers(Hosts(named, domain), settings.ca_certificate)


def _endpoint(settings: Settings, scheme: str) -> str:
    """Return the service's URL: the known one as long as it matches the settings."""
    known, services = settings.endpoint, []
    if settings.server_url.strip():
        target = endpoint_of(settings.server_url)
        if not target.autodiscover:
            return known if still_fits(known, target.url) else target.url
        services = [target.url]
    search = Search(login_of(settings), allowed_servers_of(settings), scheme)
    return known or search.endpoint(services)


def _protocol(settings: Settings, endpoint: str, scheme: str) -> MailboxProtocol:
    return MailboxProtocol(
        endpoint,
        scheme,
        login_of(settings),
        allowed_servers_of(settings),
        settings.timeout,
        version_of(settings.endpoint_version),
    )


def _try_to_sign_in(
    settings: Settings, endpoint: str, scheme: str
) -> tuple[MailboxProtocol, str]:
    """Try to sign in once with each scheme, because a second attempt would count
    towards a lockout.
    """
    found = probe(endpoint, allowed_servers_of(settings), settings.timeout)
    refused: AuthenticationFailed | None = None
    for candidate in [scheme] if scheme else login_schemes(found):
        protocol = _protocol(settings, found.endpoint, candidate)
        try:
            return protocol, default_folder(protocol)
        except AuthenticationFailed as error:
            protocol.close()
            refused = error
        except BaseException:
            protocol.close()
            raise
    raise refused or AuthenticationFailed()
