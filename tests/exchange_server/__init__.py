# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Exchange simulator: Exchange Web Services over real HTTP, for tests.

from exchange_server import Exchange, ExchangeServer
exchange = Exchange()
exchange.add_mailbox("anna@example.com", "password")
with ExchangeServer(exchange) as server:
    print(server.url)
"""

from .exchange import Exchange
from .server import ExchangeServer

__all__ = ["Exchange", "ExchangeServer"]
