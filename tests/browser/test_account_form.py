# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user chooses an account's settings and watches its run."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from exchange_server import faults
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import connect, hire
from support.web_client import WebClient

LOGIN, PASSWORD = "settler", "settler"
ADDRESS = "settler@example.com"
NAME, EMAIL = "contacts:DisplayName", "contacts:EmailAddress:EmailAddress1"
RUN = 120_000
"""Milliseconds that a synchronization may take on a busy machine."""

WATCH = """() => {
    window.seen = [];
    new MutationObserver(() => {
        const bar = document.querySelector(".o_form_view [role=progressbar]");
        const now = bar && Number(bar.getAttribute("aria-valuenow"));
        if (now && now !== window.seen.at(-1)) {
            window.seen.push(now);
        }
    }).observe(document.body, { attributes: true, childList: true, subtree: true });
}"""

DEAFEN = """() => {
    const name = "@exchange_contact_sync/sync_progress/sync_progress";
    odoo.loader.modules.get(name).SyncProgress.prototype.onMessage = () => {};
}"""


class Form:
    """The settings of an account whose mailbox has four folders, and its owner."""

    def __init__(
        self, client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
    ) -> None:
        self.client, self.page = client, client.page
        self.server = exchange
        self.mailbox = exchange.exchange.add_mailbox(ADDRESS, PASSWORD)
        self._fill_mailbox()
        provider = {"name": "Example mail", "server_url": exchange.url}
        [self.provider] = admin.call("exchange.provider", "create", [provider])
        self.owner = _owner(admin, odoo)
        self.account = connect(self.owner, self.provider, ADDRESS, PASSWORD)
        client.sign_in(LOGIN, PASSWORD)
        self.open()

    def open(self) -> None:
        self.client.open(f"contacts/exchange.account/{self.account}")
        self.page.wait_for_selector(".o_form_view")

    def _fill_mailbox(self) -> None:
        """Enough contacts for several batches, in one of the folders."""
        contacts = self.mailbox.folder("contacts")
        suppliers = self.mailbox.create_folder("Suppliers")
        private = self.mailbox.create_folder("Private")
        self.mailbox.create_folder("Abroad", suppliers)
        for folder, word, number in (
            (contacts, "Client", 1100),
            (suppliers, "Supplier", 3),
            (private, "Friend", 4),
        ):
            count_partners = [
                {
                    NAME: f"{word} {n}",
                    EMAIL: f"{word.lower()}{n}@people.example",
                }
                for n in range(number)
            ]
            self.mailbox.bulk_add_contacts(folder, count_partners)

    def box(self, folder: str) -> Locator:
        """The check box of a folder in the tree."""
        tree = self.page.locator(".o_exchange_folder_tree")
        return tree.get_by_role("checkbox", name=re.compile(rf"^{folder} \d+ contacts"))

    def bar(self) -> Locator:
        return self.page.locator(".o_form_view [role=progressbar]")

    def synchronize(self) -> None:
        """Press the button, and wait until the result is shown."""
        result = self.page.locator(".o_field_widget[name=run_count]")
        before = result.inner_text() if result.is_visible() else "0"
        self.client.press("Synchronize Now")
        runs = int(before.split()[0]) + 1
        expect(result).to_contain_text(str(runs), timeout=RUN)
        expect(self.bar()).to_have_count(0, timeout=RUN)

    def read(self, *names: str) -> dict:
        [found] = self.owner.call(
            "exchange.account", "read", [self.account], list(names)
        )
        return found

    def count_partners(self, word: str) -> int:
        """How many contacts of Odoo have such a name."""
        domain = [["name", "like", f"{word} "]]
        return self.owner.call("res.partner", "search_count", domain)


def _owner(admin: Rpc, odoo: OdooServer) -> Rpc:
    hire(admin, LOGIN, password=PASSWORD)
    return Rpc(odoo.url, odoo.database, LOGIN, PASSWORD)


@pytest.fixture
def form(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Iterator[Form]:
    form = Form(client, admin, odoo, exchange)
    yield form
    # Other tests rely on one provider to choose, and on a list of a single page.
    form.owner.call("exchange.account", "unlink", [form.account])
    admin.call("exchange.provider", "unlink", [form.provider])
    made = [["create_uid", "=", form.owner.uid]]
    count_partners = admin.call("res.partner", "search", made)
    admin.call("res.partner", "unlink", count_partners)


def test_user_chooses_what_is_synchronized(form: Form, admin: Rpc) -> None:
    _discard_restores_the_tree(form)
    _the_tree_is_worked_by_keyboard(form)
    _choose_two_of_three_folders(form)
    _watch_the_run(form)
    _finds_contacts_of_those_folders_only(form)
    _export_by_tag(form, admin)
    _create_a_folder_for_new_contacts(form)
    _synchronize_automatically(form)
    _an_edit_is_kept_when_a_run_ends(form)
    _the_end_is_shown_without_messages(form)


def _shows_the_tree(form: Form) -> None:
    form.page.get_by_text("Load contacts from selected MS Exchange folders").click()
    expect(form.box("Contacts")).to_be_visible()


def _discard_restores_the_tree(form: Form) -> None:
    _shows_the_tree(form)
    form.client.save()
    form.box("Suppliers").check()
    form.page.locator(".o_form_button_cancel").click()
    expect(form.box("Suppliers")).not_to_be_checked()
    assert (
        form.owner.call("exchange.folder", "search_count", [["selected", "=", 1]]) == 0
    )


def _the_tree_is_worked_by_keyboard(form: Form) -> None:
    expect(form.box("Contacts")).to_have_accessible_name("Contacts 1100 contacts")
    fold = form.page.get_by_role("button", name="Hide the folders below Suppliers")
    fold.press("Enter")
    expect(form.box("Abroad")).to_have_count(0)
    form.page.get_by_role("button", name="Show the folders below Suppliers").press(
        "Enter"
    )
    form.page.get_by_role("button", name="Tick Suppliers and all folders").press(
        "Enter"
    )
    expect(form.box("Abroad")).to_be_checked()
    form.box("Abroad").press("Space")
    expect(form.box("Abroad")).not_to_be_checked()
    expect(form.box("Suppliers")).to_be_checked()


def _choose_two_of_three_folders(form: Form) -> None:
    form.box("Contacts").check()
    form.client.save()
    chosen = form.owner.call(
        "exchange.folder", "search_read", [["selected", "=", True]], ["name"]
    )
    assert {folder["name"] for folder in chosen} == {"Contacts", "Suppliers"}


def _watch_the_run(form: Form) -> None:
    """The progress bar, the numbers and the result appear without a reload."""
    form.server.faults.add(faults.slow(0.7, "GetItem", times=None))
    form.page.evaluate(WATCH)
    form.client.press("Synchronize Now")
    expect(form.bar()).to_be_visible()
    expect(form.page.locator(".o_exchange_counts")).to_contain_text(
        "imported", timeout=RUN
    )
    expect(form.bar()).to_have_count(0, timeout=RUN)
    expect(form.client.field("last_summary")).to_contain_text("1103 imported")
    expect(form.page.locator("[name=link_count]")).to_contain_text("1,103")
    seen = form.page.evaluate("window.seen")
    assert len(seen) >= 2, seen
    assert seen == sorted(seen), "the bar never goes back"
    form.server.faults.clear()


def _finds_contacts_of_those_folders_only(form: Form) -> None:
    assert (form.count_partners("Client"), form.count_partners("Supplier")) == (1100, 3)
    assert form.count_partners("Friend") == 0
    form.client.open("contacts")
    form.client.rows().first.wait_for()
    search = form.page.locator(".o_searchview_input")
    search.fill("Supplier")
    form.page.locator(".o_searchview_autocomplete").get_by_text(
        "Supplier"
    ).first.wait_for()
    search.press("Enter")
    expect(form.client.rows()).to_have_count(3)


def _export_by_tag(form: Form, admin: Rpc) -> None:
    [tag] = admin.call("res.partner.category", "create", [{"name": "Neighbours"}])
    count_partners = [
        {"name": f"Neighbour {n}", "category_id": [(4, tag)]} for n in range(3)
    ]
    admin.call("res.partner", "create", count_partners)
    form.open()
    client, count = form.client, form.client.field("export_count")
    client.field("export_contacts").locator("input").check()
    person = [["is_company", "=", False], ["type", "=", "contact"]]
    everybody = form.owner.call("res.partner", "search_count", person)
    expect(count).to_have_text(f"{everybody:,}")
    form.page.get_by_text("Transfer contacts from selected categories").click()
    warning = "This choice covers no contact, so nothing is exported."
    expect(client.page.get_by_text(warning)).to_be_visible()
    client.field("export_groups").locator("input").check()
    client.fill("export_category_ids", "Neighbours")
    form.page.locator(".o-autocomplete--dropdown-item").get_by_text(
        "Neighbours"
    ).click()
    expect(count).to_have_text("3")
    assert form.read("export_contacts")["export_contacts"] is False, "not saved yet"
    client.save()


def _create_a_folder_for_new_contacts(form: Form) -> None:
    modal = form.page.locator(".modal")
    for name, error in (("Suppliers", "folder with this name already"), ("Odoo", "")):
        form.page.get_by_role("button", name="New Folder…").click()
        modal.locator("[name=name] input").fill(name)
        modal.get_by_role("button", name="Create", exact=True).click()
        if error:
            expect(modal.last).to_contain_text(error)
            modal.last.get_by_role("button", name="Close").first.click()
            modal.get_by_role("button", name="Cancel", exact=True).click()
        expect(modal).to_have_count(0)
    chosen = form.client.field("export_folder_id").locator("input")
    expect(chosen).to_have_value("Contacts / Odoo")
    expect(form.box("Odoo")).to_be_visible()
    form.synchronize()
    made = form.mailbox.folder("Odoo")
    names = {item.values[NAME] for item in made.items.values()}
    assert names == {"Neighbour 0", "Neighbour 1", "Neighbour 2"}


def _synchronize_automatically(form: Form) -> None:
    form.client.field("auto_sync").locator("input").check()
    form.client.fill("interval_minutes", "30")
    form.client.save()
    expect(form.client.field("next_sync")).to_be_visible()
    assert form.read("interval_minutes")["interval_minutes"] == 30


def _an_edit_is_kept_when_a_run_ends(form: Form) -> None:
    form.server.faults.add(faults.slow(1, "SyncFolderItems", times=None))
    runs = form.page.locator("[name=run_count] .o_stat_value")
    before = int(runs.inner_text())
    form.client.press("Synchronize Now")
    expect(form.bar()).to_be_visible()
    interval = form.client.field("interval_minutes").locator("input")
    interval.fill("45")
    expect(form.bar()).to_have_count(0, timeout=RUN)
    expect(interval).to_have_value("45")
    form.page.locator(".o_form_button_cancel").click()
    expect(interval).to_have_value("30")
    expect(runs).to_have_text(str(before + 1))


def _the_end_is_shown_without_messages(form: Form) -> None:
    """Without messages, which may get lost, the form polls the server."""
    form.page.evaluate(DEAFEN)
    form.synchronize()
    form.server.faults.clear()
