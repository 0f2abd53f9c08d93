# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The transactions of a real Odoo; committed records are deleted at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import BaseCursor
from odoo.tests import get_db_name
from odoo.tools import SQL, mute_logger

from odoo.addons.exchange_contact_sync.core.ports import UnitOfWork
from odoo.addons.exchange_contact_sync.storage.unit_of_work import (
    DryRunUnitOfWork,
    OdooUnitOfWork,
    committer,
    undone,
)


@contextmanager
def odoo_transactions(*, commits: bool) -> Iterator[OdooTransactions]:
    """Create the transactions of a run or of a preview.

    :param commits: whether the transactions are those of a run
    """
    with Registry(get_db_name()).cursor() as cr, mute_logger("odoo.sql_db"):
        env = api.Environment(cr, SUPERUSER_ID, {})
        partner = env["res.partner"].create({"name": "Text"})
        cr.commit()
        try:
            if commits:
                work = OdooUnitOfWork(env, committer(cr), lambda: None)
                yield OdooTransactions(env, partner.id, work)
            else:
                with undone(env) as scratch:
                    work = DryRunUnitOfWork(scratch, lambda: None)
                    yield OdooTransactions(scratch, partner.id, work)
        finally:
            cr.rollback()
            partner.unlink()
            cr.commit()


class OdooTransactions:
    """See ``transactions.TransactionsWorld``; the text is the reference of a partner.

    :param env: environment of the unit of work
    """

    def __init__(self, env: api.Environment, partner: int, work: UnitOfWork) -> None:
        self._partner = env["res.partner"].browse(partner)
        self._cr = env.cr
        self.work = work
        self._collisions: list[str] = []

    def text(self) -> str:
        """See ``TransactionsWorld``."""
        return self._partner.ref or ""

    def write(self, text: str) -> None:
        """See ``TransactionsWorld``."""
        if self._collisions:
            self.text()  # the transaction sees everything that was committed before
            self.write_elsewhere(self._collisions.pop())
        self._partner.ref = text

    def flush(self) -> None:
        """See ``TransactionsWorld``."""
        self._partner.env.flush_all()

    def committed(self) -> str:
        """See ``TransactionsWorld``."""
        with self._other() as cr:
            cr.execute(
                SQL("SELECT ref FROM res_partner WHERE id = %s", self._partner.id)
            )
            return cr.fetchone()[0] or ""

    def write_elsewhere(self, text: str) -> None:
        """See ``TransactionsWorld``."""
        query = "UPDATE res_partner SET ref = %s WHERE id = %s"
        with self._other() as cr:
            cr.execute(SQL(query, text, self._partner.id))

    def collide(self, text: str, times: int = 1) -> None:
        """See ``TransactionsWorld``."""
        self._collisions = [text] * times

    def is_open(self) -> bool:
        """See ``TransactionsWorld``."""
        status = self._cr._cnx.get_transaction_status()
        return status != TRANSACTION_STATUS_IDLE

    def _other(self) -> BaseCursor:
        return self._partner.env.registry.cursor()
