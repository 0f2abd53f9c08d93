# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The two ways to a mailbox: a provider of each kind, and how its users sign in."""

from __future__ import annotations

from exchange_server.server import ExchangeServer
from support import in_the_cloud
from support.live_odoo import OdooServer, Rpc
from support.microsoft import ANSWER, Microsoft

EWS, GRAPH = "ews", "graph"
PROTOCOLS = (EWS, GRAPH)


def new_provider(
    admin: Rpc, odoo: OdooServer, exchange: ExchangeServer, protocol: str
) -> int:
    """Enter a provider, as an administrator does.

    :returns: the id of the ``exchange.provider``
    """
    if protocol == EWS:
        values = {"name": "Example mail", "server_url": exchange.url}
    else:
        address = ("ir.config_parameter", "set_param", "web.base.url", odoo.url)
        admin.call(*address)
        redirect = [f"{odoo.url}{ANSWER}"]
        tenant = exchange.exchange.tenant
        application = tenant.add_application(name="Odoo", redirect_uris=redirect)
        values = in_the_cloud.graph_values(exchange, application)
    [provider] = admin.call("exchange.provider", "create", [values])
    return provider


def connect(
    owner: Rpc, account: int, exchange: ExchangeServer, email: str, password: str
) -> None:
    """Press the button that signs in, and with Microsoft do so on its page.

    :param account: id of the owner's account
    :param email: of the mailbox
    :param password: of the mailbox
    :raises RuntimeError: the account is not connected then
    """
    action = owner.call("exchange.account", "action_authorize", [account])
    if action["type"] == "ir.actions.act_url":
        page = Microsoft(exchange)
        try:
            owner.get(ANSWER, page.accept(action["url"], email, password))
        finally:
            page.close()
    [found] = owner.call("exchange.account", "read", [account], ["state", "message"])
    if found["state"] != "connected":
        raise RuntimeError(f"the account could not be connected: {found['message']}")
