# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user signs in on the page of the simulator's sign-in: to connect a mailbox in the
cloud, and to move one there that was reached over EWS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import PATIENCE
from browser.history_scene import eventually
from exchange_server.exchange import Exchange
from exchange_server.server import ExchangeServer
from support import in_the_cloud
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import connect, hire
from support.microsoft import ANSWER
from support.web_client import WebClient

ADDRESS, PASSWORD = "dora@example.com", "right password"
OTHER = "office@example.com"
JOAN = "Joan Clarke"


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


def test_user_signs_in_and_renews_a_revoked_sign_in(
    client: WebClient, odoo: OdooServer, admin: Rpc, cloud: ExchangeServer
) -> None:
    _prepare(odoo, admin, cloud)
    hire(admin, "dora")
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


def test_wrong_mailbox_can_be_corrected(
    client: WebClient, odoo: OdooServer, admin: Rpc, cloud: ExchangeServer
) -> None:
    """Cancel leads back from the question which mailbox is meant to the fields."""
    _prepare(odoo, admin, cloud)
    hire(admin, "dirk")
    page = client.page
    client.sign_in("dirk", "dirk")
    dialog = _open_dialog(client)
    dialog.get_by_label("E-mail", exact=True).fill(OTHER)
    dialog.get_by_role("button", name="Sign in with Microsoft").click()
    page.locator("#address").fill(ADDRESS)
    _sign_in_and_accept(page)
    question = dialog.get_by_text("but entered another mailbox")
    expect(question).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(question).to_have_count(0)
    expect(dialog.get_by_label("E-mail", exact=True)).to_have_value(OTHER)
    dialog.get_by_label("E-mail", exact=True).fill(ADDRESS)
    # The browser is signed in as Dora, who has consented.
    dialog.get_by_role("button", name="Sign in with Microsoft").click()
    _is_connected(client)


def test_user_is_asked_about_folders_that_graph_does_not_list(
    client: WebClient, odoo: OdooServer, admin: Rpc, cloud: ExchangeServer
) -> None:
    """Nothing is deleted in Odoo or in Exchange, although the owner chose to delete."""
    owner, account = _connected_over_ews(odoo, admin, cloud)
    mailbox = cloud.exchange.mailbox(ADDRESS)
    before = {(one.id, one.change_key) for one in mailbox.contacts()}
    client.sign_in("dana", "dana")
    client.open(f"contacts/exchange.account/{account}")
    _choose_provider(client, "Microsoft 365")
    client.press("Sign In Again")
    _sign_in_and_accept(client.page)
    question = client.banner()
    expect(question).to_contain_text("Suppliers")
    question.get_by_role("button", name="Check Again").click()
    expect(client.notification("Suppliers").or_(question).first).to_be_visible()
    question.get_by_role("button", name="Continue without Them").click()
    expect(client.page.get_by_role("button", name="Preview")).to_be_visible()
    expect(question).to_have_count(0)
    client.press("Preview")
    preview = client.page.get_by_role("dialog")
    expect(preview).to_contain_text("Nothing was changed")
    expect(preview.get_by_text("Will be deleted")).to_have_count(0)
    expect(preview.get_by_text("Will be archived")).to_have_count(0)
    preview.get_by_role("button", name="Synchronize Now").click()
    _runs(owner, account, 2)
    assert {(one.id, one.change_key) for one in mailbox.contacts()} == before
    links = ["exchange_link_ids.account_id", "=", account]
    assert owner.call("res.partner", "search_count", [["name", "=", JOAN], links]) == 1


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


def _connected_over_ews(
    odoo: OdooServer, admin: Rpc, cloud: ExchangeServer
) -> tuple[Rpc, int]:
    """Dana's account; a folder of her mailbox lies beside Contacts, with Joan in it.

    :returns: her session and the id of the account
    """
    _prepare(odoo, admin, cloud)
    mailbox = cloud.exchange.mailbox(ADDRESS)
    beside = mailbox.create_folder("Suppliers", mailbox.folder("msgfolderroot"))
    mailbox.add_contact(
        beside, {"contacts:DisplayName": JOAN, "contacts:GivenName": "Joan"}
    )
    vals = {"name": "Old mail", "server_url": cloud.url}
    vals |= {"ca_certificate": cloud.ca_pem.decode()}
    [provider] = admin.call("exchange.provider", "create", [vals])
    hire(admin, "dana")
    owner = Rpc(odoo.url, odoo.database, "dana", "dana")
    account = connect(owner, provider, ADDRESS, PASSWORD)
    delete = {"exchange_deletion": "delete", "odoo_deletion": "delete"}
    owner.call("exchange.account", "write", [account], delete)
    owner.call("exchange.account", "sync", [account])
    return owner, account


def _choose_provider(client: WebClient, name: str) -> None:
    client.field("provider_id").locator("input").fill(name)
    client.page.locator(".o-autocomplete--dropdown-item").get_by_text(name).click()
    client.save()
    expect(client.banner()).to_contain_text("Sign in to it")


def _sign_in_and_accept(page: Page) -> None:
    """Sign in on Microsoft's pages, which do not know the browser yet."""
    page.locator("#password").fill(PASSWORD)
    page.locator("#sign-in").click()
    page.locator("#accept").click()


def _runs(owner: Rpc, account: int, count: int) -> None:
    """Wait until the account has that many runs that ended, all of them well."""
    mine = [["account_id", "=", account], ["trigger", "!=", "preview"]]
    ended = [*mine, ["state", "=", "done"]]
    runs = ("exchange.sync.run", "search_count", ended)
    eventually(lambda: owner.call(*runs) == count, "the synchronization ends")


def _open_dialog(client: WebClient) -> Locator:
    client.open("contacts")
    client.menu("Exchange Accounts")
    client.page.get_by_role("button", name="New", exact=True).click()
    return client.page.get_by_role("dialog")


def _refuse(client: WebClient) -> None:
    page = client.page
    dialog = _open_dialog(client)
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
