# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Namespaces of EWS and the making of elements and paths."""

from __future__ import annotations

from lxml import etree
from lxml.builder import ElementMaker

from ..contacts.properties import Body, Entry, Extended, Plain, Property, Strings

MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"

_NAMESPACES = {"m": MESSAGES, "t": TYPES}
M = ElementMaker(namespace=MESSAGES, nsmap=_NAMESPACES)
T = ElementMaker(namespace=TYPES, nsmap=_NAMESPACES)


def m(name: str) -> str:
    """A name of the messages schema as lxml writes it."""
    return f"{{{MESSAGES}}}{name}"


def t(name: str) -> str:
    """A name of the types schema as lxml writes it."""
    return f"{{{TYPES}}}{name}"


def path_to(prop: Property) -> etree._Element:
    """How EWS is told which property is meant.

    :return: element of the substitution group ``t:Path``
    """
    match prop:
        case Plain() | Strings() | Body():
            return field(prop.uri)
        case Entry():
            return T.IndexedFieldURI(FieldURI=prop.uri, FieldIndex=prop.key)
        case Extended():
            return T.ExtendedFieldURI(**prop.path)
    raise TypeError(prop)


def field(uri: str) -> etree._Element:
    """The path to a property that is one element."""
    return T.FieldURI(FieldURI=uri)
