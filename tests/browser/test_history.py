# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a user decides in the history and on the account, by clicking."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from exchange_server.server import ExchangeServer
from exchange_server.store.mailbox import Mailbox
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

LOGIN, PASSWORD = "historian", "historian"
ADDRESS = "historian@example.com"
PEOPLE = ("Ann Arbor", "Bob Barley", "Cat Carver", "Dan Dover", "Eve Elder", "Fay Fern")
JOB, NAME = "contacts:JobTitle", "contacts:DisplayName"


class Scene:
    """A mailbox of six, synchronized, and its owner in front of the web client."""

    def __init__(
        self, client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
    ) -> None:
        self.client = client
        self.mailbox = exchange.exchange.add_mailbox(ADDRESS, PASSWORD)
        for name in PEOPLE:
            first = name.split()[0].lower()
            email = f"{first}@people.example"
            self.mailbox.add_contact(
                self.mailbox.folder("contacts"),
                {NAME: name, "contacts:EmailAddress:EmailAddress1": email},
            )
        provider = {"name": "Example mail", "server_url": exchange.url}
        [provider_id] = admin.call("exchange.provider", "create", [provider])
        self.owner = _owner(admin, odoo)
        account = {
            "provider_id": provider_id,
            "email": ADDRESS,
            "password": PASSWORD,
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
        client.sign_in(LOGIN, PASSWORD)

    def item(self, name: str) -> str:
        """Id of a contact of the mailbox."""
        [found] = [i for i in _contacts(self.mailbox) if i.values[NAME] == name]
        return found.id

    def job(self, name: str) -> str | None:
        return self.mailbox.item(self.item(name)).values.get(JOB)

    def partner(self, name: str) -> dict:
        domain = [["name", "=", name], ["active", "in", [True, False]]]
        fields = ["function", "active"]
        [found] = self.owner.call("res.partner", "search_read", domain, fields)
        return found

    def edit_partner(self, name: str, **values: object) -> None:
        self.owner.call("res.partner", "write", [self.partner(name)["id"]], values)

    def sync(self) -> None:
        eventually(self._rests, "the scheduled action comes to an end")
        self.owner.call("exchange.account", "sync", [self.account])

    def _rests(self) -> bool:
        """Whether no run is at work, nor asked for."""
        domain = [["account_id", "=", self.account], ["state", "=", "running"]]
        running = self.owner.call("exchange.sync.run", "search_count", domain)
        [account] = self.owner.call(
            "exchange.account", "read", [self.account], ["sync_requested"]
        )
        return not running and not account["sync_requested"]

    def open_account(self) -> None:
        self.client.open(f"contacts/exchange.account/{self.account}")
        self.client.page.wait_for_selector(".o_form_view")

    def open_last_run(self) -> None:
        self.open_account()
        self.client.page.get_by_role("tab", name="Synchronizations").click()
        rows = self.client.page.locator(".o_field_widget[name=run_ids] .o_data_row")
        rows.first.locator("td").first.click()
        self.lines().first.wait_for()

    def lines(self) -> Locator:
        return self.client.page.locator(".o_field_widget[name=line_ids] .o_data_row")


def _owner(admin: Rpc, odoo: OdooServer) -> Rpc:
    hire(admin, LOGIN)
    return Rpc(odoo.url, odoo.database, LOGIN, PASSWORD)


def _contacts(mailbox: Mailbox) -> list:
    return list(mailbox.contacts())


def eventually(happened: Callable[[], bool], what: str) -> None:
    """Wait for the scheduled action, which works beside the browser."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, what
        time.sleep(0.2)


@pytest.fixture
def scene(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Scene:
    return Scene(client, admin, odoo, exchange)


def test_a_user_decides_in_the_history(scene: Scene) -> None:
    _use_the_other_value(scene)
    _undo(scene)
    _confirm_deletions(scene)
    _reset(scene)


def _use_the_other_value(scene: Scene) -> None:
    scene.edit_partner("Ann Arbor", function="Odoo's")
    scene.mailbox.update_contact(scene.item("Ann Arbor"), {JOB: "Exchange's"})
    scene.sync()
    assert scene.partner("Ann Arbor")["function"] == "Exchange's"
    scene.open_last_run()
    conflict = scene.lines().filter(has_text="Conflict")
    expect(conflict).to_contain_text("Odoo's")
    conflict.get_by_role("button", name="Use the Other Value").click()
    expect(scene.client.notification("The deletions will be applied")).to_be_visible()
    eventually(lambda: scene.job("Ann Arbor") == "Odoo's", "the other value is used")
    assert scene.partner("Ann Arbor")["function"] == "Odoo's"


def _undo(scene: Scene) -> None:
    scene.mailbox.update_contact(scene.item("Bob Barley"), {JOB: "Wrong"})
    scene.sync()
    assert scene.partner("Bob Barley")["function"] == "Wrong"
    scene.open_last_run()
    scene.client.page.get_by_role("button", name="Undo This Synchronization").click()
    sure = scene.client.page.locator(".modal")
    sure.get_by_role("button", name="Undo This Synchronization").click()
    eventually(lambda: scene.job("Bob Barley") is None, "the run is undone")
    assert scene.partner("Bob Barley")["function"] is False


def _confirm_deletions(scene: Scene) -> None:
    for name in PEOPLE[1:]:
        scene.mailbox.delete_contact(scene.item(name))
    scene.sync()
    scene.open_account()
    expect(scene.client.banner()).to_contain_text("unusually many contacts")
    scene.client.banner().get_by_role("button", name="Preview").click()
    expect(scene.lines().filter(has_text="Archived")).to_have_count(5)
    assert scene.partner("Bob Barley")["active"]
    scene.open_account()
    scene.client.banner().get_by_role("button", name="Apply Deletions").click()
    scene.client.page.locator(".modal").get_by_role(
        "button", name="Apply Deletions"
    ).click()
    eventually(lambda: not scene.partner("Bob Barley")["active"], "five are archived")


def _reset(scene: Scene) -> None:
    scene.open_account()
    page = scene.client.page
    page.get_by_role("tab", name="Rules").click()
    page.get_by_role("button", name="Reset Synchronization…").click()
    page.locator(".modal").get_by_role("button", name="Reset", exact=True).wait_for()
    page.locator(".modal").get_by_role("button", name="Reset", exact=True).click()
    expect(scene.client.notification("The synchronization was reset")).to_be_visible()
    domain = [["account_id", "=", scene.account]]
    assert not scene.owner.call("exchange.contact.link", "search_count", domain)
