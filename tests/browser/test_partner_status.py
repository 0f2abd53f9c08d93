# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contact's form says why it is not synchronized, and has a button to change it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from browser.history_scene import Scene, eventually
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.web_client import WebClient


@pytest.fixture
def scene(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Scene:
    return Scene(client, admin, odoo, exchange)


def test_contact_shows_why_it_is_not_synchronized(scene: Scene) -> None:
    _not_chosen(scene)
    _archived(scene)
    _company(scene)


def _status(scene: Scene, partner: int) -> Locator:
    scene.client.open(f"contacts/{partner}")
    scene.client.page.get_by_role("tab", name="Exchange", exact=True).click()
    return scene.client.page.locator(".o_exchange_partner_status")


def _not_chosen(scene: Scene) -> None:
    person = {"name": f"Olga {scene.login}"}
    [partner] = scene.admin.call("res.partner", "create", [person])
    status = _status(scene, partner)
    expect(status).to_contain_text("Not synchronized")
    expect(status).to_contain_text("not among the contacts that you chose")
    status.get_by_role("button", name="Export to Exchange").click()
    expect(scene.client.notification("Export to Exchange")).to_be_visible()
    eventually(lambda: scene.known(f"Olga {scene.login}"), "it is exported")
    expect(_status(scene, partner)).to_contain_text("Synchronized")


def _archived(scene: Scene) -> None:
    partner = scene.partner("Ann Arbor")["id"]
    scene.owner.call("res.partner", "write", [partner], {"active": False})
    scene.sync()
    status = _status(scene, partner)
    expect(status).to_contain_text("archived or deleted in Odoo")
    status.get_by_role("button", name="Unarchive").click()
    eventually(lambda: scene.partner("Ann Arbor")["active"], "it is brought back")
    scene.sync()
    expect(_status(scene, partner)).to_contain_text("Synchronized")


def _company(scene: Scene) -> None:
    firm = {"name": f"Firm of {scene.login}", "is_company": True}
    [partner] = scene.admin.call("res.partner", "create", [firm])
    status = _status(scene, partner)
    expect(status).to_contain_text("The account does not export companies")
    status.get_by_role("button", name="Account Settings").click()
    breadcrumb = scene.client.page.locator(".o_breadcrumb")
    expect(breadcrumb).to_contain_text(scene.address)
