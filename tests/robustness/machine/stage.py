# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One Odoo database, one mail server, and Anna, who has an account: all committed."""

from __future__ import annotations

import functools
import itertools
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import odoo.orm.environments
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db
from odoo.tests import new_test_user
from odoo.tools import config

from odoo.addons.exchange_contact_sync.core.errors import SyncError
from odoo.addons.exchange_contact_sync.core.run import COUNTERS
from odoo.addons.exchange_contact_sync.use_cases import synchronize

from exchange_server import Exchange, ExchangeServer
from exchange_server.graph.schema import GraphTypes
from exchange_server.schema import Schemas
from exchange_server.store.mailbox import Mailbox
from support import in_the_cloud
from support.live_odoo import database_copy

EWS, GRAPH = "ews", "graph"
PROTOCOLS = (EWS, GRAPH)
PASSWORD = "correct horse"
OWNER_GROUPS = "base.group_user,base.group_partner_manager"


@dataclass(frozen=True)
class Ran:
    """The result of a synchronization.

    :param state: of the run
    :param counters: of the run, without those that are zero
    :param lines: of the run, each with action, name, old and new value
    :param writes: the number of writing requests that were carried out
    """

    state: str
    counters: Counter[str]
    lines: tuple[tuple[str, str, str, str], ...]
    writes: int


class Stage:
    """The database, the server and the account. All work is committed.

    :param database: name of a database that only this process uses
    :param server: of an organization without mailboxes
    :param protocol: of the provider: one of ``PROTOCOLS``
    """

    def __init__(self, database: str, server: ExchangeServer, protocol: str) -> None:
        self.database = database
        self.server = server
        self._protocol = protocol
        self._registry = Registry(database)
        self._numbers = itertools.count(1)
        with self.everything() as env:
            self._owner = new_test_user(env, "anna@example.com", OWNER_GROUPS).id
            self._provider = self._new_provider(env).id
            env.cr.execute("SELECT max(id) FROM res_partner")
            self.people_after: int = env.cr.fetchone()[0]

    def _new_provider(
        self, env: odoo.orm.environments.Environment
    ) -> odoo.models.BaseModel:
        if self._protocol == GRAPH:
            return in_the_cloud.graph_provider(env, self.server)
        values = {"name": "Company mail", "server_url": self.server.url}
        return env["exchange.provider"].create(values)

    @contextmanager
    def everything(self) -> Iterator[odoo.orm.environments.Environment]:
        """Return a superuser environment, which is committed at the end."""
        with self._registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    @contextmanager
    def anna(self) -> Iterator[odoo.orm.environments.Environment]:
        """Return Anna's environment, which is committed at the end."""
        with self._registry.cursor() as cr:
            yield api.Environment(cr, self._owner, {})

    def begin(self, **choices: object) -> Mailbox:
        """Start without contacts: Anna gets a new mailbox and an account for it.

        :param choices: values of the account
        """
        self.server.faults.clear()
        address = f"anna{next(self._numbers)}@example.com"
        self.mailbox = self.server.exchange.add_mailbox(address, PASSWORD)
        with self.everything() as env:
            self._empty(env)
        with self.anna() as env:
            self._account = self._connect(env, {"email": address, **choices})
        return self.mailbox

    def _empty(self, env: odoo.orm.environments.Environment) -> None:
        env.cr.execute("DELETE FROM exchange_account")
        env.cr.execute("DELETE FROM res_partner WHERE id > %s", [self.people_after])
        env.registry.clear_all_caches()

    def _connect(
        self, env: odoo.orm.environments.Environment, choices: dict[str, object]
    ) -> int:
        vals = {
            "provider_id": self._provider,
            "export_contacts": True,
            "auto_sync": False,
            **choices,
        }
        account = env["exchange.account"].create(vals)
        in_the_cloud.connect(account, self.server, PASSWORD)
        return account.id

    def account(self, env: odoo.orm.environments.Environment) -> odoo.models.BaseModel:
        """Return Anna's account in an environment."""
        return env["exchange.account"].browse(self._account)

    def refresh_folders(self) -> None:
        """Refresh the folders of Anna's mailbox."""
        with self.anna() as env:
            self.account(env).action_refresh_folders()

    def sync(self) -> Ran:
        """Synchronize Anna's account, and wait until the run ends."""
        self.server.counters.reset()
        with self.anna() as env:
            run = self.account(env).sync()
            lines = tuple(
                (line.action, line.name, line.old_value or "", line.new_value or "")
                for line in run.line_ids
            )
            counted = Counter({key: run[key] for key in COUNTERS if run[key]})
            return Ran(run.state, counted, lines, self.server.counters.writes)

    def slice(self) -> None:
        """Run the scheduled action with hardly any time for the account."""
        with self.anna() as env:
            synchronize.run_and_settle(self.account(env), "auto", 0.0)

    def nothing_broke(self) -> None:
        """Check that no run ended with an unexpected exception, whatever the server
        did."""
        broken = [("message_code", "=", SyncError.code), ("message_detail", "=", False)]
        with self.everything() as env:
            assert not env["exchange.sync.run"].search(broken)

    def rows(self) -> dict[int, str]:
        """Return a value for the current version of each partner's row."""
        with self.everything() as env:
            env.cr.execute("SELECT id, xmin || ' ' || ctid FROM res_partner")
            return dict(env.cr.fetchall())

    def disconnect(self) -> None:
        """Close all connections to the database, so that a process can be forked."""
        close_db(self.database)


@functools.cache
def schemas() -> Schemas:
    """Return the published schemas, against which requests and answers are
    validated."""
    return Schemas(Path(os.environ["EXCHANGE_SCHEMAS"]))


@functools.cache
def graph_types() -> GraphTypes:
    """Return the published types of Graph, likewise."""
    return GraphTypes(Path(os.environ["GRAPH_TYPES"]))


@contextmanager
def stage(purpose: str, protocol: str = EWS, **options: object) -> Iterator[Stage]:
    """Create a stage with a new database.

    :param purpose: lower-case letters
    :param protocol: by which Anna's contacts are synchronized
    :param options: of the mail server
    """
    exchange = Exchange(schemas=schemas(), graph_types=graph_types())
    if protocol == GRAPH:
        options["tls"] = True  # secrets are sent to https only
    with (
        _no_test_mode(),
        ExchangeServer(exchange, **options) as server,
        database_copy(purpose) as database,
    ):
        try:
            yield Stage(database, server, protocol)
        finally:
            Registry.delete(database)
            close_db(database)
        assert server.errors == []


@contextmanager
def _no_test_mode() -> Iterator[None]:
    """Turn Odoo's test mode off; otherwise it would also run Odoo's tests here
    (``odoo/modules/loading.py``)."""
    before = config["test_enable"]
    config["test_enable"] = False
    try:
        yield
    finally:
        config["test_enable"] = before
