# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads the text of a saved filter, and nothing else that Python can say.

People write what they like into a saved filter. Here it is read and never executed:
literals, ``uid`` and the forms in which Odoo's web client writes a day or a moment
(``web/static/src/core/tree_editor/virtual_operators.js``), within limits.
"""

import ast
import re
from datetime import date, datetime, time, timedelta
from enum import Enum

from dateutil.relativedelta import relativedelta

LONGEST_TEXT = 100_000
"""Characters: a selection of some ten thousand contacts, saved by their ids."""
DEEPEST = 25
"""Levels of lists and calls; the web client needs six for a condition on a list."""
MOST_CONDITIONS = 200
"""PostgreSQL plans a query of so many in well under a second."""
LONGEST_PATH = 10
"""Names in the path of a field; each is a table to be joined."""
MOST_UNITS = 100_000
"""Days, months and so on in the difference of two dates: any that people mean."""

DATE, MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"
FORMAT = re.compile(r"(?:[^%]|%[YmdHMSyj]){1,50}")
UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
PARTS = ("year", "month", "day", "hour", "minute", "second", "weekday")


class Why(Enum):
    """Why a saved filter cannot be used."""

    TOO_LARGE = "it is too long, or too deeply nested"
    UNREADABLE = "it is not written as a list of conditions"
    FORBIDDEN = "it contains something else than values and dates"
    WRONG = "Odoo does not accept a condition"
    SLOW = "the database takes too long to find the contacts"
    NOT_SHARED = "it is not shared with the account's owner"
    OTHER_MODEL = "it is not about contacts"


class Unusable(Exception):
    """A saved filter cannot be used.

    :param why: Why
    :param part: str, what is wrong, in its own words; "" where there is nothing to add
    """

    def __init__(self, why, part=""):
        super().__init__(why.value, part)
        self.why = why
        self.part = part[:200]

    def __str__(self):
        return ": ".join(filter(None, (self.why.value, self.part)))


def read(text, uid, now, to_utc):
    """The conditions of a saved filter.

    :param text: str, as it is saved
    :param uid: int, the user who asks
    :param now: datetime, naive, in that user's time zone
    :param to_utc: callable that takes such a datetime and gives it in UTC
    :return: list, a domain
    :raises Unusable: it says something else, or too much
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


def _count(domain):
    """How many conditions there are, those within conditions included."""
    total = 0
    for term in domain:
        if isinstance(term, (list, tuple)) and len(term) == 3:
            path, _operator, value = term
            if isinstance(path, str) and path.count(".") >= LONGEST_PATH:
                raise Unusable(Why.TOO_LARGE)
            total += 1 + (_count(value) if isinstance(value, (list, tuple)) else 0)
    return total


class _Reader:
    """Turns nodes of Python's grammar into values; whatever is not named is refused."""

    def __init__(self, text, uid, now, to_utc):
        self._text = text
        today = now.date()
        self._names = {
            "uid": uid,
            "true": True,
            "false": False,
            "today": today.strftime(DATE),
            "current_date": today.strftime(DATE),
            "now": to_utc(now).strftime(MOMENT),
        }
        self._functions = {
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
        self._methods = {"strftime": self._strftime, "to_utc": to_utc}

    def value(self, node, depth):
        """:param node: ast.AST
        :param depth: int, how many levels are left
        :return: the value
        :raises Unusable: for anything that is not named here
        """
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is None:
            raise Unusable(Why.FORBIDDEN, self._said(node))
        if not depth:
            raise Unusable(Why.TOO_LARGE)
        return read(node, depth - 1)

    def _constant(self, node, _depth):
        if isinstance(node.value, (str, int, float, type(None))):
            return node.value
        raise Unusable(Why.FORBIDDEN, self._said(node))

    def _list(self, node, depth):
        return [self.value(one, depth) for one in node.elts]

    def _tuple(self, node, depth):
        return tuple(self.value(one, depth) for one in node.elts)

    def _name(self, node, _depth):
        if node.id not in self._names:
            raise Unusable(Why.FORBIDDEN, node.id)
        return self._names[node.id]

    def _unaryop(self, node, depth):
        value = self.value(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return not value
        numbers = isinstance(value, (int, float, timedelta, relativedelta))
        if not numbers or not isinstance(node.op, (ast.USub, ast.UAdd)):
            raise Unusable(Why.FORBIDDEN, self._said(node))
        return -value if isinstance(node.op, ast.USub) else value

    def _boolop(self, node, depth):
        wanted = isinstance(node.op, ast.Or)
        for one in node.values:
            value = self.value(one, depth)
            if bool(value) is wanted:
                return value
        return value

    def _binop(self, node, depth):
        """Sums and differences; neither texts nor lists grow by a factor."""
        left, right = self.value(node.left, depth), self.value(node.right, depth)
        adds = isinstance(node.op, ast.Add)
        if isinstance(left, list) and isinstance(right, list) and adds:
            return left + right
        kinds = (int, float, date, timedelta, relativedelta)
        if not (isinstance(left, kinds) and isinstance(right, kinds)):
            raise Unusable(Why.FORBIDDEN, self._said(node))
        if adds:
            return self._calculated(node, lambda: left + right)
        if isinstance(node.op, ast.Sub):
            return self._calculated(node, lambda: left - right)
        raise Unusable(Why.FORBIDDEN, self._said(node))

    def _call(self, node, depth):
        args = [self.value(one, depth) for one in node.args]
        kwargs = {one.arg: self.value(one.value, depth) for one in node.keywords}
        function = self._functions.get(_dotted(node.func))
        if function is None:
            function = self._method(node.func, depth)
        if None in kwargs:
            raise Unusable(Why.FORBIDDEN, "**")
        return self._calculated(node, lambda: function(*args, **kwargs))

    def _method(self, node, depth):
        if not isinstance(node, ast.Attribute) or node.attr not in self._methods:
            raise Unusable(Why.FORBIDDEN, self._said(node))
        value = self.value(node.value, depth)
        if not isinstance(value, (date, time)):  # a moment is a kind of date
            raise Unusable(Why.FORBIDDEN, self._said(node))
        return lambda *args: self._methods[node.attr](value, *args)

    def _calculated(self, node, calculate):
        """Dates that do not exist, and arguments nothing takes."""
        try:
            return calculate()
        except (TypeError, ValueError, OverflowError, AttributeError):
            raise Unusable(Why.WRONG, self._said(node)) from None

    def _strftime(self, value, form):
        if not isinstance(form, str) or not FORMAT.fullmatch(form):
            raise ValueError(form)
        return value.strftime(form)

    def _said(self, node):
        return (ast.get_source_segment(self._text, node) or "")[:50]


def _dotted(node):
    """:return: str, such as "datetime.datetime.combine"; "" if it is no plain path"""
    names = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(names)]) if isinstance(node, ast.Name) else ""


def _within_limits(kwargs, known):
    for name, number in kwargs.items():
        if name not in known or not isinstance(number, (int, float)):
            raise ValueError(name)
        if not -MOST_UNITS <= number <= MOST_UNITS:
            raise ValueError(name)
    return kwargs


def _relativedelta(**kwargs):
    return relativedelta(**_within_limits(kwargs, (*UNITS, *PARTS)))


def _timedelta(*args, **kwargs):
    names = ("days", "seconds", "microseconds")
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    return timedelta(**_within_limits(given, (*UNITS, "microseconds")))
