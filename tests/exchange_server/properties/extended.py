# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended (MAPI) properties: how they are named, checked and stored.

Sources: the EWS page "ExtendedFieldURI" (which attributes go together, the types),
"ErrorInvalidExtendedProperty", "ErrorInvalidExtendedPropertyValue" and
"ErrorNoPropertyTagForCustomProperties" on the page "ResponseCode", and [MS-OXPROPS]
1.3.2 for the GUIDs of the commonly used property sets.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from ..ews.errors import ResponseError
from ..ews.parts import chosen, number
from ..ews.xmltext import T, attribute, escape
from .aliases import TWINS
from .kinds import format_date_time, parse_date_time
from .twins import ExtendedValue

PROPERTY_SETS: Mapping[str, str] = {
    "Meeting": "6ed8da90-450b-101b-98da-00aa003f1305",
    "Appointment": "00062002-0000-0000-c000-000000000046",
    "Common": "00062008-0000-0000-c000-000000000046",
    "PublicStrings": "00020329-0000-0000-c000-000000000046",
    "Address": "00062004-0000-0000-c000-000000000046",
    "InternetHeaders": "00020386-0000-0000-c000-000000000046",
    "CalendarAssistant": "11000e07-b51b-40d6-af21-caa85edab1d0",
    "UnifiedMessaging": "4442858e-a9e3-4e80-b900-317a210cc15b",
    "Task": "00062003-0000-0000-c000-000000000046",
    "Sharing": "00062040-0000-0000-c000-000000000046",
}

_NOT_FOR_VALUES = frozenset({"Error", "Null", "Object", "ObjectArray"})
_CUSTOM_TAGS = range(0x8000, 0xFFFF)
_DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)


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
        """The path as it stands in shapes, properties and error messages."""
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
    if tag in _CUSTOM_TAGS:
        raise ResponseError("ErrorNoPropertyTagForCustomProperties")
    attributes = (("PropertyTag", hex(tag)), ("PropertyType", kind))
    name = _tag_name(tag, kind)
    return ExtendedPath(_key_of(name), attributes, kind, name)


def _named_path(given: Mapping[str, str], kind: str) -> ExtendedPath:
    sets = [n for n in ("DistinguishedPropertySetId", "PropertySetId") if n in given]
    names = [n for n in ("PropertyName", "PropertyId") if n in given]
    if len(sets) != 1 or len(names) != 1 or not given[names[0]]:
        raise ResponseError("ErrorInvalidExtendedProperty")
    property_set = given[sets[0]]
    guid = PROPERTY_SETS.get(property_set, property_set.lower())
    given_name = given[names[0]]
    label = given_name if names == ["PropertyName"] else number(given_name)
    name = _name_of(guid, label, kind)
    echoed = guid if sets == ["PropertySetId"] else property_set
    attributes = ((sets[0], echoed), (names[0], given_name), ("PropertyType", kind))
    return ExtendedPath(_key_of(name), attributes, kind, name)


def tag_key(tag: int, kind: str) -> str:
    """The key of a property with a tag.

    >>> tag_key(0x3A45, "String"), tag_key(0x3A06, "String")
    ('extended:0x3a45:String', 'contacts:GivenName')
    """
    return _key_of(_tag_name(tag, kind))


def name_key(property_set: str, name: str | int, kind: str) -> str:
    """The key of a named property; sets are compared as GUIDs, names exactly.

    >>> name_key("PublicStrings", "Shoe size", "Integer")
    'extended:00020329-0000-0000-c000-000000000046:Shoe size:Integer'
    """
    guid = PROPERTY_SETS.get(property_set, property_set.lower())
    return _key_of(_name_of(guid, name, kind))


def _key_of(name: str) -> str:
    twin = TWINS.get(name)
    return name if twin is None else twin.key


def _tag_name(tag: int, kind: str) -> str:
    return f"extended:{hex(tag)}:{kind}"


def _name_of(guid: str, name: str | int, kind: str) -> str:
    label = name if isinstance(name, str) else f"#{name}"
    return f"extended:{guid}:{label}:{kind}"


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


def _canonical(base_type: str, text: str) -> str:
    canonical = chosen(_CANONICAL, base_type)
    try:
        return canonical(text)
    except (ValueError, binascii.Error) as error:
        raise ResponseError("ErrorInvalidExtendedPropertyValue") from error


def _integer(bits: int) -> Callable[[str], str]:
    def canonical(text: str) -> str:
        number = int(text)
        if not -(2 ** (bits - 1)) <= number < 2**bits:
            raise ValueError(text)
        return str(number)

    return canonical


def _boolean(text: str) -> str:
    return {"true": "true", "1": "true", "false": "false", "0": "false"}[
        _one_of(text.strip().lower(), ("true", "1", "false", "0"))
    ]


def _one_of(text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ValueError(text)
    return text


def _real(text: str) -> str:
    float(text)
    return text.strip()


def _binary(text: str) -> str:
    return base64.b64encode(base64.b64decode(text, validate=True)).decode("ascii")


def _date_time(text: str) -> str:
    """A time as answers write it: whatever its form, it is stored as a moment."""
    if not _DATE_TIME.match(text.strip()):
        raise ValueError(text)
    try:
        return format_date_time(parse_date_time(text))
    except OverflowError as error:
        raise ValueError(text) from error


def _class_id(text: str) -> str:
    if not _GUID.match(text.strip()):
        raise ValueError(text)
    return text.strip()


_CANONICAL: Mapping[str, Callable[[str], str]] = {
    "ApplicationTime": _real,
    "Binary": _binary,
    "Boolean": _boolean,
    "CLSID": _class_id,
    "Currency": _integer(64),
    "Double": _real,
    "Float": _real,
    "Integer": _integer(32),
    "Long": _integer(64),
    "Short": _integer(16),
    "String": str,
    "SystemTime": _date_time,
}
