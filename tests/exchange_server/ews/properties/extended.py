# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended (MAPI) properties: how they are named, checked and stored.

Sources: the EWS page "ExtendedFieldURI" (which attributes go together, the types),
"ErrorInvalidExtendedProperty", "ErrorInvalidExtendedPropertyValue" and
"ErrorNoPropertyTagForCustomProperties" on the page "ResponseCode".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ...properties.extended_names import (
    CUSTOM_TAGS,
    PROPERTY_SETS,
    key_of,
    set_name,
    tag_name,
)
from ...properties.extended_types import CANONICAL
from ...properties.forms import ExtendedValue
from ...properties.mapi import COMPUTED, stored_value
from ...refusal import ResponseError
from ...store.values import Values
from ..parts import chosen, number
from ..xmltext import T, attribute, escape

_NOT_FOR_VALUES = frozenset({"Error", "Null", "Object", "ObjectArray"})


@dataclass(frozen=True)
class ExtendedPath:
    """An extended property as a request names it.

    :param key: where its value is stored: the same for all ways of naming it
    :param attributes: of the ExtendedFieldURI, in the form in which answers echo it
    :param type: a value of MapiPropertyTypeType
    :param name: the key it would have, were it not another name of some property
    """

    key: str
    attributes: tuple[tuple[str, str], ...]
    type: str
    name: str

    @property
    def is_array(self) -> bool:
        return self.type.endswith("Array")

    def xml(self) -> str:
        """The path as it appears in shapes, properties and error messages."""
        pairs = "".join(f' {name}="{attribute(v)}"' for name, v in self.attributes)
        return f"<t:ExtendedFieldURI{pairs}/>"

    def write(self, value: ExtendedValue) -> str:
        """The complete ExtendedProperty element for a value."""
        if isinstance(value, str):
            content = f"<t:Value>{escape(value)}</t:Value>"
        else:
            values = "".join(f"<t:Value>{escape(each)}</t:Value>" for each in value)
            content = f"<t:Values>{values}</t:Values>"
        return f"<t:ExtendedProperty>{self.xml()}{content}</t:ExtendedProperty>"


def read_extended_path(element: etree._Element) -> ExtendedPath:
    """The path in an ExtendedFieldURI element.

    :raises ResponseError: for a combination of attributes that means nothing, for a
        tag of the custom range and for a type that has no values
    """
    given = dict(element.attrib)
    kind = given.get("PropertyType", "")
    if kind in _NOT_FOR_VALUES:
        raise ResponseError("ErrorUnsupportedMapiPropertyType")
    if "PropertyTag" in given:
        return _tag_path(given, kind)
    return _named_path(given, kind)


def _tag_path(given: Mapping[str, str], kind: str) -> ExtendedPath:
    if set(given) != {"PropertyTag", "PropertyType"}:
        raise ResponseError("ErrorInvalidExtendedProperty")
    tag = number(given["PropertyTag"], 0)
    if tag in CUSTOM_TAGS:
        raise ResponseError("ErrorNoPropertyTagForCustomProperties")
    attributes = (("PropertyTag", hex(tag)), ("PropertyType", kind))
    name = tag_name(tag, kind)
    return ExtendedPath(key_of(name), attributes, kind, name)


def _named_path(given: Mapping[str, str], kind: str) -> ExtendedPath:
    sets = [n for n in ("DistinguishedPropertySetId", "PropertySetId") if n in given]
    names = [n for n in ("PropertyName", "PropertyId") if n in given]
    if len(sets) != 1 or len(names) != 1 or not given[names[0]]:
        raise ResponseError("ErrorInvalidExtendedProperty")
    property_set = given[sets[0]]
    guid = PROPERTY_SETS.get(property_set, property_set.lower())
    given_name = given[names[0]]
    label = given_name if names == ["PropertyName"] else number(given_name)
    name = set_name(guid, label, kind)
    echoed = guid if sets == ["PropertySetId"] else property_set
    attributes = ((sets[0], echoed), (names[0], given_name), ("PropertyType", kind))
    return ExtendedPath(key_of(name), attributes, kind, name)


def extended_xml(key: str) -> str:
    """The path, as error messages name it, of a property that is stored by itself.

    >>> extended_xml("extended:0x3a45:String")
    '<t:ExtendedFieldURI PropertyTag="0x3a45" PropertyType="String"/>'
    """
    rest, _, kind = key.removeprefix("extended:").rpartition(":")
    owner, _, label = rest.partition(":")
    pairs = [("PropertyTag", owner)]
    if label.startswith("#"):
        pairs = [("PropertySetId", owner), ("PropertyId", label[1:])]
    elif label:
        pairs = [("PropertySetId", owner), ("PropertyName", label)]
    return ExtendedPath(key, (*pairs, ("PropertyType", kind)), kind, key).xml()


def read_extended_property(
    element: etree._Element,
) -> tuple[ExtendedPath, ExtendedValue]:
    """Path and value of an ExtendedProperty element of a request.

    :raises ResponseError: ErrorInvalidExtendedPropertyValue when the value does not
        fit the type, and what :func:`read_extended_path` raises
    """
    uri = element.find(f"{T}ExtendedFieldURI")
    if uri is None:
        raise ResponseError("ErrorInvalidExtendedProperty")
    path = read_extended_path(uri)
    values = element.find(f"{T}Values")
    if (values is not None) != path.is_array:
        raise ResponseError("ErrorInvalidExtendedPropertyValue")
    base_type = path.type.removesuffix("Array")
    if values is None:
        return path, _canonical(base_type, element.findtext(f"{T}Value") or "")
    return path, [
        _canonical(base_type, v.text or "") for v in values.findall(f"{T}Value")
    ]


def read_item_property(element: etree._Element) -> tuple[ExtendedPath, Values]:
    """Path of an ExtendedProperty element of an item, and the values that it sets.

    :raises ResponseError: for a value that does not fit the type, and for a property
        that only the server sets
    """
    path, value = read_extended_property(element)
    if path.name in COMPUTED:
        raise ResponseError("ErrorInvalidPropertySet", None, path.xml())
    try:
        return path, {path.key: stored_value(path.name, value)}
    except ValueError as error:
        raise ResponseError("ErrorInvalidExtendedPropertyValue") from error


def _canonical(base_type: str, text: str) -> str:
    canonical = chosen(CANONICAL, base_type)
    try:
        return canonical(text)
    except ValueError as error:
        raise ResponseError("ErrorInvalidExtendedPropertyValue") from error
