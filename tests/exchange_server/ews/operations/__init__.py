# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The operations, one file each, and the table in which they are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..call import Call
from . import (
    convert_id,
    copy_item,
    create_attachment,
    create_folder,
    create_item,
    delete_attachment,
    delete_folder,
    delete_item,
    empty_folder,
    find_folder,
    find_item,
    get_attachment,
    get_folder,
    get_item,
    get_server_time_zones,
    move_folder,
    move_item,
    resolve_names,
    send_item,
    sync_folder_hierarchy,
    sync_folder_items,
    update_folder,
    update_item,
    user_configuration,
)


class Operation(NamedTuple):
    """One operation.

    :param answer: makes the content of the answer to a call
    :param writes: whether it may change the mailbox
    """

    answer: Callable[[Call], str]
    writes: bool


OPERATIONS: Mapping[str, Operation] = {
    "ConvertId": Operation(convert_id.answer, writes=False),
    "CopyItem": Operation(copy_item.answer, writes=True),
    "CreateAttachment": Operation(create_attachment.answer, writes=True),
    "CreateFolder": Operation(create_folder.answer, writes=True),
    "CreateItem": Operation(create_item.answer, writes=True),
    "CreateUserConfiguration": Operation(user_configuration.create, writes=True),
    "DeleteAttachment": Operation(delete_attachment.answer, writes=True),
    "DeleteFolder": Operation(delete_folder.answer, writes=True),
    "DeleteItem": Operation(delete_item.answer, writes=True),
    "DeleteUserConfiguration": Operation(user_configuration.delete, writes=True),
    "EmptyFolder": Operation(empty_folder.answer, writes=True),
    "FindFolder": Operation(find_folder.answer, writes=False),
    "FindItem": Operation(find_item.answer, writes=False),
    "GetAttachment": Operation(get_attachment.answer, writes=False),
    "GetFolder": Operation(get_folder.answer, writes=False),
    "GetItem": Operation(get_item.answer, writes=False),
    "GetServerTimeZones": Operation(get_server_time_zones.answer, writes=False),
    "GetUserConfiguration": Operation(user_configuration.get, writes=False),
    "MoveFolder": Operation(move_folder.answer, writes=True),
    "MoveItem": Operation(move_item.answer, writes=True),
    "ResolveNames": Operation(resolve_names.answer, writes=False),
    "SendItem": Operation(send_item.answer, writes=True),
    "SyncFolderHierarchy": Operation(sync_folder_hierarchy.answer, writes=False),
    "SyncFolderItems": Operation(sync_folder_items.answer, writes=False),
    "UpdateFolder": Operation(update_folder.answer, writes=True),
    "UpdateItem": Operation(update_item.answer, writes=True),
    "UpdateUserConfiguration": Operation(user_configuration.update, writes=True),
}
