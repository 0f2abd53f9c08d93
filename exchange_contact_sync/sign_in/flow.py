# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lead a user to Microsoft's sign-in page, and take the answer of it.

MSAL makes state, nonce and PKCE (S256), and compares state and nonce.
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

# A form that Microsoft's page posts comes without Odoo's cookie (SameSite), so the
# answer has to be in the query; PKCE makes a stolen code worthless.
warnings.filterwarnings(
    "ignore", "response_mode='form_post'", UserWarning, r"msal\.oauth2cli\.oauth2"
)

Flow = dict[str, Any]
"""What has to be kept in the user's session until the answer comes; can be JSON. Keys
are MSAL's: ``auth_uri``, ``state``, ``nonce``, ``code_verifier`` …"""

ANSWER = ("code", "state", "error", "error_description")
"""Parameters of the redirect address that are read."""


@dataclass(frozen=True)
class SignedIn:
    """A user who signed in.

    :param addresses: which the identity token says are the user's, in lower case. They
        name the user; which mailbox the tokens open, only Graph can tell.
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
    :param state: comes back with the answer; a text that cannot be guessed
    :param address: of the user, which the page suggests
    :param shared: for a mailbox that is shared with the user
    :param choose: the page offers the accounts of the browser, even if only one of them
        is signed in
    :return: ``auth_uri`` is where the user has to go
    :raises SyncError: the sign-in cannot be reached, or the provider is set up wrongly
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
    """Take the answer that the redirect address got.

    :param flow: from :func:`begin`, out of the user's session; it is good once, and
        the caller removes it from there first
    :raises ForeignAnswer: the answer does not belong to the flow
    :raises SyncError: the user or Microsoft refused; see ``errors``
    """
    expected, came = str(flow.get("state") or ""), answer.get("state", "")
    if not expected or not hmac.compare_digest(expected.encode(), came.encode()):
        raise ForeignAnswer("The state is another one.")
    taken = {name: answer[name] for name in ANSWER if name in answer}
    with opened(application) as client:
        try:
            result = client.acquire_token_by_auth_code_flow(dict(flow), taken)
        except (KeyError, ValueError, RuntimeError) as error:
            # MSAL's texts quote state and nonce.
            raise ForeignAnswer(f"MSAL: {type(error).__name__}") from None
    tokens = tokens_of(result)
    return _signed_in(application, tokens, result.get("id_token_claims"))


def _signed_in(application: Application, tokens: Tokens, claims: object) -> SignedIn:
    """Return who signed in.

    The identity token came from the token endpoint over TLS, so its signature says
    nothing new (OpenID Connect Core, 3.1.3.7).

    :raises ForeignAnswer: it is for another application or of another organization
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
