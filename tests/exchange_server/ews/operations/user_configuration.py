# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""User configurations: the operations that create, read, update and delete them.

Sources: the EWS pages "CreateUserConfiguration operation" and its sisters, and "User
configurations in EWS". exchangelib's tests record the codes for a name that is taken
and for one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from ...refusal import ResponseError
from ...store import ids
from ...store.configuration import Configuration
from ...store.folder import Folder
from ..call import Call
from ..messages import failure, response, success
from ..parts import child, children
from ..xmltext import T, attribute

_PARTS = ("Dictionary", "XmlData", "BinaryData")


def create(call: Call) -> str:
    """The answer to CreateUserConfiguration."""

    def made() -> str:
        element = call.part("UserConfiguration")
        folder, name = _named(call, child(element, f"{T}UserConfigurationName"))
        if name in folder.configurations:
            raise ResponseError("ErrorItemSave", "A configuration has that name.")
        number = call.mailbox.next_number()
        folder.configurations[name] = Configuration(number, number, _parts(element))
        return ""

    return _answer(call, made)


def update(call: Call) -> str:
    """The answer to UpdateUserConfiguration."""

    def updated() -> str:
        element = call.part("UserConfiguration")
        folder, name = _named(call, child(element, f"{T}UserConfigurationName"))
        old = _found(folder, name)
        parts = {**old.parts, **_parts(element)}
        version = call.mailbox.next_number()
        folder.configurations[name] = Configuration(old.number, version, parts)
        return ""

    return _answer(call, updated)


def delete(call: Call) -> str:
    """The answer to DeleteUserConfiguration."""

    def deleted() -> str:
        folder, name = _named(call, call.part("UserConfigurationName"))
        _found(folder, name)
        del folder.configurations[name]
        return ""

    return _answer(call, deleted)


def get(call: Call) -> str:
    """The answer to GetUserConfiguration."""

    def read() -> str:
        folder, name = _named(call, call.part("UserConfigurationName"))
        wanted = (call.part("UserConfigurationProperties").text or "").split()
        return _write(folder, name, _found(folder, name), wanted)

    return _answer(call, read)


def _answer(call: Call, handle: Callable[[], str]) -> str:
    try:
        return response([success(call.operation, handle())])
    except ResponseError as error:
        return response([failure(call.operation, error)])


def _named(call: Call, element: etree._Element) -> tuple[Folder, str]:
    return call.folder(children(element)[0]), element.get("Name", "")


def _found(folder: Folder, name: str) -> Configuration:
    try:
        return folder.configurations[name]
    except KeyError as error:
        raise ResponseError("ErrorItemNotFound") from error


def _parts(element: etree._Element) -> dict[str, str]:
    found = {name: element.find(f"{T}{name}") for name in _PARTS}
    return {name: _kept(part) for name, part in found.items() if part is not None}


def _kept(part: etree._Element) -> str:
    """A part as it is given back: booleans are written as .NET writes them."""
    for each in part.iter(f"{T}Value"):
        if each.getparent().findtext(f"{T}Type") == "Boolean":
            each.text = (
                "True" if (each.text or "").lower() in ("true", "1") else "False"
            )
    return etree.tostring(part, encoding=str, with_tail=False)


def _write(folder: Folder, name: str, found: Configuration, wanted: list[str]) -> str:
    mailbox = folder.mailbox
    identifier = attribute(ids.identifier(mailbox.item_prefix, found.number))
    key = attribute(ids.change_key(mailbox.guid, ids.ITEM, found.version))
    content = (
        f'<t:UserConfigurationName Name="{attribute(name)}">'
        f'<t:FolderId Id="{attribute(folder.id)}"/></t:UserConfigurationName>'
    )
    if {"All", "Id"} & set(wanted):
        content += f'<t:ItemId Id="{identifier}" ChangeKey="{key}"/>'
    content += "".join(
        found.parts.get(part, "") for part in _PARTS if {"All", part} & set(wanted)
    )
    return f"<m:UserConfiguration>{content}</m:UserConfiguration>"
