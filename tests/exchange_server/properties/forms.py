# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Forms of one value: that of a property and that of an extended property."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..store.values import Value
from .body import as_html, as_text
from .moments import format_date_time, parse_date_time

ExtendedValue = str | list[str]


@dataclass(frozen=True)
class Form:
    """The form of a value in an extended property.

    :param write: the extended value for a kept one
    :param read: the kept value for an extended one; it raises ValueError for one that
        means nothing
    """

    write: Callable[[Any], ExtendedValue]
    read: Callable[[Any], Value]


@dataclass(frozen=True)
class Alias:
    """What an extended property is another name of.

    :param key: of the value
    """

    key: str
    form: Form


def choice(words: Mapping[int, str]) -> Form:
    """Return the form for a word that the extended property has as a number."""
    numbers = {word: str(number) for number, word in words.items()}

    def read(text: str) -> Value:
        try:
            return words[int(text)]
        except KeyError as error:
            raise ValueError(text) from error

    return Form(numbers.__getitem__, read)


def _read_html(text: str) -> Value:
    return ("HTML", base64.b64decode(text).decode("utf-8", "replace"))


SAME = Form(lambda value: value, lambda value: value)
MOMENT = Form(format_date_time, parse_date_time)
INTEGER = Form(str, int)
BOOLEAN = Form(lambda value: "true" if value else "false", lambda text: text == "true")
TEXT_BODY = Form(as_text, lambda text: ("Text", text))
HTML_BODY = Form(
    lambda body: base64.b64encode(as_html(body).encode()).decode("ascii"), _read_html
)
