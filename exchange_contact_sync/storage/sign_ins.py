# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store sign-ins with Microsoft: ``exchange.sign.in``.

They are in a table of their own. A refresh token is replaced in a transaction of its
own while the transaction of a run is open, and a row that both write would make
PostgreSQL refuse the run's next commit (REPEATABLE READ).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from odoo.tools import SQL

from .unit_of_work import COLLISIONS, separate_cursor

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

_logger = logging.getLogger(__name__)

LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'"
"""The lock may be held by a transaction of this same process, which would then wait
forever.
"""

REPLACE = """
    UPDATE exchange_sign_in SET refresh_token_encrypted = %s, write_date = now()
     WHERE account_id = %s AND refresh_token_encrypted = %s
"""


def store(account: BaseModel, token: str, person: str, shared: bool) -> None:
    """Store a sign-in, in place of an earlier one.

    :param account: record of ``exchange.account``
    :param token: the refresh token, encrypted
    :param person: ids of the organization and of the user who signed in
    :param shared: the mailbox is not that person's own, but shared with them
    """
    erase(account)
    account.env["exchange.sign.in"].sudo().create(
        {
            "account_id": account.id,
            "refresh_token_encrypted": token,
            "person": person,
            "shared": shared,
        }
    )


def sign_in_of(account: BaseModel) -> BaseModel:
    """Return the record of ``exchange.sign.in`` of an account, or none."""
    sign_ins = account.env["exchange.sign.in"].sudo()
    return sign_ins.search([("account_id", "=", account.id)], limit=1)


def token_of(account: BaseModel) -> str:
    """Return the encrypted refresh token of an account, "" if nobody signed in."""
    account.env["exchange.sign.in"].invalidate_model(["refresh_token_encrypted"])
    return sign_in_of(account).refresh_token_encrypted or ""


def replace_token(env: Environment, account: int, old: str, new: str) -> None:
    """Commit a new refresh token at once.

    If the user has signed in again meanwhile, the newer token stays.

    :param account: id of ``exchange.account``
    :param old: encrypted, as last read or written
    :param new: encrypted
    """
    try:
        with separate_cursor(env) as cr:
            cr.execute(SQL(LOCK_TIMEOUT))
            cr.execute(SQL(REPLACE, new, account, old))
    except COLLISIONS as collision:
        _logger.info("Account %s has a newer sign-in: %s", account, collision)


def erase(accounts: BaseModel) -> None:
    """Delete the sign-ins of accounts."""
    sign_ins = accounts.env["exchange.sign.in"].sudo()
    sign_ins.search([("account_id", "in", accounts.ids)]).unlink()
