# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts: made, read, changed, deleted, listed.

Sources: the pages "Create contact", "Get contact", "Update contact", "Delete contact"
and "List contacts". Answers to POST and PATCH never hold extended properties.
"""

from __future__ import annotations

from ..http_message import HttpAnswer
from ..properties.changes import Changes
from ..properties.names import display_name
from ..refusal import ResponseError
from ..store.folder import Folder
from ..store.item import Item
from ..store.mailbox import CONTACT_CLASS
from ..store.values import size_of
from .call import Call, refused_with, reply
from .contact import etag, read_changes, writer, writer_of
from .errors import GraphError
from .query import only

_SINGLE = ("$select", "$expand")


def folder_of(call: Call, folder: str | None) -> Folder:
    """The folder that a path names; without a name the default one."""
    return call.folder(folder or "contacts")


def create(call: Call, folder: str | None = None) -> HttpAnswer:
    """POST …/contacts"""
    home = folder_of(call, folder)
    data = call.json()
    if call.switches.given_name == "required" and not data.get("givenName"):
        message = "The property 'GivenName' is required when creating the entity."
        raise GraphError(400, "ErrorInvalidProperty", message)
    clock = call.mailbox.clock
    blank = Item(0, home, CONTACT_CLASS, {}, 0, clock())
    changes = read_changes(blank, data, call.switches, is_new=True)
    values = call.behaviors.kept(changes.sets)
    _check_size(call, size_of(values))
    item = call.mailbox.add_item(home, CONTACT_CLASS, values)
    return _answer(call, item, 201)


def get(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """GET …/contacts/{id}"""
    only(call.query, *_SINGLE)
    item = _item(call, id, folder)
    data = writer(call)(item)
    return reply({"@odata.context": call.context("contacts/$entity"), **data})


def update(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """PATCH …/contacts/{id}"""
    item = _item(call, id, folder)
    data = call.json()
    check_version(call, item)
    changes = read_changes(item, data, call.switches, is_new=False)
    call.behaviors.limit(changes)
    _keep_display_name(item, changes)
    _check_size(call, size_of(changes.outcome()))
    call.mailbox.change_item(item, changes.sets, changes.deletes)
    return _answer(call, item, 200)


def _keep_display_name(item: Item, changes: Changes) -> None:
    """Compute the display name from the values after the update, if there are any."""
    key = "contacts:DisplayName"
    if key not in changes.deletes:
        return
    after = Item(0, item.folder, item.item_class, changes.outcome(), 0, item.created)
    if display_name(after) is None:
        changes.deletes.discard(key)


def delete(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """DELETE …/contacts/{id}: to Deleted Items."""
    item = _item(call, id, folder)
    check_version(call, item)
    target = call.mailbox.distinguished[str(call.switches.deleted_go_to)]
    if item.folder is target:
        call.mailbox.remove_item(item)
    else:
        call.mailbox.move_item(item, target, keep_key=True)
    return reply(None, 204)


def permanently_delete(call: Call, id: str, folder: str | None = None) -> HttpAnswer:
    """POST …/contacts/{id}/permanentDelete: out of the user's reach."""
    call.mailbox.remove_item(_item(call, id, folder))
    return reply(None, 204)


def check_version(call: Call, item: Item) -> None:
    """Refuse what If-Match names another version of.

    If-Match is documented for no operation on contacts; 412 is explained by it
    ("Microsoft Graph error responses and resource types").

    :raises GraphError: 412 ErrorIrresolvableConflict
    """
    wanted = call.headers.get("If-Match")
    if wanted in (None, "*") or call.switches.if_match == "ignored":
        return
    if wanted == etag(item):
        return
    if call.behaviors.resolution("NeverOverwrite") != "NeverOverwrite":
        return
    raise refused_with("ErrorIrresolvableConflict")


def _item(call: Call, id: str, folder: str | None) -> Item:
    home = None if folder is None else call.folder(folder)
    return call.item(id, home)


def _check_size(call: Call, size: int) -> None:
    if size > call.mailbox.largest_item:
        raise ResponseError("ErrorMessageSizeExceeded")


def _answer(call: Call, item: Item, status: int) -> HttpAnswer:
    data = writer_of(call, None, [])(item)
    head = {"@odata.context": call.context("contacts/$entity")}
    headers = (("ETag", etag(item)),)
    if status == 201:
        location = f"{call.base}{call.owner}/contacts/{data['id']}"
        headers = (*headers, ("Location", location))
    return reply({**head, **data}, status, headers)
