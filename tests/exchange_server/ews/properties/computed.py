# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the server itself says of an item, computed each time it is asked."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

from ...store.values import Value
from .attachments import write_attachment

if TYPE_CHECKING:
    from ...store.item import Item

# EffectiveRights of the owner; {0}: whether something can be created in it.
RIGHTS = (
    "<t:CreateAssociated>{0}</t:CreateAssociated><t:CreateContents>{0}"
    "</t:CreateContents><t:CreateHierarchy>{0}</t:CreateHierarchy>"
    "<t:Delete>true</t:Delete><t:Modify>true</t:Modify><t:Read>true</t:Read>"
    "<t:ViewPrivateItems>true</t:ViewPrivateItems>"
)


def nothing(item: Item) -> None:
    """No value at all."""
    return


def created(item: Item) -> Value:
    """When the item was created; it is also the time of receipt and sending."""
    return item.created


def parent(item: Item) -> Value:
    """Identifier and change key of the folder."""
    return (item.folder.id, item.folder.change_key)


def size(item: Item) -> Value:
    """A believable size in bytes."""
    return item.size


def attachments(item: Item) -> Value | None:
    """The descriptions of what is attached."""
    return "".join(write_attachment(item, each) for each in item.attachments) or None


def instance_key(item: Item) -> Value:
    """The place of the item in its folder, as opaque bytes."""
    return item.number.to_bytes(8, "big") + item.folder.number.to_bytes(8, "big")


def store_entry_id(item: Item) -> Value:
    """The identifier as the store itself writes it, as opaque bytes."""
    return b"\x00" * 4 + base64.b64decode(item.id)[:60]


def query_string(item: Item) -> Value:
    """What a browser needs to open the item."""
    return f"?ae=Item&t={item.item_class}&id={quote(item.id, safe='')}"


def names(item: Item, key: str) -> Value:
    """The people under a key, by name or else by address."""
    people = item.values.get(key, [])
    return "; ".join(
        each.get("Name") or each.get("EmailAddress", "") for each in people
    )
