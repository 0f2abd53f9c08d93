# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One connection to one mailbox, on exchangelib's sessions.

exchangelib's ``Account`` and ``Protocol`` keep protocols, and with them passwords
and failures, in a cache of the process, and know one HTTP adapter class for all.
``BaseProtocol`` has the sessions and nothing of that, so it is what a connection is
built on: made for one run, closed after it, leaving nothing behind.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

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
from ...core.hosts import is_this_machine
from ..operations.answer import PACKED
from ..operations.errors import DEFAULT_BACK_OFF
from . import http_status
from .log_filter import drop_below
from .sockets import Allowance
from .tls import Border, TrustingAdapter

USER_AGENT = "OdooContactSync"
"""Administrators allow or block programs by it ("Control access to EWS")."""

FIRST_API_VERSION = "Exchange2013_SP1"
"""Asked for as long as the server's version is not known: everything used here is in
it, and all servers from Exchange 2013 SP1 on accept it. For older ones exchangelib
tries the older versions in turn."""

# What exchangelib logs about requests at DEBUG holds the Authorization header, and
# what it logs of unexpected failures holds contacts; pyspnego logs NTLM responses.
drop_below(logging.INFO, exchangelib)
drop_below(logging.CRITICAL, exchangelib.util)
drop_below(logging.INFO, spnego)


@dataclass(frozen=True)
class Login:
    """Who signs in, and to whose mailbox.

    :param address: e-mail address of the mailbox
    :param impersonates: a service account acts as the mailbox's owner
    """

    username: str
    password: SecretHandle
    address: str
    impersonates: bool = False


class AnswerPolicy(FailFast):
    """Never sends anything again by itself, and reads HTTP answers our way.

    A wrong password sent again and again locks the user out of the whole company's
    network; a change sent again may be made twice.
    """

    def raise_response_errors(self, response: requests.Response) -> None:
        """Called by exchangelib for each answer.

        :raises SyncError: for all that hold no SOAP message
        """
        http_status.check(response)


class MailboxProtocol(BaseProtocol):
    """Sessions with one endpoint for one login.

    :param endpoint: URL of the service
    :param auth_type: as exchangelib calls it
    :param timeout: seconds to wait for the beginning of an answer
    :param version: Version or None while it is not known
    """

    USERAGENT = USER_AGENT
    RETRY_WAIT = DEFAULT_BACK_OFF

    def __init__(
        self,
        endpoint: str,
        auth_type: str,
        login: Login,
        border: Border,
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
        self._border = border
        self._allowance = Allowance()
        self.TIMEOUT = timeout

    def begin(self) -> None:
        """A question is about to be asked: what its answer may take counts from now on,
        the handshakes of a login and second attempts included.
        """
        self._allowance.give(limits.ANSWER_TIMES * self.TIMEOUT)

    @property
    def version(self) -> Version:
        """Called by exchangelib; ``build`` is None until the server has answered."""
        return self.config.version

    def raw_session(self, prefix: str, **_oauth: object) -> requests.Session:
        """Called by exchangelib to make a session, which it then gives the login."""
        return new_session(prefix, self._border, self._allowance)


def question_session(endpoint: str, border: Border, timeout: float) -> requests.Session:
    """A session for one question, without a login.

    :param endpoint: URL; nothing else can be reached with the session
    :param timeout: seconds to wait for the beginning of the answer
    :return: requests.Session
    :raises ServerNotFound: the border does not let us go there
    """
    allowance = Allowance()
    allowance.give(limits.ANSWER_TIMES * timeout)
    return new_session(endpoint, border, allowance)


def new_session(
    endpoint: str, border: Border, allowance: Allowance
) -> requests.Session:
    """A session for one server, without a login.

    :param endpoint: URL; nothing else can be reached with the session
    :param allowance: of whoever asks
    :return: requests.Session
    :raises ServerNotFound: the border does not let us go there
    """
    border.hosts.check(endpoint)
    session = requests.Session()
    session.headers.update({**DEFAULT_HEADERS, "User-Agent": USER_AGENT})
    session.headers["Accept-Encoding"] = PACKED
    session.adapters.clear()
    adapter = TrustingAdapter(border, allowance)
    session.mount("{0.scheme}://{0.netloc}/".format(urlsplit(endpoint)), adapter)
    session.trust_env = not is_this_machine(endpoint)
    return session


def version_text(version: Version) -> str:
    """The version for :func:`version_of`; "" while it is not known."""
    return f"{version.build} {version.api_version}" if version.build else ""


def version_of(text: str) -> Version | None:
    """Read what :func:`version_text` wrote; None for anything else."""
    numbers, _blank, name = text.partition(" ")
    parts = numbers.split(".")
    if not name or not all(part.isdigit() for part in parts) or len(parts) != 4:
        return None
    return Version(Build(*map(int, parts)), name)
