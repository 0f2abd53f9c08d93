# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""$filter on contacts: a small part of the OData grammar.

``and``, ``or``, ``not``, parentheses, the comparisons, ``startswith``, ``contains`` and
``endswith``; ``any`` over e-mail addresses, lists of texts and extended properties.
Texts are compared without regard to case, as Exchange does; the name of an extended
property with it ("Get singleValueLegacyExtendedProperty").
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from ..properties.mapi import extended_getter
from ..properties.moments import parse_date_time
from ..store.item import Item
from .contact_properties import PARTS, PROPERTIES
from .errors import GraphError
from .extended import MULTI, SINGLE, read_id
from .switches import Switches

Predicate = Callable[[Item], bool]
Value = Callable[[Item], object]

_TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')"
    r"|(?P<guid>[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})"
    r"|(?P<moment>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)"
    r"|(?P<word>[A-Za-z_$@][\w/@.]*)"
    r"|(?P<number>-?\d+)"
    r"|(?P<mark>[():,]))"
)
_COMPARE: Mapping[str, Callable[[object, object], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_FUNCTIONS: Mapping[str, Callable[[str, str], bool]] = {
    "startswith": str.startswith,
    "endswith": str.endswith,
    "contains": str.__contains__,
}
# The value of an extended property is a text: a filter casts it to compare something
# else.
_CASTS: Mapping[str, Callable[[str], object]] = {
    "Edm.Int16": int,
    "Edm.Int32": int,
    "Edm.Int64": int,
    "Edm.DateTimeOffset": parse_date_time,
    "Edm.Guid": UUID,
}
_HEAD: Mapping[str, Value] = {
    "createdDateTime": lambda item: item.created.replace(microsecond=0),
    "lastModifiedDateTime": lambda item: item.modified.replace(microsecond=0),
    "changeKey": lambda item: item.change_key,
}


def filter_of(text: str, switches: Switches) -> Predicate:
    """The function that decides whether a contact passes a filter.

    :raises GraphError: ErrorInvalidUrlQueryFilter for a filter that is not understood
        or has too many terms
    """
    reader = _Reader(_tokens(text), switches)
    predicate = reader.either()
    reader.end()
    if reader.terms > int(switches.filter_terms):
        raise _error("The query filter has too many terms.")
    return predicate


def _error(message: str) -> GraphError:
    return GraphError(400, "ErrorInvalidUrlQueryFilter", message)


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    text = text.strip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise _error(f"Syntax error at position {position} in '{text}'.")
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        position = found.end()
    return tokens


class _Reader:
    """Reads a filter from its tokens; each method one rule of the grammar."""

    def __init__(self, tokens: Sequence[tuple[str, str]], switches: Switches) -> None:
        self._tokens = list(tokens)
        self._at = 0
        self._switches = switches
        self.terms = 0

    def end(self) -> None:
        if self._at < len(self._tokens):
            raise _error(f"Unexpected '{self._tokens[self._at][1]}'.")

    def either(self) -> Predicate:
        parts = [self._both()]
        while self._take_word("or"):
            parts.append(self._both())
        return lambda item: any(part(item) for part in parts)

    def _both(self) -> Predicate:
        parts = [self._one()]
        while self._take_word("and"):
            parts.append(self._one())
        return lambda item: all(part(item) for part in parts)

    def _one(self) -> Predicate:
        if self._take_word("not"):
            inner = self._one()
            return lambda item: not inner(item)
        if self._take("("):
            inner = self.either()
            self._expect(")")
            return inner
        self.terms += 1
        word = self._word()
        if word in _FUNCTIONS:
            return self._function(word)
        path, _, last = word.rpartition("/")
        if last.lower() == "any" and path:
            return self._any(path)
        value = _value(word, self._switches)
        return _comparison(value, *self._comparison())

    def _function(self, name: str) -> Predicate:
        self._expect("(")
        value = _value(self._word(), self._switches)
        self._expect(",")
        wanted = str(self._literal()).casefold()
        self._expect(")")
        holds = _FUNCTIONS[name]
        return lambda item: holds(str(value(item) or "").casefold(), wanted)

    def _any(self, path: str) -> Predicate:
        self._expect("(")
        variable = self._word()
        self._expect(":")
        if path in (SINGLE, MULTI):
            predicate = self._any_extended(variable)
        elif path == "emailAddresses":
            predicate = self._any_email(variable)
        elif path in ("categories", "children") or path.endswith(
            ("Phones", "Addresses")
        ):
            predicate = self._any_text(path, variable)
        else:
            raise _error(f"'{path}' cannot be filtered with any.")
        self._expect(")")
        return predicate

    def _any_extended(self, variable: str) -> Predicate:
        """``ep/id eq 'String …' and``, then a test of ``ep/value``."""
        self._expect_path(variable, "id")
        self._expect_word("eq")
        get = extended_getter(read_id(self._literal()).name)
        self._expect_word("and")
        if self._take_word("cast"):
            return _comparison(self._cast(variable, get), *self._comparison())
        for name, holds in _FUNCTIONS.items():
            if self._take_word(name):
                wanted = self._argument(variable)
                return lambda item: holds(str(get(item) or "").casefold(), wanted)
        self._expect_path(variable, "value")
        return _comparison(get, *self._comparison())

    def _cast(self, variable: str, get: Value) -> Value:
        """``(ep/value, Edm.Int32)``"""
        self._expect("(")
        self._expect_path(variable, "value")
        self._expect(",")
        name = self._word()
        if name not in _CASTS:
            raise _error(f"Values cannot be cast to '{name}'.")
        self._expect(")")
        return lambda item: _cast(_CASTS[name], get(item))

    def _argument(self, variable: str) -> str:
        """``(ep/value, 'x')``"""
        self._expect("(")
        self._expect_path(variable, "value")
        self._expect(",")
        wanted = str(self._literal()).casefold()
        self._expect(")")
        return wanted

    def _any_email(self, variable: str) -> Predicate:
        part = self._word().partition("/")[2]
        if part not in ("address", "name"):
            raise _error("E-mail addresses are filtered by address or name.")
        compare, wanted = self._comparison()
        get = self._list("emailAddresses")
        return lambda item: any(
            _holds(compare, entry.get(part), wanted) for entry in get(item)
        )

    def _any_text(self, path: str, variable: str) -> Predicate:
        if self._word() != variable:
            raise _error(f"'{path}' is filtered by its entries.")
        compare, wanted = self._comparison()
        get = self._list(path)
        return lambda item: any(_holds(compare, entry, wanted) for entry in get(item))

    def _list(self, name: str) -> Callable[[Item], Iterable[object]]:
        found, switches = PROPERTIES.get(name), self._switches
        if found is None:
            raise _error(f"There is no property '{name}'.")
        return lambda item: found.write(item, switches)

    def _comparison(self) -> tuple[str, object]:
        word = self._word()
        if word not in _COMPARE:
            raise _error(f"'{word}' is no comparison.")
        return word, self._literal()

    # Tokens

    def _next(self) -> tuple[str, str]:
        if self._at == len(self._tokens):
            raise _error("The filter ends too early.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _word(self) -> str:
        kind, text = self._next()
        if kind != "word":
            raise _error(f"Unexpected '{text}'.")
        return text

    def _literal(self) -> object:
        if self._take("("):  # as the examples of a cast to a GUID write it
            value = self._literal()
            self._expect(")")
            return value
        kind, text = self._next()
        if kind == "guid":
            return UUID(text)
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return int(text)
        if kind == "moment":
            return parse_date_time(text)
        if kind == "word" and text in ("null", "true", "false"):
            return {"null": None, "true": True, "false": False}[text]
        raise _error(f"'{text}' is no value.")

    def _take(self, mark: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("mark", mark):
            self._at += 1
            return True
        return False

    def _take_word(self, word: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("word", word):
            self._at += 1
            return True
        return False

    def _expect_word(self, word: str) -> None:
        if not self._take_word(word):
            raise _error(f"'{word}' was expected.")

    def _expect_path(self, variable: str, name: str) -> None:
        """``ep/id`` and ``ep/value`` may be written in capitals, too."""
        if self._word().lower() != f"{variable}/{name}".lower():
            raise _error("An extended property is filtered by its id and value.")

    def _expect(self, mark: str) -> None:
        if not self._take(mark):
            raise _error(f"'{mark}' was expected.")


def _cast(to: Callable[[str], object], value: object) -> object:
    """A value of another type, None for one that is none of it (OData, "cast")."""
    try:
        return None if value is None else to(str(value))
    except ValueError:
        return None


def _value(path: str, switches: Switches) -> Value:
    """The function that finds the value that a path names."""
    if path in _HEAD:
        return _HEAD[path]
    name, _, part = path.partition("/")
    found = PROPERTIES.get(name)
    if found is None or (part and (not name.endswith("Address") or part not in PARTS)):
        raise _error(f"Could not find a property named '{path}'.")
    if part:
        return lambda item: found.write(item, switches).get(part)
    return lambda item: found.write(item, switches)


def _comparison(value: Value, compare: str, wanted: object) -> Predicate:
    return lambda item: _holds(compare, value(item), wanted)


def _holds(compare: str, value: object, wanted: object) -> bool:
    if isinstance(value, str) and isinstance(wanted, datetime):
        value = parse_date_time(value)
    if isinstance(value, str) and isinstance(wanted, str):
        value, wanted = value.casefold(), wanted.casefold()
    if value is None or wanted is None or type(value) is not type(wanted):
        is_same = value is None and wanted is None
        return {"eq": is_same, "ne": not is_same}.get(compare, False)
    return _COMPARE[compare](value, wanted)
