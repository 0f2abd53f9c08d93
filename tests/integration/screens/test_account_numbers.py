# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The numbers on an account's form, and the lists behind them."""

from __future__ import annotations

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from support.cases.sync_case import OWNER_GROUPS, SyncCase

NUMBERS = ("link_count", "run_count", "waiting_count", "conflict_count")


class TestNumbers(SyncCase):
    account_values = {"conflict_policy": "exchange"}

    def numbers(self) -> dict[str, int]:
        self.account.invalidate_recordset()
        return {name: self.account[name] for name in NUMBERS}

    def behind(self, action):
        """:returns: the records that an action lists for the owner"""
        model = self.env[action["res_model"]].with_user(self.owner)
        return model.search(action["domain"])

    def test_buttons_count_contacts_and_runs(self):
        self.assertEqual(self.numbers(), dict.fromkeys(NUMBERS, 0))
        self.add(name="Kim")
        self.sync()
        self.sync()
        found = self.numbers()
        self.assertEqual(found["link_count"], len(self.account.link_ids))
        self.assertGreater(found["link_count"], 0)
        self.assertEqual(found["run_count"], 2)
        links = self.behind(self.account.action_open_links())
        self.assertEqual(links, self.account.link_ids)
        runs = self.behind(self.account.action_open_runs())
        self.assertEqual(runs, self.account.run_ids)

    def test_button_counts_contacts_to_match(self):
        self.account.export_contacts = False
        item = self.add(name="Ada Byron", email="ada@example.com")
        self.new_partner("Ada King", email="ada@example.com")
        self.new_partner("Ada Lovelace", email="ada@example.com")
        self.sync()
        self.edit(item, job="Countess")
        run = self.sync()
        self.assertEqual(self.numbers()["waiting_count"], 1, "not one for each run")
        line = self.behind(self.account.action_open_waiting())
        self.assertEqual(line.run_id, run, "the newest")
        self.assertTrue(line.can_answer)
        line.action_create_new()
        self.assertEqual(self.numbers()["waiting_count"], 0)
        self.assertFalse(self.behind(self.account.action_open_waiting()))

    def test_button_counts_open_conflicts(self):
        item = self.add(name="Ada Byron", job="Analyst")
        self.sync()
        self.partner("Ada Byron").function = "Odoo's"
        self.edit(item, job="Mailbox's")
        self.sync()
        self.assertEqual(self.numbers()["conflict_count"], 1)
        line = self.behind(self.account.action_open_conflicts())
        self.assertTrue(line.can_use_other)
        line.action_use_other()
        self.assertEqual(self.numbers()["conflict_count"], 0)

    def test_several_accounts_need_no_more_queries(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        self.exchange.add_mailbox("ben@example.com", "correct horse")
        other = self.connect(ben)
        both = (self.account | other).sudo()
        one = self.numbers_cost(self.account.sudo())
        self.assertEqual(self.numbers_cost(both), one)

    def numbers_cost(self, accounts) -> int:
        """:returns: queries for all numbers of these accounts"""
        self.env.flush_all()
        accounts.invalidate_recordset()
        accounts.mapped("email")
        before = self.env.cr.sql_log_count
        accounts.read(NUMBERS)
        return self.env.cr.sql_log_count - before

    def test_only_the_owner_opens_the_lists(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        for action in ("action_open_waiting", "action_open_conflicts"):
            with self.assertRaises(AccessError):
                getattr(self.account.with_user(ben), action)()
