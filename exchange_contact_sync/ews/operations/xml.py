# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Namespaces of EWS, and functions that create elements and paths."""

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
    """Return a name of the messages schema in lxml's notation."""
    return f"{{{MESSAGES}}}{name}"


def t(name: str) -> str:
    """Return a name of the types schema in lxml's notation."""
    return f"{{{TYPES}}}{name}"


def path_to(prop: Property) -> etree._Element:
    """Return the element that names a property in a request.

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
    """Return the path to a property that is one element."""
    return T.FieldURI(FieldURI=uri)
