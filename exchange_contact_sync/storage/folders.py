# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store the folders of a mailbox as ``exchange.folder``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..core.mailbox import RemoteFolder

if TYPE_CHECKING:
    from odoo.models import BaseModel


def folder_ids(account: BaseModel) -> dict[str, int]:
    """Return the id of ``exchange.folder`` by the mailbox's folder id.

    :param account: record of ``exchange.account``
    """
    folders = account.sudo().with_context(active_test=False).folder_ids
    return {folder.remote_id: folder.id for folder in folders}


def store_folders(account: BaseModel, found: Sequence[RemoteFolder]) -> None:
    """Update the known folders to those of the mailbox.

    Folders that are gone are kept and marked, because the owner's selection and the
    links of their contacts still refer to them.

    :param account: record of ``exchange.account``
    :param found: parents before children
    """
    folders = account.env["exchange.folder"].sudo().with_context(active_test=False)
    known = {
        folder.remote_id: folder
        for folder in folders.search([("account_id", "=", account.id)])
    }
    seen: dict[str, BaseModel] = {}
    for remote in found:
        vals = {
            "name": remote.name,
            "parent_id": seen[remote.parent].id if remote.parent in seen else False,
            "item_count": remote.count,
            "is_default": remote.default,
            "missing": False,
            "loss_reported": False,
        }
        folder = known.get(remote.id)
        if folder:
            _write_changed(folder, vals)
        else:
            folder = folders.create(
                {**vals, "account_id": account.id, "remote_id": remote.id}
            )
        seen[remote.id] = folder
    for remote_id, folder in known.items():
        if remote_id not in seen:
            _write_changed(folder, {"missing": True})
    arrange(folders.search([("account_id", "=", account.id)]))


def arrange(folders: BaseModel) -> None:
    """Put the folders of one account in the order of their tree.

    The mailbox's default folder comes first, then by name, each folder followed by its
    subfolders.

    :param folders: records of ``exchange.folder``
    """
    children = folders.grouped("parent_id")
    position, waiting = 0, [folders.browse()]
    while waiting:
        folder = waiting.pop()
        if folder.sequence != position:
            folder.sequence = position
        position += 1
        below = children.get(folder, folders.browse()).sorted(
            lambda one: (not one.is_default, one.name.casefold())
        )
        waiting += reversed(below)


def add_folder(account: BaseModel, remote_id: str, name: str, parent: str) -> int:
    """Add a folder that was just created, until the mailbox is asked for its folders.

    :param account: record of ``exchange.account``
    :param remote_id: its id in the mailbox
    :param parent: the mailbox's id of the parent folder; "" for the top
    :return: id of ``exchange.folder``
    """
    folders = account.env["exchange.folder"].sudo()
    vals = {"account_id": account.id, "remote_id": remote_id, "name": name}
    made = folders.create({**vals, "parent_id": folder_ids(account).get(parent)})
    arrange(folders.search([("account_id", "=", account.id)]))
    added: int = made.id
    return added


def _write_changed(record: BaseModel, vals: dict[str, Any]) -> None:
    changed = {
        name: value
        for name, value in vals.items()
        if record._fields[name].convert_to_write(record[name], record) != value
    }
    if changed:
        record.write(changed)
