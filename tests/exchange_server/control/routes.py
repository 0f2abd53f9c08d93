# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small table of routes: method and path pattern lead to a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from ..server import ExchangeServer


class BadCall(Exception):
    """The call is invalid; the text contains the reason."""


class NotThere(Exception):
    """The thing that the call is about does not exist."""


@dataclass(frozen=True)
class Call:
    """One call of the control interface.

    :param params: what the pattern's {names} matched, percent-decoded
    :param query: the query's names and values
    :param data: the JSON object that was sent, empty when nothing was
    """

    server: ExchangeServer
    params: Mapping[str, str]
    query: Mapping[str, str]
    data: Mapping[str, object]

    def only(self, *names: str, required: tuple[str, ...] = ()) -> None:
        """Refuse data with other names, so that no typing error goes unnoticed.

        :raises BadCall: for an unknown name or a missing required one
        """
        unknown = set(self.data) - set(names) - set(required)
        missing = set(required) - set(self.data)
        if unknown:
            raise BadCall(f"unknown: {', '.join(sorted(unknown))}")
        if missing:
            raise BadCall(f"missing: {', '.join(sorted(missing))}")


# A function returns plain data (HTTP 200) or None (204).
Function = Callable[[Call], object]


class Routes:
    """The functions of one part of the interface."""

    def __init__(self) -> None:
        self.table: list[tuple[str, tuple[str, ...], Function]] = []

    def on(self, method: str, pattern: str) -> Callable[[Function], Function]:
        """Decorator: the function serves a method at paths like "a/{name}/b"."""

        def register(function: Function) -> Function:
            self.table.append((method, tuple(pattern.split("/")), function))
            return function

        return register

    def find(self, path: str) -> dict[str, tuple[Function, dict[str, str]]]:
        """By method, the function for a path and what its {names} matched."""
        steps = path.split("/")
        found: dict[str, tuple[Function, dict[str, str]]] = {}
        for method, pattern, function in self.table:
            params = _match(pattern, steps)
            if params is not None:
                found.setdefault(method, (function, params))
        return found


def _match(pattern: tuple[str, ...], steps: list[str]) -> dict[str, str] | None:
    """The values of a pattern's names, None when the path is another one."""
    if len(pattern) != len(steps):
        return None
    params = {}
    for expected, step in zip(pattern, steps, strict=True):
        if expected.startswith("{"):
            params[expected.strip("{}")] = unquote(step)
        elif expected != step:
            return None
    return params


def query_of(text: str) -> dict[str, str]:
    """The names and values of a query string; a repeated name keeps the last."""
    return dict(parse_qsl(text, keep_blank_values=True))
