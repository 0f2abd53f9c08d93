# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sign in to a mailbox, and work on its folders."""

from odoo import fields

from ..core.errors import SyncError
from ..storage.folders import add_folder, folder_ids, store_folders
from . import credentials
from .wiring import as_owner, connected, refresh


def authorize(account):
    """Sign in, remember how, and list the folders.

    :param account: record of ``exchange.account``
    :raises SyncError: what went wrong
    """
    account = as_owner(account)
    with connected(account, fresh=True) as remote:
        store_folders(account, remote.folders())
        found = remote.connection
        account.sudo().write(
            {
                "connection_url": credentials.sealed_address(account, found.endpoint),
                "connection_auth": found.auth_type,
                "connection_version": found.version,
                "server_behavior": False,
                "folders_refreshed": fields.Datetime.now(),
            }
        )


def refresh_folders(account):
    """Ask the mailbox which contact folders it has.

    :param account: record of ``exchange.account``
    :raises SyncError: what went wrong
    """
    account = as_owner(account)
    with connected(account) as remote:
        refresh(account, remote)


def create_folder(account, name, parent):
    """Make a contact folder in the mailbox. Once it is there it is known, even if the
    folders cannot be listed now.

    :param account: record of ``exchange.account``
    :param name: str
    :param parent: str, id of the folder above in the mailbox; "" for its top
    :return: int, id of the new ``exchange.folder``
    :raises SyncError: what went wrong
    """
    account = as_owner(account)
    with connected(account) as remote:
        made = remote.create_folder(name, parent)
        try:
            refresh(account, remote)
        except SyncError:
            account.sudo().folders_refreshed = False  # the next run lists them
    account.invalidate_recordset(["folder_ids"])
    return folder_ids(account).get(made) or add_folder(account, made, name, parent)
