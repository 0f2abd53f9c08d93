# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronizations of a real Odoo with a simulated Exchange over real HTTP.

The tests check Odoo's models and tables, and the simulator's store. They do not use the
addon's own mapping.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import requests

from odoo import fields
from odoo.tests import new_test_user

from exchange_server import Exchange, ExchangeServer
from exchange_server.schema import Schemas
from exchange_server.store.folder import Folder
from exchange_server.store.item import Item
from exchange_server.store.mailbox import Mailbox
from support.cases.odoo_case import OdooCase
from support.cases.sync_mailbox import KEYS, properties

OWNER_GROUPS = "base.group_user,base.group_partner_manager"
NEVER_FOUND = ".invalid"
"""No name with this ending can be resolved (RFC 6761, 6.4)."""

QUIET = {"mail_create_nolog": True, "tracking_disable": True}

_send = requests.Session.send
ADDRESS, PASSWORD = "anna@example.com", "correct horse"


@functools.cache
def schemas() -> Schemas:
    """Return the published schemas, against which requests and answers are
    validated."""
    return Schemas(Path(os.environ["EXCHANGE_SCHEMAS"]))


class SyncCase(OdooCase):
    """Anna, her mailbox on a new server, and her connected account."""

    account_values: Mapping[str, object] = {}
    server_options: Mapping[str, object] = {"auth": ("basic",)}
    """Basic authentication, since NTLM handshakes would double the time of a test."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.owner = new_test_user(cls.env, ADDRESS, OWNER_GROUPS)

    def setUp(self) -> None:
        super().setUp()
        self.exchange = self.new_exchange()
        self.mailbox = self.exchange.add_mailbox(ADDRESS, PASSWORD, "Anna")
        self.server = self.serve(self.exchange, **self.server_options)
        self.provider = self.new_provider()
        self.account = self.connect(self.owner, **self.account_values)
        self.server.counters.reset()

    def new_exchange(self) -> Exchange:
        return Exchange(schemas=schemas())

    def new_provider(self):
        vals = {"name": "Company mail", "server_url": self.server.url}
        return self.env["exchange.provider"].create(vals)

    @classmethod
    def _request_handler(cls, s, r, /, **kw):
        """Odoo keeps tests off the network; requests to names that cannot exist are
        allowed."""
        if (urlsplit(r.url).hostname or "").endswith(NEVER_FOUND):
            return _send(s, r, **kw)
        return super()._request_handler(s, r, **kw)

    # The mail server

    def serve(self, exchange: Exchange, **options: object) -> ExchangeServer:
        """Start a server, and check that it has no internal errors when the test
        ends."""
        server = ExchangeServer(exchange, **options).start()
        self.addCleanup(lambda: self.assertEqual(server.errors, []))
        self.addCleanup(server.stop)
        return server

    @property
    def contacts_folder(self) -> Folder:
        return self.mailbox.folder("contacts")

    def add(self, folder: Folder | None = None, **values: object) -> Item:
        """Add a contact as a person would in Outlook."""
        where = folder or self.contacts_folder
        return self.mailbox.add_contact(where, properties(values))

    def edit(self, item: Item, **values: object) -> None:
        """Edit a contact as a person would in Outlook."""
        self.mailbox.update_contact(item.id, properties(values))

    def in_mailbox(self, name: str, mailbox: Mailbox | None = None) -> Item:
        """Return the only contact of the mailbox with a name."""
        items = [
            item
            for item in (mailbox or self.mailbox).contacts()
            if item.values.get(KEYS["name"]) == name
        ]
        self.assertEqual(len(items), 1, f"{name} in the mailbox")
        return items[0]

    def assertItem(self, item: Item, **expected: object) -> None:
        """Check values of a contact; None: it does not have the property."""
        found = {name: item.values.get(KEYS.get(name, name)) for name in expected}
        self.assertEqual(found, expected)

    # Odoo

    def connect(self, user, **values: object):
        """Create and authorize an account as a user."""
        vals = {
            "provider_id": self.provider.id,
            "email": user.login,
            "password": PASSWORD,
            "export_contacts": True,
            "auto_sync": False,
            **values,
        }
        account = self.env["exchange.account"].with_user(user).create(vals)
        account.action_authorize()
        self.assertEqual(account.state, "connected", account.message)
        return account

    def sync(self, account=None, state: str = "done"):
        """Synchronize manually, and check the state of the run.

        :returns: the run
        """
        run = (account or self.account).sync()
        messages = [run.message, *run.line_ids.mapped("message")]
        self.assertEqual(run.state, state, messages)
        return run

    def assertIdle(self, account=None) -> None:
        """Check that another synchronization writes nothing on either side."""
        self.server.counters.reset()
        before = self.partner_rows()
        run = self.sync(account)
        self.assertEqual(self.server.counters.writes, 0)
        self.assertEqual(self.partner_rows(), before)
        self.assertFalse(run.line_ids.mapped("name"))

    def partner(self, name: str, **context: object):
        """Return the only partner with a name, which may be archived."""
        partners = self.env["res.partner"].with_context(active_test=False, **context)
        found = partners.search([("name", "=", name)])
        self.assertEqual(len(found), 1, f"{name} in Odoo")
        return found

    def new_partner(self, name: str, **values: object):
        return self._new_partners([{"name": name, **values}])

    def new_people(self, number: int) -> list[str]:
        """Create partners with an e-mail address each.

        :returns: their names
        """
        vals = [
            {"name": f"Odoo {one}", "email": f"odoo{one}@example.com"}
            for one in range(number)
        ]
        return self._new_partners(vals).mapped("name")

    def _new_partners(self, vals: Sequence[Mapping[str, object]]):
        """Create partners, without the messages that they were created."""
        partners = self.env["res.partner"].with_context(**QUIET)
        return partners.create(vals).with_env(self.env)

    def assertPartner(self, partner, **expected: object) -> None:
        self.assertEqual({name: partner[name] for name in expected}, expected)

    def partner_rows(self) -> dict[int, str]:
        """Return a value for the current version of each partner's row."""
        self.env.flush_all()
        self.env.cr.execute("SELECT id, xmin || ' ' || ctid FROM res_partner")
        return dict(self.env.cr.fetchall())

    def changed_partners(self, before: Mapping[int, str]):
        """:returns: partners written or created since :meth:`partner_rows`"""
        after = self.partner_rows()
        ids = [row for row, mark in after.items() if before.get(row) != mark]
        return self.env["res.partner"].browse(ids)

    def exported_before(self) -> set[str]:
        """Return the names of the contacts that exist in every Odoo database
        (users)."""
        return set(
            self.env["res.partner"]
            .with_user(self.owner)
            .search([("type", "=", "contact"), ("is_company", "=", False)])
            .mapped("name")
        )

    def write_later(self, partner, hours: float, **values: object) -> None:
        """Edit a partner as if hours had passed; a test's transaction has one time."""
        partner.write(values)
        partner.flush_recordset()
        moment = fields.Datetime.now() + timedelta(hours=hours)
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = %s WHERE id = %s",
            [moment, partner.id],
        )
        partner.invalidate_recordset(["write_date"])
