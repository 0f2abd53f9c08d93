# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Extra fields are stored, shown, edited and synchronized."""

from __future__ import annotations

from datetime import date, datetime, timezone

from odoo.tests import Form

from support.cases.sync_case import SyncCase


def moment(*parts: int) -> datetime:
    """In UTC."""
    return datetime(*parts, tzinfo=timezone.utc)


KNOWN = {
    "contacts:DisplayName": "Ida Lund",
    "contacts:GivenName": "Ida",
    "contacts:Surname": "Lund",
    "contacts:Nickname": "Idchen",
    "contacts:Department": "North",
    "contacts:Birthday": moment(1980, 3, 4, 23),
    "contacts:WeddingAnniversary": moment(1604, 2, 29, 11, 59),
}


class TestMore(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.mailbox.add_contact(self.contacts_folder, dict(KNOWN))
        self.sync()
        self.ida = self.partner("Ida Lund")

    def test_extra_fields_are_imported(self):
        self.assertPartner(
            self.ida,
            exchange_nickname="Idchen",
            exchange_department="North",
            exchange_birthday=date(1980, 3, 5),
            exchange_anniversary=date(1604, 2, 29),
            exchange_manager=False,
        )
        self.assertIdle()

    def test_edit_in_the_form_is_pushed_alone(self):
        with Form(self.ida.with_user(self.owner)) as form:
            form.exchange_birthday = date(1980, 3, 6)
            form.exchange_manager = "Ola Nord"
        run = self.sync()
        self.assertEqual(run.exported_updated, 1)
        self.assertEqual(
            sorted(run.line_ids.mapped("field_name")), ["birthday", "manager"]
        )
        self.assertItem(
            self.item,
            **{
                **KNOWN,
                "contacts:Birthday": moment(1980, 3, 6, 11, 59),
                "contacts:Manager": "Ola Nord",
            },
        )
        self.assertIdle()

    def test_cleared_value_is_cleared_on_the_other_side(self):
        self.mailbox.update_contact(
            self.item.id, {"contacts:Nickname": None, "contacts:Birthday": None}
        )
        self.ida.exchange_department = False
        self.sync()
        self.assertFalse(self.ida.exchange_nickname or self.ida.exchange_birthday)
        self.assertItem(self.item, **{"contacts:Department": None})
        self.assertEqual(self.ida.more_from_exchange, {"anniversary": "1604-02-29"})
        self.assertIdle()

    def test_several_fields_are_written_together(self):
        self.ida.write({"exchange_office": "7", "exchange_spouse": " Eva  Lund "})
        self.ida.invalidate_recordset()
        self.assertPartner(self.ida, exchange_office="7", exchange_spouse="Eva Lund")
        self.assertEqual(self.ida.exchange_nickname, "Idchen")
        self.sync()
        self.assertItem(self.item, **{"contacts:OfficeLocation": "7"})
        self.assertItem(self.item, **{"contacts:SpouseName": "Eva Lund"})

    def test_new_contact_exports_extra_fields(self):
        self.new_partner(
            "Ola Nord", email="ola@example.com", exchange_birthday=date(2000, 1, 1)
        )
        self.sync()
        item = self.in_mailbox("Ola Nord")
        self.assertItem(item, **{"contacts:Birthday": moment(2000, 1, 1, 11, 59)})
        self.assertIdle()
