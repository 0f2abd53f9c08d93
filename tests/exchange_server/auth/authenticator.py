# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the mailbox for an Authorization header, or return the challenges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import basic, ntlm

if TYPE_CHECKING:
    from ..exchange import Exchange
    from ..store.mailbox import Mailbox

SCHEMES = ("basic", "ntlm")


@dataclass
class ConnectionIdentity:
    """What a TCP connection remembers about its client.

    NTLM authenticates the connection, not the request (MS-NTHT, "Overview"): its
    handshake spans two requests, and the connection stays authenticated until it
    closes. Basic does not store anything.
    """

    handshake: ntlm.Handshake | None = None
    mailbox: Mailbox | None = None


@dataclass(frozen=True)
class Refused:
    """Not authenticated: the values of the WWW-Authenticate headers of the 401."""

    challenges: tuple[str, ...]


class Authenticator:
    """Checks callers against the mailboxes of an organisation.

    :param exchange: knows the users and their passwords
    :param schemes: which of "basic" and "ntlm" are offered
    :param realm: the name that Basic shows to people
    :raises ValueError: when a scheme is unknown or none is given
    """

    def __init__(self, exchange: Exchange, schemes: Sequence[str], realm: str) -> None:
        unknown = [scheme for scheme in schemes if scheme not in SCHEMES]
        if unknown or not schemes:
            raise ValueError(
                f"authentication must be some of {', '.join(SCHEMES)}, "
                f"not {', '.join(unknown) or 'nothing'}"
            )
        self.schemes = tuple(schemes)
        self._exchange = exchange
        self._realm = realm

    @property
    def challenges(self) -> tuple[str, ...]:
        """Return the challenges, the stronger scheme first as on IIS."""
        offers = {"ntlm": "NTLM", "basic": f'Basic realm="{self._realm}"'}
        return tuple(offers[s] for s in ("ntlm", "basic") if s in self.schemes)

    def identify(
        self, authorization: str | None, identity: ConnectionIdentity
    ) -> Mailbox | Refused:
        """Return the mailbox that a request may use.

        :param authorization: the header's value, None when it was not sent
        :param identity: the state of the connection; NTLM reads and changes it
        """
        if not authorization:
            return identity.mailbox or Refused(self.challenges)
        identity.mailbox = None
        scheme, _, token = authorization.strip().partition(" ")
        if scheme.lower() == "ntlm" and "ntlm" in self.schemes:
            return self._ntlm(token.strip(), identity)
        if scheme.lower() == "basic" and "basic" in self.schemes:
            found = basic.identify(token.strip(), self._exchange)
            return found or Refused(self.challenges)
        return Refused(self.challenges)

    def _ntlm(self, token: str, identity: ConnectionIdentity) -> Mailbox | Refused:
        answer = ntlm.step(token, identity.handshake, self._exchange)
        if isinstance(answer, ntlm.Handshake):
            identity.handshake = answer
            return Refused((f"NTLM {answer.challenge}",))
        identity.handshake = None
        identity.mailbox = answer
        return answer or Refused(self.challenges)
