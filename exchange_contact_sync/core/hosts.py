# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide which hosts a connection may use: those that the administrator allowed, and
for Autodiscover those of the domain of the mailbox's address.

Every user can enter an address, so its domain is not trusted. A host that is only
justified by this domain is contacted on the standard web ports and at public IP
addresses; otherwise a user could scan the server's own network by entering addresses. A
host that the administrator allowed may be anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from .errors import HostNotAllowed

LONGEST_ADDRESS, LONGEST_LOCAL_PART, LONGEST_HOST = 254, 64, 253
"""In characters (RFC 5321, 4.5.3.1; RFC 1035, 2.3.4)."""

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOCAL_PART = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\]\\/?#]+")
_USUAL_PORTS = {"https": 443, "http": 80}
_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 addresses as written in networks without IPv4 (RFC 6052)."""


def domain_of(address: str) -> str:
    """Return the domain of a mailbox's address.

    :param address: as a user entered it
    :return: in lower case and ASCII; "" if the text is no e-mail address that others
        could write to: without a public domain, or with the IP address of a host
    """
    local, at, domain = address.strip().rpartition("@")
    name = _ascii(domain)
    labels = name.split(".")
    fits = (
        at
        and len(address.strip()) <= LONGEST_ADDRESS
        and len(local) <= LONGEST_LOCAL_PART
        and _LOCAL_PART.fullmatch(local)
        and _is_name(name)
        and len(labels) > 1
        and not labels[-1].isdigit()
        and labels[-1] != "localhost"
    )
    return name if fits else ""


def hosts_of(text: str) -> frozenset[str]:
    """Parse a list of hosts, one per line.

    :param text: ``*.example.com`` means all hosts below ``example.com``
    :return: in lower case and ASCII
    :raises ValueError: a line names no host; the error contains the line
    """
    lines = filter(None, (line.strip() for line in text.splitlines()))
    return frozenset(_host_of_line(line) for line in lines)


def _host_of_line(line: str) -> str:
    below, name = ("*.", line[2:]) if line.startswith("*.") else ("", line)
    number = _number(name.strip("[]"))
    if number and not below:
        return str(number)
    name = _ascii(name)
    if not _is_name(name):
        raise ValueError(line)
    return below + name


def is_this_machine(url: str) -> bool:
    """Decide whether data sent to a URL stays on this machine."""
    return (_split(url).hostname or "") in THIS_MACHINE


def keeps_secrets(url: str) -> bool:
    """Decide whether a password may be sent to a URL: the connection is encrypted, or
    stays on this machine."""
    return _split(url).scheme == "https" or is_this_machine(url)


@dataclass(frozen=True)
class Hosts:
    """The hosts that one connection may use.

    :param named: hosts that the administrator allowed, as :func:`hosts_of` returns them
    :param domain: of the mailbox's address; "" without Autodiscover
    """

    named: frozenset[str] = frozenset()
    domain: str = ""

    def check(self, url: str) -> None:
        """Make sure that requests to a URL are allowed.

        :raises HostNotAllowed: they are not
        """
        parts = _split(url)
        host, port = _ascii(parts.hostname or ""), _port(parts)
        usual = _USUAL_PORTS.get(parts.scheme)
        valid = usual is not None and port is not None and host
        if valid and (self._is_named(host) or (port == usual and self._is_below(host))):
            return
        raise HostNotAllowed(host or url)

    def may_reach(self, host: str, number: str) -> bool:
        """Decide whether a host may be contacted at one of its IP addresses: the
        address is public, or the administrator allowed the host.

        :param host: the host name
        :param number: the IP address
        """
        return self._is_named(_ascii(host)) or _is_public(number)

    def _is_named(self, host: str) -> bool:
        number = _number(host)
        if number:
            return str(number) in self.named
        above = host.split(".")
        patterns = ("*." + ".".join(above[n:]) for n in range(1, len(above)))
        return host in self.named or not self.named.isdisjoint(patterns)

    def _is_below(self, host: str) -> bool:
        domain = self.domain
        return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def named_hosts(urls: Iterable[str], listed: Iterable[str]) -> frozenset[str]:
    """Return the hosts that the administrator allowed.

    :param urls: addresses of servers that the administrator entered
    :param listed: from :func:`hosts_of`
    """
    hosts = (_ascii(_split(url).hostname or "") for url in urls)
    return frozenset({*listed, *filter(None, hosts)})


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _port(parts: SplitResult) -> int | None:
    try:
        usual = _USUAL_PORTS.get(parts.scheme)
        return usual if parts.port is None else parts.port
    except ValueError:
        return None


def _ascii(name: str) -> str:
    """Return a host name as stored in DNS, "" for an invalid name."""
    name = name.strip().lower().removesuffix(".")
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return ""


def _is_name(name: str) -> bool:
    labels = name.split(".")
    digits = labels[-1].isdigit()
    return (
        len(name) <= LONGEST_HOST and not digits and all(map(_LABEL.fullmatch, labels))
    )


def _number(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _is_public(text: str) -> bool:
    number = _number(text.partition("%")[0])
    if number is None or number.is_multicast or not number.is_global:
        return False
    if isinstance(number, IPv4Address):
        return True
    inner = number.ipv4_mapped or number.sixtofour
    if number in _TRANSLATED:
        inner = IPv4Address(int(number) & 0xFFFFFFFF)
    teredo = number.teredo[1] if number.teredo else inner
    return not number.is_site_local and all(
        _is_public(str(one)) for one in (inner, teredo) if one
    )
