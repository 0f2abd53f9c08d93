# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Set the scene, synchronize twice, show what happened, serve until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from exchange_server.exchange import Exchange
from exchange_server.graph.schema import GraphTypes
from exchange_server.population import populate
from exchange_server.schema import Schemas
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc

from .check import check
from .protocols import EWS, GRAPH, PROTOCOLS
from .rounds import Round, synchronize
from .scene import LOGIN, MAILBOX, MAILBOX_PASSWORD, PASSWORD, set_scene
from .table import show

CONTACTS, SEED = 200, 7


def main() -> int:
    """:returns: the exit status: 0 when both sides agree and the second run rested"""
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="stop after the table")
    parser.add_argument(
        "--provider",
        choices=PROTOCOLS,
        default=EWS,
        help="synchronize over Exchange Web Services (ews) or Microsoft Graph (graph)",
    )
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    database = os.environ["EXCHANGE_CONTACT_SYNC_DATABASE"]
    log = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "logs", f"{database}.log")
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            demo_mailbox(options.provider) as exchange,
            OdooServer(database, log) as odoo,
        ):
            return _perform(exchange, odoo, options.provider, once=options.once)
    except KeyboardInterrupt:
        return 0


def demo_mailbox(protocol: str = EWS) -> ExchangeServer:
    """A mail server whose every word is held to the published schemas and types."""
    organisation = Exchange(
        schemas=Schemas(Path(os.environ["EXCHANGE_SCHEMAS"])),
        graph_types=GraphTypes(Path(os.environ["GRAPH_TYPES"])),
    )
    mailbox = organisation.add_mailbox(MAILBOX, MAILBOX_PASSWORD, "Demo mailbox")
    populate(mailbox, CONTACTS, SEED)
    # Secrets of applications are sent to https only.
    return ExchangeServer(organisation, tls=protocol == GRAPH)


def _perform(
    exchange: ExchangeServer, odoo: OdooServer, protocol: str, *, once: bool
) -> int:
    mailbox = exchange.exchange.mailbox(MAILBOX)
    admin = Rpc(odoo.url, odoo.database, "admin", "admin")
    account = set_scene(admin, odoo, exchange, protocol)
    owner = Rpc(odoo.url, odoo.database, LOGIN, PASSWORD)
    rounds: list[Round] = []
    for name in ("first run", "second run"):
        rounds.append(synchronize(name, owner, account, exchange, odoo.database))
    problems = check(owner, mailbox, rounds)
    show(rounds, problems)
    if not once:
        _serve(exchange, odoo)
    return 1 if problems else 0


def _serve(exchange: ExchangeServer, odoo: OdooServer) -> None:
    print(f"\nOdoo       {odoo.url}/odoo/contacts   login {LOGIN}, password {PASSWORD}")
    print("           (administrator: login admin, password admin)")
    print(f"Exchange   {exchange.url}   {MAILBOX}, password {MAILBOX_PASSWORD}")
    print(f"Graph      {exchange.graph_url}")
    print("Ctrl-C ends both.", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
