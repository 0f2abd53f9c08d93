# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Have the next run process contacts again after a choice, a right or the fields
changed.
"""

from __future__ import annotations

from typing import Any

from odoo.models import BaseModel
from odoo.tools import SQL

from ..core.link import ACTIVE_STATES
from . import extending

DECISIVE = {
    "import_contacts",
    "import_scope",
    "folder_ids",
    "export_contacts",
    "export_folder_id",
    "skip_private",
    "sync_categories",
    "sync_addresses",
    "import_filter",
    "import_category_names",
    "field_rules",
}
"""Fields of an account under which earlier decisions may no longer hold."""


def decide_again(accounts: BaseModel) -> None:
    """Have the next run decide again about contacts.

    The run processes deferred contacts and compares all pairs. So it also applies
    changes that the earlier choice excluded.
    """
    mine = [("account_id", "in", accounts.ids)]
    entries = accounts.env["exchange.inbox.entry"].sudo()
    resume(entries.search([*mine, ("deferred", "=", True)]))
    links = accounts.env["exchange.contact.link"].sudo()
    links.search([*mine, ("state", "in", ACTIVE_STATES)]).write({"change_token": False})


def resume(entries: BaseModel, **answer: Any) -> None:
    """Have the next run process deferred contacts.

    :param entries: records of ``exchange.inbox.entry``
    :param answer: the user's answer about them
    """
    entries.write({**answer, "deferred": False, "facts": False, "match_keys": False})


def read_again(accounts: BaseModel) -> None:
    """Have the next run read every contact that is synchronized.

    Needed when earlier runs did not request all of the fields from the mailbox.
    """
    env = accounts.env
    env["exchange.inbox.entry"].flush_model()
    env["exchange.contact.link"].flush_model()
    env.cr.execute(
        SQL(
            "INSERT INTO exchange_inbox_entry (account_id, folder_id, remote_id,"
            " remote_version, sync_key, change_type, deferred)"
            " SELECT account_id, folder_id, remote_id, '', sync_key, 'changed',"
            "        FALSE FROM exchange_contact_link"
            "  WHERE account_id = ANY(%s) AND state IN %s"
            "    AND remote_id <> ''"
            " ON CONFLICT (account_id, remote_id) DO NOTHING",
            accounts.ids,
            ACTIVE_STATES,
        )
    )
    env["exchange.inbox.entry"].invalidate_model()


def note_further_fields(account: BaseModel) -> None:
    """Have all pairs compared when another addon added or removed a field.

    :param account: record of ``exchange.account`` as superuser
    """
    now = " ".join(sorted(extending.further_rows(account.env)))
    if (account.further_fields or "") != now:
        account.further_fields = now
        decide_again(account)
