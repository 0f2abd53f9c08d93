# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults on demand: what goes wrong, for which requests, how often.

    from exchange_server import faults
    server.faults.add(faults.busy("CreateItem", back_off_ms=500))
    server.faults.add(faults.drop_after("UpdateItem", nth=3))
    server.faults.add(faults.http_status(503, retry_after=2, times=None))

All makers take the same conditions by name: ``operation`` (an EWS operation such as
"GetItem", also "GetUserSettings" and "Autodiscover"; None: any), ``user`` (the
caller's address, None: any), ``nth`` (the first request to be hit, counted from 1
among the matching ones) and ``times`` (how many in a row are hit, None: all).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .fault_effects import (
    Busy,
    DropAfter,
    DropBefore,
    HttpStatus,
    Slow,
    SoapFault,
    Truncated,
)
from .fault_queue import Fault


def soap_fault(
    code: str,
    message: str = "The operation failed.",
    *,
    values: Mapping[str, str] | None = None,
    **when: Any,
) -> Fault:
    """A SOAP fault with an EWS response code such as ErrorInternalServerError."""
    return Fault(SoapFault(code, message, values or {}), **when)


def busy(
    operation: str | None = None, *, back_off_ms: int | None = 1000, **when: Any
) -> Fault:
    """ErrorServerBusy with the milliseconds to stay away (None: not said)."""
    return Fault(Busy(back_off_ms), operation, **when)


def http_status(
    status: int,
    operation: str | None = None,
    *,
    retry_after: int | None = None,
    body: str | None = None,
    location: str | None = None,
    **when: Any,
) -> Fault:
    """An answer of the web server: 503 with Retry-After (s), 500, 401, 302, …"""
    effect = HttpStatus(status, retry_after, body, location)
    return Fault(effect, operation, **when)


def slow(seconds: float, operation: str | None = None, **when: Any) -> Fault:
    """The request is carried out at once, its answer comes so many seconds later."""
    return Fault(Slow(seconds), operation, **when)


def truncated(
    operation: str | None = None, *, sent: int | None = None, **when: Any
) -> Fault:
    """Only so many bytes of the answer's body arrive (None: half of them)."""
    return Fault(Truncated(sent), operation, **when)


def drop_before(
    operation: str | None = None, *, reset: bool = False, **when: Any
) -> Fault:
    """The connection closes before the request is carried out."""
    return Fault(DropBefore(reset), operation, **when)


def drop_after(
    operation: str | None = None, *, reset: bool = False, **when: Any
) -> Fault:
    """The connection closes after the change was made, without an answer."""
    return Fault(DropAfter(reset), operation, **when)


MAKERS: Mapping[str, Callable[..., Fault]] = {
    maker.__name__: maker
    for maker in (
        soap_fault,
        busy,
        http_status,
        slow,
        truncated,
        drop_before,
        drop_after,
    )
}
