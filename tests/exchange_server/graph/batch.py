# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""$batch: up to twenty requests in one.

Source: "Combine multiple requests in one HTTP call using JSON batching"
(https://learn.microsoft.com/graph/json-batching) and the notes on Outlook of the page
on throttling limits: of one mailbox four run at a time.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..http_message import Delivery, HttpAnswer
from .call import reply
from .errors import GraphError, bad_request, busy
from .switches import Switches

MOST = 20
AT_ONCE = 4
_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")


class Headers(dict[str, str]):
    """Headers of an inner request: their names are asked for in any case."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__({name.lower(): value for name, value in headers.items()})

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        return super().get(name.lower(), default)


@dataclass(frozen=True)
class Inner:
    """One request of a batch.

    :param position: in the batch, from 1
    :param path: with the query, behind the version
    """

    id: str
    position: int
    method: str
    path: str
    headers: Headers
    body: bytes
    depends_on: tuple[str, ...]


Serve = Callable[[Inner], HttpAnswer]


def answer(body: bytes, serve: Serve, switches: Switches) -> HttpAnswer:
    """The answer to a batch.

    :param serve: answers one of its requests
    :raises GraphError: for a malformed batch, which is not carried out
    """
    requests = _read(body)
    answers: dict[str, HttpAnswer] = {}
    for inner in _in_order(requests, switches):
        made = _one(inner, answers, serve, switches)
        if _spoils_all(made):
            return made
        answers[inner.id] = made
    listed = [_write(inner.id, answers[inner.id]) for inner in requests]
    if switches.batch_order != "kept":
        listed = listed[1::2] + listed[::2]
    return reply({"responses": listed})


def _in_order(requests: list[Inner], switches: Switches) -> list[Inner]:
    """The order in which the requests are carried out."""
    is_chain = any(inner.depends_on for inner in requests)
    if is_chain or switches.batch_order != "mixed execution":
        return requests
    return requests[1::2] + requests[::2]


def _one(
    inner: Inner, answers: Mapping[str, HttpAnswer], serve: Serve, switches: Switches
) -> HttpAnswer:
    if any(answers[each].status >= 400 for each in inner.depends_on):
        message = "A request that this one depends on has failed."
        return GraphError(424, "FailedDependency", message).answer()
    is_free = not inner.depends_on
    if is_free and switches.beyond_four == "throttled" and inner.position > AT_ONCE:
        return busy(1).answer()
    return serve(inner)


def _spoils_all(made: HttpAnswer) -> bool:
    """Whether a fault of one request is one of the whole answer."""
    is_packed = any(name == "Content-Encoding" for name, _value in made.headers)
    return made.delivery is not Delivery.WHOLE or made.pace is not None or is_packed


def _write(identifier: str, made: HttpAnswer) -> dict[str, object]:
    headers = {"Cache-Control": "no-cache", **dict(made.headers)}
    written: dict[str, object] = {"id": identifier, "status": made.status}
    if made.body:
        headers["Content-Type"] = made.content_type
        written["body"] = _body(made)
    return {**written, "headers": headers}


def _body(made: HttpAnswer) -> object:
    if made.content_type.startswith("application/json"):
        try:
            return json.loads(made.body)
        except ValueError:  # a fault put other text there
            return made.body.decode("utf-8", "replace")
    if made.content_type.startswith("text/"):
        return made.body.decode("utf-8", "replace")
    return base64.b64encode(made.body).decode()


def _read(body: bytes) -> list[Inner]:
    try:
        data = json.loads(body)
    except ValueError as error:
        raise bad_request("Unable to read JSON request payload.") from error
    entries = data.get("requests") if isinstance(data, dict) else None
    if not isinstance(entries, list) or not entries:
        raise bad_request("A batch needs requests.")
    if len(entries) > MOST:
        message = f"Number of batch request steps exceeds the maximum value of {MOST}."
        raise bad_request(message)
    requests = [_read_one(entry, n) for n, entry in enumerate(entries, start=1)]
    _check_ids(requests)
    return requests


def _read_one(entry: object, position: int) -> Inner:
    if not isinstance(entry, dict):
        raise bad_request("A request of a batch must be an object.")
    unknown = set(entry) - {"id", "method", "url", "headers", "body", "dependsOn"}
    identifier, method, url = (entry.get(name) for name in ("id", "method", "url"))
    if unknown or not isinstance(identifier, str) or not isinstance(url, str):
        raise bad_request(f"Request {position} of the batch is not well formed.")
    if str(method).upper() not in _METHODS:
        raise bad_request(f"Request {identifier} has no method.")
    if "://" in url or url.lstrip("/").lower().startswith("$batch"):
        raise bad_request(f"Request {identifier} needs a relative url.")
    headers = entry.get("headers") or {}
    if not isinstance(headers, dict) or not all(
        isinstance(value, str) for value in headers.values()
    ):
        raise bad_request(f"The headers of request {identifier} must be texts.")
    kept = Headers(headers)
    body = _read_body(entry, identifier, kept)
    depends_on = entry.get("dependsOn") or []
    if not isinstance(depends_on, list):
        raise bad_request(f"dependsOn of request {identifier} must be a list.")
    path = f"/{url.lstrip('/')}"
    return Inner(
        identifier, position, str(method).upper(), path, kept, body, tuple(depends_on)
    )


def _read_body(entry: Mapping[str, object], identifier: str, headers: Headers) -> bytes:
    if "body" not in entry or entry["body"] is None:
        return b""
    kind = headers.get("Content-Type")
    if kind is None:
        message = f"Request {identifier} has a body and no Content-Type header."
        raise bad_request(message)
    body = entry["body"]
    if "application/json" in kind.lower():
        return json.dumps(body).encode()
    try:
        return base64.b64decode(str(body), b"-_" if _is_url_safe(body) else None, True)
    except binascii.Error as error:
        message = f"The body of request {identifier} must be base64url."
        raise bad_request(message) from error


def _is_url_safe(body: object) -> bool:
    return not {"+", "/"} & set(str(body))


def _check_ids(requests: Sequence[Inner]) -> None:
    seen: list[str] = []
    for inner in requests:
        if inner.id.lower() in (each.lower() for each in seen):
            raise bad_request(f"Request id {inner.id} is there more than once.")
        if not set(inner.depends_on) <= set(seen):
            raise bad_request(f"Request {inner.id} depends on none before it.")
        seen.append(inner.id)
