# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Authorization codes and refresh tokens.

Source: "Refresh tokens in the Microsoft identity platform": each use gives a new one,
the old ones stay good; they are bound to user and application.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..clock import Clock
from .errors import SignInError

CODE_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=90)


@dataclass(frozen=True)
class Consent:
    """What a user allowed an application in one sign-in.

    :param scopes: without the resource in front
    :param challenge: of PKCE, None for a client that does without
    """

    client_id: str
    address: str
    scopes: frozenset[str]
    redirect_uri: str = ""
    nonce: str | None = None
    challenge: str | None = None
    method: str = "plain"
    expires: datetime | None = None


class Grants:
    """The codes and refresh tokens that were handed out.

    :param clock: the current time, by which they expire
    :ivar single_use: whether a refresh token can be used only once
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._codes: dict[str, Consent] = {}
        self._used: set[str] = set()
        self._refresh: dict[str, Consent] = {}
        self._revoked: set[str] = set()
        self.single_use = False

    def new_code(self, consent: Consent) -> str:
        """A code that can be used once within ten minutes."""
        code = f"1.{secrets.token_urlsafe(400)}"
        with self._lock:
            self._codes[code] = replace(consent, expires=self._clock() + CODE_LIFE)
        return code

    def redeem(
        self, code: str, client_id: str, redirect_uri: str, verifier: str | None
    ) -> Consent:
        """Return the consent of a code.

        :raises SignInError: invalid_grant
        """
        with self._lock:
            found = self._codes.get(code)
            if code in self._used:
                text = "OAuth2 Authorization code was already redeemed."
                raise SignInError("invalid_grant", 54005, text)
            if found is None or found.client_id != client_id:
                text = "The provided authorization code is invalid."
                raise SignInError("invalid_grant", 9002313, text)
            self._used.add(code)
        if found.expires is not None and found.expires <= self._clock():
            text = "The provided authorization code or refresh token has expired."
            raise SignInError("invalid_grant", 70008, text)
        if found.redirect_uri != redirect_uri:
            text = "The reply address does not match that of the authorization code."
            raise SignInError("invalid_grant", 50011, text)
        if not _fits(found, verifier):
            text = "The Code_Verifier does not match the code_challenge."
            raise SignInError("invalid_grant", 501481, text)
        return found

    def new_refresh_token(self, consent: Consent) -> str:
        """A refresh token, good for ninety days."""
        token = f"1.{secrets.token_urlsafe(600)}"
        with self._lock:
            self._refresh[token] = replace(
                consent, expires=self._clock() + REFRESH_LIFE
            )
        return token

    def refresh(self, token: str, client_id: str) -> Consent:
        """Return the consent of a refresh token.

        :raises SignInError: invalid_grant
        """
        with self._lock:
            found = self._refresh.get(token)
            is_revoked = token in self._revoked
            if self.single_use and found is not None:
                self._revoked.add(token)
        if found is None or found.client_id != client_id:
            raise SignInError("invalid_grant", 9002313, "The token is invalid.")
        if is_revoked:
            text = "The provided grant has expired due to it being revoked."
            raise SignInError("invalid_grant", 50173, text)
        if found.expires is not None and found.expires <= self._clock():
            text = "The refresh token has expired due to inactivity."
            raise SignInError("invalid_grant", 700082, text)
        return found

    def revoke(self, address: str) -> None:
        """Revoke all refresh tokens of a user."""
        with self._lock:
            self._revoked |= {
                token
                for token, consent in self._refresh.items()
                if consent.address.lower() == address.lower()
            }

    def expire(self) -> None:
        """Let all refresh tokens have been unused for too long."""
        with self._lock:
            past = self._clock() - timedelta(seconds=1)
            self._refresh = {
                token: replace(consent, expires=past)
                for token, consent in self._refresh.items()
            }


def _fits(consent: Consent, verifier: str | None) -> bool:
    """Whether a PKCE verifier fits (RFC 7636, section 4.6)."""
    if consent.challenge is None or verifier is None:
        return consent.challenge is None and verifier is None
    computed = verifier
    if consent.method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        computed = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(computed.encode(), consent.challenge.encode())
