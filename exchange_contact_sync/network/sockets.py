# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Limit the hosts that connections reach, and the time and size of answers.

The timeouts of requests and urllib3 restart with each byte, and neither counts bytes,
so both limits are checked where all bytes arrive. The IP addresses of a name are
checked before a connection is opened, and the connection uses the address that was
checked.
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

Place = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""The result of a name lookup, as ``socket.getaddrinfo`` returns it: family, kind,
protocol, name and address. The address begins with the IP address.
"""


class TooSlow(OSError):
    """The whole answer takes longer than allowed."""


class TooLarge(OSError):
    """The answer has more bytes than allowed."""


class NotAllowed(socket.gaierror):
    """A name leads to a network that it must not lead to."""

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

    def give(self, seconds: float) -> None:
        """Allow this many seconds from now to the end of the answer."""
        self._until = time.monotonic() + seconds
        self._bytes = limits.RECEIVED_BYTES

    def seconds(self) -> float:
        """Return the time left.

        :raises TooSlow: no time is left
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise TooSlow("The answer did not come to its end in time.")
        return left

    def take(self, number: int) -> None:
        """Count bytes that were received.

        :raises TooLarge: the limit is exceeded
        """
        self._bytes -= number
        if self._bytes < 0:
            raise TooLarge("The answer is too large.")


class _Counted(socket.socket):
    """A socket that counts bytes as soon as it has an allowance."""

    allowance: Allowance | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Receive bytes, for both the head and the body of an HTTP answer."""
        if self.allowance is None:
            return super().recv_into(*args, **kwargs)
        usual, left = self.gettimeout(), self.allowance.seconds()
        self.settimeout(left if usual is None else min(left, usual))
        try:
            number = super().recv_into(*args, **kwargs)
        except TimeoutError:
            self.allowance.seconds()  # raises TooSlow if no time is left
            raise
        finally:
            self.settimeout(usual)
        self.allowance.take(number)
        return number


class CountedSocket(_Counted):
    """A counting socket without encryption."""


class CountedTls(_Counted, ssl.SSLSocket):
    """A counting socket with encryption."""


@dataclass(frozen=True)
class Gate:
    """The limits for the connections of one session.

    :param hosts: None for connections to a proxy, which is set by the administrator of
        the machine
    """

    hosts: Hosts | None
    allowance: Allowance = field(default_factory=Allowance)

    def allowed(self, host: str, places: list[Place]) -> list[Place]:
        """Return the addresses of a name that may be used.

        :param places: from :func:`places_of`
        :return: not empty
        :raises NotAllowed: none may be used; the text is that for an unknown name
        """
        allowed = [place for place in places if self._is_open(host, place[4][0])]
        if not allowed:
            raise NotAllowed(host)
        return allowed

    def _is_open(self, host: str, number: str) -> bool:
        return self.hosts is None or self.hosts.may_reach(host, number)


def places_of(host: str, port: int) -> list[Place]:
    """Look up the addresses of a name.

    :raises OSError: there is none
    """
    family = allowed_gai_family()
    return [*socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)]


class _Gated(HTTPConnection):
    """A connection that is limited by a gate, which a subclass sets."""

    gate: Gate

    def connect(self) -> None:
        """Connect, if there is no connection yet; called by urllib3 before a
        request.
        """
        super().connect()
        sock: Any = self.sock  # a CountedSocket, or a CountedTls around one
        sock.allowance = self.gate.allowance

    def _new_conn(self) -> socket.socket:
        """Reach the server before anything is encrypted; called by urllib3."""
        try:
            places = places_of(self._dns_host, self.port)
            return self._reached(self.gate.allowed(self._dns_host, places))
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "Connecting timed out.") from error
        except OSError as error:
            raise NewConnectionError(self, f"No connection: {error}") from error

    def _reached(self, places: list[Place]) -> socket.socket:
        """Connect to the first address that answers.

        :raises OSError: none answered in the time allowed
        """
        patience = limits.CONNECT_SECONDS if self.timeout is None else self.timeout
        until = time.monotonic() + min(patience, self.gate.allowance.seconds())
        problem: OSError = TimeoutError()
        for family, kind, protocol, _name, address in places:
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


def pools(gate: Gate) -> dict[str, type[ConnectionPool]]:
    """Return the value for ``PoolManager.pool_classes_by_scheme``.

    :param gate: limits all connections
    :return: classes by scheme
    """
    return {name: _pool(gate, *kinds) for name, kinds in _KINDS.items()}


def _pool(gate: Gate, pool: type, connection: type) -> type[ConnectionPool]:
    gated = type("Gated", (_Gated, connection), {"gate": gate})
    return type("GatedPool", (pool,), {"ConnectionCls": gated})


_KINDS = {
    "http": (HTTPConnectionPool, HTTPConnection),
    "https": (HTTPSConnectionPool, HTTPSConnection),
}
