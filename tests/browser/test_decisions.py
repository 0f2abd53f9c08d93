# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Conflicts and contacts to match, decided in their lists by clicking."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.history_scene import JOB, NAME, Scene, eventually
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.web_client import WebClient


@pytest.fixture
def scene(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Scene:
    return Scene(client, admin, odoo, exchange)


def test_conflicts_show_both_values_and_are_decided(scene: Scene) -> None:
    for name in ("Ann Arbor", "Bob Barley", "Cat Carver"):
        scene.edit_partner(name, function="Boss in Odoo")
        job = {JOB: "Boss in Exchange"}
        scene.mailbox.update_contact(scene.item(name), job)
    scene.sync()
    client, page = scene.client, scene.client.page
    scene.open_account()
    page.get_by_role("button", name="Conflicts").click()
    title = page.locator(".o_breadcrumb")
    expect(title).to_contain_text("Conflicts")
    rows = client.rows()
    expect(rows).to_have_count(3)
    page.reload()
    expect(rows).to_have_count(3)
    expect(title).to_contain_text("Conflicts")
    ann = rows.filter(has_text="Ann Arbor")
    expect(ann.locator("[name=field_name]")).to_have_text("Job title")
    expect(ann.locator("[name=odoo_value]")).to_have_text("Boss in Odoo")
    expect(ann.locator("[name=exchange_value]")).to_have_text("Boss in Exchange")
    ann.get_by_role("button", name="Use “Boss in Odoo”").click()
    expect(rows).to_have_count(2)
    page.locator(".o_list_view thead .o_list_record_selector input").check()
    page.get_by_role("button", name="Use the Other Values").click()
    expect(rows).to_have_count(0)
    for name in ("Ann Arbor", "Bob Barley", "Cat Carver"):
        eventually(lambda n=name: scene.job(n) == "Boss in Odoo", "the other is used")
        assert scene.partner(name)["function"] == "Boss in Odoo"


def test_contacts_to_match_leave_the_list_when_decided(scene: Scene) -> None:
    names = ("Gil Grant", "Hal Hurst", "Ivy Irons", "Jon Jones")
    for name in names:
        _add_with_two_partners(scene, name)
    scene.sync()
    client, page = scene.client, scene.client.page
    scene.open_account()
    page.get_by_role("button", name="To Match").click()
    rows = client.rows()
    expect(rows).to_have_count(4)
    gil = rows.filter(has_text="Gil Grant")
    expect(gil.locator("td[name=details]")).to_contain_text("gil@")
    first = gil.locator(".o_exchange_candidates")
    expect(first).to_contain_text("Firm of Gil")
    expect(first).to_contain_text("Oslo")
    assert first.locator("img").count() == 2
    gil.get_by_role("button", name="Link to Gil Younger").click()
    expect(rows).to_have_count(3)
    hal = rows.filter(has_text="Hal Hurst")
    hal.get_by_role("button", name="Create New").click()
    expect(rows).to_have_count(2)
    page.locator(".o_list_view thead .o_list_record_selector input").check()
    page.get_by_role("button", name="Never Import").first.click()
    expect(rows).to_have_count(0)
    page.locator(".o_breadcrumb").get_by_text(scene.address).click()
    page.wait_for_selector(".o_form_view")
    expect(page.get_by_role("button", name="To Match")).to_have_count(0)
    eventually(lambda: scene.known("Hal Hurst"), "a new contact is created")
    eventually(lambda: scene.known("Gil Grant"), "the chosen one is linked")
    page.reload()
    # Gil is called Younger in Odoo and Grant in Exchange.
    expect(page.get_by_role("button", name="Conflicts")).to_contain_text("1")
    expect(page.get_by_role("button", name="To Match")).to_have_count(0)


def test_another_contact_can_be_chosen(scene: Scene) -> None:
    _add_with_two_partners(scene, "Gil Grant")
    scene.sync()
    client, page = scene.client, scene.client.page
    scene.open_account()
    page.get_by_role("button", name="To Match").click()
    client.rows().get_by_role("button", name="Another…").click()
    dialog = page.locator(".modal")
    dialog.locator("[name=partner_id] input").click()
    choices = page.locator(".o-autocomplete--dropdown-item")
    expect(choices.first).to_contain_text("Gil")
    expect(choices.nth(1)).to_contain_text("Gil")
    dialog.get_by_role("button", name="Link to Gil Elder").click()
    expect(dialog).to_have_count(0)
    expect(client.rows()).to_have_count(0)
    eventually(lambda: scene.known("Gil Grant"), "the chosen one is linked")


def _add_with_two_partners(scene: Scene, name: str) -> None:
    """Add a contact to the mailbox, and two partners with its e-mail address."""
    first = name.split()[0]
    email = f"{first.lower()}@{scene.login}.example"
    values = {NAME: name, "contacts:EmailAddress:EmailAddress1": email}
    scene.mailbox.add_contact(scene.mailbox.folder("contacts"), values)
    firm = {"name": f"Firm of {first}", "is_company": True}
    [parent] = scene.admin.call("res.partner", "create", [firm])
    for last in ("Elder", "Younger"):
        vals = {"name": f"{first} {last}", "email": email, "city": "Oslo"}
        scene.admin.call("res.partner", "create", [{**vals, "parent_id": parent}])
