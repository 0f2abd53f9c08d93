# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access tokens: opaque texts, and what each allows."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..clock import Clock

_LIFE = timedelta(seconds=3599)


@dataclass(frozen=True)
class Grant:
    """What a token allows.

    :param client_id: of the application
    :param address: of the user who signed in, None for the application itself
    :param scopes: permissions such as Contacts.ReadWrite
    :param expires: aware, in UTC
    """

    client_id: str
    address: str | None
    scopes: frozenset[str]
    expires: datetime


class AccessTokens:
    """The access tokens that were handed out.

    :param clock: the current time, by which they expire
    :ivar life: how long those that are handed out from now on are valid ("Configurable
        token lifetimes in the Microsoft identity platform")
    """

    def __init__(self, clock: Clock) -> None:
        self.life = _LIFE
        self._clock = clock
        self._lock = threading.Lock()
        self._grants: dict[str, Grant] = {}
        self._revoked: set[str] = set()

    def issue(self, client_id: str, address: str | None, scopes: frozenset[str]) -> str:
        """A new token."""
        token = f"EwB{secrets.token_urlsafe(900)}"
        grant = Grant(client_id, address, scopes, self._clock() + self.life)
        with self._lock:
            self._grants[token] = grant
        return token

    def find(self, token: str) -> Grant | None:
        """What a token allows, None when it never was one or has expired."""
        with self._lock:
            grant = self._grants.get(token)
        if grant is None or grant.expires <= self._clock():
            return None
        return grant

    def is_revoked(self, token: str) -> bool:
        """Whether a token was taken back before its time (continuous access
        evaluation)."""
        return token in self._revoked

    def expire(self) -> None:
        """Let all tokens handed out so far have expired."""
        with self._lock:
            self._grants = {}

    def revoke(self, address: str) -> None:
        """Revoke the tokens of a user immediately."""
        with self._lock:
            for token, grant in self._grants.items():
                if grant.address is not None and grant.address.lower() == address:
                    self._revoked.add(token)
