# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The services by path, and the headers of all answers."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol

from .auth import Authenticator, Refused
from .autodiscover.directory import SERVER
from .http_message import HttpAnswer, HttpRequest, status_page

if TYPE_CHECKING:
    from .store.mailbox import Mailbox

log = logging.getLogger("exchange_server.http")

HEALTH = ("/ews/healthcheck.htm", "/autodiscover/healthcheck.htm")


Answerer = Callable[[HttpRequest], HttpAnswer]


class Service(Protocol):
    """Something at a path that only authenticated callers reach."""

    def answer(
        self, request: HttpRequest, caller: Mailbox, challenges: tuple[str, ...]
    ) -> HttpAnswer: ...


class Site:
    """Finds the service for a request after the caller is authenticated.

    :param services: by path in lower case, since IIS ignores the case of paths
    :param control: answers everything below /control/, to local callers only
    :param others: answer what lies below a path in lower case, and find out for
        themselves who asks

    Attributes: ``errors``, the exceptions that became an HTTP 500. There should be
    none: each is a bug of the simulator or an answer that breaks the schema.
    """

    def __init__(
        self,
        authenticator: Authenticator,
        services: dict[str, Service],
        control: Answerer,
        others: Mapping[str, Answerer],
    ) -> None:
        self._authenticator = authenticator
        self._services = services
        self._control = control
        self._others = others
        self.errors: list[Exception] = []

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The answer to any request; it never raises."""
        try:
            answer = self._route(request)
        except Exception as error:  # the server must continue to report the error
            log.exception("%s %s failed", request.method, request.path)
            self.errors.append(error)
            answer = status_page(500)
        return replace(answer, headers=answer.headers + _usual_headers(request))

    def _route(self, request: HttpRequest) -> HttpAnswer:
        path = request.path.lower()
        if path == "/control" or path.startswith("/control/"):
            if not ip_address(request.peer).is_loopback:
                return status_page(403)
            return self._control(request)
        if path in HEALTH:
            return HttpAnswer(200, f"200 OK<br/>{SERVER}".encode())
        for beginning, answer in self._others.items():
            if path == beginning or path.startswith(f"{beginning}/"):
                return answer(request)
        service = self._services.get(path)
        if service is None:
            return status_page(404)
        caller = self._authenticator.identify(
            request.headers.get("Authorization"), request.identity
        )
        if isinstance(caller, Refused):
            headers = tuple(("WWW-Authenticate", c) for c in caller.challenges)
            return status_page(401, headers)
        answer = service.answer(request, caller, self._authenticator.challenges)
        return replace(answer, headers=answer.headers + _cookies(request))


def _cookies(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The cookies that Exchange gives a client which does not bring them along: who it
    is, and which server behind the front end serves it ("Maintain affinity between a
    group of subscriptions and the Mailbox server in Exchange")."""
    brought = request.headers.get("Cookie", "")
    secret = uuid.uuid4().hex
    cookies = (
        ("exchangecookie", f"exchangecookie={secret}; path=/; HttpOnly"),
        ("X-BackEndCookie", f"X-BackEndCookie={secret}; path=/EWS; HttpOnly"),
    )
    return tuple(
        ("Set-Cookie", cookie) for name, cookie in cookies if f"{name}=" not in brought
    )


def _usual_headers(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """Headers as Exchange sends them, see "Instrumenting client requests for EWS"."""
    headers = [
        ("Cache-Control", "private"),
        ("request-id", str(uuid.uuid4())),
        ("X-Powered-By", "ASP.NET"),
        ("X-DiagInfo", SERVER),
        ("X-BEServer", SERVER),
        ("X-FEServer", SERVER),
    ]
    client_id = request.headers.get("client-request-id")
    wanted = request.headers.get("return-client-request-id", "")
    if client_id and wanted.lower() == "true":
        headers.append(("client-request-id", client_id))
    return tuple(headers)
