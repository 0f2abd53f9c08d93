# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Previews during changes by others: several transactions, so they commit."""

from __future__ import annotations

from collections.abc import Callable

from odoo import SUPERUSER_ID, api
from odoo.tools import mute_logger

from exchange_server import ExchangeServer
from support.cases.committed_case import CommittedCase
from support.cases.sync_mailbox import meanwhile, properties


class TestMeanwhile(CommittedCase):
    def setUp(self):
        super().setUp()
        self.server = ExchangeServer(self.exchange).start()
        self.addCleanup(self.server.stop)
        self.provider.server_url = self.server.url
        account = self.authorized("anna@example.com", auto_sync=False)
        self.account = account.with_user(self.anna)
        self.mailbox = self.exchange.mailbox("anna@example.com")
        self.account.sync()
        self.item = self.mailbox.contacts()[0]
        links = account.link_ids
        link = links.filtered(lambda link: link.remote_id == self.item.id)
        self.partner = link.partner_id
        self.partner.function = "Clerk"
        self.env.cr.commit()
        self.account.sync()
        self.env.cr.commit()

    def elsewhere(self, change: Callable[[api.Environment], object]) -> None:
        """Make a change in another transaction while the preview reads the mailbox."""

        def do() -> None:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                change(env)
                env.flush_all()

        self.server.faults.add(meanwhile("GetItem", do))

    def preview(self):
        with mute_logger("odoo.sql_db"):  # logs each query that fails
            action = self.account.action_preview()
        self.env.cr.commit()
        self.env.invalidate_all()
        return self.env["exchange.sync.run"].browse(action["res_id"])

    def test_preview_leaves_no_changes_after_the_commit(self):
        self.mailbox.update_contact(self.item.id, properties({"job": "Countess"}))
        before = self.env["res.partner"].search([])
        run = self.preview()
        self.assertEqual((run.state, run.imported_updated), ("done", 1), run.message)
        self.assertEqual(self.partner.function, "Clerk")
        self.assertEqual(self.env["res.partner"].search([]), before)
        self.assertEqual(self.account.sync().imported_updated, 1)
        self.assertEqual(self.partner.function, "Countess")

    def test_collision_is_reported(self):
        self.mailbox.update_contact(self.item.id, properties({"job": "Countess"}))
        self.elsewhere(
            lambda env: env["res.partner"].browse(self.partner.id).write({"city": "X"})
        )
        run = self.preview()
        self.assertEqual(run.state, "failed")
        self.assertIn("at the same moment. Try again", run.message)
        self.assertEqual((self.partner.function, self.partner.city), ("Clerk", "X"))
        again = self.preview()
        self.assertEqual((again.state, again.imported_updated), ("done", 1))

    def test_contact_deleted_meanwhile_is_not_named(self):
        values = [{"name": f"Ned {n}", "email": "ned@example.com"} for n in (1, 2)]
        one, two = self.env["res.partner"].with_user(self.anna).create(values)
        self.env.cr.commit()
        folder = self.mailbox.folder("contacts")
        values = properties({"name": "Ned", "email": "ned@example.com"})
        self.mailbox.add_contact(folder, values)
        self.elsewhere(lambda env: env["res.partner"].browse(two.id).unlink())
        run = self.preview()
        lines = run.line_ids.filtered(lambda line: line.action == "ambiguous")
        self.assertEqual(lines.candidate_ids, one)
