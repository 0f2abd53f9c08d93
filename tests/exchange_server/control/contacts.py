# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Single contacts over HTTP, changed as by another client of the mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .mailboxes import folder_of, item_of, mailbox_of
from .plain import item_dict, values_of
from .routes import BadCall, Call, Routes

if TYPE_CHECKING:
    from ..store.item import Item

routes = Routes()
ONE = "mailboxes/{address}/contacts/{id}"


def _contact(call: Call) -> Item:
    return item_of(mailbox_of(call), call.params["id"])


@routes.on("POST", "mailboxes/{address}/contacts")
def add_contact(call: Call) -> object:
    """{"folder": "contacts", "values": {"contacts:GivenName": "Ada"}}"""
    call.only("folder", required=("values",))
    mailbox = mailbox_of(call)
    folder = folder_of(mailbox, call.data.get("folder", "contacts"))
    return item_dict(mailbox.add_contact(folder, _values(call)))


@routes.on("GET", ONE)
def contact(call: Call) -> object:
    """One contact with all values."""
    return item_dict(_contact(call))


@routes.on("PATCH", ONE)
def update_contact(call: Call) -> object:
    """{"values": {"contacts:JobTitle": "Baker", "contacts:Surname": null}}"""
    call.only(required=("values",))
    item = _contact(call)
    return item_dict(mailbox_of(call).update_contact(item.id, _values(call)))


@routes.on("DELETE", ONE)
def delete_contact(call: Call) -> object:
    """For good; with ?hard=false to Deleted Items."""
    item = _contact(call)
    hard = call.query.get("hard", "true").lower() != "false"
    mailbox_of(call).delete_contact(item.id, hard=hard)
    return None


@routes.on("POST", f"{ONE}/move")
def move_contact(call: Call) -> object:
    """{"folder": name or distinguished id}: the contact gets a new id."""
    call.only(required=("folder",))
    item, mailbox = _contact(call), mailbox_of(call)
    folder = folder_of(mailbox, call.data["folder"])
    return item_dict(mailbox.move_contact(item.id, folder))


def _values(call: Call) -> dict[str, object]:
    values = call.data["values"]
    if not isinstance(values, dict):
        raise BadCall("values must be an object of field URIs and values")
    return values_of(values)
