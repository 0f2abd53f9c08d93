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
from exchange_server.population import populate
from exchange_server.schema import Schemas
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc

from .check import check
from .rounds import Round, synchronize
from .scene import LOGIN, MAILBOX, MAILBOX_PASSWORD, PASSWORD, set_scene
from .table import show

CONTACTS, SEED = 200, 7


def main() -> int:
    """:returns: the exit status: 0 when both sides agree and the second run rested"""
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="stop after the table")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    database = os.environ["EXCHANGE_CONTACT_SYNC_DATABASE"]
    log = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "logs", f"{database}.log")
    log.parent.mkdir(parents=True, exist_ok=True)
    try:
        with demo_mailbox() as exchange, OdooServer(database, log) as odoo:
            return _perform(exchange, odoo, once=options.once)
    except KeyboardInterrupt:
        return 0


def demo_mailbox() -> ExchangeServer:
    """A mail server whose every word is held to the published schemas."""
    schemas = Schemas(Path(os.environ["EXCHANGE_SCHEMAS"]))
    organisation = Exchange(schemas=schemas)
    mailbox = organisation.add_mailbox(MAILBOX, MAILBOX_PASSWORD, "Demo mailbox")
    populate(mailbox, CONTACTS, SEED)
    return ExchangeServer(organisation)


def _perform(exchange: ExchangeServer, odoo: OdooServer, *, once: bool) -> int:
    mailbox = exchange.exchange.mailbox(MAILBOX)
    admin = Rpc(odoo.url, odoo.database, "admin", "admin")
    account = set_scene(admin, odoo, mailbox, exchange.url)
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
    print("Ctrl-C ends both.", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main())
