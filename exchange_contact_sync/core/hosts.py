# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which hosts may be connected to: those that the administrator named, and for
Autodiscover those of the domain of a mailbox's address.

Anybody may enter an address, so its domain is a stranger's choice. A host that only the
domain speaks for is reached over the usual ports of the web, at addresses of the public
Internet: otherwise an address would be a means to look around in the server's own
network. A host that the administrator named may be anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from .errors import HostNotAllowed

LONGEST_ADDRESS, LONGEST_LOCAL_PART, LONGEST_HOST = 254, 64, 253
"""Characters (RFC 5321, 4.5.3.1; RFC 1035, 2.3.4)."""

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOCAL_PART = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\]\\/?#]+")
_USUAL_PORTS = {"https": 443, "http": 80}
_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 write them (RFC 6052)."""


def domain_of(address: str) -> str:
    """The domain of the address of a mailbox.

    :param address: str, as somebody entered it
    :return: str, in lower case and ASCII; "" when that is no address of a mailbox that
        others could write to: without a public domain, or with an address of a host
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
    """The hosts of a list, one on each line.

    :param text: str; ``*.example.com`` stands for all hosts below ``example.com``
    :return: frozenset of str, in lower case and ASCII
    :raises ValueError: a line names no host; the error holds the line
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
    """:param url: str
    :return: bool, nothing that is sent there leaves this machine
    """
    return (_split(url).hostname or "") in THIS_MACHINE


def keeps_secrets(url: str) -> bool:
    """Whether a password may be sent to a URL.

    :param url: str
    :return: bool, it is encrypted, or does not leave this machine
    """
    return _split(url).scheme == "https" or is_this_machine(url)


@dataclass(frozen=True)
class Hosts:
    """Where one connection may lead.

    :param named: frozenset of str, hosts that the administrator named, as
        :func:`hosts_of` gives them
    :param domain: str, of the mailbox's address; "" where nobody asks Autodiscover
    """

    named: frozenset[str] = frozenset()
    domain: str = ""

    def check(self, url: str) -> None:
        """Refuse a URL that may not be asked for anything.

        :param url: str
        :raises HostNotAllowed: it may not
        """
        parts = _split(url)
        host, port = _ascii(parts.hostname or ""), _port(parts)
        usual = _USUAL_PORTS.get(parts.scheme)
        known = usual is not None and port is not None and host
        if known and (self._is_named(host) or (port == usual and self._is_below(host))):
            return
        raise HostNotAllowed(host or url)

    def may_reach(self, host: str, number: str) -> bool:
        """Whether a name may be followed to where it leads.

        :param host: str, the name
        :param number: str, one of its IP addresses
        :return: bool, it is one of the public Internet, or the administrator named the
            host
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
    """:param urls: iterable of str, addresses of servers that the administrator entered
    :param listed: iterable of str, from :func:`hosts_of`
    :return: frozenset of str
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
    """A name of a host as DNS keeps it, "" for what no name can be."""
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
