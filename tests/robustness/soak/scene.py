# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database with many owners, each with a mailbox that Odoo servers synchronize."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import psycopg2

import odoo.orm.environments
from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry

from exchange_server import Exchange, ExchangeServer
from exchange_server.store.mailbox import Mailbox
from robustness.machine.stage import GRAPH, PROTOCOLS
from support import in_the_cloud

T = TypeVar("T")
Environment = odoo.orm.environments.Environment

PASSWORD = "correct horse"
GROUPS = ("base.group_user", "base.group_partner_manager")
CRON_JOBS = 4
CHOICES = {
    "export_contacts": True,
    "export_scope": "selected",
    "export_groups": True,
    "exchange_deletion": "delete",
    "odoo_deletion": "delete",
    "deletion_limit": 100,
    "auto_sync": True,
}
"""Of each account."""

COLLISIONS = (
    psycopg2.errors.SerializationFailure,
    psycopg2.errors.DeadlockDetected,
    psycopg2.errors.LockNotAvailable,
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
)
"""Temporary errors: others write the same rows, or the database restarts."""

PATIENCE = 60.0  # seconds


def _passes(error: psycopg2.Error) -> bool:
    cut_off = type(error) is psycopg2.DatabaseError  # while reading
    return cut_off or isinstance(error, COLLISIONS)


@dataclass
class Owner:
    """A user with an account.

    :param tag: of the contacts that this account exports
    """

    user: int
    account: int
    tag: int
    tag_name: str
    mailbox: Mailbox


class Scene:
    """The database, the mail server and the owners.

    :param database: str
    :param server: with TLS
    :param accounts: int, the number of accounts
    :param protocols: those of their providers, by turns
    """

    def __init__(
        self,
        database: str,
        server: ExchangeServer,
        accounts: int,
        protocols: Sequence[str] = PROTOCOLS,
    ) -> None:
        self.database, self.server = database, server
        self._registry = Registry(database)
        self.lost_answers = 0
        with self._registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._copy_job(env)
            providers = [self._provider(env, one) for one in protocols]
        exchange: Exchange = server.exchange
        self.owners = [
            self._hire(number, providers[number % len(providers)], exchange)
            for number in range(accounts)
        ]

    def _provider(self, env: Environment, protocol: str) -> int:
        if protocol == GRAPH:
            return in_the_cloud.graph_provider(env, self.server).id
        authority = self.server.ca_pem.decode()
        vals = {"name": "Company mail", "server_url": self.server.url}
        ews = env["exchange.provider"].create({**vals, "ca_certificate": authority})
        return ews.id

    @staticmethod
    def _copy_job(env: Environment) -> None:
        job = env.ref("exchange_contact_sync.ir_cron_sync")
        for _number in range(1, CRON_JOBS):
            job.copy()

    def _hire(self, number: int, provider: int, exchange: Exchange) -> Owner:
        login = f"owner{number}@example.com"
        mailbox = exchange.add_mailbox(login, PASSWORD, login)
        with self._registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            groups = [env.ref(name).id for name in GROUPS]
            vals = {"name": login, "login": login, "group_ids": [Command.set(groups)]}
            user = env["res.users"].create(vals)
            tag = env["res.partner.category"].create({"name": f"Of owner {number}"})
            account = self._connect(env(user=user), provider, login, tag)
            return Owner(user.id, account.id, tag.id, tag.name, mailbox)

    def _connect(
        self, env: Environment, provider: int, login: str, tag: odoo.models.BaseModel
    ) -> odoo.models.BaseModel:
        vals = {**CHOICES, "provider_id": provider, "email": login}
        vals["export_category_ids"] = [Command.set(tag.ids)]
        account = env["exchange.account"].create(vals)
        in_the_cloud.connect(account, self.server, PASSWORD)
        return account

    def in_odoo(self, owner: Owner | None, action: Callable[[Environment], T]) -> T:
        """Run a function in a transaction, and repeat it after temporary errors.

        :param owner: the user who runs it; None: an administrator
        :param action: function, called with an environment, possibly several times
        """
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with self._registry.cursor() as cr:
                    user = owner.user if owner else SUPERUSER_ID
                    return action(api.Environment(cr, user, {}))
            except psycopg2.Error as error:
                if not _passes(error) or time.monotonic() > end:
                    raise
                self.lost_answers += 1
                time.sleep(0.1)

    def request_sync(self, owner: Owner) -> None:
        """Press *Synchronize Now* as the owner."""

        def press(env: Environment) -> None:
            account = env["exchange.account"].browse(owner.account)
            if account.state == "connected":
                account.action_sync_now()

        self.in_odoo(owner, press)

    def sync_here(self, owner: Owner) -> tuple[str, str, int]:
        """Synchronize in this process.

        :returns: state and message of the run, and the number of writing requests
        """
        self.server.counters.reset()

        def sync(env: Environment) -> tuple[str, str, int]:
            run = env["exchange.account"].browse(owner.account).sync()
            lines = run.line_ids.filtered(lambda line: line.action == "error")
            said = [run.message or "", *lines.mapped(lambda line: line.message or "")]
            return run.state, " ".join(said), self.server.counters.writes

        return self.in_odoo(owner, sync)
