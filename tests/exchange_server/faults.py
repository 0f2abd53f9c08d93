# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create faults: what goes wrong, for which requests, and how often.

    from exchange_server import faults
    server.faults.add(faults.busy("CreateItem", back_off_ms=500))
    server.faults.add(faults.drop_after("UpdateItem", nth=3))
    server.faults.add(faults.http_status(503, retry_after=2, times=None))

All makers take the same conditions by name: ``operation`` (an EWS operation such as
"GetItem", also "GetUserSettings" and "Autodiscover"; None: any), ``user`` (the
caller's address, None: any), ``nth`` (the first request to be hit, counted from 1
among the matching ones) and ``times`` (how many in a row are hit, None: all).

The makers from :func:`items_refused` on make behaviors (:mod:`.behaviors`): a request
is carried out, but not as documented. They persist: their ``times`` is None by default,
and counts only requests in which they made a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .behaviors import (
    REFUSED_TEXTS,
    Behavior,
    ConflictsIgnored,
    EmptyWithoutRoot,
    ItemsRefused,
    NeverKept,
    TextLimit,
    ValueRefused,
    ValueStays,
)
from .fault_effects import (
    Bomb,
    Busy,
    Dripping,
    DropAfter,
    DropBefore,
    HttpStatus,
    Replaced,
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
    """ErrorServerBusy with the milliseconds to wait (None: without them)."""
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


def dripping(pause: float = 0.0002, operation: str | None = None, **when: Any) -> Fault:
    """The request is carried out at once; its answer comes a byte at a time, with a
    pause of so many seconds in between."""
    return Fault(Dripping(pause), operation, **when)


def bomb(operation: str | None = None, *, size: int = 2**28, **when: Any) -> Fault:
    """The request is carried out; its answer has so many bytes once it is unpacked."""
    return Fault(Bomb(size), operation, **when)


def truncated(
    operation: str | None = None, *, sent: int | None = None, **when: Any
) -> Fault:
    """Only so many bytes of the answer's body arrive (None: half of them)."""
    return Fault(Truncated(sent), operation, **when)


def replaced(
    pattern: str,
    text: str,
    operation: str | None = None,
    *,
    count: int = 0,
    **when: Any,
) -> Fault:
    """The request is carried out; text in the answer is replaced (``re.sub``)."""
    return Fault(Replaced(pattern, text, count), operation, **when)


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


def items_refused(
    code: str, operation: str | None = None, *, from_item: int = 1, **when: Any
) -> Fault:
    """From one item of each batch on, counted from 1, items get a response code."""
    return _lasting(ItemsRefused(code, from_item), operation, **when)


def busy_from(from_item: int, operation: str | None = None, **when: Any) -> Fault:
    """From one item of each batch on, counted from 1, items get ErrorServerBusy."""
    return _lasting(ItemsRefused("ErrorServerBusy", from_item), operation, **when)


def quota_exceeded(operation: str | None = None, **when: Any) -> Fault:
    """The mailbox is full: what would add to it gets ErrorQuotaExceeded."""
    effect = ItemsRefused("ErrorQuotaExceeded", operations=_GROWING)
    return _lasting(effect, operation, **when)


def value_stays(
    properties: Iterable[str], *, group_clears: bool = True, **when: Any
) -> Fault:
    """DeleteItemField is acknowledged, the change key moves, the value stays.

    :param properties: keys, such as "contacts:EmailAddress:EmailAddress1"
    :param group_clears: whether deleting the documented group of extended properties
        (see :data:`.properties.groups.GROUPS`) in one update does remove the value
    """
    return _lasting(ValueStays(_names(properties), group_clears), **when)


def never_kept(properties: Iterable[str], **when: Any) -> Fault:
    """CreateItem and SetItemField are acknowledged, the values are not stored.

    :param properties: keys, such as "contacts:ImAddress:ImAddress2"
    """
    return _lasting(NeverKept(_names(properties)), **when)


def value_refused(
    property: str,  # noqa: A002 - the word that the control interface uses
    *,
    value: str | None = None,
    contains: str | None = None,
    code: str = "ErrorPropertyUpdate",
    named: bool = True,
    **when: Any,
) -> Fault:
    """CreateItem and UpdateItem refuse an item because of the value of a property.

    :param value: the one text that is refused; None: see ``contains``
    :param contains: what is refused contains this; None, too: any value is refused
    :param named: whether the answer's MessageXml names the property
    """
    effect = ValueRefused(property, value, contains, code, named)
    return _lasting(effect, **when)


def text_limit(
    longest: int = 255,
    properties: Iterable[str] | None = None,
    *,
    code: str | None = None,
    **when: Any,
) -> Fault:
    """Longer texts are cut, or refused with a code such as ErrorPropertyUpdate.

    :param properties: keys; by default names, subject, job title and their like, or
        when a code is given those that servers are known to refuse
    """
    if properties is None:
        properties = _LIMITED_TEXTS if code is None else _REFUSED_TEXTS
    return _lasting(TextLimit(longest, _names(properties), code), **when)


def conflicts_ignored(operation: str | None = None, **when: Any) -> Fault:
    """UpdateItem and UpdateContact overwrite, whatever version the request names."""
    return _lasting(ConflictsIgnored(), operation, **when)


def empty_without_root(operation: str | None = None, **when: Any) -> Fault:
    """FindFolder and FindItem leave RootFolder out when they find nothing."""
    return _lasting(EmptyWithoutRoot(), operation, **when)


def _lasting(effect: Behavior, operation: str | None = None, **when: Any) -> Fault:
    return Fault(effect, **{"operation": operation, "times": None, **when})


def _names(properties: Iterable[str]) -> tuple[str, ...]:
    if isinstance(properties, str):
        raise ValueError("properties must be several keys, not one text")
    return tuple(properties)


_GROWING = (
    "CopyItem",
    "CreateAttachment",
    "CreateContact",
    "CreateContactFolder",
    "CreateFolder",
    "CreateItem",
    "DeltaState",
    "SetContactPhoto",
    "UpdateContact",
    "UpdateItem",
)
_REFUSED_TEXTS = (*REFUSED_TEXTS, "item:Subject")
_LIMITED_TEXTS = (
    *_REFUSED_TEXTS,
    "contacts:AssistantName",
    "contacts:CompanyName",
    "contacts:Department",
    "contacts:DisplayName",
    "contacts:FileAs",
    "contacts:Generation",
    "contacts:Initials",
    "contacts:JobTitle",
    "contacts:Manager",
    "contacts:Nickname",
    "contacts:OfficeLocation",
    "contacts:Profession",
    "contacts:SpouseName",
    "extended:0x3a45:String",
)

MAKERS: Mapping[str, Callable[..., Fault]] = {
    maker.__name__: maker
    for maker in (
        soap_fault,
        busy,
        http_status,
        slow,
        dripping,
        bomb,
        truncated,
        replaced,
        drop_before,
        drop_after,
        items_refused,
        busy_from,
        quota_exceeded,
        value_stays,
        never_kept,
        value_refused,
        text_limit,
        conflicts_ignored,
        empty_without_root,
    )
}
