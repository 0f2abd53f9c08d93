# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""POST /EWS/Exchange.asmx: find the caller, apply faults, and answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..counters import Counters
from ..gate import Gate
from ..http_message import XML, HttpAnswer, HttpRequest, status_page

if TYPE_CHECKING:
    from ..exchange import Exchange
    from ..store.mailbox import Mailbox


class SoapDialect:
    """Reports errors as SOAP faults and as pages of the web server."""

    content_type = XML

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def fault(
        self, operation: str, code: str, message: str, values: Mapping[str, str]
    ) -> HttpAnswer:
        """A SOAP fault with an EWS response code."""
        answer = self._exchange.fault_answer(code, message, operation, values)
        return HttpAnswer(answer.status, answer.body, XML)

    def status(self, status: int, headers: tuple[tuple[str, str], ...]) -> HttpAnswer:
        """A page of the web server."""
        return status_page(status, headers)


class EwsEndpoint:
    """The Exchange Web Services themselves."""

    def __init__(self, gate: Gate, counters: Counters) -> None:
        self._gate = gate
        self._counters = counters

    def answer(
        self, request: HttpRequest, caller: Mailbox, challenges: tuple[str, ...]
    ) -> HttpAnswer:
        """The SOAP answer to an authenticated POST."""
        kind = request.headers.get("Content-Type", "")
        if not kind.lower().startswith("text/xml"):
            # SOAP 1.1 over HTTP, section 6: the content type must be text/xml; the
            # framework that EWS is built on refuses others with this status.
            return status_page(415)
        if not request.body:
            return status_page(400)
        operation = self._gate.exchange.operation_of(request.body)

        def process() -> HttpAnswer:
            answer = self._gate.exchange.answer(
                request.body,
                caller,
                request.headers,
                self._gate.behaviors(operation, caller),
            )
            if answer.writes:
                self._counters.count_write()
            return HttpAnswer(answer.status, answer.body, XML)

        dialect = SoapDialect(self._gate.exchange)
        return self._gate.pass_through(
            operation, caller, request, challenges, process, dialect
        )
