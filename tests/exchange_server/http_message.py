# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One HTTP request and one HTTP answer as plain values, and how an answer leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .auth import ConnectionIdentity

XML = "text/xml; charset=utf-8"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class HttpRequest:
    """What a client sent.

    :param method: GET, POST … in capitals
    :param path: the path without the query, percent-decoding left to the reader
    :param query: what follows the question mark, may be empty
    :param headers: case-insensitive mapping
    :param peer: the client's IP address
    :param identity: who this TCP connection has been authenticated as, if anybody
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    peer: str
    identity: ConnectionIdentity


class Delivery(Enum):
    """How much of an answer reaches the client."""

    WHOLE = "whole"
    TRUNCATED = "truncated"
    DROPPED = "dropped"
    RESET = "reset"


@dataclass(frozen=True)
class HttpAnswer:
    """What the server answers.

    :param headers: further headers in order; a name may occur several times
    :param delivery: anything but WHOLE is a fault: the connection closes after it
    :param sent: bytes of the body that leave when the answer is truncated
    :param pace: called after each byte of the body, if it is not to leave at once
    """

    status: int
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = field(default=())
    delivery: Delivery = Delivery.WHOLE
    sent: int = 0
    pace: Callable[[], object] | None = None


def status_page(status: int, headers: tuple[tuple[str, str], ...] = ()) -> HttpAnswer:
    """A small HTML page that says the status, as web servers send for errors."""
    phrase = HTTPStatus(status).phrase
    page = (
        f"<html><head><title>{status} {phrase}</title></head>"
        f"<body><h2>{status} - {phrase}</h2></body></html>"
    )
    return HttpAnswer(status, page.encode(), HTML, headers)
