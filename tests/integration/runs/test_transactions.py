# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many transactions a run commits; each drops what was read before."""

from __future__ import annotations

from unittest.mock import patch

from odoo.sql_db import Cursor

from support.cases.committed_case import CommittedCase

IDLE = 5
"""Two before anything is read, one before the mailbox is asked, one after that, and the
result."""


class TestTransactions(CommittedCase):
    def commits(self, account) -> int:
        """:returns: how often the run's own cursor commits"""
        commit, counted = Cursor.commit, []

        def count(cr: Cursor) -> None:
            counted.append(cr)
            commit(cr)

        with patch.object(Cursor, "commit", count):
            account.sync()
        return counted.count(account.env.cr)

    def test_idle_run_needs_few_transactions(self):
        account = self.authorized("anna@example.com", auto_sync=False)
        account.export_contacts = True
        self.env.cr.commit()
        for _run in ("imports and exports", "reads what was stored"):
            account.sync()
        self.env.cr.commit()
        self.assertLessEqual(self.commits(account), IDLE)

    def statements(self, account) -> int:
        """:returns: how many SQL statements a run executes with its own cursor"""
        before = account.env.cr.sql_log_count
        account.sync()
        return account.env.cr.sql_log_count - before

    def test_further_folders_cost_an_idle_run_nothing(self):
        account = self.authorized("anna@example.com", auto_sync=False)
        account.sync()
        account.sync()
        one, commits = self.statements(account), self.commits(account)
        mailbox = self.exchange.mailbox(account.email)
        for number in range(5):
            mailbox.create_folder(f"Folder {number}")
        account.action_refresh_folders()
        account.sync()
        account.sync()
        self.assertGreater(len(account.folder_ids), 5)
        self.assertLessEqual(self.statements(account), one)
        self.assertLessEqual(self.commits(account), commits)
