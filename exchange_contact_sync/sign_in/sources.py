# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Provide access tokens for the requests of a run, of a user or of an application.

Both sources are a ``TokenSource`` of ``graph``. Access tokens are kept only in memory
and only during the run.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ..core.handles import SecretHandle, hold
from .application import Application
from .tokens import EARLY, Tokens, of_application, refreshed


class TokenSource:
    """Keeps an access token until it expires or is refused.

    :param renew: requests new tokens
    :param clock: seconds, like ``time.monotonic``
    :param first: tokens to begin with; None to get them when they are needed
    """

    def __init__(
        self,
        renew: Callable[[], Tokens],
        clock: Callable[[], float] = time.monotonic,
        first: Tokens | None = None,
    ) -> None:
        self._renew = renew
        self._clock = clock
        self._tokens = first

    def token(self, refused: str = "") -> str:
        """Return an access token.

        :param refused: a token that the server no longer accepts
        :raises SyncError: no token can be obtained; see ``errors``
        """
        tokens = self._tokens
        if (
            tokens is None
            or tokens.access == refused
            or tokens.until - EARLY <= self._clock()
        ):
            tokens = self._tokens = self._renew()
        return tokens.access


def for_user(
    application: Application,
    refresh_token: SecretHandle,
    keep: Callable[[str], None],
    first: Tokens | None = None,
    shared: bool = False,
) -> TokenSource:
    """Return a source of access tokens for a user who signed in.

    :param keep: commits a new refresh token; called before the access token
        that came with it is used
    :param first: tokens that the user has just got by signing in
    :param shared: the tokens are for mailboxes that are shared with the user
    """
    newest = [refresh_token]

    def renew() -> Tokens:
        tokens = refreshed(application, newest[0], shared=shared)
        if tokens.refresh:
            newest[0] = hold(tokens.refresh)
            keep(tokens.refresh)
        return tokens

    return TokenSource(renew, first=first)


def for_application(application: Application) -> TokenSource:
    """Return a source of access tokens for an application that opens all mailboxes."""
    return TokenSource(lambda: of_application(application))
