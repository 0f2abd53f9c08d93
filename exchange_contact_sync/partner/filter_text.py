# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse the text of a saved filter, and reject any other Python code.

A saved filter may contain any text. It is parsed and never executed: literals, ``uid``,
and the forms in which Odoo's web client writes a date or a datetime
(``web/static/src/core/tree_editor/virtual_operators.js``), within limits.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import partial
from typing import Any

from dateutil.relativedelta import relativedelta

LONGEST_TEXT = 100_000
"""Characters: enough for a selection of about ten thousand contacts, saved by their
ids.
"""
DEEPEST = 25
"""Levels of lists and calls; the web client needs six for a condition on a list."""
MOST_CONDITIONS = 200
"""PostgreSQL plans a query with so many conditions in well under a second."""
LONGEST_PATH = 10
"""Names in the path of a field; each is a table to join."""
MOST_UNITS = 100_000
"""The most days, months and so on in a difference of dates; more than a filter
needs.
"""

DATE, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"
FORMAT = re.compile(r"(?:[^%]|%[YmdHMSyj]){1,50}")
UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
PARTS = ("year", "month", "day", "hour", "minute", "second", "weekday")


ADDENDS: tuple[type[Any], ...] = (int, float, date, timedelta, relativedelta)
"""Types that may be added or subtracted."""


class Why(Enum):
    """Why a saved filter cannot be used."""

    TOO_LARGE = "it is too long, or too deeply nested"
    UNREADABLE = "it is not written as a list of conditions"
    FORBIDDEN = "it contains something other than values and dates"
    WRONG = "Odoo does not accept a condition"
    SLOW = "the database takes too long to find the contacts"
    NOT_SHARED = "it is not shared with the account's owner"
    OTHER_MODEL = "it is not about contacts"


class Unusable(Exception):
    """A saved filter cannot be used.

    :param part: the part of the filter that causes the problem, quoted; "" for none
    """

    def __init__(self, why: Why, part: str = "") -> None:
        super().__init__(why.value, part)
        self.why = why
        self.part = part[:200]

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.why.value, self.part)))


def read(
    text: str, uid: int, now: datetime, to_utc: Callable[[datetime], datetime]
) -> list[Any]:
    """Return the conditions of a saved filter.

    :param text: as it is saved
    :param uid: the current user
    :param now: naive, in that user's time zone
    :param to_utc: converts such a datetime to UTC
    :return: a domain
    :raises Unusable: the text contains anything else, or is too large
    """
    if len(text) > LONGEST_TEXT:
        raise Unusable(Why.TOO_LARGE)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (RecursionError, MemoryError):
        raise Unusable(Why.TOO_LARGE) from None
    except (SyntaxError, ValueError):
        raise Unusable(Why.UNREADABLE) from None
    domain = _Reader(text.strip(), uid, now, to_utc).value(tree.body, DEEPEST)
    if not isinstance(domain, list):
        raise Unusable(Why.UNREADABLE)
    if _count(domain) > MOST_CONDITIONS:
        raise Unusable(Why.TOO_LARGE)
    return domain


def _count(domain: list[Any] | tuple[Any, ...]) -> int:
    """Return the number of conditions, including nested ones."""
    total = 0
    for term in domain:
        if isinstance(term, (list, tuple)) and len(term) == 3:
            path, _operator, value = term
            if isinstance(path, str) and path.count(".") >= LONGEST_PATH:
                raise Unusable(Why.TOO_LARGE)
            total += 1 + (_count(value) if isinstance(value, (list, tuple)) else 0)
    return total


class _Reader:
    """Converts nodes of Python's grammar to values; nodes that are not listed are
    rejected.
    """

    def __init__(
        self, text: str, uid: int, now: datetime, to_utc: Callable[[datetime], datetime]
    ) -> None:
        self._text = text
        today = now.date()
        self._names: dict[str, Any] = {
            "uid": uid,
            "true": True,
            "false": False,
            "today": today.strftime(DATE),
            "current_date": today.strftime(DATE),
            "now": to_utc(now).strftime(MOMENT),
        }
        self._functions: dict[str, Callable[..., Any]] = {
            "context_today": lambda: today,
            "relativedelta": _relativedelta,
            "datetime.date": date,
            "datetime.time": time,
            "datetime.timedelta": _timedelta,
            "datetime.datetime": datetime,
            "datetime.date.today": lambda: today,
            "datetime.datetime.now": lambda: now,
            "datetime.datetime.combine": datetime.combine,
            "time.strftime": lambda form: self._strftime(now, form),
        }
        self._methods: dict[str, Callable[..., Any]] = {
            "strftime": self._strftime,
            "to_utc": to_utc,
        }

    def value(self, node: ast.AST, depth: int) -> Any:
        """Convert a node to a value.

        :param depth: how many levels are left
        :raises Unusable: for anything that is not listed here
        """
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is None:
            raise Unusable(Why.FORBIDDEN, self._source(node))
        if not depth:
            raise Unusable(Why.TOO_LARGE)
        return read(node, depth - 1)

    def _constant(self, node: ast.Constant, _depth: int) -> Any:
        if isinstance(node.value, (str, int, float, type(None))):
            return node.value
        raise Unusable(Why.FORBIDDEN, self._source(node))

    def _list(self, node: ast.List, depth: int) -> list[Any]:
        return [self.value(one, depth) for one in node.elts]

    def _tuple(self, node: ast.Tuple, depth: int) -> tuple[Any, ...]:
        return tuple(self.value(one, depth) for one in node.elts)

    def _name(self, node: ast.Name, _depth: int) -> Any:
        if node.id not in self._names:
            raise Unusable(Why.FORBIDDEN, node.id)
        return self._names[node.id]

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Any:
        value = self.value(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return not value
        numbers = isinstance(value, (int, float, timedelta, relativedelta))
        if not numbers or not isinstance(node.op, (ast.USub, ast.UAdd)):
            raise Unusable(Why.FORBIDDEN, self._source(node))
        return -value if isinstance(node.op, ast.USub) else value

    def _boolop(self, node: ast.BoolOp, depth: int) -> Any:
        wanted = isinstance(node.op, ast.Or)
        for one in node.values:
            value = self.value(one, depth)
            if bool(value) is wanted:
                return value
        return value

    def _binop(self, node: ast.BinOp, depth: int) -> Any:
        """Calculate sums and differences; texts and lists cannot be multiplied."""
        left: Any = self.value(node.left, depth)
        right: Any = self.value(node.right, depth)
        adds = isinstance(node.op, ast.Add)
        if isinstance(left, list) and isinstance(right, list) and adds:
            return left + right
        if not (isinstance(left, ADDENDS) and isinstance(right, ADDENDS)):
            raise Unusable(Why.FORBIDDEN, self._source(node))
        if adds:
            return self._calculated(node, lambda: left + right)
        if isinstance(node.op, ast.Sub):
            return self._calculated(node, lambda: left - right)
        raise Unusable(Why.FORBIDDEN, self._source(node))

    def _call(self, node: ast.Call, depth: int) -> Any:
        args = [self.value(one, depth) for one in node.args]
        kwargs = {one.arg or "": self.value(one.value, depth) for one in node.keywords}
        function = self._functions.get(_dotted(node.func))
        if function is None:
            function = self._method(node.func, depth)
        if "" in kwargs:
            raise Unusable(Why.FORBIDDEN, "**")
        call: Callable[[], Any] = partial(function, *args, **kwargs)
        return self._calculated(node, call)

    def _method(self, node: ast.expr, depth: int) -> Callable[..., Any]:
        if not isinstance(node, ast.Attribute) or node.attr not in self._methods:
            raise Unusable(Why.FORBIDDEN, self._source(node))
        value = self.value(node.value, depth)
        if not isinstance(value, (date, time)):  # datetime is a subclass of date
            raise Unusable(Why.FORBIDDEN, self._source(node))
        return lambda *args: self._methods[node.attr](value, *args)

    def _calculated(self, node: ast.expr, calculate: Callable[[], Any]) -> Any:
        """Calculate a value; reject dates that do not exist and arguments that are not
        accepted.
        """
        try:
            return calculate()
        except (TypeError, ValueError, OverflowError, AttributeError):
            raise Unusable(Why.WRONG, self._source(node)) from None

    def _strftime(self, value: Any, form: object) -> str:
        if not isinstance(form, str) or not FORMAT.fullmatch(form):
            raise ValueError(form)
        return str(value.strftime(form))

    def _source(self, node: ast.AST) -> str:
        return (ast.get_source_segment(self._text, node) or "")[:50]


def _dotted(node: ast.expr) -> str:
    """Return a path such as "datetime.datetime.combine"; "" for any other
    expression.
    """
    names = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def _within_limits(kwargs: dict[str, Any], known: Collection[str]) -> dict[str, Any]:
    for name, number in kwargs.items():
        if name not in known or not isinstance(number, (int, float)):
            raise ValueError(name)
        if not -MOST_UNITS <= number <= MOST_UNITS:
            raise ValueError(name)
    return kwargs


def _relativedelta(**kwargs: Any) -> relativedelta:
    return relativedelta(**_within_limits(kwargs, (*UNITS, *PARTS)))


def _timedelta(*args: Any, **kwargs: Any) -> timedelta:
    names = ("days", "seconds", "microseconds")
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    return timedelta(**_within_limits(given, (*UNITS, "microseconds")))
