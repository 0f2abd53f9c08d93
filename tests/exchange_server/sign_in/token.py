# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The token endpoint: codes, refresh tokens and credentials become access tokens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from ..http_message import HttpAnswer
from .clients import client_of
from .errors import NO_STORE, SignInError, json_answer
from .grants import Consent
from .jwt import encode
from .scopes import DEFAULT, OPEN_ID, is_application_scope, read_scopes, written
from .tenant import Application, Tenant

if TYPE_CHECKING:
    from ..exchange import Exchange

Form = Mapping[str, str]


class TokenEndpoint:
    """…/oauth2/v2.0/token

    :param base: the URL of the server
    """

    def __init__(self, exchange: Exchange, base: str) -> None:
        self._exchange = exchange
        self._base = base

    @property
    def _tenant(self) -> Tenant:
        return self._exchange.tenant

    def answer(self, form: Form, authorization: str | None, url: str) -> HttpAnswer:
        """The answer to a request.

        :param url: of the endpoint, as the client asked
        """
        issuer = self.issuer
        try:
            audiences = (
                url,
                issuer,
                f"{self._base}/{self._tenant.id}/oauth2/v2.0/token",
            )
            client = client_of(self._tenant, form, authorization, audiences)
            self._tenant.check_admitted(client.client_id)
            data = self._grant(client, form)
        except SignInError as error:
            return error.answer()
        return json_answer(data, NO_STORE)

    @property
    def issuer(self) -> str:
        """The issuer of identity tokens."""
        return f"{self._base}/{self._tenant.id}/v2.0"

    def _grant(self, client: Application, form: Form) -> dict[str, object]:
        kind = form.get("grant_type")
        if kind == "client_credentials":
            return self._for_application(client, form)
        if kind == "authorization_code":
            consent = self._tenant.grants.redeem(
                form.get("code", ""),
                client.client_id,
                form.get("redirect_uri", ""),
                form.get("code_verifier"),
            )
        elif kind == "refresh_token":
            token = form.get("refresh_token", "")
            consent = self._tenant.grants.refresh(token, client.client_id)
        else:
            text = f"The app requested an unsupported grant type '{kind}'."
            raise SignInError("unsupported_grant_type", 70003, text)
        return self._for_user(client, consent, form)

    def _for_application(self, client: Application, form: Form) -> dict[str, object]:
        scope = form.get("scope", "")
        if not is_application_scope(scope):
            text = f"The provided value for scope {scope} is not valid."
            raise SignInError("invalid_scope", 1002012, text)
        seconds = int(self._tenant.access.life.total_seconds())
        return {
            "token_type": "Bearer",
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": self._tenant.token_of_application(client),
        }

    def _for_user(
        self, client: Application, consent: Consent, form: Form
    ) -> dict[str, object]:
        tenant = self._tenant
        tenant.check_admitted(consent.address)
        wanted = consent.scopes
        if "scope" in form:
            wanted = read_scopes(form["scope"])
        if DEFAULT in wanted:
            wanted = (wanted - {DEFAULT}) | consent.scopes
        allowed = tenant.consented(client.client_id, consent.address)
        if not wanted - OPEN_ID <= allowed:
            text = "The user or administrator has not consented to use the application."
            raise SignInError("invalid_grant", 65001, text)
        scopes = wanted - {"offline_access"}
        seconds = int(tenant.access.life.total_seconds())
        data: dict[str, object] = {
            "token_type": "Bearer",
            "scope": written(scopes, form.get("scope", "")),
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": tenant.access.issue(
                client.client_id, consent.address, scopes
            ),
        }
        if "offline_access" in consent.scopes:
            data["refresh_token"] = tenant.grants.new_refresh_token(consent)
        if "openid" in consent.scopes:
            data["id_token"] = self._id_token(client, consent)
        if form.get("client_info") == "1":
            data["client_info"] = self._client_info(consent)
        return data

    def _client_info(self, consent: Consent) -> str:
        """The value by which MSAL distinguishes users."""
        owner = self._exchange.mailbox(consent.address)
        info = {"uid": owner.guid, "utid": self._tenant.id}
        return encode(json.dumps(info).encode())

    def _id_token(self, client: Application, consent: Consent) -> str:
        """The identity token ("ID token claims reference")."""
        owner, now = self._exchange.mailbox(consent.address), self._tenant.clock()
        claims: dict[str, object] = {
            "aud": client.client_id,
            "iss": self.issuer,
            "iat": int((now - timedelta(minutes=5)).timestamp()),
            "nbf": int((now - timedelta(minutes=5)).timestamp()),
            "exp": int((now + timedelta(hours=1)).timestamp()),
            "oid": owner.guid,
            "sub": encode(f"{client.client_id}/{owner.guid}".encode()),
            "tid": self._tenant.id,
            "ver": "2.0",
        }
        if "profile" in consent.scopes:
            claims["name"] = owner.display_name
            claims["preferred_username"] = owner.address
        if "email" in consent.scopes:
            claims["email"] = owner.address
        if consent.nonce is not None:
            claims["nonce"] = consent.nonce
        return self._tenant.key.sign(claims)
