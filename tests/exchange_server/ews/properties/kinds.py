# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The kinds of values: how each is read from XML, written to XML and checked.

``read`` takes the property's element of a request, ``writer`` makes the function that
turns values into the property's element of an answer, ``check`` tells whether a plain
Python value handed in by a test or the population is one of the kind.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from datetime import date, datetime, timezone
from typing import Any, Protocol

from lxml import etree

from ...properties.moments import format_date_time, parse_date_time
from ...refusal import ResponseError
from ...schema import schema_violation
from ...store.values import Value
from ..xmltext import T, attribute, escape, is_storable

Writer = Callable[[Any], str]

# The lexical form of xs:language.
_LANGUAGE = re.compile("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


class Kind(Protocol):
    def read(self, element: etree._Element) -> Value: ...

    def writer(self, name: str) -> Writer: ...

    def check(self, value: object) -> Value: ...


class Text:
    """A string; an empty one is a value like any other."""

    def read(self, element: etree._Element) -> Value:
        return element.text or ""

    def writer(self, name: str) -> Writer:
        opening, closing = f"<t:{name}>", f"</t:{name}>"
        return lambda value: f"{opening}{escape(value)}{closing}"

    def check(self, value: object) -> Value:
        if not isinstance(value, str) or not is_storable(value):
            raise ValueError(f"no text that a mailbox can hold: {value!r}")
        return value


class Choice(Text):
    """One of a few words."""

    def __init__(self, *words: str):
        self.words = words

    def read(self, element: etree._Element) -> Value:
        if element.text not in self.words:
            raise schema_violation(
                f"'{element.text}' is not allowed", element.sourceline
            )
        return element.text

    def check(self, value: object) -> Value:
        if value not in self.words:
            raise ValueError(f"{value!r} is none of {', '.join(self.words)}")
        return str(value)


class Language(Text):
    """The name of a culture, such as ``en-US``."""

    def read(self, element: etree._Element) -> Value:
        text = element.text or ""
        if not _LANGUAGE.fullmatch(text):
            raise ResponseError("ErrorUnsupportedCulture")
        return text

    def check(self, value: object) -> Value:
        if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
            raise ValueError(f"no name of a culture: {value!r}")
        return value


class Boolean:
    def read(self, element: etree._Element) -> Value:
        text = (element.text or "").strip()
        if text not in ("true", "false", "1", "0"):
            raise schema_violation(f"'{text}' is no boolean", element.sourceline)
        return text in ("true", "1")

    def writer(self, name: str) -> Writer:
        yes, no = f"<t:{name}>true</t:{name}>", f"<t:{name}>false</t:{name}>"
        return lambda value: yes if value else no

    def check(self, value: object) -> Value:
        if not isinstance(value, bool):
            raise ValueError(f"no boolean: {value!r}")
        return value


class Integer:
    def read(self, element: etree._Element) -> Value:
        try:
            return int(element.text or "")
        except ValueError as error:
            text = f"'{element.text}' is no integer"
            raise schema_violation(text, element.sourceline) from error

    def writer(self, name: str) -> Writer:
        return lambda value: f"<t:{name}>{value}</t:{name}>"

    def check(self, value: object) -> Value:
        if not isinstance(value, int):
            raise ValueError(f"no integer: {value!r}")
        return value


class DateTime:
    """A moment. Exchange answers in UTC, with seconds, whatever was sent."""

    def read(self, element: etree._Element) -> Value:
        try:
            return parse_date_time(element.text or "")
        except ValueError as error:
            text = f"'{element.text}' is no dateTime"
            raise schema_violation(text, element.sourceline) from error

    def writer(self, name: str) -> Writer:
        opening, closing = f"<t:{name}>", f"</t:{name}>"
        return lambda value: f"{opening}{format_date_time(value)}{closing}"

    def check(self, value: object) -> Value:
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(timezone.utc)
        if isinstance(value, date) and not isinstance(value, datetime):
            return datetime(value.year, value.month, value.day, tzinfo=timezone.utc)
        raise ValueError(f"neither a date nor an aware date-time: {value!r}")


class Strings:
    """A list of strings (ArrayOfStringsType)."""

    def read(self, element: etree._Element) -> Value:
        return [child.text or "" for child in element.findall(f"{T}String")]

    def writer(self, name: str) -> Writer:
        def write(value: list[str]) -> str:
            strings = "".join(f"<t:String>{escape(each)}</t:String>" for each in value)
            return f"<t:{name}>{strings}</t:{name}>" if value else ""

        return write

    def check(self, value: object) -> Value:
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"no list of strings: {value!r}")
        return [str(Text().check(each)) for each in value]


class Binary:
    """Bytes, in XML as base64."""

    def read(self, element: etree._Element) -> Value:
        try:
            return base64.b64decode(element.text or "", validate=False)
        except binascii.Error as error:
            raise schema_violation("no base64Binary", element.sourceline) from error

    def writer(self, name: str) -> Writer:
        return lambda v: f"<t:{name}>{base64.b64encode(v).decode()}</t:{name}>"

    def check(self, value: object) -> Value:
        if not isinstance(value, bytes):
            raise ValueError(f"no bytes: {value!r}")
        return value


class BodyKind:
    """A body: its type (HTML or Text) and its text."""

    def read(self, element: etree._Element) -> Value:
        return (element.get("BodyType", "Text"), element.text or "")

    def writer(self, name: str) -> Writer:
        def write(value: tuple[str, str]) -> str:
            body_type, text = value
            return f'<t:{name} BodyType="{body_type}">{escape(text)}</t:{name}>'

        return write

    def check(self, value: object) -> Value:
        if isinstance(value, str):
            value = ("Text", value)
        if not isinstance(value, (tuple, list)) or len(value) != 2:
            raise ValueError(f"neither text nor (type, text): {value!r}")
        body_type, text = value
        if body_type not in ("HTML", "Text"):
            raise ValueError(f"no body type: {body_type!r}")
        return (body_type, str(Text().check(text)))


class Markup:
    """XML that the server itself composes; only some of its kinds a client writes."""

    def read(self, element: etree._Element) -> Value:
        raise AssertionError(f"{element.tag} is read-only")

    def writer(self, name: str) -> Writer:
        return lambda value: f"<t:{name}>{value}</t:{name}>" if value else ""

    def check(self, value: object) -> Value:
        raise ValueError("no plain value can stand for this property")


class Identifier:
    """An identifier and a change key, as attributes; no client sets them."""

    def read(self, element: etree._Element) -> Value:
        raise AssertionError(f"{element.tag} is read-only")

    def writer(self, name: str) -> Writer:
        return lambda pair: (
            f'<t:{name} Id="{attribute(pair[0])}" ChangeKey="{attribute(pair[1])}"/>'
        )

    def check(self, value: object) -> Value:
        raise ValueError("identifiers are read-only")


class Verbatim:
    """A value that the simulator stores unchanged, without parsing it."""

    def read(self, element: etree._Element) -> Value:
        return etree.tostring(element, encoding=str, with_tail=False)

    def writer(self, name: str) -> Writer:
        return str

    def check(self, value: object) -> Value:
        raise ValueError("this property can only be set with a request")


TEXT = Text()
LANGUAGE = Language()
BOOLEAN = Boolean()
INTEGER = Integer()
DATE_TIME = DateTime()
STRINGS = Strings()
BINARY = Binary()
BODY = BodyKind()
MARKUP = Markup()
IDENTIFIER = Identifier()
VERBATIM = Verbatim()
