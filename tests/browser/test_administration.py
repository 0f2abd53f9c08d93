# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Administrators change settings, test providers and pause accounts of all users; an
activity reminds an owner to sign in again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

PASSWORD = "right password"
LOGINS = ("olga", "piet")
LIMIT = "exchange_contact_sync.shortest_interval"
RUN = 120_000
"""Milliseconds until the scheduled action has come round, on a busy machine."""


class Office:
    """Two people with a mailbox each, their accounts, and the provider of both."""

    def __init__(self, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer) -> None:
        self.admin, self.odoo = admin, odoo
        vals = {"name": "Office mail", "server_url": exchange.url}
        [self.provider] = admin.call("exchange.provider", "create", [vals])
        self.mailboxes, self.owners, self.accounts = {}, {}, {}
        for login in LOGINS:
            self._hire(login, exchange)

    def _hire(self, login: str, exchange: ExchangeServer) -> None:
        address = f"{login}@office.example"
        self.mailboxes[login] = exchange.exchange.add_mailbox(address, PASSWORD)
        hire(self.admin, login, email=address)
        owner = Rpc(self.odoo.url, self.odoo.database, login, login)
        vals = {"provider_id": self.provider, "email": address, "password": PASSWORD}
        vals |= {"auto_sync": False}
        [account] = owner.call("exchange.account", "create", [vals])
        owner.call("exchange.account", "action_authorize", [account])
        self.owners[login], self.accounts[login] = owner, account

    def read(self, login: str, name: str) -> object:
        """A field of an account, as its owner."""
        ids = [self.accounts[login]]
        [found] = self.owners[login].call("exchange.account", "read", ids, [name])
        return found[name]

    def close(self) -> None:
        for login, owner in self.owners.items():
            owner.call("exchange.account", "unlink", [self.accounts[login]])
            made = [["create_uid", "=", owner.uid]]
            people = self.admin.call("res.partner", "search", made)
            self.admin.call("res.partner", "unlink", people)
            self.admin.call("res.users", "unlink", [owner.uid])
        self.admin.call("exchange.provider", "unlink", [self.provider])


@pytest.fixture
def office(admin: Rpc, odoo: OdooServer, exchange: ExchangeServer) -> Iterator[Office]:
    office = Office(admin, odoo, exchange)
    yield office
    office.close()


def _setting(client: WebClient, name: str) -> Locator:
    return client.page.locator(f".o_form_view [name={name}] input")


def test_administrator_sets_limits_in_the_settings(
    client: WebClient, admin: Rpc
) -> None:
    client.sign_in("admin", "admin")
    client.open("contacts")
    client.menu("Configuration", "Settings")
    page = client.page
    expect(page.locator(".app_settings_block:visible")).to_contain_text("Exchange")
    expect(_setting(client, "group_exchange_import")).to_be_checked()
    expect(_setting(client, "exchange_batch_size")).to_have_value("500")
    _setting(client, "exchange_shortest_interval").fill("0")
    page.get_by_role("button", name="Save", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("“Minimum Interval” is a number from 1 to 1440.")
    dialog.get_by_role("button", name="Close").last.click()
    _setting(client, "exchange_shortest_interval").fill("7")
    page.evaluate("window.isBeforeSaving = true")
    page.get_by_role("button", name="Save", exact=True).click()
    # The page is loaded anew with what was saved.
    page.wait_for_function(
        "!window.isBeforeSaving && document.readyState == 'complete'"
    )
    client.open("action-exchange_contact_sync.res_config_settings_action")
    expect(_setting(client, "exchange_shortest_interval")).to_have_value("7")
    assert admin.call("ir.config_parameter", "get_param", LIMIT) == "7"
    admin.call("ir.config_parameter", "set_param", LIMIT, "5")


def test_administrator_tests_a_provider(client: WebClient, office: Office) -> None:
    client.sign_in("admin", "admin")
    client.open(f"contacts/exchange.provider/{office.provider}")
    client.press("Test Connection")
    dialog = client.page.get_by_role("dialog")
    report = dialog.locator("[name=report]")
    expect(report).to_contain_text("A server answers at")
    expect(report).to_contain_text("The connection is not encrypted")
    expect(report).to_contain_text("basic, ntlm")
    expect(report).not_to_contain_text("Sign-in succeeded")
    for password, expected_text in (
        ("wrong", "does not accept"),
        (PASSWORD, "Sign-in succeeded"),
    ):
        dialog.get_by_label("E-mail", exact=False).fill("olga@office.example")
        dialog.get_by_label("Password", exact=False).fill(password)
        dialog.get_by_role("button", name="Test", exact=True).click()
        expect(report).to_contain_text(expected_text)
    dialog.locator("footer").get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_administrator_controls_several_accounts(
    client: WebClient, office: Office
) -> None:
    client.sign_in("admin", "admin")
    action = "exchange_contact_sync.exchange_account_action_all"
    client.open(f"action-{action}")
    for login in LOGINS:
        expect(_row(client, login)).to_contain_text("Connected")
    _run_action(client, "Pause Synchronization", "2 accounts were paused.")
    expect(_row(client, "olga")).to_contain_text("Paused")
    assert [office.read(login, "state") for login in LOGINS] == ["paused", "paused"]
    _run_action(client, "Resume Synchronization", "2 accounts were resumed.")
    expect(_row(client, "piet")).to_contain_text("Connected")
    folder = office.mailboxes["olga"].folder("contacts")
    office.mailboxes["olga"].add_contact(folder, {"contacts:DisplayName": "Quirin"})
    _run_action(
        client, "Synchronize Now", "2 accounts are synchronized in the background."
    )
    _wait_for_run(client)


def _row(client: WebClient, login: str) -> Locator:
    return client.rows().filter(has_text=f"{login}@office.example")


def _run_action(client: WebClient, action: str, notification: str) -> None:
    """Select the office's accounts, and choose from the menu of actions."""
    for login in LOGINS:
        _row(client, login).get_by_role("checkbox").check()
    page = client.page
    page.locator(".o_cp_action_menus").get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name=action).click()
    expect(client.notification(notification)).to_be_visible()


def _wait_for_run(client: WebClient) -> None:
    """Reload the list until it shows the result of the run in the background."""
    row = _row(client, "olga")
    for _attempt in range(RUN // 1000):
        client.page.reload()
        row.wait_for()
        if "1 imported" in row.inner_text().lower():
            return
    raise AssertionError(row.inner_text())


def test_owner_is_reminded_and_reaches_the_account(
    client: WebClient, office: Office
) -> None:
    """The activity in the top bar leads to the account, and is removed after a run."""
    owner, account = office.owners["olga"], [office.accounts["olga"]]
    owner.call("exchange.account", "sync", account)
    office.mailboxes["olga"].password = "it expired"
    mine = [["res_model", "=", "exchange.account"], ["res_id", "=", account[0]]]
    # Resumed, it is due at once.
    owner.call("exchange.account", "write", account, {"auto_sync": True})
    for method in ("action_pause_selected", "action_resume_selected"):
        owner.call("exchange.account", method, account)
    for _attempt in range(RUN // 500):
        if owner.call("mail.activity", "search_count", mine):
            break
        client.page.wait_for_timeout(500)
    client.sign_in("olga", "olga")
    client.open("contacts")
    menu = client.page.locator(".o-mail-ActivityMenu-counter, .o-mail-ActivityMenu")
    expect(menu.first).to_contain_text("1")
    bar = client.page.locator(".o_main_navbar")
    bar.get_by_role("button", name="Activities").click()
    client.page.locator(".o-mail-ActivityGroup").filter(has_text="Exchange").click()
    # The same address is in the menu that closes, and in the list that opens.
    expect(client.page.locator(".o-mail-ActivityGroup")).to_have_count(0)
    _row(client, "olga").get_by_text("olga@office.example").first.click()
    client.page.wait_for_selector(".o_form_view")
    expect(client.banner()).to_contain_text("does not accept")
    office.mailboxes["olga"].password = PASSWORD
    client.press("Sign In Again")
    current = client.page.locator(".o_form_statusbar .o_arrow_button_current")
    expect(current).to_contain_text("Connected")
    assert not owner.call("mail.activity", "search_count", mine)
