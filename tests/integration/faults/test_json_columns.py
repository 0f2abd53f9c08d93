# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""JSON columns are checked when written, and invalid values stop no other contact."""

from __future__ import annotations

import json

from odoo.exceptions import ValidationError
from odoo.tests import Form, JsonRpcException, new_test_user
from odoo.tools import mute_logger

from odoo.addons.exchange_contact_sync.use_cases import reprocessing

from support.cases.account_case import USER_GROUPS
from support.cases.odoo_case import OdooHttpCase
from support.cases.sync_case import SyncCase

OURS = "exchange_contact_sync"
ODD = [
    *([1, 2], ["a"], "text", 5, True, {"a": {"b": [1]}}),
    {"spouse": 5, "birthday": "yesterday", "nickname": None},
    {"values": 5},
    {"values": {"name": 5}, "apart": [1], "version": "new", "ours": "x"},
    {"name": {"was": 1}, "spouse": "sideways", "seen": 1, "private": 5},
]
"""Values that another version, another addon or an SQL query might store."""

ODD_DETAILS = {"spouse": 5, "birthday": "soon", "nickname": "Idchen"}

REFUSED = [
    *([1, 2], "text", 5, True, {"a": "b"}, {"spouse": 5}, {"spouse": None}),
    *({"spouse": ["Eva"]}, {"spouse": {"name": "Eva"}}, {"spouse": "E" * 5000}),
    *({"birthday": "yesterday"}, {"birthday": "1980-13-01"}, {"birthday": "19800305"}),
]


class TestMoreOverRpc(OdooHttpCase):
    def setUp(self):
        super().setUp()
        self.anna = new_test_user(self.env, "anna@example.com", USER_GROUPS)
        known = {"spouse": "Eva"}
        vals = {"name": "Ida", "more_from_exchange": known}
        self.ida = self.env["res.partner"].create(vals)
        self.authenticate(self.anna.login, self.anna.login)

    def call(self, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/res.partner/{method}",
            {"model": "res.partner", "method": method, "args": args, "kwargs": kwargs},
        )

    def assert_refused(self, method, *args):
        with (
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as caught,
        ):
            self.call(method, *args)
        self.assertEqual(str(caught.exception), "odoo.exceptions.ValidationError")

    def test_invalid_extra_field_is_refused(self):
        for odd in REFUSED:
            with self.subTest(odd=str(odd)[:40]):
                vals = {"more_from_exchange": odd}
                self.assert_refused("write", self.ida.ids, vals)
                self.assert_refused("create", {"name": "Eva", **vals})
        self.ida.invalidate_recordset()
        self.assertEqual(self.ida.more_from_exchange, {"spouse": "Eva"})

    def test_error_names_the_field_and_the_remedy(self):
        ida = self.ida.with_user(self.anna)
        with self.assertRaisesRegex(ValidationError, "holds a text for each detail"):
            ida.more_from_exchange = [1, 2]
        with self.assertRaisesRegex(ValidationError, "“shoe” is not a .* nickname"):
            ida.more_from_exchange = {"shoe": "42"}
        with self.assertRaisesRegex(ValidationError, "“Birthday” cannot be .* 1980"):
            ida.more_from_exchange = {"birthday": "yesterday"}

    def test_a_default_is_checked_too(self):
        partners = self.env["res.partner"].with_user(self.anna)
        with self.assertRaises(ValidationError):
            partners.with_context(default_more_from_exchange=[1]).create({"name": "E"})

    def test_valid_value_is_stored_on_one_line(self):
        vals = {"spouse": " Eva \n Lund\ud800 ", "office": "  ", "birthday": ""}
        self.call("write", self.ida.ids, {"more_from_exchange": vals})
        self.ida.invalidate_recordset()
        self.assertEqual(self.ida.more_from_exchange, {"spouse": "Eva Lund"})
        self.call("write", self.ida.ids, {"more_from_exchange": False})
        self.ida.invalidate_recordset()
        self.assertFalse(self.ida.more_from_exchange)

    def test_field_rules_are_checked_as_well(self):
        provider = self.env["exchange.provider"].create({"name": "Company mail"})
        for odd in ([1], 5, {"shoe": "both"}, {"spouse": 5}, {"spouse": ["both"]}):
            with self.subTest(odd=odd), self.assertRaises(ValidationError):
                provider.field_rules = odd


class TestOddColumns(SyncCase):
    def setUp(self):
        super().setUp()
        details = {"contacts:SpouseName": "Eva", "contacts:Nickname": "Idchen"}
        self.item = self.add(name="Ida", email="ida@example.com", **details)
        self.other = self.add(name="Ola", email="ola@example.com")
        self.exchange.add_mailbox("bea@example.com", "correct horse", "Bea")
        bea = new_test_user(self.env, "bea@example.com", USER_GROUPS)
        self.beas = self.connect(bea, export_contacts=False)
        self.sync()
        self.ida = self.partner("Ida")

    def columns(self):
        """Every stored field of this addon that holds JSON, with a row of it."""
        private = self.add(name="Pia", **{"item:Sensitivity": "Private"})
        self.sync()
        links = self.env["exchange.contact.link"].sudo()
        entry = self.env["exchange.inbox.entry"].search([("deferred", "=", True)])
        self.assertTrue(private and entry)
        rows = {
            "res.partner": self.ida,
            "exchange.contact.link": links.search([("partner_id", "=", self.ida.id)]),
            "exchange.inbox.entry": entry,
            "exchange.account": self.account,
            "exchange.provider": self.provider,
        }
        for name, model in self.env.items():
            if model._abstract:
                continue
            for field in model._fields.values():
                ours = OURS in (field._module, model._original_module)
                if field.type == "json" and field.store and ours:
                    yield rows[name], field.name

    def store_invalid(self, record, name, odd):
        """Write a value that no model would accept; the partner counts as edited."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {record._table} SET {name} = %s WHERE id = %s",
            [json.dumps(odd), record.id],
        )
        self.env.cr.execute(
            "UPDATE exchange_contact_link SET change_token = '' WHERE partner_id = %s",
            [self.ida.id],
        )
        self.env.invalidate_all()

    def read_form(self, record):
        """Read all fields of this addon that the owner may see, as a form does."""
        record = record.with_user(self.owner)
        if record.has_access("read"):
            ours = [n for n in record.fields_get() if record._fields[n]._module == OURS]
            record.web_read({name: {} for name in ours})

    def test_invalid_row_stops_no_other_contact(self):
        self.add(name="Nils")
        columns = list(self.columns())
        self.assertGreaterEqual(len(columns), 9)
        for turn, odd in enumerate(ODD):
            with self.subTest(odd=odd):
                for record, name in columns:
                    self.store_invalid(record, name, odd)
                    self.read_form(record)
                self.edit(self.other, job=f"Job {turn}")
                self.edit(self.item, city=f"City {turn}")
                reprocessing.decide_again(self.account)
                self.sync()
                self.sync(self.beas)
                self.assertEqual(self.partner("Ola").function, f"Job {turn}")
                self.assertEqual(self.ida.city, f"City {turn}")
                self.assertIn(self.item, self.mailbox.contacts())
                for record, _name in columns:
                    self.read_form(record)

    def test_lost_values_are_imported_again(self):
        for odd in ([1, 2], "text", {"spouse": 5, "nickname": None}):
            with self.subTest(odd=odd):
                self.store_invalid(self.ida, "more_from_exchange", odd)
                self.sync()
                self.assertItem(self.item, **{"contacts:SpouseName": "Eva"})
                self.assertItem(self.item, **{"contacts:Nickname": "Idchen"})
                self.assertPartner(self.ida, exchange_spouse="Eva")
                self.assertPartner(self.ida, exchange_nickname="Idchen")
                self.assertIdle()

    def test_form_stays_readable_and_editable(self):
        self.store_invalid(self.ida, "more_from_exchange", ODD_DETAILS)
        with Form(self.ida.with_user(self.owner)) as form:
            self.assertFalse(form.exchange_spouse or form.exchange_birthday)
            form.exchange_spouse = "Tove"
        known = {"spouse": "Tove", "nickname": "Idchen"}
        self.assertEqual(self.ida.more_from_exchange, known)
        self.sync()
        self.assertItem(self.item, **{"contacts:SpouseName": "Tove"})
        self.assertItem(self.item, **{"contacts:Nickname": "Idchen"})
