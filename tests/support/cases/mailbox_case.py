# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Anna's mailbox on a simulated Exchange server, for tests of the addon's models."""

from __future__ import annotations

from exchange_server import Exchange, ExchangeServer
from exchange_server.population import populate
from support.cases.account_case import AccountCase

PASSWORD = "correct horse"


class MailboxCase(AccountCase):
    """A server that runs during one test, and a provider with its address."""

    def setUp(self) -> None:
        super().setUp()
        exchange = Exchange()
        self.mailbox = exchange.add_mailbox(self.anna.login, PASSWORD)
        populate(self.mailbox, contacts=6, seed=3)
        self.server = ExchangeServer(exchange)
        self.server.start()
        self.addCleanup(self.stop_server)
        self.provider.server_url = self.server.url

    def stop_server(self) -> None:
        self.server.stop()
        self.assertEqual(self.server.errors, [])

    def authorized(self, **values):
        """Create Anna's account, and authorize it."""
        account = self.new_account(self.anna, password=PASSWORD, **values)
        account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)
        return account
