# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The newest of two changes to a value wins; writes to other fields do not count."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from odoo import Command, fields

from support.cases.sync_case import SyncCase


class TestNewest(SyncCase):
    account_values = {"conflict_policy": "newest"}

    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada", email="ada@example.com", company="ACME")
        self.sync()
        self.ada = self.partner("Ada")

    def mailbox_edit(self, hours: float, job: str = "Mailbox's") -> None:
        moment = datetime.now(timezone.utc) + timedelta(hours=hours)
        self.mailbox.clock = lambda: moment
        self.edit(self.item, job=job)

    def assertWins(self, job: str) -> None:
        self.sync()
        self.assertEqual(self.ada.function, job)
        self.assertItem(self.item, job=job)
        self.assertIdle()

    def test_unsynchronized_field_does_not_count(self):
        for number, values in enumerate(
            (
                {"user_id": self.owner.id},
                {"color": 3},
                {"lang": "en_US", "ref": "A-1"},
                {"function": "Odoo's"},  # its current value
                {"active": True, "employee": True},
            )
        ):
            with self.subTest(values=values):
                start = 10 * number
                self.write_later(self.ada, start + 1, function="Odoo's")
                self.mailbox_edit(start + 2, f"Mailbox's {number}")
                self.write_later(self.ada, start + 3, **values)
                self.assertWins(f"Mailbox's {number}")

    def test_computed_field_does_not_count(self):
        self.write_later(self.ada, 1, function="Odoo's")
        self.mailbox_edit(2)
        self.env.cr.execute(
            "UPDATE res_partner SET partner_share = NOT partner_share WHERE id = %s",
            [self.ada.id],
        )
        self.env.invalidate_all()
        self.env.add_to_compute(self.ada._fields["partner_share"], self.ada)
        self.write_later(self.ada, 3)
        self.assertTrue(self.ada.partner_share)
        self.assertWins("Mailbox's")

    def test_synchronized_field_counts(self):
        company = self.new_partner("North", is_company=True)
        tag = self.env["res.partner.category"].create({"name": "VIP"})
        option = Command.create({"kind": "email", "value": "a@example.com"})
        for number, values in enumerate(
            (
                {"city": "London"},
                {"exchange_nickname": "Countess"},
                {"parent_id": company.id, "color": 4},
                {"category_id": [Command.link(tag.id)]},
                {"communication_ids": [option]},
            )
        ):
            with self.subTest(values=values):
                start = 10 * number
                self.write_later(self.ada, start + 1, function=f"Odoo's {number}")
                self.mailbox_edit(start + 2, f"Mailbox's {number}")
                self.write_later(self.ada, start + 3, **values)
                self.write_later(self.ada, start + 4, color=number + 5)
                self.sync()
                self.assertItem(self.item, job=f"Odoo's {number}")

    def test_renamed_company_changes_its_contacts(self):
        north = self.new_partner("North", is_company=True)
        self.ada.parent_id = north
        self.sync()
        self.write_later(self.ada, 1, color=5)
        self.mailbox_edit(2)
        self.ada.function = "Odoo's"
        north.name = "Far North"
        self.write_later(self.ada, 3)
        self.assertWins("Odoo's")

    def test_later_unrelated_writes_keep_the_date(self):
        before = fields.Datetime.now().replace(microsecond=0)
        self.write_later(self.ada, 1, function="Odoo's")
        for hours in (2, 3, 4):
            self.write_later(self.ada, hours, color=hours)
        self.assertEqual((self.ada.exchange_content_date - before).seconds // 3600, 1)
        self.write_later(self.ada, 5, function="Odoo's own")
        self.assertFalse(self.ada.exchange_content_date)
