# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The authorize endpoint: a person signs in and allows an application something.

Source: "Microsoft identity platform and OAuth 2.0 authorization code flow". An error
that concerns the application or its redirect URI stays on the page; any other goes back
to the application.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from ..http_message import HttpAnswer
from . import pages
from .clients import known
from .errors import SignInError
from .grants import Consent
from .scopes import DEFAULT, OPEN_ID, read_scopes
from .tenant import Application, Tenant

if TYPE_CHECKING:
    from ..exchange import Exchange

COOKIE = "ESTSAUTHPERSISTENT"
Form = Mapping[str, str]
_WRONG = "Your account or password is incorrect."


@dataclass(frozen=True)
class _Request:
    """An authorization request that is in order.

    :param query: unchanged, for the forms of the pages
    """

    query: str
    client: Application
    redirect_uri: str
    parameters: Mapping[str, str]
    scopes: frozenset[str]

    @property
    def prompt(self) -> str:
        return self.parameters.get("prompt", "")

    def back(self, data: dict[str, str]) -> HttpAnswer:
        """The answer that sends a person back to the application."""
        if "state" in self.parameters:
            data = {**data, "state": self.parameters["state"]}
        if self.parameters.get("response_mode") == "form_post":
            return pages.form_post(self.redirect_uri, data)
        return HttpAnswer(302, headers=(("Location", self.back_url(data)),))

    def back_url(self, data: dict[str, str]) -> str:
        """The redirect URI with an answer in its query."""
        mark = "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{mark}{urlencode(data)}"

    def refuse(self, error: SignInError) -> HttpAnswer:
        """The answer that takes an error back to the application."""
        return self.back(_error(error))


def _error(error: SignInError) -> dict[str, str]:
    return {"error": error.error, "error_description": error.description}


class AuthorizeEndpoint:
    """…/oauth2/v2.0/authorize, and where its pages send their forms."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._lock = threading.Lock()
        self._sessions: dict[str, list[str]] = {}
        self._tickets: dict[str, str] = {}

    @property
    def _tenant(self) -> Tenant:
        return self._exchange.tenant

    def begin(self, query: str, session: str, action: str) -> HttpAnswer:
        """GET …/authorize

        :param session: the browser's cookie, "" without one
        :param action: the URL of the endpoint's forms
        """
        try:
            request = self._read(query)
        except SignInError as error:
            return pages.failure(error)
        try:
            self._check(request)
        except SignInError as error:
            return request.refuse(error)
        signed_in = self._sessions.get(session, [])
        chosen = self._silently(request, signed_in)
        if chosen is not None:
            return self._after_sign_in(request, chosen, action)
        if request.prompt == "none":
            text = "Silent authentication was performed, but no user is signed in."
            return request.refuse(SignInError("login_required", 50058, text))
        offered = [] if request.prompt == "login" else signed_in
        hint = request.parameters.get("login_hint", "")
        return pages.accounts(action, query, offered, hint)

    def _silently(self, request: _Request, signed_in: list[str]) -> str | None:
        """The account that needs no choice, None when a person must choose."""
        if request.prompt in ("login", "select_account"):
            return None
        hint = request.parameters.get("login_hint", "").lower()
        fitting = [a for a in signed_in if not hint or a.lower() == hint]
        return fitting[0] if len(fitting) == 1 else None

    def proceed(self, form: Form, session: str, action: str) -> HttpAnswer:
        """POST of one of the pages."""
        try:
            request = self._read(form.get("request", ""))
        except SignInError as error:
            return pages.failure(error)
        if "choice" in form:
            return self._decide(request, form)
        account = form.get("account", "")
        if account and account in self._sessions.get(session, []):
            return self._after_sign_in(request, account, action)
        address = form.get("address", "")
        found = self._exchange.check_password(address, form.get("password", ""))
        if found is None:
            signed_in = self._sessions.get(session, [])
            return pages.accounts(action, request.query, signed_in, address, _WRONG)
        cookie = self._remember(session, found.address)
        answer = self._after_sign_in(request, found.address, action)
        return HttpAnswer(
            answer.status,
            answer.body,
            answer.content_type,
            (*answer.headers, ("Set-Cookie", cookie)),
        )

    def _remember(self, session: str, address: str) -> str:
        with self._lock:
            if session not in self._sessions:
                session = secrets.token_urlsafe(60)
                self._sessions[session] = []
            if address not in self._sessions[session]:
                self._sessions[session].append(address)
        return f"{COOKIE}={session}; path=/; HttpOnly; SameSite=Lax"

    def _after_sign_in(
        self, request: _Request, address: str, action: str
    ) -> HttpAnswer:
        """What comes when it is known who the person is."""
        try:
            self._tenant.check_admitted(address)
        except SignInError as error:
            return request.refuse(error)
        consented = self._tenant.consented(request.client.client_id, address)
        missing = request.scopes - OPEN_ID - {DEFAULT} - consented
        if not missing and request.prompt != "consent":
            return self._allow(request, address)
        if request.prompt == "none":
            text = "The user or administrator has not consented to use the application."
            return request.refuse(SignInError("consent_required", 65001, text))
        if not self._tenant.users_may_consent:
            text = "The grant requires admin permission."
            error = _error(SignInError("access_denied", 90094, text))
            if "state" in request.parameters:
                error["state"] = request.parameters["state"]
            return pages.need_approval(request.back_url(error), request.client.name)
        ticket = secrets.token_urlsafe(30)
        with self._lock:
            self._tickets[ticket] = address
        name, scopes = request.client.name, request.scopes
        return pages.consent(action, request.query, ticket, name, address, scopes)

    def _decide(self, request: _Request, form: Form) -> HttpAnswer:
        with self._lock:
            address = self._tickets.pop(form.get("ticket", ""), None)
        if address is None:
            text = "The request is no longer valid."
            return pages.failure(SignInError("invalid_request", 165000, text))
        if form["choice"] != "accept":
            text = "User declined to consent to access the app."
            return request.refuse(SignInError("access_denied", 65004, text))
        scopes = request.scopes - OPEN_ID
        self._tenant.consent(request.client.client_id, address, scopes)
        return self._allow(request, address)

    def _allow(self, request: _Request, address: str) -> HttpAnswer:
        parameters = request.parameters
        scopes = request.scopes
        if DEFAULT in scopes:
            consented = self._tenant.consented(request.client.client_id, address)
            scopes = (scopes - {DEFAULT}) | consented
        consent = Consent(
            client_id=request.client.client_id,
            address=address,
            scopes=scopes,
            redirect_uri=request.redirect_uri,
            nonce=parameters.get("nonce"),
            challenge=parameters.get("code_challenge"),
            method=parameters.get("code_challenge_method", "plain"),
        )
        code = self._tenant.grants.new_code(consent)
        data = {"code": code, "session_state": secrets.token_hex(16)}
        return request.back(data)

    def _read(self, query: str) -> _Request:
        """The request that a query makes.

        :raises SignInError: for one that cannot be sent back to an application
        """
        parameters = dict(parse_qsl(query, keep_blank_values=True))
        client = known(self._tenant, parameters.get("client_id"))
        redirect_uri = parameters.get("redirect_uri", "")
        if redirect_uri not in client.redirect_uris:
            text = (
                f"The redirect URI '{redirect_uri}' specified in the request does not "
                "match the redirect URIs configured for the application."
            )
            raise SignInError("invalid_request", 50011, text)
        try:
            scopes = read_scopes(parameters.get("scope", ""))
        except SignInError:
            scopes = frozenset()  # said by _check
        return _Request(query, client, redirect_uri, parameters, scopes)

    def _check(self, request: _Request) -> None:
        """Refuse a request that makes no sense.

        :raises SignInError: which goes back to the application
        """
        read_scopes(request.parameters.get("scope", ""))
        if request.parameters.get("response_type") != "code":
            text = "The response_type must be 'code'."
            raise SignInError("unsupported_response_type", 700054, text)
        if request.parameters.get("response_mode", "query") not in (
            "query",
            "form_post",
        ):
            text = "The response_mode is not supported."
            raise SignInError("invalid_request", 90023, text)
        method = request.parameters.get("code_challenge_method", "plain")
        if method not in ("plain", "S256"):
            text = "The code_challenge_method is not supported."
            raise SignInError("invalid_request", 501491, text)
