# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Query options: $select, $expand, $top, $skip, $count, $orderby.

Source: "Use query parameters to customize responses"
(https://learn.microsoft.com/graph/query-parameters). The filter has a file of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from .errors import GraphError, bad_request
from .extended import MULTI, SINGLE, ExtendedId, read_id

if TYPE_CHECKING:
    from .call import Call

MOST = 1000
_EXPAND = re.compile(r"(?P<name>\w+)\s*(?:\((?P<options>.*)\))?", re.DOTALL)
_TERM = re.compile(r"\s*(?:\w+/)?id\s+eq\s+'(?P<id>(?:[^']|'')*)'\s*", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+(?=(?:\w+/)?id\s+eq)", re.IGNORECASE)


def query_of(text: str) -> dict[str, str]:
    """The options of a query string.

    :raises GraphError: for an option given twice, and an unknown one with a $
    """
    found: dict[str, str] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name in found and name.startswith("$"):
            raise bad_request(f"Query option '{name}' was specified more than once.")
        found[name] = value
    return found


def only(query: Mapping[str, str], *allowed: str) -> None:
    """Refuse options that a resource does not take.

    :raises GraphError: for one with a $ that is not allowed
    """
    for name in query:
        if name.startswith("$") and name not in allowed:
            message = f"The query parameter '{name}' is not supported."
            raise GraphError(400, "ErrorInvalidUrlQuery", message)


def whole_number(query: Mapping[str, str], name: str) -> int | None:
    """A whole number of the query, None when it is not there.

    :raises GraphError: for anything else
    """
    text = query.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit():
        raise bad_request(f"Invalid value '{text}' for {name} query option found.")
    return int(text)


def top(query: Mapping[str, str]) -> int | None:
    """The size of pages that $top asks for.

    :raises GraphError: for one over the limit of 1000, and for 0
    """
    wanted = whole_number(query, "$top")
    if wanted is not None and not 1 <= wanted <= MOST:
        message = (
            f"The limit of '{MOST}' for Top query has been exceeded. "
            f"The value from the incoming request is '{wanted}'."
        )
        raise bad_request(message)
    return wanted


SKIP = ("$skip", "$skiptoken")
"""How a request says where its page begins; links use one of them."""


def skipped(query: Mapping[str, str]) -> int:
    """How many entries of a list are on earlier pages.

    :raises GraphError: for anything but a whole number
    """
    token = whole_number(query, "$skiptoken")
    return token or whole_number(query, "$skip") or 0


def following(call: Call, skip: int) -> str:
    """The link to the page of a list that begins after so many entries."""
    options = {name: text for name, text in call.query.items() if name not in SKIP}
    options[str(call.switches.list_links)] = str(skip)
    return f"{call.base}{call.path}?{urlencode(options)}"


def selected(
    query: Mapping[str, str], known: Collection[str], type_name: str
) -> frozenset[str] | None:
    """The properties that $select asks for, None for all.

    :raises GraphError: for one that the type does not have
    """
    text = query.get("$select")
    if text is None:
        return None
    names = frozenset(name.strip() for name in text.split(","))
    for name in names:
        if name not in known:
            message = (
                f"Parsing OData Select and Expand failed: Could not find a property "
                f"named '{name}' on type 'microsoft.graph.{type_name}'."
            )
            raise bad_request(message)
    return names


@dataclass(frozen=True)
class Expand:
    """One navigation property with the extended properties asked for."""

    navigation: str
    wanted: tuple[ExtendedId, ...]


def expanded(query: Mapping[str, str]) -> list[Expand]:
    """What $expand asks for.

    :raises GraphError: for anything but extended properties, chosen by their ids
    """
    return [_one(part) for part in _split(query.get("$expand", ""))]


def _one(text: str) -> Expand:
    found = _EXPAND.fullmatch(text.strip())
    name = found["name"] if found else text
    if name not in (SINGLE, MULTI):
        message = f"The navigation property '{name}' cannot be expanded."
        raise GraphError(400, "ErrorInvalidUrlQuery", message)
    options = found["options"] if found else None
    option, _, terms = (options or "").partition("=")
    if option.strip().lower() not in ("$filter", "filter") or not terms.strip():
        message = "Extended properties are expanded with a filter of their ids."
        raise GraphError(400, "ErrorInvalidUrlQuery", message)
    return Expand(name, tuple(read_id(each) for each in _ids(terms)))


def _ids(terms: str) -> Iterator[str]:
    for term in _OR.split(terms):
        found = _TERM.fullmatch(term)
        if found is None:
            message = f"The filter '{term}' of an expansion is not supported."
            raise GraphError(400, "ErrorInvalidUrlQueryFilter", message)
        yield found["id"].replace("''", "'")


def _split(text: str) -> list[str]:
    """The parts between commas outside of parentheses and quotes."""
    parts, depth, quoted, start = [], 0, False, 0
    for position, letter in enumerate(text):
        if letter == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
        elif letter == "," and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return [part for part in parts if part.strip()]
