# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pages of runs and previews, and the lists behind their numbers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.history_scene import JOB, Scene, eventually
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.web_client import WebClient


@pytest.fixture
def scene(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Scene:
    return Scene(client, admin, odoo, exchange)


def test_page_of_a_run_begins_with_its_result(scene: Scene) -> None:
    client, page = scene.client, scene.client.page
    scene.mailbox.update_contact(scene.item("Ann Arbor"), {JOB: "Head of Sales"})
    scene.delete_in_mailbox("Bob Barley")
    scene.sync()
    scene.open_run("manual")
    numbers = client.field("numbers")
    expect(numbers).to_have_text("1 imported1 archived")
    for zero in ("exported_created", "unchanged_count", "conflict_count"):
        expect(client.field(zero)).to_have_count(0)
    changes = client.field("line_ids").bounding_box()
    counters = client.field("imported_updated").bounding_box()
    assert changes and counters and changes["y"] < counters["y"]

    numbers.get_by_role("button", name="1 archived").click()
    expect(page.locator(".o_breadcrumb")).to_contain_text("Archived in Odoo")
    expect(client.rows()).to_have_count(1)
    expect(client.rows()).to_contain_text("Bob Barley")


def test_run_in_a_dialog_shows_whole_messages(scene: Scene) -> None:
    scene.edit_partner("Ann Arbor", function="Director of Sales and Logistics")
    scene.mailbox.update_contact(scene.item("Ann Arbor"), {JOB: "Head of Sales"})
    scene.sync()
    scene.open_last_run()
    page = scene.client.page
    dialog = page.locator(".modal-content").bounding_box()
    heading = page.locator(".modal th[data-name=message]").bounding_box()
    assert dialog and heading
    assert heading["width"] >= 200
    assert heading["x"] + heading["width"] <= dialog["x"] + dialog["width"]
    other = "Use “Director of Sales and Logistics”"
    button = scene.lines().get_by_role("button", name=other).bounding_box()
    assert button and button["height"] < 50, "more than two lines"


def test_preview_shows_the_changes_and_synchronizes(scene: Scene) -> None:
    client, page = scene.client, scene.client.page
    scene.mailbox.update_contact(scene.item("Ann Arbor"), {JOB: "Head of Sales"})
    scene.delete_in_mailbox("Bob Barley")
    scene.open_account()
    client.press("Preview")
    numbers = client.field("numbers")
    expect(numbers).to_have_text("1 will be imported1 will be archived")
    expect(scene.lines().filter(has_text="Will be updated")).to_have_count(1)
    expect(scene.lines().filter(has_text="Will be archived")).to_have_count(1)
    numbers.get_by_role("button", name="1 will be archived").click()
    expect(page.locator(".o_breadcrumb")).to_contain_text("Archived in Odoo")
    expect(client.rows()).to_have_count(1)  # the dialog has closed
    expect(client.rows()).to_contain_text("Bob Barley")
    page.go_back()
    client.press("Synchronize Now")
    eventually(lambda: not scene.partner("Bob Barley")["active"], "it is archived")
    assert scene.partner("Ann Arbor")["function"] == "Head of Sales"
