# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CompleteName: the parts of a contact's name as one property of EWS.

Source: the EWS pages "CompleteName" and "GetItem operation (contact)".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...properties.names import TITLE, display_name
from ...store.values import Value
from ..xmltext import escape

if TYPE_CHECKING:
    from ...store.item import Item

_COMPLETE_NAME: tuple[tuple[str, str], ...] = (
    ("Title", TITLE),
    ("FirstName", "contacts:GivenName"),
    ("MiddleName", "contacts:MiddleName"),
    ("LastName", "contacts:Surname"),
    ("Suffix", "contacts:Generation"),
    ("Initials", "contacts:Initials"),
    ("Nickname", "contacts:Nickname"),
)


def complete_name(item: Item) -> Value | None:
    """The content of CompleteName: the parts that the contact has."""
    values = item.values
    parts = [(name, values.get(key)) for name, key in _COMPLETE_NAME]
    parts.insert(-1, ("FullName", display_name(item)))
    return "".join(
        f"<t:{name}>{escape(str(part))}</t:{name}>" for name, part in parts if part
    )
