# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limit the hosts that connections reach, and the time and size of answers.

The timeouts of requests and urllib3 restart with each byte, and neither library counts
bytes, so the socket, which receives all bytes, checks both limits. The IP addresses of
a name are checked before a connection is opened, and the connection uses the address
that was checked.
"""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
)
from urllib3.util.connection import allowed_gai_family

from ..core import limits
from ..core.hosts import Hosts

LookupResult = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""The result of a name lookup, as ``socket.getaddrinfo`` returns it: family, kind,
protocol, name and address. The address begins with the IP address.
"""


class TooSlow(OSError):
    """The whole answer takes longer than allowed."""


class TooLarge(OSError):
    """The answer has more bytes than allowed."""


class NotAllowed(socket.gaierror):
    """The IP addresses of a name are in a network that must not be reached."""

    def __init__(self, host: str) -> None:
        super().__init__(socket.EAI_NONAME, "Name or service not known")
        self.host = host


class Allowance:
    """The time and bytes that the answer to one request may take; reset for each
    request.
    """

    def __init__(self) -> None:
        self._until = 0.0
        self._bytes = 0

    def start(self, seconds: float) -> None:
        """Allow this many seconds from now to the end of the answer."""
        self._until = time.monotonic() + seconds
        self._bytes = limits.RECEIVED_BYTES

    def seconds_left(self) -> float:
        """Return the time left.

        :raises TooSlow: no time is left
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise TooSlow("The answer was not complete in time.")
        return left

    def count(self, number: int) -> None:
        """Count bytes that were received.

        :raises TooLarge: the limit is exceeded
        """
        self._bytes -= number
        if self._bytes < 0:
            raise TooLarge("The answer is too large.")


class _Counted(socket.socket):
    """A socket that counts the bytes it receives, once it has an allowance."""

    allowance: Allowance | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive bytes, for both the head and the body of an HTTP answer."""
        if self.allowance is None:
            return super().recv_into(*args, **kwargs)
        usual, left = self.gettimeout(), self.allowance.seconds_left()
        self.settimeout(left if usual is None else min(left, usual))
        try:
            number = super().recv_into(*args, **kwargs)
        except TimeoutError:
            self.allowance.seconds_left()  # raises TooSlow if no time is left
            raise
        finally:
            self.settimeout(usual)
        self.allowance.count(number)
        return number


class CountedSocket(_Counted):
    """A counting socket without encryption."""


class CountedTls(_Counted, ssl.SSLSocket):
    """A counting socket with encryption."""


@dataclass(frozen=True)
class ConnectionRules:
    """The limits for the connections of one session.

    :param hosts: the hosts that may be reached; None for connections to a proxy, which
        the administrator of the machine configured
    """

    hosts: Hosts | None
    allowance: Allowance = field(default_factory=Allowance)

    def allowed(self, host: str, results: list[LookupResult]) -> list[LookupResult]:
        """Return the addresses of a name that may be used.

        :param results: from :func:`addresses_of`
        :return: not empty
        :raises NotAllowed: none may be used; the text is the one for an unknown name
        """
        allowed = [result for result in results if self._may_use(host, result[4][0])]
        if not allowed:
            raise NotAllowed(host)
        return allowed

    def _may_use(self, host: str, number: str) -> bool:
        return self.hosts is None or self.hosts.may_reach(host, number)


def addresses_of(host: str, port: int) -> list[LookupResult]:
    """Look up the addresses of a name.

    :raises OSError: there is none
    """
    family = allowed_gai_family()
    return [*socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)]


class _LimitedConnection(HTTPConnection):
    """A connection that follows rules, which a subclass sets."""

    rules: ConnectionRules

    def connect(self) -> None:
        """Connect, if there is no connection yet; called by urllib3 before a
        request.
        """
        super().connect()
        sock: Any = self.sock  # a CountedSocket, or a CountedTls around one
        sock.allowance = self.rules.allowance

    def _new_conn(self) -> socket.socket:
        """Open the TCP connection, before encryption begins; called by urllib3."""
        try:
            results = addresses_of(self._dns_host, self.port)
            return self._reached(self.rules.allowed(self._dns_host, results))
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "Connecting timed out.") from error
        except OSError as error:
            raise NewConnectionError(self, f"No connection: {error}") from error

    def _reached(self, results: list[LookupResult]) -> socket.socket:
        """Connect to the first address that answers.

        :raises OSError: none answered in the time allowed
        """
        usual = limits.CONNECT_SECONDS if self.timeout is None else self.timeout
        until = time.monotonic() + min(usual, self.rules.allowance.seconds_left())
        problem: OSError = TimeoutError()
        for family, kind, protocol, _name, address in results:
            left = until - time.monotonic()
            if left <= 0:
                break
            sock = CountedSocket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(left)
                sock.connect(address)
            except OSError as error:
                sock.close()
                problem = error
            else:
                sock.settimeout(self.timeout)
                return sock
        raise problem


def pools(rules: ConnectionRules) -> dict[str, type[ConnectionPool]]:
    """Return the value for ``PoolManager.pool_classes_by_scheme``.

    :param rules: for all connections
    :return: classes by scheme
    """
    return {name: _pool(rules, *kinds) for name, kinds in _KINDS.items()}


def _pool(rules: ConnectionRules, pool: type, connection: type) -> type[ConnectionPool]:
    limited = type("Limited", (_LimitedConnection, connection), {"rules": rules})
    return type("LimitedPool", (pool,), {"ConnectionCls": limited})


_KINDS = {
    "http": (HTTPConnectionPool, HTTPConnection),
    "https": (HTTPSConnectionPool, HTTPSConnection),
}
