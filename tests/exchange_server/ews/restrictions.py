# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Restrictions: which items or folders a search wants.

Sources: the EWS pages "Restriction", "Contains", "Excludes", "IsEqualTo" and so on, and
the errors of restrictions on the page "ResponseCode". Texts are compared without regard
to case except by Contains, which says how; that the store does so for IsEqualTo is not
documented on these pages, which only advise Contains for control over case.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lxml import etree

from ..properties.moments import parse_date_time
from ..refusal import ResponseError
from ..schema import schema_violation
from .parts import child, children, chosen
from .properties.paths import Path, is_path, read_path
from .xmltext import T

Predicate = Callable[[Any], bool]
Getter = Callable[[Any], Any]
FindGetter = Callable[[Path], Getter]

# "ErrorRestrictionTooLong" on the page "ResponseCode".
_MOST_NODES = 255

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "IsEqualTo": operator.eq,
    "IsNotEqualTo": operator.ne,
    "IsGreaterThan": operator.gt,
    "IsGreaterThanOrEqualTo": operator.ge,
    "IsLessThan": operator.lt,
    "IsLessThanOrEqualTo": operator.le,
}
# Flags that are bits of one property ("ErrorInvalidPropertyForExists").
_FLAGS = frozenset(
    f"item:{name}"
    for name in ("IsDraft", "IsSubmitted", "IsUnmodified", "IsResend", "IsFromMe")
) | {"message:IsRead"}


def read_restriction(
    restriction: etree._Element | None, find_getter: FindGetter
) -> Predicate:
    """The predicate that a Restriction element describes.

    :param restriction: None for a request without one: everything is wanted
    :param find_getter: finds the function that reads a path's value
    :raises ResponseError: for what cannot be compared
    """
    if restriction is None:
        return lambda subject: True
    if sum(1 for _ in restriction.iterdescendants(_NODES)) > _MOST_NODES:
        raise ResponseError("ErrorRestrictionTooLong")
    return _Reader(find_getter).read(children(restriction)[0])


class _Reader:
    def __init__(self, find_getter: FindGetter):
        self.find_getter = find_getter

    def read(self, node: etree._Element) -> Predicate:
        name = etree.QName(node).localname
        if name in ("And", "Or", "Not"):
            return self._boolean(name, [self.read(each) for each in children(node)])
        if name in _COMPARISONS:
            return self._comparison(name, node)
        if name == "Contains":
            return self._contains(node)
        if name == "Exists":
            return self._exists(node)
        if name == "Excludes":
            return self._excludes(node)
        raise schema_violation(f"'{name}' is no search expression", node.sourceline)

    def _boolean(self, name: str, parts: list[Predicate]) -> Predicate:
        if name == "And":
            return lambda subject: all(part(subject) for part in parts)
        if name == "Or":
            return lambda subject: any(part(subject) for part in parts)
        return lambda subject: not parts[0](subject)

    def _exists(self, node: etree._Element) -> Predicate:
        path = _path_of(node)
        if getattr(path, "uri", "") in _FLAGS:
            raise ResponseError("ErrorInvalidPropertyForExists", None, path.xml())
        get = self.find_getter(path)
        return lambda subject: get(subject) is not None

    def _comparison(self, name: str, node: etree._Element) -> Predicate:
        get = self.find_getter(_path_of(node))
        compare = _COMPARISONS[name]
        other = children(child(node, f"{T}FieldURIOrConstant"))[0]
        if is_path(other):
            get_other = self.find_getter(read_path(other))
            return lambda subject: _compare(compare, get(subject), get_other(subject))
        text = other.get("Value", "")
        return lambda subject: _compare_constant(compare, get(subject), text)

    def _contains(self, node: etree._Element) -> Predicate:
        get = self.find_getter(_path_of(node))
        fold = _folding(node.get("ContainmentComparison", "Exact"))
        wanted = fold(child(node, f"{T}Constant").get("Value", ""))
        matches = chosen(_CONTAINMENT, node.get("ContainmentMode", "FullString"))

        def contains(subject: Any) -> bool:
            value = get(subject)
            if value is None:
                return False
            texts = value if isinstance(value, list) else [value]
            if not all(isinstance(text, str) for text in texts):
                raise ResponseError("ErrorContainsFilterWrongType")
            return any(matches(fold(text), wanted) for text in texts)

        return contains

    def _excludes(self, node: etree._Element) -> Predicate:
        get = self.find_getter(_path_of(node))
        try:
            mask = int(child(node, f"{T}Bitmask").get("Value", ""), 0)
        except ValueError as error:
            raise ResponseError("ErrorInvalidExcludesRestriction") from error

        def excludes(subject: Any) -> bool:
            value = get(subject)
            return isinstance(value, int) and value & mask == 0

        return excludes


_NODES = tuple(
    f"{T}{name}"
    for name in (*_COMPARISONS, "And", "Or", "Not", "Contains", "Exists", "Excludes")
)


def _path_of(node: etree._Element) -> Path:
    return read_path(children(node)[0])


def _compare_constant(
    compare: Callable[[Any, Any], bool], value: Any, text: str
) -> bool:
    """Compare a value with a constant, which is text of the value's type."""
    if isinstance(value, list):
        return any(_compare_constant(compare, each, text) for each in value)
    if value is None:
        return compare is operator.ne
    return _compare(compare, value, _constant_like(value, text))


def _constant_like(value: Any, text: str) -> Any:
    try:
        if isinstance(value, bool):
            return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
        if isinstance(value, int):
            return int(text)
        if isinstance(value, datetime):
            return parse_date_time(text)
    except (KeyError, ValueError) as error:
        raise ResponseError("ErrorInvalidValueForProperty") from error
    return text


def _compare(compare: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    if one is None or other is None:
        return compare is operator.ne and one is not other
    if isinstance(one, str) and isinstance(other, str):
        return compare(one.casefold(), other.casefold())
    if isinstance(one, datetime) and isinstance(other, datetime):
        return compare(one.replace(microsecond=0), other.replace(microsecond=0))
    if type(one) is not type(other):
        raise ResponseError("ErrorInvalidValueForProperty")
    return compare(one, other)


def _folding(comparison: str) -> Callable[[str], str]:
    """What a ContainmentComparison makes equal."""

    def fold(text: str) -> str:
        if "NonSpac" in comparison:
            parts = unicodedata.normalize("NFD", text)
            text = "".join(c for c in parts if not unicodedata.combining(c))
        return text.casefold() if "IgnoreCase" in comparison else text

    return fold


def _prefix_on_words(text: str, wanted: str) -> bool:
    return any(
        text.startswith(wanted, match.start()) for match in re.finditer(r"\b\w", text)
    )


def _phrase(text: str, wanted: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


_CONTAINMENT: Mapping[str, Callable[[str, str], bool]] = {
    "FullString": operator.eq,
    "Prefixed": str.startswith,
    "Substring": operator.contains,
    "PrefixOnWords": _prefix_on_words,
    "ExactPhrase": _phrase,
}
