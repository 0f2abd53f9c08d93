# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Give out access tokens for the requests of a run: a sign-in's, or an application's.

Both are ``TokenSource`` of ``graph``. Access tokens are kept in memory only, as long as
the run.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ..core.handles import SecretHandle, hold
from .application import Application
from .tokens import EARLY, Tokens, of_application, refreshed


class TokenSource:
    """Keeps an access token until it expires or is refused.

    :param renew: gets a new one
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
        :raises SyncError: there is none; see ``errors``
        """
        tokens = self._tokens
        if (
            tokens is None
            or tokens.access == refused
            or tokens.until - EARLY <= self._clock()
        ):
            tokens = self._tokens = self._renew()
        return tokens.access


def of_user(
    application: Application,
    refresh_token: SecretHandle,
    keep: Callable[[str], None],
    first: Tokens | None = None,
    shared: bool = False,
) -> TokenSource:
    """Return the access tokens of a user who signed in.

    :param keep: commits a new refresh token; called before the access token
        that came with it is used
    :param first: tokens that the user just got by signing in
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


def of_company(application: Application) -> TokenSource:
    """Return the access tokens of an application that acts for all its mailboxes."""
    return TokenSource(lambda: of_application(application))
