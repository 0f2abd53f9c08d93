# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exchange reports times of modification in whole seconds, Odoo in microseconds."""

from __future__ import annotations

from datetime import datetime, timezone

from support.cases.sync_case import SyncCase


class TestSameSecond(SyncCase):
    account_values = {"conflict_policy": "newest"}

    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada", email="ada@example.com")
        self.sync()
        self.ada = self.partner("Ada")

    def edit_both(self, odoo: datetime, exchange: datetime) -> None:
        self.ada.function = "Countess"
        self.ada.flush_recordset()
        query = "UPDATE res_partner SET write_date = %s WHERE id = %s"
        self.env.cr.execute(query, [odoo, self.ada.id])
        self.edit(self.item, job="Muse")
        self.item.modified = exchange.replace(tzinfo=timezone.utc)

    def test_exchange_wins_within_one_second(self):
        second = datetime(2026, 1, 2, 3, 4, 5)
        self.edit_both(second.replace(microsecond=200_000), second)
        self.sync()
        self.assertItem(self.item, job="Muse")
        self.assertEqual(self.ada.function, "Muse")

    def test_odoo_wins_a_second_later(self):
        self.edit_both(datetime(2026, 1, 2, 3, 4, 6), datetime(2026, 1, 2, 3, 4, 5))
        self.sync()
        self.assertItem(self.item, job="Countess")

    def test_edit_without_a_write_date_is_detected(self):
        """Odoo writes computed fields, and addons write columns, without a new
        ``write_date``: only PostgreSQL's row versions show the change."""
        partner = self.new_partner("Ola Nord", email="ola@example.com")
        self.sync()
        self.env.cr.execute(
            "UPDATE res_partner SET function = 'Countess' WHERE id = %s", [partner.id]
        )
        partner.invalidate_recordset()
        self.sync()
        self.assertItem(self.in_mailbox("Ola Nord"), job="Countess")
        self.assertIdle()
