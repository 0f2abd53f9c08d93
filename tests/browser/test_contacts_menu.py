# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user connects a mailbox by Contacts ▸ ⚙ ▸ Synchronize contacts."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire, record_id
from support.web_client import WebClient

PASSWORD = "right password"
_numbers = itertools.count(1)


@pytest.fixture
def login(admin: Rpc, exchange: ExchangeServer) -> str:
    """The login of a user with a mailbox and a provider, but without an account."""
    login = f"menu{next(_numbers)}"
    mailbox = exchange.exchange.add_mailbox(f"{login}@example.com", PASSWORD)
    name = {"contacts:DisplayName": f"Mona {login}", "contacts:GivenName": "Mona"}
    mailbox.add_contact(mailbox.folder("contacts"), {**name, "contacts:Surname": login})
    vals = {"name": f"Mail of {login}", "server_url": exchange.url}
    admin.call("exchange.provider", "create", [vals])
    hire(admin, login, email="x@example.com")
    return login


def test_a_mailbox_is_connected_from_the_gear_menu(
    client: WebClient, odoo: OdooServer, login: str
) -> None:
    address = f"{login}@example.com"
    client.sign_in(login, login)
    client.contacts("list")
    _menu(client, "Add account for synchronization…")
    dialog = client.page.get_by_role("dialog").first
    dialog.get_by_role("radio", name=f"Mail of {login}").check()
    dialog.get_by_label("E-mail", exact=True).fill(address)
    dialog.get_by_label("Password").fill("wrong password")
    dialog.get_by_role("button", name="Authorize").click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not accept")
    expect(dialog.get_by_label("E-mail", exact=True)).to_have_value(address)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Authorize").click()
    expect(dialog).to_contain_text("to your communication options?")
    expect(dialog).to_contain_text(address)
    dialog.get_by_role("button", name="Yes").click()
    notification = client.notification(f"{address} is connected")
    notification.get_by_role("button", name="Open settings").click()
    expect(client.page.locator(".o_breadcrumb")).to_contain_text(address)
    expect(notification).to_have_count(0)
    owner = Rpc(odoo.url, odoo.database, login, login)
    mine = [["partner_id.user_ids", "in", [owner.uid]]]
    [option] = owner.call("res.partner.communication", "search_read", mine, ["value"])
    assert option["value"] == address

    client.contacts("kanban")
    _menu(client, "Synchronize now")
    expect(client.notification("the synchronization starts")).to_be_visible()
    ended = client.notification("synchronization finished")
    expect(ended).to_contain_text("1 imported", timeout=60_000)
    cards = client.page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(cards.filter(has_text=f"Mona {login}")).to_have_count(1)
    ended.get_by_role("button", name="Show changes").click()
    expect(client.page.locator(".o_form_view")).to_contain_text(f"Mona {login}")
    client.contacts("kanban")
    _menu(client, f"Configure {address}…")
    expect(client.page.locator(".o_breadcrumb")).to_contain_text(address)
    client.contacts("list")
    expect(client.rows().filter(has_text=f"Mona {login}")).to_be_visible()


def test_closing_a_question_keeps_the_account(client: WebClient, login: str) -> None:
    address = f"{login}@example.com"
    client.sign_in(login, login)
    client.contacts("list")
    _menu(client, "Add account for synchronization…")
    dialog = client.page.get_by_role("dialog").first
    dialog.get_by_role("radio", name=f"Mail of {login}").check()
    dialog.get_by_label("E-mail", exact=True).fill(address)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Authorize").click()
    expect(dialog).to_contain_text("to your communication options?")
    dialog.get_by_role("button", name="Close").click()
    said = client.notification(f"{address} is connected")
    expect(said).to_have_count(1)
    _menu(client, f"Configure {address}…")
    expect(client.page.locator(".o_breadcrumb")).to_contain_text(address)
    # It would cover the page that it links to.
    expect(said).to_have_count(0)


def test_new_in_the_list_of_accounts_opens_the_same_dialog(
    client: WebClient, login: str
) -> None:
    client.sign_in(login, login)
    client.open("contacts")
    client.menu("Exchange Accounts")
    for kind in ("list", "kanban"):
        if not client.page.locator(f".o_{kind}_view").count():
            client.page.locator(f".o_switch_view.o_{kind}").click()
        client.page.locator(f".o_{kind}_view").wait_for()
        new = client.page.get_by_role("button", name="New", exact=True)
        new.locator("visible=true").click()
        dialog = client.page.get_by_role("dialog").first
        expect(dialog).to_contain_text("Add Account for Synchronization")
        dialog.get_by_role("button", name="Cancel").click()
        expect(dialog).to_have_count(0)
        expect(client.notification("is connected")).to_have_count(0)


def test_a_mailbox_can_be_connected_by_keyboard(client: WebClient, login: str) -> None:
    client.sign_in(login, login)
    client.contacts("list")
    _menu(client, "Add account for synchronization…")
    dialog = client.page.get_by_role("dialog").first
    dialog.get_by_role("radio", name=f"Mail of {login}").focus()
    keyboard = client.page.keyboard
    keyboard.press("Space")
    keyboard.press("Tab")
    expect(dialog.get_by_label("E-mail", exact=True)).to_be_focused()
    keyboard.press("Control+A")
    keyboard.type(f"{login}@example.com")
    keyboard.press("Tab")
    expect(dialog.get_by_label("Password")).to_be_focused()
    keyboard.type(PASSWORD)
    keyboard.press("Alt+Q")
    expect(dialog).to_contain_text("to your communication options?")
    keyboard.press("Alt+X")
    expect(client.notification("is connected")).to_be_visible()
    expect(dialog).to_have_count(0)


def test_user_without_rights_sees_no_menu(
    client: WebClient, admin: Rpc, login: str
) -> None:
    rights = _remove_rights(admin)
    try:
        client.sign_in(login, login)
        client.contacts("list")
        client.gear.click()
        menu = client.page.locator(".o-dropdown--menu")
        expect(menu.get_by_text("Import records")).to_be_visible()
        expect(menu.get_by_text("Synchronize contacts")).to_have_count(0)
        client.page.keyboard.press("Escape")
        expect(
            client.page.locator(".o_main_navbar").get_by_text("Exchange Accounts")
        ).to_have_count(0)
        client.rows().first.locator("input").check()
        actions = client.page.locator(".o_cp_action_menus")
        actions.get_by_role("button", name="Actions").click()
        expect(menu.get_by_text("Duplicate")).to_be_visible()
        expect(menu.get_by_text("Exchange")).to_have_count(0)
        expect(menu.get_by_text("ynchronize")).to_have_count(0)
    finally:
        rights()


def _remove_rights(admin: Rpc) -> Callable[[], None]:
    """Take both groups from all users.

    :returns: what gives them back
    """
    all_users = record_id(admin, "base.group_user")
    mine = [
        record_id(admin, f"exchange_contact_sync.{name}")
        for name in ("group_import", "group_export")
    ]

    def change(code: int) -> None:
        commands = [(code, group) for group in mine]
        admin.call("res.groups", "write", [all_users], {"implied_ids": commands})

    change(3)
    return lambda: change(4)


def _menu(client: WebClient, entry: str) -> None:
    client.gear_menu("Synchronize contacts", entry)
