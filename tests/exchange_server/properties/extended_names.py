# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How extended (MAPI) properties are named, whichever protocol names them.

The neutral name of one is a text: ``extended:0x3a45:String`` for a tag,
``extended:{set}:{name}:{type}`` for a name and ``extended:{set}:#{number}:{type}`` for
a number of a property set. It is also the key of the value in an item, unless the
property is another name of one with a key of its own (:mod:`.aliases`).

Source: [MS-OXPROPS] 1.3.2 for the GUIDs of the commonly used property sets.
"""

from __future__ import annotations

from collections.abc import Mapping

from .aliases import ALIASES

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

CUSTOM_TAGS = range(0x8000, 0xFFFF)
"""Tags that mean something else in every mailbox: no client may name one."""


def tag_name(tag: int, kind: str) -> str:
    """The name of a property with a tag.

    >>> tag_name(0x3A45, "String")
    'extended:0x3a45:String'
    """
    return f"extended:{hex(tag)}:{kind}"


def set_name(guid: str, label: str | int, kind: str) -> str:
    """The name of a property of a set, which has a name or a number there.

    :param guid: in lower case
    """
    text = label if isinstance(label, str) else f"#{label}"
    return f"extended:{guid}:{text}:{kind}"


def key_of(name: str) -> str:
    """The key under which the value of a property is kept.

    >>> key_of("extended:0x3a45:String"), key_of("extended:0x3a06:String")
    ('extended:0x3a45:String', 'contacts:GivenName')
    """
    alias = ALIASES.get(name)
    return name if alias is None else alias.key


def type_of(name: str) -> str:
    """The type in the name of a property.

    >>> type_of("extended:0x3a58:StringArray")
    'StringArray'
    """
    return name.rpartition(":")[2]
