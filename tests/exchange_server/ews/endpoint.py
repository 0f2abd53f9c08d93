# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""POST /EWS/Exchange.asmx: who asks, what goes wrong, what Exchange answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..counters import Counters
from ..fault_effects import Surroundings
from ..fault_queue import Behaviors, Faults
from ..http_message import XML, HttpAnswer, HttpRequest, status_page
from ..recorder import Exchanged, Recorder

if TYPE_CHECKING:
    from ..exchange import Exchange
    from ..store.mailbox import Mailbox


class Gate:
    """What every service request passes through once its caller is known.

    It counts, records and lets faults strike around the actual work, for EWS and
    Autodiscover alike.
    """

    def __init__(
        self,
        exchange: Exchange,
        faults: Faults,
        counters: Counters,
        recorder: Recorder,
        wait: Callable[[float], object],
    ) -> None:
        self.exchange = exchange
        self._faults = faults
        self._counters = counters
        self._recorder = recorder
        self._wait = wait

    def behaviors(self, operation: str, caller: Mailbox) -> Behaviors:
        """What the server does differently than documented in one request."""
        return self._faults.behaviors(operation, caller.address)

    def pass_through(
        self,
        operation: str,
        caller: Mailbox,
        request: HttpRequest,
        challenges: tuple[str, ...],
        process: Callable[[], HttpAnswer],
    ) -> HttpAnswer:
        """Answer a request, or spoil it as the next fault wants.

        :param process: carries the request out and makes its answer
        """
        user = caller.address
        made: list[HttpAnswer] = []

        def carry_out() -> HttpAnswer:
            made.append(process())
            return made[-1]

        self._counters.count_request(operation, user, len(request.body))
        effect = self._faults.strike(operation, user)
        try:
            if effect is None:
                return carry_out()
            around = Surroundings(self.exchange, operation, challenges, self._wait)
            answer = effect.around(carry_out, around)
            if answer.status == 401:
                request.identity.mailbox = None
            return answer
        finally:
            status, body = (made[-1].status, made[-1].body) if made else (None, None)
            self._recorder.keep(Exchanged(operation, user, request.body, status, body))


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

        return self._gate.pass_through(operation, caller, request, challenges, process)
