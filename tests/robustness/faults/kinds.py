# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The faults of the simulator, each with examples of what it takes.

They are found in ``exchange_server.faults.MAKERS``: a new one is tried as soon as it is
there, if what it takes is in ``EXAMPLES`` or has a default.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from exchange_server.fault_queue import Fault
from exchange_server.faults import MAKERS

EXAMPLES: dict[str, tuple[Any, ...]] = {
    "code": ("ErrorInternalServerError", "ErrorAccessDenied"),
    "status": (302, 401, 403, 404, 500, 503),
    "seconds": (0.1,),
    "from_item": (2,),
    "properties": (("contacts:JobTitle",),),
    "property": ("contacts:JobTitle",),
    "longest": (12,),
    "pattern": (
        # Each is one of the ways in which an answer can be none.
        "<m:ResponseCode>NoError</m:ResponseCode>",
        "Id=",
        "</m:ResponseMessages>",
    ),
    "text": ("",),
}
"""What the parameters of makers take, by name."""


@dataclass(frozen=True)
class Kind:
    """A fault, ready to be made for one operation.

    :param name: of its maker, and what it was given
    :param maker: in ``MAKERS``
    :param given: what the maker is given
    """

    name: str
    maker: str
    given: dict[str, Any] = field(hash=False)

    @property
    def is_for_operations(self) -> bool:
        """Whether it strikes one operation; others are what a server always does."""
        return "operation" in _parameters(self.maker)

    def make(self, operation: str | None) -> Fault:
        """:returns: the fault"""
        where = {"operation": operation} if self.is_for_operations else {}
        return MAKERS[self.maker](**self.given, **where)


def kinds() -> Iterator[Kind]:
    """All faults, with each example of what they take."""
    for maker in MAKERS:
        needed = [name for name in _parameters(maker) if name in EXAMPLES]
        for values in itertools.product(*(EXAMPLES[name] for name in needed)):
            given = dict(zip(needed, values, strict=True))
            said = ", ".join(str(v) for k, v in given.items() if len(EXAMPLES[k]) > 1)
            yield Kind(f"{maker} {said}".strip(), maker, given)


def without_example() -> list[str]:
    """:returns: parameters that a maker needs and that have no example"""
    return [
        f"{maker}: {name}"
        for maker in MAKERS
        for name, one in _parameters(maker).items()
        if one.default is inspect.Parameter.empty and name not in EXAMPLES
    ]


def _parameters(maker: str) -> dict[str, inspect.Parameter]:
    found = inspect.signature(MAKERS[maker]).parameters
    kind = inspect.Parameter.VAR_KEYWORD
    return {name: one for name, one in found.items() if one.kind is not kind}
