# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A synchronized mailbox with six contacts, for the tests of decisions of its owner."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

from playwright.sync_api import Locator

from exchange_server.server import ExchangeServer
from exchange_server.store.mailbox import Mailbox
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

PEOPLE = ("Ann Arbor", "Bob Barley", "Cat Carver", "Dan Dover", "Eve Elder", "Fay Fern")
JOB, NAME = "contacts:JobTitle", "contacts:DisplayName"
_numbers = itertools.count(1)


class Scene:
    """A synchronized mailbox with six contacts, and its owner in the web client."""

    def __init__(
        self, client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
    ) -> None:
        self.client, self.admin = client, admin
        # All tests share a database: each has an owner and people of its own.
        self.login = f"historian{next(_numbers)}"
        self.address = f"{self.login}@example.com"
        self.mailbox = exchange.exchange.add_mailbox(self.address, self.login)
        for name in PEOPLE:
            first = name.split()[0].lower()
            email = f"{first}@{self.login}.example"
            self.mailbox.add_contact(
                self.mailbox.folder("contacts"),
                {NAME: name, "contacts:EmailAddress:EmailAddress1": email},
            )
        provider = {"name": self.login, "server_url": exchange.url}
        [provider_id] = admin.call("exchange.provider", "create", [provider])
        hire(admin, self.login)
        self.owner = Rpc(odoo.url, odoo.database, self.login, self.login)
        account = {
            "provider_id": provider_id,
            "email": self.address,
            "password": self.login,
            "export_contacts": True,
            "export_scope": "selected",
            "export_groups": True,
            "exchange_deletion": "delete",
            "conflict_policy": "exchange",
            "auto_sync": False,
        }
        [self.account] = self.owner.call("exchange.account", "create", [account])
        self.owner.call("exchange.account", "action_authorize", [self.account])
        self.sync()
        client.sign_in(self.login, self.login)

    def item(self, name: str) -> str:
        """Return the id of a contact in the mailbox."""
        [found] = [i for i in _contacts(self.mailbox) if i.values[NAME] == name]
        return found.id

    def job(self, name: str) -> str | None:
        return self.mailbox.item(self.item(name)).values.get(JOB)

    def partner(self, name: str) -> dict:
        domain = [["name", "=", name], ["active", "in", [True, False]]]
        fields = ["function", "active"]
        links = [["exchange_link_ids.account_id", "=", self.account]]
        [found] = self.owner.call("res.partner", "search_read", domain + links, fields)
        return found

    def known(self, name: str) -> bool:
        """Whether there is a partner of that name with a link to the mailbox."""
        links = ["exchange_link_ids.account_id", "=", self.account]
        domain = [["name", "=", name], links]
        return bool(self.owner.call("res.partner", "search_count", domain))

    def edit_partner(self, name: str, **values: object) -> None:
        self.owner.call("res.partner", "write", [self.partner(name)["id"]], values)

    def sync(self) -> None:
        eventually(self._is_idle, "the scheduled action comes to an end")
        self.owner.call("exchange.account", "sync", [self.account])

    def _is_idle(self) -> bool:
        """Whether no run is in progress or requested."""
        domain = [["account_id", "=", self.account], ["state", "=", "running"]]
        running = self.owner.call("exchange.sync.run", "search_count", domain)
        [account] = self.owner.call(
            "exchange.account", "read", [self.account], ["sync_requested"]
        )
        return not running and not account["sync_requested"]

    def delete_in_mailbox(self, *names: str) -> None:
        for name in names:
            self.mailbox.delete_contact(self.item(name))

    def open_account(self) -> None:
        self.client.open(f"contacts/exchange.account/{self.account}")
        self.client.page.wait_for_selector(".o_form_view")

    def open_last_run(self) -> None:
        self.open_account()
        self.client.page.get_by_role("tab", name="Synchronizations").click()
        rows = self.client.page.locator(".o_field_widget[name=run_ids] .o_data_row")
        rows.first.locator("td").first.click()
        self.lines().first.wait_for()

    def open_run(self, trigger: str) -> None:
        """Open the page of the last run with a trigger."""
        domain = [["account_id", "=", self.account], ["trigger", "=", trigger]]
        [run] = self.owner.call("exchange.sync.run", "search", domain, 0, 1)
        self.client.open(f"contacts/exchange.sync.run/{run}")
        self.lines().first.wait_for()

    def lines(self) -> Locator:
        return self.client.page.locator(".o_field_widget[name=line_ids] .o_data_row")


def _contacts(mailbox: Mailbox) -> list:
    return list(mailbox.contacts())


def eventually(happened: Callable[[], bool], what: str) -> None:
    """Wait for the scheduled action, which works beside the browser."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, what
        time.sleep(0.2)
