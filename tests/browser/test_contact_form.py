# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact's own form: communication options, and where it is in Exchange."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from exchange_server.server import ExchangeServer
from exchange_server.store.mailbox import Mailbox
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

PASSWORD = "right password"
HOME = "contacts:PhoneNumber:HomePhone"
_numbers = itertools.count(1)


@dataclass
class Scene:
    """A user with a connected mailbox.

    :ivar login: of the user, and the password
    :ivar address: of the mailbox
    :ivar owner: the user's own session
    :ivar mailbox: with one contact
    """

    login: str
    address: str
    owner: Rpc
    mailbox: Mailbox

    @property
    def account(self) -> list[int]:
        """The account's id, as calls want it."""
        mine = [["email", "=", self.address]]
        return self.owner.call("exchange.account", "search", mine)

    def synchronize(self) -> None:
        """Wait for it."""
        self.owner.call("exchange.account", "sync", self.account)

    def wait_until_idle(self) -> None:
        """Wait until the scheduled action has done what was asked for."""
        for _attempt in range(200):
            fields = ["sync_requested", "run_ids"]
            [found] = self.owner.call("exchange.account", "read", self.account, fields)
            running = [["id", "in", found["run_ids"]], ["state", "=", "running"]]
            runs = self.owner.call("exchange.sync.run", "search_count", running)
            if not (found["sync_requested"] or runs):
                return
            time.sleep(0.1)
        raise AssertionError("the synchronization does not end")


@pytest.fixture
def scene(admin: Rpc, odoo: OdooServer, exchange: ExchangeServer) -> Scene:
    """A new user for each test, since all tests share a database."""
    login = f"form{next(_numbers)}"
    address = f"{login}@example.com"
    mailbox = exchange.exchange.add_mailbox(address, PASSWORD)
    names = {"contacts:GivenName": "Nela", "contacts:Surname": login}
    mailbox.add_contact(
        mailbox.folder("contacts"),
        {"contacts:DisplayName": f"Nela {login}", **names, HOME: "+1 202 555 0142"},
    )
    [provider] = admin.call(
        "exchange.provider", "create", [{"name": login, "server_url": exchange.url}]
    )
    hire(admin, login)
    owner = Rpc(odoo.url, odoo.database, login, login)
    vals = {"provider_id": provider, "email": address, "password": PASSWORD}
    vals |= {"export_contacts": True, "export_scope": "selected", "auto_sync": False}
    account = owner.call("exchange.account", "create", [vals])
    owner.call("exchange.account", "action_authorize", account)
    scene = Scene(login, address, owner, mailbox)
    scene.synchronize()
    return scene


def test_communication_options_are_edited_and_exported(
    client: WebClient, scene: Scene
) -> None:
    client.sign_in(scene.login, scene.login)
    _open(client, f"Nela {scene.login}")
    rows = _options(client)
    expect(client.field("phone").locator("input")).to_have_value("+1 202 555 0142")
    _add(client, rows, "Mobile phone", "+1 202 555 0143")
    _add(client, rows, "E-mail", "nela@form.example")
    client.save()
    _drag_to_the_top(client, rows, "nela@form.example")
    client.save()
    expect(rows.first).to_contain_text("nela@form.example")
    scene.synchronize()
    [item] = scene.mailbox.contacts()
    assert item.values["contacts:PhoneNumber:MobilePhone"] == "+1 202 555 0143"
    assert item.values["contacts:EmailAddress:EmailAddress2"] == "nela@form.example"

    button = client.page.get_by_role("button", name="Exchange")
    expect(button).to_contain_text(scene.address)
    button.click()
    row = client.rows().first
    expect(row).to_contain_text("Synchronized")
    row.get_by_role("button", name="Stop Synchronizing").click()
    expect(row).to_contain_text("Stopped manually")
    row.get_by_role("button", name="Start Synchronizing").click()
    expect(row).to_contain_text("Start synchronizing")


def test_a_selection_is_exported(client: WebClient, admin: Rpc, scene: Scene) -> None:
    name = f"Olga {scene.login}"
    admin.call("res.partner", "create", [{"name": name}])
    client.sign_in(scene.login, scene.login)
    client.contacts("list")
    client.rows().filter(has_text=name).locator("input").check()
    actions = client.page.locator(".o_cp_action_menus")
    actions.get_by_role("button", name="Actions").click()
    client.page.get_by_role("menuitem", name="Export to Exchange").click()
    expect(client.notification("Export to Exchange")).to_be_visible()
    scene.wait_until_idle()
    found = {i.values["contacts:DisplayName"] for i in scene.mailbox.contacts()}
    assert name in found


def _open(client: WebClient, name: str) -> None:
    client.contacts("list")
    client.rows().get_by_text(name).first.click()
    client.page.wait_for_selector(".o_form_view")


def _options(client: WebClient) -> Locator:
    client.page.get_by_role("tab", name="Communication Options").click()
    options = client.field("communication_ids")
    options.locator(".o_list_renderer").wait_for()
    return options.locator(".o_data_row")


def _add(client: WebClient, rows: Locator, kind: str, value: str) -> None:
    before = rows.count()
    client.field("communication_ids").get_by_role("button", name="Add a line").click()
    expect(rows).to_have_count(before + 1)
    row = client.page.locator(".o_selected_row")
    row.locator("[name=kind] input, [name=kind] select").first.click()
    menu = client.page.locator(".o_select_menu_menu")
    menu.get_by_text(kind, exact=True).click()
    row.locator("[name=value] input").fill(value)


def _drag_to_the_top(client: WebClient, rows: Locator, text: str) -> None:
    """Odoo's own dragging looks at each movement of the mouse."""
    handle = rows.filter(has_text=text).locator(".o_row_handle")
    target = rows.first.bounding_box()
    assert target is not None
    handle.hover()
    mouse = client.page.mouse
    mouse.down()
    mouse.move(target["x"] + 10, target["y"] + target["height"] / 2, steps=10)
    mouse.move(target["x"] + 10, target["y"] + 2, steps=10)
    mouse.up()
    expect(rows.first).to_contain_text(text)
