# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Response messages: one for each thing that a request asks for.

Source: the EWS pages "ResponseMessages" and "ResponseCode", and the error examples on
the operations' pages, such as "CreateItem operation (contact)".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from ..refusal import ResponseError
from .errors import STOP_THE_BATCH
from .properties.paths import path_xml
from .xmltext import element

if TYPE_CHECKING:
    from .call import Call

Target = TypeVar("Target")

_STOPPED = ResponseError("ErrorBatchProcessingStopped")


def success(operation: str, content: str = "") -> str:
    """The message for what was done.

    :param content: content after the response code
    """
    name = f"m:{operation}ResponseMessage"
    code = "<m:ResponseCode>NoError</m:ResponseCode>"
    return f'<{name} ResponseClass="Success">{code}{content}</{name}>'


def failure(
    operation: str,
    error: ResponseError,
    content: str = "",
    response_class: str = "Error",
) -> str:
    """The message for what could not be done.

    :param content: content after the code, such as an empty ``Items``
    """
    name = f"m:{operation}ResponseMessage"
    details = (
        element("m:MessageText", error.text)
        + element("m:ResponseCode", error.code)
        + "<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>"
    )
    named = error.message_xml
    if error.key is not None:
        named = path_xml(error.key)
    if named:
        details += f"<m:MessageXml>{named}</m:MessageXml>"
    return f'<{name} ResponseClass="{response_class}">{details}{content}</{name}>'


def response(messages: Iterable[str]) -> str:
    """The content of an operation's answer."""
    return f"<m:ResponseMessages>{''.join(messages)}</m:ResponseMessages>"


def answer_each(
    call: Call,
    targets: Iterable[Target],
    handle: Callable[[Target], str],
    empty: str = "",
) -> str:
    """The answer to a request for several things, each with a message of its own.

    One failure does not touch the others, in the order of the request; but after a
    failure of the kind that would meet all that follow, nothing more is tried.

    :param handle: handles one item and returns the content after the response code
    :param empty: this content if it fails
    """
    messages: list[str] = []
    stopped = False
    operation = call.operation
    for position, target in enumerate(targets, start=1):
        if stopped:
            messages.append(failure(operation, _STOPPED, empty, "Warning"))
            continue
        try:
            call.behaviors.refuse(operation, position)
            messages.append(success(operation, handle(target)))
        except ResponseError as error:
            messages.append(failure(operation, error, empty))
            stopped = error.code in STOP_THE_BATCH
    return response(messages)
