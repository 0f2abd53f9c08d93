# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Everything below the tenant's path: discovery, instances, keys, authorize, token.

Source: "OpenID Connect on the Microsoft identity platform" for discovery. The tenant
is named by its id, or by ``common`` and ``organizations``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ..gate import Gate
from ..http_message import HttpAnswer, HttpRequest, status_page
from . import instances
from .authorize import COOKIE, AuthorizeEndpoint
from .errors import SignInDialect, json_answer
from .scopes import OPEN_ID
from .token import TokenEndpoint

if TYPE_CHECKING:
    from ..exchange import Exchange

ANY_TENANT = ("common", "organizations")
DISCOVERY, INSTANCES, KEYS, AUTHORIZE, TOKEN = OPERATIONS = (
    "OpenIdConfiguration",
    "InstanceDiscovery",
    "OpenIdKeys",
    "Authorize",
    "Token",
)
_PATHS = {
    "/v2.0/.well-known/openid-configuration": DISCOVERY,
    "/discovery/instance": INSTANCES,
    "/discovery/v2.0/keys": KEYS,
    "/oauth2/v2.0/authorize": AUTHORIZE,
    "/oauth2/v2.0/token": TOKEN,
}
_DIALECT = SignInDialect()


@dataclass(frozen=True)
class _Caller:
    """Who asks, as far as it is said: the id of the application."""

    address: str


class SignInEndpoint:
    """The sign-in.

    :param base: the URL of the server
    """

    def __init__(self, gate: Gate, exchange: Exchange, base: str) -> None:
        self._gate = gate
        self._exchange = exchange
        self._base = base
        self._authorize = AuthorizeEndpoint(exchange)
        self._token = TokenEndpoint(exchange, base)

    @property
    def beginnings(self) -> tuple[str, ...]:
        """The paths below which everything is the sign-in's, in lower case."""
        names = (self._exchange.tenant.id, *ANY_TENANT)
        return tuple(f"/{name}" for name in names)

    @property
    def _host(self) -> str:
        return self._base.partition("://")[2]

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The answer to a request below one of the beginnings."""
        tenant, _, rest = request.path.lstrip("/").partition("/")
        operation = _PATHS.get(f"/{rest}".rstrip("/").lower())
        if operation is None:
            return status_page(404)
        methods = {TOKEN: ("POST",), AUTHORIZE: ("GET", "POST")}
        if request.method not in methods.get(operation, ("GET",)):
            return status_page(405)
        form = dict(parse_qsl(request.body.decode("utf-8", "replace"), True))
        asked = {**dict(parse_qsl(request.query)), **form}
        caller = _Caller(asked.get("client_id", ""))
        process = self._process(operation, tenant, request, form)
        return self._gate.pass_through(
            operation, caller, request, (), process, _DIALECT
        )

    def _process(
        self, operation: str, tenant: str, request: HttpRequest, form: dict[str, str]
    ) -> Callable[[], HttpAnswer]:
        url = f"{self._base}{request.path}"
        if operation == DISCOVERY:
            return lambda: json_answer(self._discovery(tenant))
        if operation == INSTANCES:
            asked = dict(parse_qsl(request.query))
            return lambda: instances.answer(asked, self._host)
        if operation == KEYS:
            keys = self._exchange.tenant.key.jwk(self._token.issuer)
            return lambda: json_answer({"keys": [keys]})
        if operation == TOKEN:
            authorization = request.headers.get("Authorization")
            return lambda: self._token.answer(form, authorization, url)
        session = _session(request)
        if request.method == "GET":
            return lambda: self._authorize.begin(request.query, session, request.path)
        return lambda: self._authorize.proceed(form, session, request.path)

    def _discovery(self, tenant: str) -> dict[str, object]:
        """The metadata document."""
        at = f"{self._base}/{tenant}"
        issuer = f"{self._base}/{{tenantid}}/v2.0"
        if tenant not in ANY_TENANT:
            issuer = self._token.issuer
        return {
            "token_endpoint": f"{at}/oauth2/v2.0/token",
            "token_endpoint_auth_methods_supported": [
                "client_secret_post",
                "private_key_jwt",
                "client_secret_basic",
            ],
            "jwks_uri": f"{at}/discovery/v2.0/keys",
            "response_modes_supported": ["query", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "scopes_supported": sorted(OPEN_ID),
            "issuer": issuer,
            "request_uri_parameter_supported": False,
            "authorization_endpoint": f"{at}/oauth2/v2.0/authorize",
            "http_logout_supported": False,
            "claims_supported": "sub iss aud exp iat nonce name tid ver email".split(),
            "tenant_region_scope": None,
            "cloud_instance_name": self._host,
            "msgraph_host": self._host,
        }


def _session(request: HttpRequest) -> str:
    """The browser's cookie, "" without one."""
    cookies = SimpleCookie(request.headers.get("Cookie", ""))
    return cookies[COOKIE].value if COOKIE in cookies else ""
