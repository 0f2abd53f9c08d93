# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Provide a connection to one mailbox, based on exchangelib's sessions.

exchangelib's ``Account`` and ``Protocol`` keep protocols, and with them passwords and
failures, in a cache of the process, and use one HTTP adapter class for all.
``BaseProtocol`` has the sessions without these caches, so a connection is based on it.
A connection is created for one run and closed after it, and nothing of it is kept.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import exchangelib.util
import requests
import spnego
from exchangelib.account import Identity
from exchangelib.configuration import Configuration
from exchangelib.credentials import Credentials
from exchangelib.protocol import BaseProtocol, FailFast
from exchangelib.transport import DEFAULT_HEADERS
from exchangelib.version import Build, Version

from ...core import limits
from ...core.handles import SecretHandle, reveal
from ...network.answer import ENCODING
from ...network.back_off import DEFAULT_BACK_OFF
from ...network.session import USER_AGENT, bare_session
from ...network.sockets import Allowance
from ...network.tls import AllowedServers
from . import http_status
from .log_filter import drop_below

FIRST_API_VERSION = "Exchange2013_SP1"
"""The version requested while the server's version is unknown: it includes everything
used here, and all servers from Exchange 2013 SP1 on accept it. For older servers,
exchangelib tries the older versions in turn.
"""

# exchangelib's DEBUG messages about requests contain the Authorization header, and its
# messages about unexpected failures contain contacts; pyspnego logs NTLM responses.
drop_below(logging.INFO, exchangelib)
drop_below(logging.CRITICAL, exchangelib.util)
drop_below(logging.INFO, spnego)


@dataclass(frozen=True)
class Login:
    """The credentials, and the mailbox to open.

    :param address: e-mail address of the mailbox
    :param impersonates: a service account acts as the mailbox's owner
    """

    username: str
    password: SecretHandle
    address: str
    impersonates: bool = False


class AnswerPolicy(FailFast):
    """Never repeats a request automatically, and interprets HTTP answers with
    ``http_status``.

    Repeating a wrong password locks the user out of the company's whole network;
    repeating a change may make it twice.
    """

    def raise_response_errors(self, response: requests.Response) -> None:
        """Check an answer; called by exchangelib.

        :raises SyncError: the answer holds no SOAP message
        """
        http_status.check(response)


class MailboxProtocol(BaseProtocol):
    """Sessions with one endpoint for one login.

    :param endpoint: URL of the service
    :param auth_type: as exchangelib calls it
    :param timeout: seconds to wait for the beginning of an answer
    :param version: None while it is unknown
    """

    USERAGENT = USER_AGENT
    RETRY_WAIT = DEFAULT_BACK_OFF

    def __init__(
        self,
        endpoint: str,
        auth_type: str,
        login: Login,
        servers: AllowedServers,
        timeout: float,
        version: Version | None = None,
    ) -> None:
        super().__init__(
            Configuration(
                credentials=Credentials(login.username, reveal(login.password)),
                service_endpoint=endpoint,
                auth_type=auth_type,
                version=version or Version(None, FIRST_API_VERSION),
                retry_policy=AnswerPolicy(),
                max_connections=1,
            )
        )
        self.address = login.address
        self.identity = None
        if login.impersonates:
            self.identity = Identity(primary_smtp_address=login.address)
        self._servers = servers
        self._allowance = Allowance()
        self.TIMEOUT = timeout

    def begin(self) -> None:
        """Start the time limit for the next answer.

        The limit includes the handshakes of a login and second attempts.
        """
        self._allowance.start(limits.ANSWER_TIMES * self.TIMEOUT)

    @property
    def version(self) -> Version:
        """Return the version; called by exchangelib. ``build`` is None until the server
        has answered.
        """
        return self.config.version

    def raw_session(self, prefix: str, **_oauth: object) -> requests.Session:
        """Return a session without a login, which exchangelib then adds; called by
        exchangelib.
        """
        return new_session(prefix, self._servers, self._allowance)


def single_request_session(
    endpoint: str, servers: AllowedServers, timeout: float
) -> requests.Session:
    """Return a session for one request, without a login.

    :param endpoint: URL; the session cannot reach any other server
    :param timeout: seconds to wait for the beginning of the answer
    :raises ServerNotFound: the server is not an allowed one
    """
    allowance = Allowance()
    allowance.start(limits.ANSWER_TIMES * timeout)
    return new_session(endpoint, servers, allowance)


def new_session(
    endpoint: str, servers: AllowedServers, allowance: Allowance
) -> requests.Session:
    """Return a session for one server, without a login.

    :param endpoint: URL; the session cannot reach any other server
    :param allowance: of the caller
    :raises ServerNotFound: the server is not an allowed one
    """
    session = bare_session(endpoint, servers, allowance)
    session.headers.update({**DEFAULT_HEADERS, "Accept-Encoding": ENCODING})
    return session


def version_text(version: Version) -> str:
    """Return the version as text for :func:`version_of`; "" while it is unknown."""
    return f"{version.build} {version.api_version}" if version.build else ""


def version_of(text: str) -> Version | None:
    """Return the version from the text of :func:`version_text`; None for any other
    text.
    """
    numbers, _blank, name = text.partition(" ")
    parts = numbers.split(".")
    if not name or not all(part.isdigit() for part in parts) or len(parts) != 4:
        return None
    return Version(Build(*map(int, parts)), name)
