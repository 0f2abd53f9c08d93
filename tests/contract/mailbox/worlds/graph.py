# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The gateway to Microsoft Graph on the Exchange simulator, for the contract tests.

People change the mailbox as in the world of EWS, since the mailboxes are the same.
"""

from __future__ import annotations

from exchange_contact_sync.graph.contacts.layout import Layout
from exchange_contact_sync.graph.gateway import GraphGateway
from exchange_server import ExchangeServer, faults
from exchange_server.store.mailbox import Mailbox

from .simulator import SimulatorWorld

OPERATIONS = {
    "folders": "ListContactFolders",
    "changes": "ContactsDelta",
    "fetch": "GetContact",
    "find": "ListContacts",
    "create": "CreateContact",
    "create_folder": "CreateContactFolder",
    "update": "UpdateContact",
    "remove_sync_keys": "UpdateContact",
    "delete": "DeleteContact",
}
ALONE = {"changes", "create_folder"}
"""Methods that send their request outside of a batch."""


class Tokens:
    """Access tokens that the simulator's organization issued.

    :param address: of the user
    """

    def __init__(self, server: ExchangeServer, address: str) -> None:
        self._tenant = server.exchange.tenant
        self._address = address
        self.issued = 0

    def token(self, refused: str = "") -> str:
        self.issued += 1
        return self._tenant.token_for(self._address)


class GraphWorld(SimulatorWorld):
    """See ``world.Troubled``."""

    counts_groups = False
    asks_for_the_rest = True
    operations = OPERATIONS

    def __init__(
        self, server: ExchangeServer, mailbox: Mailbox, gateway: GraphGateway
    ) -> None:
        super().__init__(server, mailbox, gateway)
        self._calls = 0
        send = gateway._connection._once

        def counted(*arguments):
            self._calls += 1
            return send(*arguments)

        gateway._connection._once = counted

    def with_photos(self) -> GraphGateway:
        return GraphGateway(self.store._connection, Layout(photos=True))

    def lose_answer(self, method: str) -> None:
        if method in ALONE:
            super().lose_answer(method)
        else:  # a change first reads the contacts in a separate batch
            nth = 2 if method in ("update", "remove_sync_keys") else 1
            self.server.faults.add(faults.drop_after("Batch", nth=nth))

    def be_busy(self, method: str, seconds: float) -> None:
        self.server.faults.add(
            faults.http_status(
                429, self.operations[method], retry_after=int(seconds), times=1
            )
        )

    def calls(self) -> int:
        return self._calls
