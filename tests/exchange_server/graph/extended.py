# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extended properties: their ids, and how they are expanded and written.

Sources: "Outlook extended properties overview" and the pages of
singleValueLegacyExtendedProperty and multiValueLegacyExtendedProperty. That answers
write tags in lower case and without leading zeros is recorded in examples of others
(``Integer 0xe08`` for ``Integer 0x0E08``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..properties.extended_names import CUSTOM_TAGS, key_of, set_name, tag_name
from ..properties.extended_types import CANONICAL
from ..properties.folder_mapi import folder_getter
from ..properties.mapi import COMPUTED, extended_getter, stored_value
from ..store.folder import Folder
from ..store.item import Item
from ..store.values import Value
from .errors import GraphError, bad_request
from .switches import Switches

SINGLE = "singleValueExtendedProperties"
MULTI = "multiValueExtendedProperties"
_ID = re.compile(
    r"(?P<type>\w+)\s+(?:"
    r"(?P<tag>0x[0-9a-f]{1,8})"
    r"|\{(?P<set>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}\s+"
    r"(?:Id\s+(?P<number>0x[0-9a-f]{1,8})|Name\s+(?P<name>.+))"
    r")",
    re.IGNORECASE,
)
_TYPES = {name.lower(): name for name in CANONICAL}


@dataclass(frozen=True)
class ExtendedId:
    """An extended property as a request names it.

    :param given: the id as the request has it
    :param normal: the id as answers write it
    :param name: see :mod:`..properties.extended_names`
    :param type: without "Array"
    """

    given: str
    normal: str
    name: str
    type: str

    @property
    def key(self) -> str:
        """The key under which the value is kept."""
        return key_of(self.name)

    @property
    def is_array(self) -> bool:
        return self.name.endswith("Array")

    def write(self, switches: Switches) -> str:
        """The id in an answer."""
        return self.given if switches.extended_id == "verbatim" else self.normal


def read_id(text: object) -> ExtendedId:
    """What an id names.

    :raises GraphError: ErrorInvalidProperty for a text that names nothing
    """
    found = _ID.fullmatch(text) if isinstance(text, str) else None
    kind = found["type"] if found else ""
    is_array = kind.lower().endswith("array")
    base = _TYPES.get(kind[:-5].lower() if is_array else kind.lower())
    if found is None or base is None:
        raise _invalid(text)
    kind = f"{base}Array" if is_array else base
    if found["tag"]:
        tag = int(found["tag"], 16)
        if tag in CUSTOM_TAGS or not tag:
            raise _invalid(text)
        return ExtendedId(text, f"{kind} {hex(tag)}", tag_name(tag, kind), base)
    guid = found["set"].lower()
    label = found["name"] or int(found["number"], 16)
    written = f"Name {label}" if found["name"] else f"Id {hex(int(label))}"
    normal = f"{kind} {{{guid}}} {written}"
    return ExtendedId(text, normal, set_name(guid, label, kind), base)


def _invalid(text: object) -> GraphError:
    message = f"The property id '{text}' is invalid."
    return GraphError(400, "ErrorInvalidProperty", message)


def read_value(extended: ExtendedId, value: object) -> Value:
    """The value of a request in the form in which it is kept.

    :raises GraphError: for one that is no value of the type
    """
    if extended.name in COMPUTED:
        message = f"The property '{extended.given}' is read-only."
        raise GraphError(400, "ErrorInvalidPropertySet", message)
    canonical = CANONICAL[extended.type]
    try:
        if not extended.is_array:
            return stored_value(extended.name, canonical(_text(value)))
        if not isinstance(value, list):
            raise bad_request("A collection was expected.", "RequestBodyRead")
        texts = [canonical(_text(each)) for each in value]
        return stored_value(extended.name, texts)
    except ValueError as error:
        message = f"The value of '{extended.given}' is not of its type."
        raise GraphError(400, "ErrorPropertyValidationFailure", message) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        text = "An unexpected value was found: a property's value is a string."
        raise bad_request(text, "RequestBodyRead")
    return value


Teller = Callable[["Item | Folder"], "dict[str, object]"]


def expansion(
    navigation: str, wanted: Sequence[ExtendedId], switches: Switches, of_item: bool
) -> Teller:
    """The function that writes the expanded properties of an item or folder.

    :param navigation: SINGLE or MULTI
    """
    for each in wanted:
        if each.is_array != (navigation == MULTI):
            raise _invalid(each.given)
    get = extended_getter if of_item else folder_getter
    getters = [(each.write(switches), get(each.name)) for each in wanted]

    def write(owner: Item | Folder) -> dict[str, object]:
        found = [(written, getter(owner)) for written, getter in getters]
        listed = [{"id": i, "value": v} for i, v in found if v is not None]
        return {navigation: listed} if listed else {}

    return write
