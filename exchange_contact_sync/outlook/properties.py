# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Properties of a contact by their MAPI names ([MS-OXPROPS]).

Every Exchange protocol has elements for some properties and requests the others by
these names. Values are Unicode text unless another type is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..core.fields import LOCAL_DAY_ROWS


class Type(Enum):
    """Types of property values ([MS-OXCDATA] 2.11.1)."""

    STRING = "String"
    BINARY = "Binary"
    BOOLEAN = "Boolean"
    INTEGER = "Integer"
    TIME = "SystemTime"


@dataclass(frozen=True)
class Tagged:
    """A property with a fixed number.

    :param tag: the property id, such as 0x3A45
    """

    tag: int
    type: Type = Type.STRING


@dataclass(frozen=True)
class Numbered:
    """A property with a number in a property set.

    :param property_set: GUID of the set
    :param number: the LID
    """

    property_set: str
    number: int
    type: Type = Type.STRING


@dataclass(frozen=True)
class Named:
    """A property with a name in a property set.

    :param property_set: GUID of the set
    """

    property_set: str
    name: str
    type: Type = Type.STRING


Property = Tagged | Numbered | Named

COMMON = "00062008-0000-0000-c000-000000000046"
"""PSETID_Common ([MS-OXPROPS] 1.3.2)."""

ADDRESS = "00062004-0000-0000-c000-000000000046"
"""PSETID_Address ([MS-OXPROPS] 1.3.2)."""

TITLE = Tagged(0x3A45)
"""PidTagDisplayNamePrefix, "Dr."."""

PERSONAL_PAGE = Tagged(0x3A50)
"""PidTagPersonalHomePage."""

SYNC_KEY = Named("f407b534-755b-4644-8a3a-a59961e7d1cf", "OdooContactSync")
"""The sync key on a contact. The property set is this addon's own, its GUID generated
once at random; with another GUID, no contact would be recognized any more. Outlook
copies named properties along with an item, so a copy has the same sync key.
"""

SEARCH_KEY = Tagged(0x300B, Type.BINARY)
"""PidTagSearchKey ([MS-OXCPRPT] 2.2.1.9): stays the same when an item is edited or
moved, while its id changes; a copy has the same value.
"""

HIDDEN_FOLDER = Tagged(0x10F4, Type.BOOLEAN)
"""PidTagAttributeHidden: a folder that clients do not show."""

MILEAGE = Numbered(COMMON, 0x8534)
"""PidLidMileage."""

LOCAL_DAYS = {
    LOCAL_DAY_ROWS["birthday"]: Numbered(ADDRESS, 0x80DE, Type.TIME),
    LOCAL_DAY_ROWS["anniversary"]: Numbered(ADDRESS, 0x80DF, Type.TIME),
}
"""PidLidBirthdayLocal and PidLidWeddingAnniversaryLocal: the day without a time zone
([MS-OXOCNTC] 2.2.1.5.2 and 2.2.1.5.4), stored beside the moment (``dates.py``).
"""

EMAIL_SMTP = {
    "email": Numbered(ADDRESS, 0x8084),
    "email2": Numbered(ADDRESS, 0x8094),
    "email3": Numbered(ADDRESS, 0x80A4),
}
"""PidLidEmail1OriginalDisplayName and the corresponding properties of the other
addresses: the SMTP address of an e-mail address that is internal to Exchange
([MS-OXOCNTC] 2.2.1.2.4).
"""

EMAIL_FIRST = {"email": 0x8080, "email2": 0x8090, "email3": 0x80A0}
"""The LID of PidLidEmail1DisplayName and the corresponding properties of the other
addresses; those of the type, the address, the original display name and the entry id
follow at +2, +3, +4 and +5 ([MS-OXOCNTC] 2.2.1.2).
"""

SENSITIVITY = Tagged(0x36, Type.INTEGER)
"""PidTagSensitivity: 0 means none ([MS-OXCMSG] 2.2.1.13)."""

PRIVATE = Numbered(COMMON, 0x8506, Type.BOOLEAN)
"""PidLidPrivate."""

HAS_PICTURE = Numbered(ADDRESS, 0x8015, Type.BOOLEAN)
"""PidLidHasPicture ([MS-OXOCNTC] 2.2.1.8.1)."""

BODY = Tagged(0x1000)
"""PidTagBody: the notes as text."""

FOLDER_CLASS, FOLDER_COUNT = Tagged(0x3613), Tagged(0x3602, Type.INTEGER)
"""PidTagContainerClass and PidTagContentCount of a folder."""

SUBFOLDERS = Tagged(0x360A, Type.BOOLEAN)
"""PidTagSubfolders: whether a folder has subfolders."""

OWN_PROPERTIES = frozenset(
    {
        *(TITLE, PERSONAL_PAGE, SYNC_KEY, SEARCH_KEY, HIDDEN_FOLDER),
        *LOCAL_DAYS.values(),
        *EMAIL_SMTP.values(),
    }
)
"""The properties in which this addon itself stores values."""
