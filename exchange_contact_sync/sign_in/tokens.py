# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Obtain tokens: from an answer, with a refresh token, or for the application itself.

"OAuth 2.0 authorization code flow" and "OAuth 2.0 client credentials flow"
(https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow,
…/v2-oauth2-client-creds-grant-flow).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.errors import AnswerMalformed
from ..core.handles import SecretHandle, reveal
from .application import Application, opened
from .errors import SignInExpired
from .refusals import refusal

PERMISSIONS = ("Contacts.ReadWrite", "User.Read")
"""Permissions of a user who signs in. MSAL adds openid, profile and offline_access."""

SHARED_PERMISSIONS = ("Contacts.ReadWrite.Shared", *PERMISSIONS)
"""The permissions to use a mailbox that is shared with the user."""

EARLY = 120.0
"""Seconds before its end at which a token counts as expired: a request takes up to a
minute, and clocks differ.
"""


@dataclass(frozen=True)
class Tokens:
    """Tokens as Microsoft issues them.

    :param refresh: the newest refresh token; "" if there is no new one
    :param until: end of the access token in seconds of ``time.monotonic``
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    until: float


def permissions(*, shared: bool) -> tuple[str, ...]:
    """Return the permissions that a user is asked for.

    :param shared: for a mailbox that is shared with the user
    """
    return SHARED_PERMISSIONS if shared else PERMISSIONS


def refreshed(
    application: Application, refresh_token: SecretHandle, *, shared: bool = False
) -> Tokens:
    """Return new tokens for a refresh token.

    Microsoft issues a new refresh token with each use, and does not revoke the old one.

    :param shared: for mailboxes that are shared with the user
    :raises SignInExpired: the user has to sign in again; also other errors of
        ``errors``
    :raises SyncError: there is no usable answer
    """
    token = reveal(refresh_token)
    if not token:
        raise SignInExpired("The user has not signed in yet.")
    with opened(application) as client:
        answer = client.acquire_token_by_refresh_token(
            token, scopes=application.scopes(*permissions(shared=shared))
        )
    return tokens_of(answer)


def of_application(application: Application) -> Tokens:
    """Return an access token of the application itself, for the mailboxes that an
    administrator allowed it.

    :raises SecretExpired: the secret has expired; also other errors of ``errors``
    :raises SyncError: there is no usable answer
    """
    with opened(application) as client:
        answer = client.acquire_token_for_client(application.scopes(".default"))
    return tokens_of(answer)


def tokens_of(answer: Mapping[str, object]) -> Tokens:
    """Return the tokens of an answer.

    :param answer: as MSAL returns it
    :raises SyncError: it is a refusal, or has no tokens
    """
    if "error" in answer:
        raise refusal(answer)
    access, refresh = answer.get("access_token"), answer.get("refresh_token", "")
    seconds = answer.get("expires_in")
    fits = isinstance(access, str) and access and isinstance(refresh, str)
    if not fits or not isinstance(seconds, int | float):
        raise AnswerMalformed("The answer has no access token.")
    return Tokens(str(access), str(refresh), time.monotonic() + seconds)
