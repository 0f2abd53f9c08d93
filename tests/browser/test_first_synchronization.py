# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user connects a mailbox and synchronizes it for the first time."""

from __future__ import annotations

from playwright.sync_api import expect

from exchange_server.server import ExchangeServer
from support.live_odoo import Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

ADDRESS, PASSWORD = "clerk@example.com", "right password"


def test_a_user_connects_a_mailbox_and_sees_its_contacts(
    client: WebClient, admin: Rpc, exchange: ExchangeServer
) -> None:
    mailbox = exchange.exchange.add_mailbox(ADDRESS, PASSWORD)
    item = mailbox.add_contact(
        mailbox.folder("contacts"),
        {
            "contacts:DisplayName": "Zora Quince",
            "contacts:GivenName": "Zora",
            "contacts:Surname": "Quince",
            "contacts:CompanyName": "Quince & Daughters",
            "contacts:EmailAddress:EmailAddress1": "zora@quince.example",
            "contacts:PhoneNumber:BusinessPhone": "+1 202 555 0142",
        },
    )
    _prepare(admin, exchange.url)
    client.fill_in_the_login_page("clerk", "clerk")
    _connect(client)
    _preview(client, "Zora Quince")
    assert not admin.call("res.partner", "search_count", [["name", "=", "Zora Quince"]])
    _open_account(client)
    _synchronize(client)
    _finds(client, "Zora Quince", "zora@quince.example", "+1 202 555 0142")

    _change_phone(client, "Zora Quince", "+1 202-555-0199")
    _open_account(client)
    _synchronize(client)
    values = mailbox.item(item.id).values
    assert values["contacts:PhoneNumber:BusinessPhone"] == "+1 202-555-0199"
    assert values["contacts:EmailAddress:EmailAddress1"] == "zora@quince.example"

    mailbox.update_contact(item.id, {"contacts:JobTitle": "Owner"})
    _open_account(client)
    _synchronize(client)
    [partner] = admin.call(
        "res.partner",
        "search_read",
        [["name", "=", "Zora Quince"]],
        ["function", "phone"],
    )
    assert (partner["function"], partner["phone"]) == ("Owner", "+1 202-555-0199")


def _prepare(admin: Rpc, server_url: str) -> None:
    """Create the only provider, which is therefore preselected."""
    others = admin.call("exchange.provider", "search", [])
    admin.call("exchange.provider", "write", others, {"active": False})
    admin.call(
        "exchange.provider",
        "create",
        [{"name": "Example mail", "server_url": server_url}],
    )
    hire(admin, "clerk")


def _connect(client: WebClient) -> None:
    """Connect with a wrong password first, which is reported and keeps the input."""
    client.open("contacts")
    client.menu("Exchange Accounts")
    client.page.get_by_role("button", name="New", exact=True).click()
    dialog = client.page.get_by_role("dialog").first
    dialog.get_by_label("E-mail", exact=True).fill(ADDRESS)
    dialog.get_by_label("Password").fill("wrong password")
    dialog.get_by_role("button", name="Authorize").click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not accept")
    expect(dialog.get_by_label("E-mail", exact=True)).to_have_value(ADDRESS)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Authorize").click()
    dialog.get_by_role("button", name="No", exact=True).click()
    said = client.notification("is connected")
    said.get_by_role("button", name="Open settings").click()
    client.field("export_contacts").locator("input").check()
    client.save()


def _open_account(client: WebClient) -> None:
    client.contacts("list")
    client.gear_menu("Synchronize contacts", f"Configure {ADDRESS}…")
    client.page.wait_for_selector(".o_form_view")


def _preview(client: WebClient, name: str) -> None:
    """Preview what a synchronization would do with a new contact of the mailbox."""
    client.press("Preview")
    expect(client.page.get_by_role("dialog")).to_contain_text("This is a preview")
    lines = client.page.locator(".o_field_widget[name=line_ids] .o_data_row")
    expect(lines.filter(has_text=name)).to_contain_text("Will be created")


def _synchronize(client: WebClient) -> None:
    """Request a run, and wait until the history shows that it has ended."""
    client.page.get_by_role("tab", name="Synchronizations").click()
    history = client.page.locator(".o_field_widget[name=run_ids] .o_list_renderer")
    history.wait_for()
    done = history.locator(".o_data_row").get_by_text("Done", exact=True)
    before = done.count()
    client.press("Synchronize Now")
    expect(done).to_have_count(before + 1)


def _finds(client: WebClient, *texts: str) -> None:
    client.contacts("list")
    row = client.rows().filter(has_text=texts[0])
    for text in texts:
        expect(row).to_contain_text(text)


def _change_phone(client: WebClient, name: str, phone: str) -> None:
    client.contacts("list")
    client.rows().get_by_text(name).first.click()
    client.page.wait_for_selector(".o_form_view")
    client.fill("phone", phone)
    client.save()
