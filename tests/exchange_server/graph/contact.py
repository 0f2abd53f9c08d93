# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One contact in JSON: how it is written and what a request makes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..properties.changes import Changes, keys_with
from ..properties.moments import format_date_time
from ..properties.names import DISPLAY_NAME, outdates_file_as
from ..store.item import Item
from .call import Call
from .contact_properties import PROPERTIES
from .errors import GraphError, bad_request
from .extended import MULTI, SINGLE, ExtendedId, expansion, read_id, read_value
from .ids import item_id
from .query import Expand, expanded, selected
from .switches import Switches
from .texts import note_in_list

HEAD = ("id", "createdDateTime", "lastModifiedDateTime", "changeKey")
PARENT = "parentFolderId"
KNOWN = frozenset({*HEAD, PARENT, *PROPERTIES})
# What a client may send along without any effect (page "Update contact" lists
# parentFolderId as writable; that it moves a contact is confirmed nowhere).
_READ_ONLY = frozenset({*HEAD, PARENT})
_NAMES = frozenset(
    {"givenName", "middleName", "surname", "generation", "title", "companyName"}
)

Writer = Callable[[Item], "dict[str, object]"]


def etag(item: Item) -> str:
    """The @odata.etag: the version."""
    return f'W/"{item.change_key}"'


def writer(call: Call, in_list: bool = False) -> Writer:
    """The function that writes a contact as the query of a request wants it.

    :param in_list: whether it is in a list, where notes have another form
    :raises GraphError: for a query that makes no sense
    """
    return writer_of(
        call,
        selected(call.query, KNOWN, "contact"),
        expanded(call.query),
        in_list,
    )


def writer_of(
    call: Call,
    chosen: frozenset[str] | None,
    expands: list[Expand],
    in_list: bool = False,
) -> Writer:
    """The function that writes a contact.

    :param chosen: the properties, None for all; id and etag always come
    """
    switches = call.switches
    properties = [
        (name, each)
        for name, each in PROPERTIES.items()
        if chosen is None or name in chosen
    ]
    writers = [
        expansion(each.navigation, each.wanted, switches, of_item=True)
        for each in expands
    ]

    def write(item: Item) -> dict[str, object]:
        head = _head(call, item)
        kept = HEAD + (PARENT,) if chosen is None else chosen
        data: dict[str, object] = {"@odata.etag": etag(item), "id": head["id"]}
        data.update((name, text) for name, text in head.items() if name in kept)
        for name, each in properties:
            data[name] = each.write(item, switches)
        if in_list and "personalNotes" in data:
            data["personalNotes"] = note_in_list(item, switches)
        for write in writers:
            data.update(write(item))
        return data

    return write


def _head(call: Call, item: Item) -> dict[str, str]:
    return {
        "id": item_id(item, call.immutable),
        "createdDateTime": format_date_time(item.created),
        "lastModifiedDateTime": format_date_time(item.modified),
        "changeKey": item.change_key,
        PARENT: call.folder_id(item.folder, as_parent=True),
    }


def read_changes(
    item: Item, data: Mapping[str, object], switches: Switches, is_new: bool
) -> Changes:
    """What the JSON object of a request makes of a contact.

    :param item: with the values it has before
    :raises GraphError: for an unknown property or a value of another type
    """
    changes = Changes(item)
    plain: set[str] = set()
    for name, value in data.items():
        if name in _READ_ONLY or "@odata." in name or name in (SINGLE, MULTI):
            continue
        found = PROPERTIES.get(name)
        if found is None:
            raise _unknown(name)
        found.read(name, value, changes, switches)
        plain.update(found.keys)
    for navigation in (SINGLE, MULTI):
        if navigation in data:
            _read_extended(data[navigation], navigation, changes, plain, switches)
    _finish(changes, set(data), is_new, switches)
    return changes


def _unknown(name: str) -> GraphError:
    message = (
        f"The property '{name}' does not exist on type 'microsoft.graph.contact'. "
        "Make sure to only use property names that are defined by the type."
    )
    return bad_request(message, "RequestBodyRead")


def _read_extended(
    entries: object,
    navigation: str,
    changes: Changes,
    plain: set[str],
    switches: Switches,
) -> None:
    if not isinstance(entries, list):
        raise bad_request("A collection was expected.", "RequestBodyRead")
    for entry in entries:
        if not isinstance(entry, dict) or not {"id", "value"} >= set(entry):
            raise bad_request("An extended property was expected.", "RequestBodyRead")
        extended = read_id(entry.get("id"))
        if extended.is_array != (navigation == MULTI):
            raise bad_request("The type is one of the other collection.")
        if extended.key in plain:
            if switches.overlap == "refused":
                message = f"'{extended.given}' is the same value as another property."
                raise GraphError(400, "ErrorInvalidProperty", message)
            if switches.overlap == "plain":
                continue
        _set_extended(extended, entry.get("value"), changes, switches)


def _set_extended(
    extended: ExtendedId, value: object, changes: Changes, switches: Switches
) -> None:
    if value is not None:
        changes.set({extended.key: read_value(extended, value)})
    elif switches.null_extended == "deletes":
        changes.deleted_names.add(extended.name)
        changes.delete(keys_with(extended.key, changes.item))
    elif switches.null_extended == "refused":
        message = f"The value of '{extended.given}' must not be null."
        raise GraphError(400, "ErrorInvalidProperty", message)


def _finish(
    changes: Changes, names: set[str], is_new: bool, switches: Switches
) -> None:
    """What follows from the changes as a whole."""
    if outdates_file_as(changes.outcome(), changes.keys):
        changes.delete(("contacts:FileAs",))
    if is_new or changes.value(DISPLAY_NAME) is None or DISPLAY_NAME in changes.keys:
        return
    # "Later updates to other properties may cause an automatically generated value to
    # overwrite the displayName value you have specified" (page "Update contact").
    reading = switches.display_name
    touched = names - _READ_ONLY
    if reading == "any" and touched or reading == "names" and touched & _NAMES:
        changes.delete((DISPLAY_NAME,))
