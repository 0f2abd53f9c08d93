# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The services of the site: EWS, its description files and Autodiscover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .autodiscover import PoxEndpoint, SoapEndpoint
from .ews.endpoint import EwsEndpoint, SoapDialect
from .gate import Gate
from .http_message import HTML, XML, HttpAnswer, HttpRequest, status_page
from .site import Service

if TYPE_CHECKING:
    from .store.mailbox import Mailbox

EWS_PATH = "/EWS/Exchange.asmx"
AUTODISCOVER_PATH = "/autodiscover/autodiscover"
AUTODISCOVER_OPERATIONS = (PoxEndpoint.operation, SoapEndpoint.operation)
DESCRIPTION_FILES = ("Services.wsdl", "messages.xsd", "types.xsd")


def services(
    ews: EwsEndpoint,
    pox: PoxEndpoint,
    soap: SoapEndpoint,
    gate: Gate,
    descriptions: Path | None,
) -> dict[str, Service]:
    """All services by their path in lower case.

    :param descriptions: directory with Services.wsdl and its schemas, if there is one
    """
    found: dict[str, Service] = {
        EWS_PATH.lower(): _Service(ews.answer, _page("Exchange Web Services")),
        f"{AUTODISCOVER_PATH}.svc": _Service(
            _through(gate, soap.answer, lambda r: soap.operation_of(r.body)),
            _page("Autodiscover"),
        ),
        # A GET is answered with POX error 600 like any other unreadable request.
        f"{AUTODISCOVER_PATH}.xml": _Service(
            _through(gate, pox.answer, lambda r: pox.operation), pox.answer
        ),
    }
    for name in DESCRIPTION_FILES:
        path = descriptions / name if descriptions else None
        if path and path.is_file():
            found[f"/ews/{name}".lower()] = _Service(None, _file(path))
    return found


Answerer = Callable[[HttpRequest, "Mailbox", "tuple[str, ...]"], HttpAnswer]


@dataclass(frozen=True)
class _Service:
    """A service: what a POST does, and the page that a GET shows."""

    post: Answerer | None
    get: Callable[[HttpRequest], HttpAnswer]

    def answer(
        self, request: HttpRequest, caller: Mailbox, challenges: tuple[str, ...]
    ) -> HttpAnswer:
        if request.method in ("GET", "HEAD"):
            return self.get(request)
        if request.method == "POST" and self.post:
            return self.post(request, caller, challenges)
        allowed = "GET, HEAD, POST" if self.post else "GET, HEAD"
        return status_page(405, (("Allow", allowed),))


def _through(
    gate: Gate,
    answer: Callable[[HttpRequest], HttpAnswer],
    operation_of: Callable[[HttpRequest], str],
) -> Answerer:
    """An Autodiscover service behind the gate that counts and applies faults."""
    dialect = SoapDialect(gate.exchange)

    def post(
        request: HttpRequest, caller: Mailbox, challenges: tuple[str, ...]
    ) -> HttpAnswer:
        operation = operation_of(request)
        return gate.pass_through(
            operation, caller, request, challenges, lambda: answer(request), dialect
        )

    return post


def _page(title: str) -> Callable[[HttpRequest], HttpAnswer]:
    page = (
        f"<html><head><title>{title} Service</title></head>"
        f"<body><p>{title}: you have reached the service. "
        "Send it SOAP requests by POST.</p></body></html>"
    )
    return lambda request: HttpAnswer(200, page.encode(), HTML)


def _file(path: Path) -> Callable[[HttpRequest], HttpAnswer]:
    return lambda request: HttpAnswer(200, path.read_bytes(), XML)
