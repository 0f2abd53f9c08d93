# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pack up to twenty requests into one, and unpack its answer.

"Combine multiple requests in one HTTP call using JSON batching"
(https://learn.microsoft.com/graph/json-batching): answers come in any order, each with
the id of its request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.errors import AnswerMalformed
from .message import Answer, Request

MAX_REQUESTS = 20
"""The most requests in a batch."""

FEW = 4
"""The number of requests that a server processes at once if it does not process a whole
batch.
"""

PATH = "/$batch"

UNANSWERED = Answer(0)
"""The answer to a request that the server did not answer."""


def packed(requests: Sequence[Request], owner: str) -> dict[str, object]:
    """Return the body of a batch.

    :param requests: at most ``MAX_REQUESTS``, with JSON or without a body
    :param owner: the beginning of their paths, such as "/me"
    """
    return {
        "requests": [
            _entry(str(number), request, owner)
            for number, request in enumerate(requests, start=1)
        ]
    }


def _entry(number: str, request: Request, owner: str) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": number,
        "method": request.method,
        "url": f"{owner}{request.path}",
    }
    headers = dict(request.headers)
    if request.body is not None:
        headers["Content-Type"] = "application/json"
        entry["body"] = request.body
    if headers:
        entry["headers"] = headers
    return entry


def unpacked(answer: Answer, expected: int) -> list[Answer]:
    """Return the inner answers, in the order of the requests.

    :return: the status is 0 for requests that are not answered; it is unknown whether
        these were carried out
    :raises AnswerMalformed: none is answered, or two have the same id
    """
    try:
        found = answer.data["responses"]
        inner = {str(entry["id"]): _answer(entry) for entry in found}  # type: ignore[attr-defined]
        if len(inner) != len(found):  # type: ignore[arg-type]
            raise ValueError("an id occurs more than once")
        numbers = [str(number) for number in range(1, expected + 1)]
        if inner.keys().isdisjoint(numbers):
            raise ValueError("no request is answered")
        return [inner.get(number, UNANSWERED) for number in numbers]
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise AnswerMalformed(f"$batch: {type(error).__name__}: {error}") from error


def _answer(entry: Mapping[str, object]) -> Answer:
    status, headers = entry["status"], entry.get("headers") or {}
    if not isinstance(status, int) or not isinstance(headers, dict):
        raise ValueError("an answer without a status")
    lower = {str(name).lower(): str(value) for name, value in headers.items()}
    return Answer(status, lower, entry.get("body"))
