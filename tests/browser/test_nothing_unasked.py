# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Only Save and Synchronize Now begin a synchronization; nothing else saves choices."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

PASSWORD = "careful password"
_numbers = itertools.count(1)
NAME, EMAIL = "contacts:DisplayName", "contacts:EmailAddress:EmailAddress1"
UNTOUCHED = {
    "export_contacts": False,
    "import_scope": "all",
    "next_sync": False,
    "last_sync": False,
}


class Scene:
    """A newly connected account, and its owner on its form."""

    def __init__(
        self, client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
    ) -> None:
        self.client, self.page = client, client.page
        login = f"careful{next(_numbers)}"
        address = f"{login}@example.com"
        self.mailbox = exchange.exchange.add_mailbox(address, PASSWORD)
        for folder, name in (
            (self.mailbox.folder("contacts"), "Cora Contact"),
            (self.mailbox.create_folder("Suppliers"), "Sam Supplier"),
        ):
            self.mailbox.add_contact(folder, {NAME: name, EMAIL: f"{name[:3]}@a.test"})
        hire(admin, login)
        self.owner = Rpc(odoo.url, odoo.database, login, login)
        provider = {"name": "Careful mail", "server_url": exchange.url}
        [self.provider] = admin.call("exchange.provider", "create", [provider])
        account = {
            "provider_id": self.provider,
            "email": address,
            "password": PASSWORD,
        }
        [self.account] = self.owner.call("exchange.account", "create", [account])
        self.owner.call("exchange.account", "action_authorize", [self.account])
        client.sign_in(login, login)
        client.open(f"contacts/exchange.account/{self.account}")
        self.page.wait_for_selector(".o_form_view")

    @property
    def dialog(self) -> Locator:
        return self.page.locator(".modal:not(.o_inactive_modal)")

    def saved(self) -> dict:
        names = list(UNTOUCHED)
        [found] = self.owner.call("exchange.account", "read", [self.account], names)
        return {name: found[name] for name in names}

    def runs(self) -> list[str]:
        """Return the trigger of each run."""
        mine = [["account_id", "=", self.account]]
        found = self.owner.call("exchange.sync.run", "search_read", mine, ["trigger"])
        return [run["trigger"] for run in found]

    def box(self, folder: str) -> Locator:
        """The check box of a folder in the tree."""
        tree = self.page.locator(".o_exchange_folder_tree")
        return tree.get_by_role(
            "checkbox", name=re.compile(rf"^{folder} \d+ contacts?")
        )

    def type_choices(self) -> None:
        self.client.field("export_contacts").locator("input").check()
        self.page.get_by_text("Load contacts from selected MS Exchange folders").click()
        self.box("Suppliers").check()

    def expect_typed(self) -> None:
        """Check that the choices are on the form and not saved."""
        expect(self.client.field("export_contacts").locator("input")).to_be_checked()
        expect(self.box("Suppliers")).to_be_checked()
        expect(self.box("Contacts")).not_to_be_checked()
        expect(self.page.locator(".o_form_button_save")).to_be_visible()
        assert self.saved() == UNTOUCHED


@pytest.fixture
def scene(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Iterator[Scene]:
    scene = Scene(client, admin, odoo, exchange)
    yield scene
    # Other tests rely on one provider to choose, and on a list of a single page.
    accounts = scene.owner.call("exchange.account", "search", [])
    scene.owner.call("exchange.account", "unlink", accounts)
    admin.call("exchange.provider", "unlink", [scene.provider])
    made = [["create_uid", "=", scene.owner.uid]]
    admin.call("res.partner", "unlink", admin.call("res.partner", "search", made))


def test_only_save_and_synchronize_now_begin(scene: Scene) -> None:
    _pause_and_resume(scene)
    scene.type_choices()
    _preview_follows_what_is_typed(scene)
    _cancel_the_new_folder(scene)
    _refresh_folders(scene)
    _look_at_another_window(scene)
    _leave_and_stay(scene)
    _pause_and_resume(scene)
    scene.expect_typed()
    _create_a_folder(scene)
    assert set(scene.runs()) == {"preview"}
    _save(scene)


def _pause_and_resume(scene: Scene) -> None:
    scene.client.press("Pause")
    scene.client.press("Resume")
    expect(scene.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(scene.client.field("next_sync")).to_have_count(0)
    assert not scene.saved()["next_sync"]


def _preview_follows_what_is_typed(scene: Scene) -> None:
    scene.client.press("Preview")
    expect(scene.dialog).to_contain_text("This is a preview")
    expect(scene.dialog).to_contain_text("They are not saved yet")
    lines = scene.dialog.locator(".o_field_widget[name=line_ids] .o_data_row")
    expect(lines.filter(has_text="Sam Supplier")).to_contain_text("Will be created")
    expect(lines.filter(has_text="Cora Contact")).to_have_count(0)
    scene.dialog.get_by_role("button", name="Close").first.click()
    expect(scene.dialog).to_have_count(0)
    scene.expect_typed()


def _cancel_the_new_folder(scene: Scene) -> None:
    scene.page.get_by_role("button", name="New Folder…").click()
    scene.dialog.get_by_role("button", name="Cancel", exact=True).click()
    expect(scene.dialog).to_have_count(0)
    scene.expect_typed()


def _refresh_folders(scene: Scene) -> None:
    scene.mailbox.create_folder("Abroad")
    scene.page.get_by_role("button", name="Refresh Folders").click()
    expect(scene.box("Abroad")).to_be_visible()
    scene.expect_typed()


def _look_at_another_window(scene: Scene) -> None:
    """Odoo saves forms when their page is hidden, but not this one."""
    scene.page.evaluate(
        """() => {
            Object.defineProperty(document, "visibilityState", { value: "hidden" });
            document.dispatchEvent(new Event("visibilitychange"));
            delete document.visibilityState;
        }"""
    )
    scene.expect_typed()


def _leave_and_stay(scene: Scene) -> None:
    scene.page.locator(".o_breadcrumb a, .o_back_button").first.click()
    expect(scene.dialog).to_contain_text("Save your choices?")
    scene.dialog.get_by_role("button", name="Close").click()
    expect(scene.dialog).to_have_count(0)
    scene.expect_typed()


def _create_a_folder(scene: Scene) -> None:
    scene.page.get_by_role("button", name="New Folder…").click()
    scene.dialog.locator("[name=name] input").fill("From Odoo")
    scene.dialog.get_by_role("button", name="Create", exact=True).click()
    chosen = scene.client.field("export_folder_id").locator("input")
    expect(chosen).to_have_value("Contacts / From Odoo")
    assert scene.mailbox.folder("From Odoo")
    scene.expect_typed()


def _save(scene: Scene) -> None:
    scene.client.save()
    expect(scene.client.field("next_sync")).to_be_visible()
    saved = scene.saved()
    assert (saved["export_contacts"], saved["import_scope"]) == (True, "folders")
    assert saved["next_sync"] and not saved["last_sync"]
    _the_first_run_is_announced(scene)


def _the_first_run_is_announced(scene: Scene) -> None:
    """The first export is announced with the number of contacts, and a preview."""
    notice = scene.page.locator(".alert").filter(has_text="the first one with these")
    expect(notice).to_contain_text(re.compile(r"\d+ contacts? will be created in Exc"))
    notice.get_by_role("button", name="Preview").click()
    expect(scene.dialog).to_contain_text("This is a preview")
    assert set(scene.runs()) == {"preview"}


def test_disconnecting_explains_what_happens_to_the_contacts(
    scene: Scene, admin: Rpc
) -> None:
    scene.owner.call("exchange.account", "sync", [scene.account])
    scene.page.reload()
    scene.page.wait_for_selector(".o_form_view")
    scene.page.locator(".o_cp_action_menus button").first.click()
    expect(scene.page.locator(".o-dropdown--menu")).to_be_visible()
    expect(scene.page.get_by_role("menuitem", name="Delete")).to_have_count(0)
    scene.page.keyboard.press("Escape")
    scene.client.field("export_contacts").locator("input").check()
    scene.client.press("Disconnect…")
    expect(scene.dialog).to_contain_text("No contact is changed or deleted")
    expect(scene.dialog).to_contain_text("Links that are deleted: 2.")
    scene.dialog.get_by_role("button", name="Cancel", exact=True).click()
    expect(scene.dialog).to_have_count(0)
    expect(scene.client.field("export_contacts").locator("input")).to_be_checked()
    scene.client.press("Disconnect…")
    scene.dialog.get_by_role("button", name="Disconnect", exact=True).click()
    expect(scene.client.notification("is disconnected")).to_be_visible()
    expect(scene.page.locator(".o_breadcrumb")).to_contain_text("Exchange Accounts")
    mine = [["id", "=", scene.account]]
    assert not scene.owner.call("exchange.account", "search_count", mine)
    people = [["name", "in", ["Cora Contact", "Sam Supplier"]]]
    assert admin.call("res.partner", "search_count", people) == 2
    assert len(list(scene.mailbox.contacts())) == 2
