# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pictures of the screens for the documentation: ``./dev screenshots``.

The scene is that of the demo, so that the pictures show what ``./dev demo`` shows.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from demo.__main__ import demo_mailbox
from demo.rounds import synchronize
from demo.scene import LOGIN, MAILBOX, PASSWORD, set_scene
from support.live_odoo import OdooServer, Rpc
from support.web_client import WebClient

FOLDER = Path("exchange_contact_sync", "static", "description")
SIZE = {"width": 1400, "height": 900}
PHONE = {"width": 400, "height": 800}


def main() -> int:
    """:returns: the exit status"""
    root = Path(os.environ["EXCHANGE_CONTACT_SYNC_ROOT"])
    database = os.environ["EXCHANGE_CONTACT_SYNC_DATABASE"]
    log = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "logs", f"{database}.log")
    with demo_mailbox() as exchange, OdooServer(database, log) as odoo:
        admin = Rpc(odoo.url, odoo.database, "admin", "admin")
        account = set_scene(admin, odoo, exchange)
        owner = Rpc(odoo.url, odoo.database, LOGIN, PASSWORD)
        synchronize("first", owner, account, exchange, odoo.database)
        _take(odoo, root / FOLDER)
    return 0


def _take(odoo: OdooServer, folder: Path) -> None:
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=options
        )
        for size, screens in ((SIZE, SCREENS), (PHONE, ON_A_PHONE)):
            page = chromium.new_page(viewport=size)
            client = WebClient(page, odoo.url, odoo.database)
            client.sign_in(LOGIN, PASSWORD)
            for name, show in screens.items():
                show(client)
                _settle(page)
                page.screenshot(path=folder / f"{name}.png")
                print(folder / f"{name}.png")
            page.close()
        chromium.close()


def _settle(page: Page) -> None:
    """Wait until pictures and letters are there and nothing moves any more."""
    page.wait_for_function(
        "[...document.images].every((one) => one.complete || one.loading == 'lazy')"
    )
    page.evaluate("document.fonts.ready")
    page.wait_for_function(
        "document.getAnimations().every((one) => one.playState != 'running')"
    )


def _contacts(client: WebClient) -> None:
    client.open("contacts")
    client.rows().first.wait_for()


def _menu(client: WebClient) -> None:
    client.gear.click()
    client.page.get_by_role("button", name="Synchronize contacts").hover()
    client.page.get_by_role("menuitem", name="Synchronize now").wait_for()


def _dialog(client: WebClient) -> None:
    add = "Add account for synchronization…"
    client.page.get_by_role("menuitem", name=add).click()
    client.page.get_by_role("button", name="Authorize").wait_for()


def _account(client: WebClient) -> None:
    client.open("contacts")
    client.gear_menu("Synchronize contacts", f"Configure {MAILBOX}…")
    client.page.get_by_role("tab", name="Synchronizations").wait_for()
    client.field("import_scope").get_by_role("radio").nth(1).check()
    client.page.get_by_role("button", name="Refresh Folders").wait_for()


def _fields(client: WebClient) -> None:
    client.page.get_by_role("tab", name="Fields").click()
    rules = client.page.locator(".o_exchange_field_rules select")
    rules.nth(1).select_option(label="From Exchange only")
    rules.first.scroll_into_view_if_needed()


def _account_on_a_phone(client: WebClient) -> None:
    client.page.goto(f"{client.url}/odoo/contacts/exchange.account/1")
    client.page.get_by_role("tab", name="Synchronizations").wait_for()
    client.field("import_scope").get_by_role("radio").nth(1).check()
    client.page.get_by_role("button", name="Refresh Folders").wait_for()
    client.page.get_by_text("Exchange → Odoo").scroll_into_view_if_needed()


def _history_on_a_phone(client: WebClient) -> None:
    tab = client.page.get_by_role("tab", name="Synchronizations")
    tab.click()
    records = client.page.locator(".o_field_widget[name=run_ids] .o_kanban_record")
    records.locator("visible=true").first.click()
    client.page.locator(".modal .o_form_view").wait_for()


def _history(client: WebClient) -> None:
    client.page.locator(".o_form_button_cancel").click()
    client.page.get_by_role("tab", name="Synchronizations").click()
    rows = client.page.locator(".o_field_widget[name=run_ids] .o_data_row")
    rows.last.locator("td").first.click()
    client.page.locator(".modal .o_data_row").first.wait_for()


SCREENS: dict[str, Callable[[WebClient], None]] = {
    "contacts": _contacts,
    "menu": _menu,
    "dialog": _dialog,
    "account": _account,
    "fields": _fields,
    "history": _history,
}
ON_A_PHONE: dict[str, Callable[[WebClient], None]] = {
    "account_phone": _account_on_a_phone,
    "fields_phone": _fields,
    "history_phone": _history_on_a_phone,
}


if __name__ == "__main__":
    sys.exit(main())
