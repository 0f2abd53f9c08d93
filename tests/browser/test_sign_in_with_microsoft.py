# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user connects a mailbox in the cloud on the page of the simulator's sign-in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import PATIENCE
from exchange_server.exchange import Exchange
from exchange_server.server import ExchangeServer
from support import in_the_cloud
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire
from support.microsoft import ANSWER
from support.web_client import WebClient

ADDRESS, PASSWORD = "dora@example.com", "right password"


@pytest.fixture
def cloud() -> Iterator[ExchangeServer]:
    """The cloud with one mailbox and one contact in it."""
    with ExchangeServer(Exchange(), tls=True) as server:
        mailbox = server.exchange.add_mailbox(ADDRESS, PASSWORD, "Dora")
        mailbox.add_contact(
            mailbox.folder("contacts"),
            {"contacts:DisplayName": "Zeno Marsh", "contacts:GivenName": "Zeno"},
        )
        yield server
        assert server.errors == []


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window that trusts the simulator's certificate."""
    context = chromium.new_context(ignore_https_errors=True)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_a_user_signs_in_and_again_when_the_sign_in_died(
    client: WebClient, odoo: OdooServer, admin: Rpc, cloud: ExchangeServer
) -> None:
    _prepare(odoo, admin, cloud)
    client.sign_in("dora", "dora")
    _refuse(client)
    _accept(client)
    _is_connected(client)
    _open_settings(client)
    _synchronize(client, "1 imported")

    cloud.exchange.tenant.revoke(ADDRESS, at_once=True)
    client.press("Synchronize Now")
    expect(client.banner()).to_contain_text("Sign in again")
    client.press("Sign In Again")
    expect(client.notification("is connected")).to_be_visible()
    expect(client.field("email")).to_contain_text(ADDRESS)
    expect(client.banner()).to_have_count(0)


def _prepare(odoo: OdooServer, admin: Rpc, cloud: ExchangeServer) -> None:
    parameters = ("ir.config_parameter", "set_param", "web.base.url", odoo.url)
    admin.call(*parameters)
    application = cloud.exchange.tenant.add_application(
        redirect_uris=[f"{odoo.url}{ANSWER}"]
    )
    others = admin.call("exchange.provider", "search", [])
    admin.call("exchange.provider", "write", others, {"active": False})
    vals = in_the_cloud.graph_values(cloud, application)
    admin.call("exchange.provider", "create", [vals])
    hire(admin, "dora")


def _refuse(client: WebClient) -> None:
    page = client.page
    client.open("contacts")
    client.menu("Exchange Accounts")
    page.get_by_role("button", name="New", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail", exact=True).fill(ADDRESS)
    expect(dialog.get_by_label("Password")).to_have_count(0)
    dialog.get_by_role("button", name="Sign in with Microsoft").click()
    page.locator("#password").fill(PASSWORD)
    page.locator("#sign-in").click()
    page.locator("#cancel").click()
    expect(dialog.get_by_role("alert")).to_contain_text("You canceled")
    expect(dialog.get_by_label("E-mail", exact=True)).to_have_value(ADDRESS)


def _accept(client: WebClient) -> None:
    page = client.page
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Sign in with Microsoft").click()
    accept = page.locator("#accept")
    account = page.locator(".account")
    expect(accept.or_(account).first).to_be_visible()
    if account.count():
        account.first.click()
    accept.click()


def _is_connected(client: WebClient) -> None:
    dialog = client.page.get_by_role("dialog")
    question = dialog.get_by_text("to your communication options?")
    banner = client.notification("is connected")
    expect(question.or_(banner).first).to_be_visible()
    if question.count():
        dialog.get_by_role("button", name="Yes").click()
    expect(banner).to_be_visible()


def _open_settings(client: WebClient) -> None:
    client.page.get_by_role("button", name="Open settings").click()
    expect(client.field("email").locator("input")).to_have_value(ADDRESS)


def _synchronize(client: WebClient, result: str) -> None:
    client.press("Synchronize Now")
    expect(client.field("last_summary")).to_have_text(result, timeout=60_000)
