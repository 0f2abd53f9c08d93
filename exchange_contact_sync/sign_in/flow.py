# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Prepare a user's sign-in on Microsoft's page, and redeem the answer.

MSAL creates nonce and PKCE verifier (S256), and compares state and nonce.
"""

from __future__ import annotations

import hmac
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..core.errors import AnswerMalformed
from .application import Application, opened
from .errors import ForeignAnswer
from .tokens import Tokens, permissions, tokens_of

# A form that Microsoft's page posts arrives without Odoo's cookie (SameSite), so the
# answer has to be in the query. PKCE makes a stolen code useless.
warnings.filterwarnings(
    "ignore", "response_mode='form_post'", UserWarning, r"msal\.oauth2cli\.oauth2"
)

Flow = dict[str, Any]
"""The values to keep in the user's session until the answer arrives; can be written as
JSON. The keys are MSAL's: ``auth_uri``, ``state``, ``nonce``, ``code_verifier`` …
"""

ANSWER = ("code", "state", "error", "error_description")
"""Parameters of the redirect address that are read."""


@dataclass(frozen=True)
class SignedIn:
    """A user who signed in.

    :param addresses: those in the identity token, in lower case. They only name the
        user; Graph knows which mailbox the tokens open
    :param tenant: id of the organization
    :param person: id of the user in the organization
    """

    tokens: Tokens
    addresses: frozenset[str]
    tenant: str
    person: str


def begin(
    application: Application,
    redirect_uri: str,
    *,
    state: str,
    address: str = "",
    shared: bool = False,
    choose: bool = False,
) -> Flow:
    """Prepare a sign-in.

    :param redirect_uri: where Microsoft sends the user back to
    :param state: a text that cannot be guessed; the answer contains it
    :param address: of the user, which the page suggests
    :param shared: for a mailbox that is shared with the user
    :param choose: the page offers the accounts of the browser, even if only one of them
        is signed in
    :return: the user has to be redirected to its ``auth_uri``
    :raises SyncError: the sign-in cannot be reached, or the provider is not set up
        correctly
    """
    with opened(application) as client:
        flow: Flow = client.initiate_auth_code_flow(
            application.scopes(*permissions(shared=shared)),
            redirect_uri=redirect_uri,
            state=state,
            login_hint=address or None,
            prompt="select_account" if choose else None,
            response_mode="query",
        )
    if not flow["auth_uri"].startswith(f"{application.cloud.login.rstrip('/')}/"):
        raise AnswerMalformed("The sign-in's metadata leads to another server.")
    return flow


def complete(
    application: Application, flow: Flow, answer: Mapping[str, str]
) -> SignedIn:
    """Redeem the answer that the redirect address received.

    :param flow: from :func:`begin`; it can be used once, and the caller has removed it
        from the user's session
    :raises ForeignAnswer: the answer does not belong to the flow
    :raises SyncError: the user or Microsoft refused; see ``errors``
    """
    expected, received = str(flow.get("state") or ""), answer.get("state", "")
    if not expected or not hmac.compare_digest(expected.encode(), received.encode()):
        raise ForeignAnswer("The state is another one.")
    parameters = {name: answer[name] for name in ANSWER if name in answer}
    with opened(application) as client:
        try:
            result = client.acquire_token_by_auth_code_flow(dict(flow), parameters)
        except (KeyError, ValueError, RuntimeError) as error:
            # MSAL's texts quote state and nonce.
            raise ForeignAnswer(f"MSAL: {type(error).__name__}") from None
    tokens = tokens_of(result)
    return _signed_in(application, tokens, result.get("id_token_claims"))


def _signed_in(application: Application, tokens: Tokens, claims: object) -> SignedIn:
    """Return who signed in.

    The identity token was received from the token endpoint over TLS, so its signature
    need not be checked (OpenID Connect Core, 3.1.3.7).

    :raises ForeignAnswer: the token is for another application, or the user belongs to
        another organization
    """
    if not isinstance(claims, dict) or claims.get("aud") != application.client_id:
        raise ForeignAnswer("The identity token is for another application.")
    tenant, person = str(claims.get("tid", "")), str(claims.get("oid", ""))
    wanted = _guid(application.tenant)
    if not tenant or (wanted and wanted != _guid(tenant)):
        raise ForeignAnswer("The user belongs to another organization.")
    if not tokens.refresh:
        raise AnswerMalformed("The answer has no refresh token.")
    named = (claims.get("preferred_username"), claims.get("email"))
    addresses = {one.strip().lower() for one in named if isinstance(one, str) and one}
    return SignedIn(tokens, frozenset(addresses), tenant, person)


def _guid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
