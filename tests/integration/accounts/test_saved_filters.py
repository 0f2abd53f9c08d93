# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A saved filter that cannot be used affects neither the account nor other filters."""

from __future__ import annotations

import time
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from support.cases.account_case import USER_GROUPS
from support.cases.odoo_case import OdooHttpCase
from support.cases.sync_case import OWNER_GROUPS, SyncCase

FORM = "exchange_contact_sync.exchange_account_view_form"
HARMFUL = {
    "[('name', '=', time.sleep(100))]": "contains “time.sleep”",
    "[('id', 'in', [1] * 10 ** 9)]": "contains “",
    "[('name', '=', 'a' * 10 ** 9)]": "contains “",
    "[('name', '=', env.cr)]": "contains “env.cr”",
    "[('name', '=', nobody)]": "contains “nobody”",
    "[x for x in [1]]": "contains “[x for x in [1]]”",
    "[(": "is not a list of conditions",
    "5": "is not a list of conditions",
    "[" * 90 + "]" * 90: "too deeply nested",
    "[('name', '=', 1)," * 20: "is not a list of conditions",
    "[('name', '=', 'x'), " + "('name', '=', 'x'), " * 300 + "]": "too long",
    "[('gone', '=', 1)]": "does not accept a condition",
    "['|', ('name', '=', 'x')]": "does not accept a condition",
    "[['name']]": "does not accept a condition",
    "[('name', 'eats', 'x')]": "does not accept a condition",
    "[('create_date', '>', 'yesterday')]": "does not accept a condition",
    "[('name', '=', '\\ud800')]": "does not accept a condition",
    "[('parent_id', 'any', 5)]": "does not accept a condition",
}
"""Filters, and what the form says of each."""


class FilterCase(SyncCase):
    account_values = {
        "import_contacts": False,
        "export_scope": "selected",
        "export_groups": True,
    }

    def new_filter(self, domain, owner=None, **values):
        """Create a filter as a client saves it, even if Odoo cannot show it."""
        owner = owner or self.owner
        filters = self.env["ir.filters"].with_user(owner)
        vals = {"name": "Mine", "model_id": "res.partner", "user_ids": owner.ids}
        return filters.create({**vals, "domain": domain, **values})

    def choose(self, *filters):
        ids = [one.id for one in filters]
        self.account.write({"export_filter_ids": [Command.set(ids)]})

    def lines(self, run):
        return run.line_ids.filtered(lambda line: line.action == "error")


class TestForm(FilterCase):
    def form(self):
        self.env.invalidate_all()
        return Form(self.account.with_user(self.owner), view=FORM)

    def test_form_explains_a_broken_filter(self):
        for domain, said in HARMFUL.items():
            with self.subTest(domain=domain[:50]):
                started = time.monotonic()
                saved = self.new_filter(domain)
                self.choose(saved)
                form = self.form()
                self.assertIn("“Mine” cannot be used", form.export_problem)
                self.assertIn(said, form.export_problem)
                self.assertEqual(form.export_count, 0)
                self.assertLess(time.monotonic() - started, 4)

    def test_slow_filter_is_reported(self):
        self.choose(self.new_filter("[('bank_ids.acc_number', '=', '1')]"))
        self.patch_limit(1)
        with self.registry.cursor() as cr:
            cr.execute("LOCK TABLE res_partner_bank IN ACCESS EXCLUSIVE MODE")
            started = time.monotonic()
            form = self.form()
            self.assertLess(time.monotonic() - started, 10)
            self.assertIn("takes more than", form.export_problem)
            self.assertEqual(form.email, "anna@example.com")
        self.assertFalse(self.form().export_problem)
        self.env.cr.execute("SHOW statement_timeout")
        self.assertEqual(self.env.cr.fetchone()[0], "0")

    def patch_limit(self, seconds):
        path = "odoo.addons.exchange_contact_sync.partner.filters.LONGEST_SEARCH"
        self.startPatcher(patch(path, seconds))

    def test_filter_is_evaluated_as_the_owner(self):
        self.owner.tz = "Pacific/Auckland"
        ida, today = self.new_partner("Ida"), "context_today()"
        for domain in (
            f"[('id', '=', {ida.id}), ('create_uid', '!=', uid)]",
            f"[('id', '=', {ida.id}), ('create_date', '>', ({today} - relativedelta("
            "days=2)).strftime('%Y-%m-%d'))]",
            f"[('id', '=', {ida.id}), ('create_date', '<', datetime.datetime.combine("
            f"{today} + relativedelta(days = 2), datetime.time(0, 0, 0)).to_utc()"
            '.strftime("%Y-%m-%d %H:%M:%S"))]',
            f"[('id', '=', {ida.id}), ('create_date', '>', 'today -2d')]",
        ):
            with self.subTest(domain=domain):
                self.choose(self.new_filter(domain))
                form = self.form()
                self.assertFalse(form.export_problem)
                self.assertEqual(form.export_count, 1)


class TestSharing(FilterCase):
    def setUp(self):
        super().setUp()
        self.ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        self.new_partner("Ida")
        domain = "[('name', '=', 'Ida')]"
        both = {"name": "Of Ben", "user_ids": (self.ben + self.owner).ids}
        self.shared = self.new_filter(domain, self.ben, **both)

    def test_a_private_filter_of_another_user_cannot_be_chosen(self):
        private = self.new_filter("[]", self.ben)
        with self.assertRaises(AccessError):
            self.choose(private)

    def test_unshared_filter_is_reported_without_its_name(self):
        self.choose(self.shared)
        self.sync()
        self.shared.sudo().user_ids = self.ben
        self.env.invalidate_all()
        problem = self.account.export_problem
        self.assertIn("no longer shared with you", problem)
        self.assertNotIn("Of Ben", problem)
        line = self.lines(self.sync(state="partial"))
        self.assertNotIn("Of Ben", f"{line.name} {line.message}")
        self.in_mailbox("Ida")

    def test_choosing_again_drops_the_hidden_filter(self):
        self.choose(self.shared)
        self.shared.sudo().user_ids = self.ben
        self.env.invalidate_all()
        mine = self.new_filter("[('name', '=', 'Ida')]")
        self.account.write({"export_filter_ids": [Command.link(mine.id)]})
        self.env.invalidate_all()
        self.assertEqual(self.account.sudo().export_filter_ids, mine.sudo())
        self.assertFalse(self.account.export_problem)


class TestRun(FilterCase):
    account_values = {**FilterCase.account_values, "odoo_deletion": "delete"}

    def setUp(self):
        super().setUp()
        self.tag = self.env["res.partner.category"].create({"name": "Friends"})
        self.account.export_category_ids = self.tag
        self.new_partner("Ida")
        self.saved = self.new_filter("[('name', 'in', ['Ida', 'Ola'])]")
        self.choose(self.saved)
        self.sync()
        self.in_mailbox("Ida")

    def test_broken_filter_withdraws_no_contact(self):
        for domain in HARMFUL:
            self.saved.domain = domain
        self.new_partner("Eva", category_id=self.tag.ids)
        self.new_partner("Ola")
        line = self.lines(self.sync(state="partial"))
        self.assertEqual((line.name, line.direction), ("Mine", "push"))
        self.assertIn("cannot be used", line.message)
        names = {
            item.values["contacts:DisplayName"] for item in self.mailbox.contacts()
        }
        self.assertEqual(names, {"Ida", "Eva"})
        self.assertEqual(set(self.account.link_ids.mapped("state")), {"synced"})
        self.saved.domain = "[('name', 'in', ['Ida', 'Ola'])]"
        self.sync()
        self.in_mailbox("Ola")
        self.assertIdle()

    def test_contact_withdrawn_earlier_stays_withdrawn(self):
        self.saved.domain = "[('name', '=', 'Ola')]"
        self.sync()
        self.assertFalse(self.mailbox.contacts())
        self.saved.domain = "[("
        self.sync(state="partial")
        self.assertFalse(self.mailbox.contacts())

    def test_preview_reports_a_broken_filter(self):
        self.saved.domain = "[("
        self.account.action_preview()
        run = self.account.run_ids.filtered(lambda one: one.trigger == "preview")
        self.assertEqual(self.lines(run).name, "Mine")


class TestOverRpc(OdooHttpCase):
    def test_harmful_filter_leaves_the_form_readable(self):
        anna = new_test_user(self.env, "anna@example.com", USER_GROUPS)
        provider = self.env["exchange.provider"].create({"name": "Company mail"})
        self.authenticate(anna.login, anna.login)

        def call(model, method, *args, **kwargs):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": kwargs},
            )

        domain = "[('name', '=', [time.sleep(100), 'a' * 10 ** 10])]"
        vals = {"name": "Mine", "model_id": "res.partner", "user_ids": anna.ids}
        saved = call("ir.filters", "create", {**vals, "domain": domain})
        choice = {
            "provider_id": provider.id,
            "email": anna.login,
            "export_contacts": True,
            "export_scope": "selected",
            "export_groups": True,
            "export_filter_ids": [Command.set([saved])],
        }
        account = call("exchange.account", "create", choice)
        started = time.monotonic()
        spec = {"export_problem": {}, "export_count": {}, "email": {}}
        [read] = call("exchange.account", "web_read", [account], specification=spec)
        self.assertLess(time.monotonic() - started, 5)
        self.assertIn("contains “time.sleep”", read["export_problem"])
