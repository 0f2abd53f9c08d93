# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronizations through Microsoft Graph with the simulator, over real HTTPS."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from exchange_server import Exchange, ExchangeServer
from exchange_server.graph.schema import GraphTypes
from support import in_the_cloud
from support.cases.sync_case import SyncCase, schemas


@functools.cache
def graph_types() -> GraphTypes:
    """Return the published types, against which requests and answers are validated."""
    return GraphTypes(Path(os.environ["GRAPH_TYPES"]))


class BothProtocolsCase(SyncCase):
    """Anna's account over EWS, on a server that Graph can be used on as well."""

    server_options = {"auth": ("basic",), "tls": True}

    def new_exchange(self) -> Exchange:
        return Exchange(schemas=schemas(), graph_types=graph_types())

    def new_provider(self):
        provider = super().new_provider()
        provider.ca_certificate = self.server.ca_pem.decode()
        return provider


class CloudCase(BothProtocolsCase):
    """Anna, her mailbox in Exchange Online, and her account, for which she signed in.

    :cvar provider_values: fields of the provider, such as ``access``
    """

    provider_values: dict[str, object] = {}

    def new_provider(self):
        self.application = in_the_cloud.registered(self.env, self.server)
        return in_the_cloud.graph_provider(
            self.env, self.server, self.application, **self.provider_values
        )

    def new_account(self, user, **values: object):
        vals = {
            "provider_id": self.provider.id,
            "email": user.login,
            "export_contacts": True,
            "auto_sync": False,
            **values,
        }
        return self.env["exchange.account"].with_user(user).create(vals)

    def connect(self, user, **values: object):
        account = self.new_account(user, **values)
        if account.signs_in_with_microsoft:
            in_the_cloud.sign_in(account, self.server)
        else:
            account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)
        return account

    def serve(self, exchange: Exchange, **options: object) -> ExchangeServer:
        return super().serve(exchange, **{**self.server_options, **options})
