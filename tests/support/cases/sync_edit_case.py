# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ada, who is synchronized, with many properties that Odoo has no field for."""

from __future__ import annotations

from datetime import datetime, timezone

from support.cases.sync_case import SyncCase

UNMODELLED = {
    "contacts:Birthday": datetime(1980, 2, 29, 12, tzinfo=timezone.utc),
    "contacts:Nickname": "Countess",
    "contacts:SpouseName": "William",
    "contacts:EmailAddress:EmailAddress2": "second@example.com",
    "contacts:PhoneNumber:HomePhone": "+44 20 7946 0001",
    "contacts:PhysicalAddress:Home:City": "Ockham",
    "contacts:ImAddress:ImAddress1": "im:ada",
    "item:Importance": "High",
}


class EditCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(
            given="Ada",
            surname="Byron",
            name="Ada Byron",
            company="ACME",
            job="Analyst",
            email="ada@example.com",
            mobile="+44 7700 900123",
            street="1 High Street",
            city="London",
            zip="N1",
            country="United Kingdom",
            website="https://ada.example.com",
            categories=["Red category", "Chess"],
            note=("HTML", "<html><body><p>Tea, <b>no</b> milk.</p></body></html>"),
            **UNMODELLED,
        )
        self.new_partner("Charles", email="charles@example.com", city="London")
        self.sync()
        self.ada = self.partner("Ada Byron")
