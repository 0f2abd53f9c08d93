# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Everything below /v1.0: find the caller, apply faults, and answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..counters import Counters
from ..gate import Gate
from ..http_message import HttpAnswer, HttpRequest
from ..refusal import ResponseError
from . import batch
from .access import Access, Caller
from .call import Call
from .errors import GraphDialect, GraphError, bad_request, not_supported, refused
from .query import query_of
from .routes import BATCH, Route, find, nearest, steps_of
from .switches import Switches
from .throttle import Throttle

if TYPE_CHECKING:
    from ..store.mailbox import Mailbox

VERSION = "/v1.0"
_DIALECT = GraphDialect()


@dataclass(frozen=True)
class _Asked:
    """One request, inside a batch or outside.

    :param path: behind the version, without the query
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    position: int = 1


class GraphEndpoint:
    """Microsoft Graph.

    :param base: the URL up to and with the version
    """

    def __init__(
        self,
        gate: Gate,
        counters: Counters,
        switches: Switches,
        access: Access,
        base: str,
    ) -> None:
        self._gate = gate
        self._counters = counters
        self._switches = switches
        self._access = access
        self._base = base
        self._throttle = Throttle(switches)

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """The answer to a request below /v1.0."""
        client_id = request.headers.get("client-request-id")
        try:
            caller = self._access.identify(request.headers.get("Authorization"))
            path = request.path[len(VERSION) :]
            asked = _Asked(
                request.method, path, request.query, request.headers, request.body
            )
            if path.lower() in ("/$batch", "/$batch/"):
                return self._batch(request, caller, asked)
            whose = self._whose(caller, asked)
            with self._throttle.turn(whose):
                return self._one(request, caller, asked)
        except GraphError as error:
            return error.answer(client_id)

    def _batch(self, request: HttpRequest, caller: Caller, asked: _Asked) -> HttpAnswer:
        if request.method != "POST":
            raise not_supported()

        def serve(inner: batch.Inner) -> HttpAnswer:
            path, _, query = inner.path.partition("?")
            one = _Asked(
                inner.method, path, query, inner.headers, inner.body, inner.position
            )
            try:
                return self._one(request, caller, one)
            except GraphError as error:
                return error.answer()

        def process() -> HttpAnswer:
            try:
                return batch.answer(request.body, serve, self._switches)
            except GraphError as error:
                return error.answer()

        with self._throttle.turn(f"{caller.grant.client_id} {caller.address}"):
            return self._through(BATCH, caller, request, asked, process)

    def _whose(self, caller: Caller, asked: _Asked) -> str:
        """Whose requests are counted together: application and mailbox."""
        mailbox, _rest = self._mailbox(caller, asked)
        return f"{caller.grant.client_id} {mailbox.address}"

    def _mailbox(
        self, caller: Caller, asked: _Asked
    ) -> tuple[Mailbox, tuple[str, ...]]:
        """The mailbox that a path names, and the rest of the path."""
        steps = steps_of(asked.path)
        length = {"me": 1, "users": 2}.get(steps[0].lower() if steps else "", 0)
        if not length or len(steps) < length:
            name = steps[0] if steps else ""
            raise bad_request(f"Resource not found for the segment '{name}'.")
        return self._access.mailbox(caller, steps[:length]), steps[length:]

    def _one(self, request: HttpRequest, caller: Caller, asked: _Asked) -> HttpAnswer:
        mailbox, steps = self._mailbox(caller, asked)
        short, inside = nearest(steps)
        route, params = find(asked.method, short)
        call = Call(
            operation=route.name,
            method=asked.method,
            base=self._base,
            path=asked.path,
            owner=asked.path[: len(asked.path) - _length_of_last(asked.path, steps)],
            query=query_of(asked.query),
            headers=asked.headers,
            body=asked.body,
            mailbox=mailbox,
            signed_in=caller.mailbox,
            switches=self._switches,
            position=asked.position,
        )

        def process() -> HttpAnswer:
            try:
                self._throttle.count(f"{caller.grant.client_id} {mailbox.address}")
                return self._carry_out(route, params, call, caller, inside)
            except GraphError as error:
                return error.answer()
            except ResponseError as error:
                return refused(error).answer()

        return self._through(route.name, caller, request, asked, process)

    def _carry_out(
        self,
        route: Route,
        params: Mapping[str, str],
        call: Call,
        caller: Caller,
        inside: Sequence[tuple[str, str]],
    ) -> HttpAnswer:
        behaviors = self._gate.behaviors(route.name, caller)
        call = replace(call, behaviors=behaviors)
        types = self._gate.exchange.graph_types
        with self._gate.exchange.lock:
            self._access.check_there(call.mailbox)
            self._access.check_scope(caller, route.scope, call.mailbox)
            call.check_inside(inside)
            behaviors.refuse(route.name, call.position)
            if types is not None:
                types.check_request(route.name, call.body)
            answer = route.handler(call, **params)
        if route.writes:
            self._counters.count_write()
        if types is not None:
            types.check_answer(route.name, answer)
        return answer

    def _through(
        self,
        operation: str,
        caller: Caller,
        request: HttpRequest,
        asked: _Asked,
        process: Callable[[], HttpAnswer],
    ) -> HttpAnswer:
        query = f"?{asked.query}" if asked.query else ""
        head = f"{asked.method} {asked.path}{query}"
        body = head.encode() + (b"\n\n" + asked.body if asked.body else b"")
        return self._gate.pass_through(
            operation,
            caller,
            replace(request, body=body),
            self._access.challenges,
            process,
            _DIALECT,
        )


def _length_of_last(path: str, steps: tuple[str, ...]) -> int:
    """How many characters of a path its last steps take, slashes included."""
    parts = [part for part in path.split("/") if part][-len(steps) :] if steps else []
    return sum(len(part) + 1 for part in parts)
