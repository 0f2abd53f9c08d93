# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mail server that does not answer changes nothing, and the user can try again."""

from __future__ import annotations

from exchange_server import faults
from support.cases.sync_case import PASSWORD, SyncCase

NO_ANSWER = "exchange_contact_sync.no_answer"


class TestNoAnswer(SyncCase):
    def setUp(self):
        super().setUp()
        self.state = ("state", "message_code", "next_sync", "failure_count")

    def silence(self) -> None:
        self.server.faults.add(faults.drop_before(times=None))

    def assertOffersToTryAgain(self, answer: dict) -> None:
        self.assertEqual(answer["tag"], NO_ANSWER)
        self.assertIn("does not answer", answer["params"]["message"])
        self.assertIn("Try again", answer["params"]["message"])

    def test_connected_account_stays_as_it_is(self):
        for button in ("action_authorize", "action_refresh_folders"):
            with self.subTest(button=button):
                before = self.account.read(self.state)
                self.silence()
                self.assertOffersToTryAgain(getattr(self.account, button)())
                self.assertEqual(self.account.read(self.state), before)
                self.server.faults.clear()

    def test_busy_server_can_be_tried_again(self):
        self.server.faults.add(faults.busy())
        answer = self.account.action_refresh_folders()
        self.assertEqual(answer["tag"], NO_ANSWER)
        self.assertIn("busy", answer["params"]["message"])
        self.assertFalse(self.account.message)

    def dialog(self):
        self.account.unlink()
        values = {"provider_id": self.provider.id, "email": self.owner.login}
        dialogs = self.env["exchange.add.account"].with_user(self.owner)
        return dialogs.create(values)

    def accounts(self):
        return self.env["exchange.account"].search([("user_id", "=", self.owner.id)])

    def test_new_account_is_kept_only_once_it_is_connected(self):
        dialog = self.dialog()
        self.silence()
        self.assertOffersToTryAgain(dialog.action_authorize(PASSWORD, "first"))
        self.assertFalse(dialog.message, "the dialog below stays as it was")
        self.assertFalse(self.accounts())
        self.server.faults.clear()
        dialog.action_authorize(PASSWORD, "second")
        self.assertEqual(self.accounts().state, "connected")

    def test_cancelled_attempt_connects_nothing(self):
        """Whether the user cancels before the server answers or just after."""
        dialog = self.dialog()
        dialog.action_cancel_attempt("first")
        self.assertFalse(dialog.action_authorize(PASSWORD, "first"))
        self.assertFalse(self.accounts())
        dialog.action_authorize(PASSWORD, "second")
        self.assertTrue(self.accounts())
        dialog.action_cancel_attempt("second")
        self.assertFalse(self.accounts())
        self.assertTrue(dialog.exists().email, "what was typed stays")
