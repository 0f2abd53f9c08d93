# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse a call, find its function, and return the result as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..http_message import HttpAnswer, HttpRequest
from . import contacts, faults, graph, mailboxes, sign_in, traffic
from .plain import plain
from .routes import BadCall, Call, NotThere, Routes, query_of

if TYPE_CHECKING:
    from ..server import ExchangeServer

JSON = "application/json"
PARTS: tuple[Routes, ...] = (
    traffic.routes,
    faults.routes,
    mailboxes.routes,
    contacts.routes,
    graph.routes,
    sign_in.routes,
)


class Control:
    """Answers requests below /control/."""

    def __init__(self, server: ExchangeServer) -> None:
        self._server = server

    def answer(self, request: HttpRequest) -> HttpAnswer:
        """Return the JSON answer, which is {"error": text} for errors."""
        try:
            outcome = self._call(request)
        except (
            BadCall,
            ValueError,
        ) as error:  # ValueError: raised by the mailbox's methods
            return _json(400, {"error": str(error)})
        except NotThere as error:
            return _json(404, {"error": str(error)})
        if isinstance(outcome, HttpAnswer):
            return outcome
        return HttpAnswer(204) if outcome is None else _json(200, outcome)

    def _call(self, request: HttpRequest) -> object:
        path = request.path[len("/control") :].strip("/")
        functions: dict = {}
        for part in PARTS:
            functions.update(part.find(path))
        if not functions:
            raise NotThere(f"nothing here: /control/{path}")
        if request.method not in functions:
            allowed = ", ".join(sorted(functions))
            error = {"error": f"use one of {allowed}"}
            return _json(405, error, (("Allow", allowed),))
        function, params = functions[request.method]
        query, data = query_of(request.query), _data(request.body)
        return function(Call(self._server, params, query, data))


def _data(body: bytes) -> dict[str, object]:
    if not body:
        return {}
    try:
        data = json.loads(body)
    except ValueError as error:
        raise BadCall(f"the body is no JSON: {error}") from None
    if not isinstance(data, dict):
        raise BadCall("the body must be a JSON object")
    return data


def _json(
    status: int, data: object, headers: tuple[tuple[str, str], ...] = ()
) -> HttpAnswer:
    body = json.dumps(data, default=plain, ensure_ascii=False).encode()
    return HttpAnswer(status, body + b"\n", JSON, headers)
