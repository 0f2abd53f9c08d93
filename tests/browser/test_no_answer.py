# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mail server that does not answer: the user cancels or tries again."""

from __future__ import annotations

import time

from playwright.sync_api import Locator, Page, expect

from exchange_server import faults
from exchange_server.server import ExchangeServer
from support.live_odoo import Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

ADDRESS, PASSWORD = "patient@example.com", "right password"


def test_waiting_can_be_cancelled_and_tried_again(
    client: WebClient, admin: Rpc, exchange: ExchangeServer
) -> None:
    exchange.exchange.add_mailbox(ADDRESS, PASSWORD)
    provider = {"name": "Patience", "server_url": exchange.url}
    admin.call("exchange.provider", "create", [provider])
    hire(admin, "patient", name="Patient")
    page = client.page
    client.sign_in("patient", "patient")
    client.open("contacts")
    client.menu("Exchange Accounts")
    page.get_by_role("button", name="New", exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_label("Patience").check()
    form.get_by_label("E-mail", exact=True).fill(ADDRESS)
    form.get_by_label("Password").fill(PASSWORD)

    exchange.faults.add(faults.slow(4.0))
    _press(form, "Authorize")
    waiting = _dialog(page, "Signing in to the mail server…")
    _press(waiting, "Cancel")
    expect(waiting).to_have_count(0)
    expect(form.get_by_label("E-mail", exact=True)).to_have_value(ADDRESS)
    expect(form.get_by_label("Password")).to_have_value(PASSWORD)
    time.sleep(5)
    mine = [["email", "=", ADDRESS]]
    assert not admin.call("exchange.account", "search_count", mine)

    exchange.faults.add(faults.drop_before(times=None))
    _press(form, "Authorize")
    silent = _dialog(page, "The mail server does not answer, or broke off")
    exchange.faults.clear()
    _press(silent, "Try Again")
    page.get_by_role("button", name="No", exact=True).click()
    said = client.notification("is connected")
    said.get_by_role("button", name="Open settings").click()
    client.field("export_contacts").locator("input").check()
    _refresh_folders(client, exchange)
    _create_a_folder(client, exchange)
    expect(client.field("export_contacts").locator("input")).to_be_checked()
    assert admin.call("exchange.account", "search_count", mine) == 1


def _refresh_folders(client: WebClient, exchange: ExchangeServer) -> None:
    page = client.page
    client.field("import_scope").get_by_role("radio").nth(1).check()
    exchange.faults.add(faults.drop_before(times=None))
    page.get_by_role("button", name="Refresh Folders").click()
    silent = _dialog(page, "The mail server does not answer, or broke off")
    _press(silent, "Cancel")
    expect(silent).to_have_count(0)
    expect(client.banner()).not_to_contain_text("does not answer")
    exchange.faults.clear()


def _create_a_folder(client: WebClient, exchange: ExchangeServer) -> None:
    page = client.page
    page.get_by_role("button", name="New Folder…").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Folder Name").fill("From Odoo")
    exchange.faults.add(faults.drop_before("CreateFolder"))
    _press(form, "Create")
    silent = _dialog(page, "It is not known whether the folder was created")
    _press(silent, "Try Again")
    expect(form).to_have_count(0)
    chosen = client.field("export_folder_id").locator("input")
    expect(chosen).to_have_value("Contacts / From Odoo")


def _dialog(page: Page, text: str) -> Locator:
    found = page.get_by_role("dialog").filter(has_text=text)
    expect(found).to_be_visible()
    return found


def _press(dialog: Locator, name: str) -> None:
    dialog.get_by_role("button", name=name, exact=True).click()
