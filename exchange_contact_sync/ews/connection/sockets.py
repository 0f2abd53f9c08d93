# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connections that lead only where they may, and take no more than they may.

The time-outs of requests and urllib3 count from byte to byte, and neither counts bytes,
so that both are watched where all bytes come through. The IP addresses of a name are
looked at before anything is sent to one of them, and the one that was looked at is the
one that is used.
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

from ...core import limits
from ...core.hosts import Hosts

Place = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]
"""Where a name leads to, as ``socket.getaddrinfo`` gives it: family, kind, protocol,
name and address. The address begins with the IP address."""


class TooSlow(OSError):
    """The answer takes longer than is given to one as a whole."""


class TooLarge(OSError):
    """The answer has more bytes than are given to one."""


class NotAllowed(socket.gaierror):
    """A name leads into a network that it may not lead to."""

    def __init__(self, host: str) -> None:
        super().__init__(socket.EAI_NONAME, "Name or service not known")
        self.host = host


class Allowance:
    """What the answer to one request may take; a new one is given with each."""

    def __init__(self) -> None:
        self._until = 0.0
        self._bytes = 0

    def give(self, seconds: float) -> None:
        """Allow so many seconds from now to the end of the answer."""
        self._until = time.monotonic() + seconds
        self._bytes = limits.RECEIVED_BYTES

    def seconds(self) -> float:
        """How much time is left.

        :raises TooSlow: none is
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise TooSlow("The answer did not come to its end in time.")
        return left

    def take(self, number: int) -> None:
        """Count bytes that were received.

        :raises TooLarge: that many were not left
        """
        self._bytes -= number
        if self._bytes < 0:
            raise TooLarge("The answer is too large.")


class _Counted(socket.socket):
    """A socket that counts; until it has an allowance it does not."""

    allowance: Allowance | None = None

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Called by whatever reads an answer, HTTP's head and body alike."""
        if self.allowance is None:
            return super().recv_into(*args, **kwargs)
        usual, left = self.gettimeout(), self.allowance.seconds()
        self.settimeout(left if usual is None else min(left, usual))
        try:
            number = super().recv_into(*args, **kwargs)
        except TimeoutError:
            self.allowance.seconds()  # says so if it is used up
            raise
        finally:
            self.settimeout(usual)
        self.allowance.take(number)
        return number


class CountedSocket(_Counted):
    """One without encryption."""


class CountedTls(_Counted, ssl.SSLSocket):
    """One with."""


@dataclass(frozen=True)
class Gate:
    """What the connections of one session may do.

    :param hosts: None for connections to a proxy, which the administrator of the
        machine has set
    """

    hosts: Hosts | None
    allowance: Allowance = field(default_factory=Allowance)

    def allowed(self, host: str, places: list[Place]) -> list[Place]:
        """Where a name may be followed to.

        :param places: from :func:`places_of`
        :return: not empty
        :raises NotAllowed: nowhere; it says what an unknown name says
        """
        allowed = [place for place in places if self._is_open(host, place[4][0])]
        if not allowed:
            raise NotAllowed(host)
        return allowed

    def _is_open(self, host: str, number: str) -> bool:
        return self.hosts is None or self.hosts.may_reach(host, number)


def places_of(host: str, port: int) -> list[Place]:
    """Where a name leads to.

    :raises OSError: nowhere
    """
    family = allowed_gai_family()
    return [*socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)]


class _Gated(HTTPConnection):
    """A connection that goes through a gate; a subclass for each gate has it."""

    gate: Gate

    def connect(self) -> None:
        """Called by urllib3 before a request, when there is no connection yet."""
        super().connect()
        sock: Any = self.sock  # a CountedSocket, or a CountedTls around one
        sock.allowance = self.gate.allowance

    def _new_conn(self) -> socket.socket:
        """Called by urllib3 to reach the server, before anything is encrypted."""
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
        """Connect to the first place that answers.

        :raises OSError: none did in the time that one is given
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
    """For ``PoolManager.pool_classes_by_scheme``.

    :param gate: that all connections go through
    :return: dict of str to type, by scheme
    """
    return {name: _pool(gate, *kinds) for name, kinds in _KINDS.items()}


def _pool(gate: Gate, pool: type, connection: type) -> type[ConnectionPool]:
    gated = type("Gated", (_Gated, connection), {"gate": gate})
    return type("GatedPool", (pool,), {"ConnectionCls": gated})


_KINDS = {
    "http": (HTTPConnectionPool, HTTPConnection),
    "https": (HTTPSConnectionPool, HTTPSConnection),
}
