# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mailboxes over HTTP: their folders and their faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .plain import item_dict
from .routes import BadCall, Call, NotThere, Routes

if TYPE_CHECKING:
    from ..store.folder import Folder
    from ..store.item import Item
    from ..store.mailbox import Mailbox

routes = Routes()


def mailbox_of(call: Call) -> Mailbox:
    """The mailbox that a call's path names.

    :raises NotThere: when there is none with that address
    """
    address = call.params["address"]
    try:
        return call.server.exchange.mailbox(address)
    except KeyError:
        raise NotThere(f"no mailbox {address}") from None


def folder_of(mailbox: Mailbox, name: object) -> Folder:
    """A folder by name or distinguished id.

    :raises NotThere: when the mailbox has none of that name
    """
    try:
        return mailbox.folder(str(name))
    except KeyError:
        raise NotThere(f"no folder {name}") from None


def item_of(mailbox: Mailbox, item_id: object) -> Item:
    """An item by its identifier.

    :raises NotThere: when the mailbox has none with it
    """
    try:
        return mailbox.item(str(item_id))
    except KeyError:
        raise NotThere(f"no item {item_id}") from None


@routes.on("GET", "mailboxes")
def all_mailboxes(call: Call) -> object:
    """Address, name and number of contacts of each mailbox."""
    return [
        {
            "address": mailbox.address,
            "display_name": mailbox.display_name,
            "contacts": len(mailbox.contacts()),
        }
        for mailbox in call.server.exchange.mailboxes()
    ]


@routes.on("POST", "mailboxes")
def add_mailbox(call: Call) -> object:
    """{"address": …, "password": …, "display_name": …}: a new, empty mailbox."""
    call.only("display_name", required=("address", "password"))
    texts = {name: str(value) for name, value in call.data.items()}
    mailbox = call.server.exchange.add_mailbox(**texts)
    return {"address": mailbox.address, "display_name": mailbox.display_name}


@routes.on("GET", "mailboxes/{address}/folders")
def folders(call: Call) -> object:
    """All folders below the root: names, classes, numbers of items."""
    return [
        {
            "id": folder.id,
            "name": folder.name,
            "parent": folder.parent.name if folder.parent else None,
            "distinguished_id": folder.distinguished_id,
            "folder_class": folder.folder_class,
            "items": len(folder.items),
        }
        for folder in mailbox_of(call).root.descendants()
    ]


@routes.on("POST", "mailboxes/{address}/folders")
def create_folder(call: Call) -> object:
    """{"name": …, "parent": name or distinguished id, "folder_class": …}"""
    call.only("parent", "folder_class", required=("name",))
    mailbox = mailbox_of(call)
    parent = folder_of(mailbox, call.data.get("parent", "contacts"))
    folder_class = str(call.data.get("folder_class", "IPF.Contact"))
    folder = mailbox.create_folder(str(call.data["name"]), parent, folder_class)
    return {"id": folder.id, "name": folder.name}


@routes.on("POST", "mailboxes/{address}/forget-sync-states")
def forget_sync_states(call: Call) -> object:
    """Every SyncState given out so far becomes ErrorInvalidSyncStateData."""
    mailbox_of(call).forget_sync_states()
    return None


@routes.on("POST", "mailboxes/{address}/drift-change-keys")
def drift_change_keys(call: Call) -> object:
    """Every item gets a new ChangeKey although nothing was changed."""
    mailbox_of(call).drift_change_keys()
    return None


@routes.on("POST", "mailboxes/{address}/disable")
def disable(call: Call) -> object:
    """The mailbox disappears."""
    mailbox_of(call).disable()
    return None


@routes.on("POST", "mailboxes/{address}/enable")
def enable(call: Call) -> object:
    """The mailbox is back."""
    mailbox_of(call).enable()
    return None


@routes.on("POST", "mailboxes/{address}/failing-items")
def fail_item(call: Call) -> object:
    """{"id": …, "code": "ErrorItemSave", "operations": ["UpdateItem"]}"""
    call.only("code", "operations", required=("id",))
    operations = call.data.get("operations")
    if operations is not None and not isinstance(operations, list):
        raise BadCall("operations must be a list of names")
    mailbox = mailbox_of(call)
    mailbox.fail_item(
        item_of(mailbox, call.data["id"]).id,
        str(call.data.get("code", "ErrorItemSave")),
        set(operations) if operations else None,
    )
    return None


@routes.on("DELETE", "mailboxes/{address}/failing-items/{id}")
def heal_item(call: Call) -> object:
    """The item works again."""
    mailbox = mailbox_of(call)
    mailbox.heal_item(item_of(mailbox, call.params["id"]).id)
    return None


@routes.on("GET", "mailboxes/{address}/contacts")
def contacts(call: Call) -> object:
    """All contacts with all values; ?folder=Name for those of one folder."""
    mailbox = mailbox_of(call)
    items = mailbox.contacts()
    if "folder" in call.query:
        folder = folder_of(mailbox, call.query["folder"])
        items = [item for item in items if item.folder is folder]
    return [item_dict(item) for item in items]
