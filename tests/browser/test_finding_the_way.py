# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users find contacts by any number, the app, and what they have to set up first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import connect, hire
from support.web_client import WebClient

ADD = "Add account for synchronization…"


@pytest.fixture
def without_provider(admin: Rpc) -> Iterator[None]:
    """No mail provider, as after an installation."""
    others = admin.call("exchange.provider", "search", [])
    admin.call("exchange.provider", "write", others, {"active": False})
    yield
    made = admin.call("exchange.provider", "search", [])
    admin.call("exchange.provider", "write", made, {"active": False})
    admin.call("exchange.provider", "write", others, {"active": True})


def test_a_further_number_finds_the_contact(client: WebClient, admin: Rpc) -> None:
    number = {"kind": "phone_home", "value": "+49 (0)30 7654-321"}
    vals = {"name": "Rita Ringer", "communication_ids": [(0, 0, number)]}
    admin.call("res.partner", "create", [vals])
    client.sign_in("admin", "admin")
    client.contacts("list")
    box = client.page.locator(".o_searchview_input")
    box.fill("004930 7654321")
    box.press("Enter")
    expect(client.rows()).to_have_count(1)
    expect(client.rows().first).to_contain_text("Rita Ringer")


def test_the_addon_is_among_the_apps(client: WebClient) -> None:
    client.sign_in("admin", "admin")
    client.open("apps")
    search = client.page.locator(".o_searchview")
    expect(search.locator(".o_searchview_facet")).to_contain_text("Apps")
    search.locator("input").fill("exchange")
    search.locator("input").press("Enter")
    card = client.page.locator(".o_kanban_record").filter(has_text="Exchange Contact")
    expect(card).to_be_visible()


def test_administrator_is_led_to_create_a_provider(
    client: WebClient, without_provider: None
) -> None:
    client.sign_in("admin", "admin")
    client.contacts("list")
    client.gear_menu("Synchronize contacts", ADD)
    dialog = client.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Create a Mail Provider").click()
    client.page.locator(".o_form_view").wait_for()
    expect(client.page.locator(".o_breadcrumb")).to_contain_text("New")
    client.fill("name", "Microsoft Exchange")
    client.save()


def test_other_users_read_whom_to_ask(
    client: WebClient, admin: Rpc, without_provider: None
) -> None:
    hire(admin, "asks", name="Otto Asks")
    client.sign_in("asks", "asks")
    client.contacts("list")
    client.gear_menu("Synchronize contacts", ADD)
    dialog = client.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Ask one of your Odoo administrators")
    [administrator] = admin.call("res.users", "read", [admin.uid], ["name"])
    expect(dialog).to_contain_text(administrator["name"])
    expect(dialog.get_by_role("button", name="Create a Mail Provider")).to_have_count(0)


@pytest.mark.parametrize(
    ("link", "opened"),
    [
        ("Open the list of tags", "Contact Tags"),
        ("Open the list of contacts", "Contacts"),
    ],
)
def test_choice_of_groups_explains_how_to_create_one(
    client: WebClient,
    odoo: OdooServer,
    admin: Rpc,
    exchange: ExchangeServer,
    link: str,
    opened: str,
) -> None:
    login = link.replace(" ", "-").lower()
    exchange.exchange.add_mailbox(f"{login}@example.com", login)
    vals = {"name": login, "server_url": exchange.url}
    [provider] = admin.call("exchange.provider", "create", [vals])
    hire(admin, login)
    owner = Rpc(odoo.url, odoo.database, login, login)
    account = connect(owner, provider, f"{login}@example.com", login)
    client.sign_in(login, login)
    client.open(f"exchange.account/{account}")
    client.field("export_contacts").locator("input").check()
    client.page.get_by_text("Transfer contacts from selected").click()
    # Nothing that knows customers is installed; see the tests of apps.
    expect(client.field("export_customers")).to_have_count(0)
    expect(client.page.get_by_text("Customers can only be chosen if")).to_be_visible()
    client.field("export_groups").locator("input").check()
    explained = client.page.locator(".o_exchange_groups_help")
    expect(explained).to_contain_text("Save current search")
    with client.page.context.expect_page() as opening:
        explained.get_by_role("link", name=link).click()
    expect(opening.value.locator(".o_breadcrumb")).to_contain_text(opened)
    # Nothing that was typed is lost, and nothing was saved.
    expect(client.field("export_groups").locator("input")).to_be_checked()
    saved = owner.call("exchange.account", "read", [account], ["export_contacts"])
    assert saved[0]["export_contacts"] is False
