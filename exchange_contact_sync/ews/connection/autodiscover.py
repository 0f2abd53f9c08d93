# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Autodiscover: find the address of the service for an e-mail address.

The steps are those of "Autodiscover for Exchange", in this order: the two URLs built
from the address's domain, the redirection that http://autodiscover.<domain> may return,
and the DNS service record. ``autodiscover.<domain>`` comes first because the bare
domain is often a web site that has nothing to do with Exchange. A password is sent only
to a server that proves its name by TLS and asks for a login. exchangelib reads the
answers; its own search is not used because it stores its results in a file in the
shared temporary folder, and has one set of trusted certificates per process.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import dns.exception
import dns.resolver
from exchangelib.properties import UserResponse
from exchangelib.services import GetUserSettings
from exchangelib.version import Version

from ...core import limits
from ...core.errors import (
    CertificateNotTrusted,
    HostNotAllowed,
    NotAMailServer,
    ServerNotFound,
    ServiceDisabled,
    SyncError,
    Unreachable,
)
from ...core.hosts import domain_of, keeps_secrets
from ...network.tls import AllowedServers
from ..operations.errors import translating_errors
from .endpoint import AUTODISCOVER_PATH
from .probe import Probe, login_schemes, probe
from .protocol import Login, MailboxProtocol, single_request_session

MAX_REDIRECTS = 3
"""The most redirections that are followed, in case they form a loop."""
TIMEOUT = 10.0
T = TypeVar("T")
_EWS_URLS = ("external_ews_url", "internal_ews_url")


@dataclass(frozen=True)
class Search:
    """Looks for the service of a mailbox.

    :param servers: the servers that may be asked, including those named in answers
    :param scheme: how to sign in, as exchangelib calls it; "" to ask the server
    :param until: when to stop the search (``time.monotonic``)
    """

    login: Login
    servers: AllowedServers
    scheme: str = ""
    until: float = field(
        default_factory=lambda: time.monotonic() + limits.SEARCH_SECONDS
    )

    def endpoint(self, urls: Iterable[str] = ()) -> str:
        """Return the URL of the mailbox's Exchange Web Services.

        :param urls: Autodiscover services to ask; if there are none, those of the
            address's domain
        :raises AuthenticationFailed: a service rejected the password; it is not sent to
            another service
        :raises MailboxNotFound: a service does not know the address
        :raises CertificateNotTrusted: no service was found, and one is not trusted
        :raises ServerNotFound: no service was found
        """
        address = self.login.address
        for _turn in range(MAX_REDIRECTS):
            answer = self._first_answer(urls or self._candidates(address), address)
            found = [answer.user_settings.get(name) for name in _EWS_URLS]
            if any(found):
                return self._allowed(filter(None, found))
            address = answer.redirect_address or address
            urls = [answer.redirect_url] if answer.redirect_url else ()
        raise ServerNotFound(f"Autodiscover found nothing for {self.login.address}.")

    def first_service(self, urls: Iterable[str] = ()) -> Probe:
        """Find the first service that asks for a login, without signing in.

        :param urls: as for :meth:`endpoint`
        :raises CertificateNotTrusted: no service was found, and one is not trusted
        :raises ServerNotFound: no service was found
        """
        address = self.login.address
        return self._first(urls or self._candidates(address), address, self._look_at)

    def _allowed(self, urls: Iterable[str]) -> str:
        """Return the first URL to which a password may be sent."""
        problem = ServerNotFound("Autodiscover returned no encrypted address.")
        for url in urls:
            try:
                self.servers.hosts.check(url)
            except HostNotAllowed as error:
                problem = error
            else:
                if keeps_secrets(url):
                    return url
        raise problem

    def _first_answer(self, urls: Iterable[str], address: str) -> UserResponse:
        return self._first(urls, address, lambda url: self._ask(url, address))

    def _first(self, urls: Iterable[str], address: str, ask: Callable[[str], T]) -> T:
        text = f"Autodiscover found nothing for {address}."
        problem: SyncError = ServerNotFound(text)
        for url in urls:
            if time.monotonic() > self.until:
                break
            try:
                return ask(url)
            except (CertificateNotTrusted, HostNotAllowed) as error:
                problem = error
            except (ServerNotFound, Unreachable, NotAMailServer, ServiceDisabled):
                continue
        raise problem

    def _look_at(self, url: str) -> Probe:
        return probe(url, self.servers, TIMEOUT, other_hosts=True)

    def _ask(self, url: str, address: str) -> UserResponse:
        found = self._look_at(url)
        scheme = self.scheme or login_schemes(found)[0]
        newest = Version.all_versions()[0]
        protocol = MailboxProtocol(
            found.endpoint, scheme, self.login, self.servers, TIMEOUT, newest
        )
        protocol.begin()
        try:
            with translating_errors():
                wanted = list(_EWS_URLS)
                answer = GetUserSettings(protocol).get(users=[address], settings=wanted)
                answer.raise_errors()
        finally:
            protocol.close()
        if answer.user_settings is None:
            raise NotAMailServer(f"Autodiscover: {answer.error_code}")
        return answer

    def _candidates(self, address: str) -> Iterator[str]:
        """Yield the services that a domain may have, each looked up when it is
        needed.
        """
        domain = domain_of(address)
        if not domain:
            return
        yield f"https://autodiscover.{domain}{AUTODISCOVER_PATH}"
        yield f"https://{domain}{AUTODISCOVER_PATH}"
        yield from self._redirection(f"http://autodiscover.{domain}{AUTODISCOVER_PATH}")
        yield from _service_record(domain)

    def _redirection(self, url: str) -> Iterator[str]:
        """Yield the target of the redirection of an unencrypted request without any
        credentials.
        """
        try:
            with (
                translating_errors(),
                single_request_session(url, self.servers, TIMEOUT) as session,
            ):
                response = session.get(url, allow_redirects=False, timeout=TIMEOUT)
        except SyncError:
            return
        target = response.headers.get("Location", "")
        if response.status_code in (301, 302) and target.startswith("https://"):
            yield target


def _service_record(domain: str) -> Iterator[str]:
    """Yield the services in DNS, in the order in which to try them (RFC 2782)."""
    try:
        records = dns.resolver.resolve(
            f"_autodiscover._tcp.{domain}.", "SRV", lifetime=TIMEOUT
        )
    except dns.exception.DNSException:
        return
    for record in sorted(records, key=lambda r: (r.priority, -r.weight)):
        if record.port == 443:
            host = record.target.to_text(omit_final_dot=True)
            yield f"https://{host}{AUTODISCOVER_PATH}"
