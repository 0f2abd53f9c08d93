# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gate in front of every service: count, record and apply faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from .counters import Counters
from .fault_effects import Dialect, Surroundings
from .fault_queue import Behaviors, Faults
from .http_message import HttpAnswer, HttpRequest
from .recorder import Exchanged, Recorder

if TYPE_CHECKING:
    from .exchange import Exchange


class Caller(Protocol):
    """The sender of a request: a mailbox or an application."""

    @property
    def address(self) -> str:
        """The name under which requests are counted."""


class Gate:
    """Handles every service request after its caller is authenticated.

    It counts and records requests and applies faults, for EWS and Autodiscover.
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

    def behaviors(self, operation: str, caller: Caller) -> Behaviors:
        """What the server does differently than documented in one request."""
        return self._faults.behaviors(operation, caller.address)

    def pass_through(
        self,
        operation: str,
        caller: Caller,
        request: HttpRequest,
        challenges: tuple[str, ...],
        process: Callable[[], HttpAnswer],
        dialect: Dialect,
    ) -> HttpAnswer:
        """Answer a request, or apply the next fault to it.

        :param process: carries the request out and makes its answer
        :param dialect: reports errors in the form of the protocol
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
            around = Surroundings(dialect, operation, challenges, self._wait)
            answer = effect.around(carry_out, around)
            if answer.status == 401:
                request.identity.mailbox = None
            return answer
        finally:
            status, body = (made[-1].status, made[-1].body) if made else (None, None)
            self._recorder.keep(Exchanged(operation, user, request.body, status, body))
