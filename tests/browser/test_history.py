# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user decides about runs in the history and on the account."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from browser.history_scene import JOB, PEOPLE, Scene, eventually
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.web_client import WebClient


@pytest.fixture
def scene(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Scene:
    return Scene(client, admin, odoo, exchange)


def test_a_user_decides_in_the_history(scene: Scene) -> None:
    _use_the_other_value(scene)
    _undo(scene)
    _confirm_deletions(scene)
    _reset(scene)


def _use_the_other_value(scene: Scene) -> None:
    scene.edit_partner("Ann Arbor", function="Odoo's")
    scene.mailbox.update_contact(scene.item("Ann Arbor"), {JOB: "Exchange's"})
    scene.sync()
    assert scene.partner("Ann Arbor")["function"] == "Exchange's"
    scene.open_last_run()
    conflict = scene.lines().filter(has_text="Conflict")
    expect(conflict).to_contain_text("Odoo's")
    conflict.get_by_role("button", name="Use “Odoo's”").click()
    eventually(lambda: scene.job("Ann Arbor") == "Odoo's", "the other value is used")
    assert scene.partner("Ann Arbor")["function"] == "Odoo's"


def _undo(scene: Scene) -> None:
    scene.mailbox.update_contact(scene.item("Bob Barley"), {JOB: "Wrong"})
    scene.sync()
    assert scene.partner("Bob Barley")["function"] == "Wrong"
    scene.open_last_run()
    scene.client.page.get_by_role("button", name="Undo This Synchronization").click()
    sure = scene.client.page.locator(".modal").last
    sure.get_by_role("button", name="Undo This Synchronization").click()
    expect(scene.client.field("trigger")).to_have_text("Undo")
    done = scene.client.page.locator(".o_arrow_button_current[data-value=done]")
    expect(done).to_be_visible(timeout=60_000)
    assert scene.job("Bob Barley") is None
    assert scene.partner("Bob Barley")["function"] is False


def _about_the_limit(client: WebClient) -> Locator:
    """The banner of the deletion limit; the form may have others below it."""
    keep = client.page.get_by_role("button", name="Keep Them")
    return client.banner().filter(has=keep)


def _confirm_deletions(scene: Scene) -> None:
    client, page = scene.client, scene.client.page
    scene.delete_in_mailbox(*PEOPLE[1:])
    scene.sync()
    scene.open_account()
    banner = _about_the_limit(client)
    expect(banner).to_contain_text("unusually many contacts")
    expect(banner).to_contain_text("Bob Barley")
    banner.get_by_role("button", name="Show").click()
    expect(client.rows()).to_have_count(5)
    kept = client.rows().filter(has_text="Cat Carver")
    kept.get_by_role("button", name="Keep").click()
    expect(client.rows()).to_have_count(4)
    page.locator(".o_breadcrumb").get_by_text(scene.address).click()
    banner.get_by_role("button", name="Preview").click()
    expect(scene.lines().filter(has_text="Will be archived")).to_have_count(4)
    assert scene.partner("Bob Barley")["active"]
    scene.open_account()
    banner.get_by_role("button", name="Archive 4 contacts").click()
    eventually(lambda: not scene.partner("Bob Barley")["active"], "four are archived")
    assert scene.partner("Cat Carver")["active"]


def test_contacts_over_the_deletion_limit_are_kept(scene: Scene) -> None:
    scene.delete_in_mailbox(*PEOPLE)
    scene.sync()
    _keep_one_on_a_phone(scene)
    scene.open_account()
    _about_the_limit(scene.client).get_by_role("button", name="Keep Them").click()
    expect(scene.client.notification("The contacts are kept")).to_be_visible()
    scene.sync()
    assert all(scene.partner(name)["active"] for name in PEOPLE)
    links = [["account_id", "=", scene.account], ["state", "=", "stopped"]]
    assert scene.owner.call("exchange.contact.link", "search_count", links) == 6


def _keep_one_on_a_phone(scene: Scene) -> None:
    page = scene.client.page
    screen = page.viewport_size
    scene.open_account()
    page.set_viewport_size({"width": 400, "height": 800})
    _about_the_limit(scene.client).get_by_role("button", name="Show").click()
    cards = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(cards).to_have_count(len(PEOPLE))
    expect(cards.first).to_contain_text("Archive in Odoo")
    cards.first.get_by_role("button", name="Keep").click()
    expect(cards).to_have_count(len(PEOPLE) - 1)
    assert screen
    page.set_viewport_size(screen)


def _reset(scene: Scene) -> None:
    scene.open_account()
    page = scene.client.page
    page.get_by_role("tab", name="Rules").click()
    page.get_by_role("button", name="Reset Synchronization…").click()
    page.locator(".modal").get_by_role("button", name="Reset", exact=True).wait_for()
    page.locator(".modal").get_by_role("button", name="Reset", exact=True).click()
    expect(scene.client.notification("The synchronization was reset")).to_be_visible()
    domain = [["account_id", "=", scene.account]]
    assert not scene.owner.call("exchange.contact.link", "search_count", domain)
