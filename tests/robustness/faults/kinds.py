# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The faults of the simulator, each with examples of its parameters.

They are read from ``exchange_server.faults.MAKERS``, so that the tests include each new
fault. Its parameters need an entry in ``EXAMPLES`` or a default.
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
        # Different kinds of malformed answers.
        "<m:ResponseCode>NoError</m:ResponseCode>",
        "Id=",
        "</m:ResponseMessages>",
    ),
    "text": ("",),
}
"""Examples of values for the parameters of makers, by name of the parameter."""


@dataclass(frozen=True)
class Kind:
    """A fault with its parameters, but not yet for one operation.

    :param name: of its maker, with the parameters
    :param maker: function in ``MAKERS``
    :param given: arguments of the maker
    """

    name: str
    maker: str
    given: dict[str, Any] = field(hash=False)

    @property
    def is_for_operations(self) -> bool:
        """Whether it affects one operation; other faults affect every request."""
        return "operation" in _parameters(self.maker)

    def make(self, operation: str | None) -> Fault:
        """:returns: the fault"""
        where = {"operation": operation} if self.is_for_operations else {}
        return MAKERS[self.maker](**self.given, **where)


def kinds() -> Iterator[Kind]:
    """Return all faults, with each example of their parameters."""
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
