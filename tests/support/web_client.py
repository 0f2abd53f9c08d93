# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Actions in Odoo's web client, named as people would name them."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class WebClient:
    """Odoo's web client in a browser window.

    :param page: the page of the browser
    :param url: of the Odoo server
    :param database: its database
    :ivar url: the same
    """

    def __init__(self, page: Page, url: str, database: str) -> None:
        self.page = page
        self.url = url
        self._database = database

    def sign_in(self, login: str, password: str) -> None:
        """Sign in as a user of Odoo, without showing a page."""
        params = {"db": self._database, "login": login, "password": password}
        answer = self.page.request.post(
            f"{self.url}/web/session/authenticate",
            data={"jsonrpc": "2.0", "method": "call", "params": params},
        ).json()
        assert "error" not in answer, answer

    def fill_in_the_login_page(self, login: str, password: str) -> None:
        """Sign in as a user of Odoo does."""
        self.page.goto(f"{self.url}/web/login", timeout=120_000)
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_selector(".o_main_navbar", timeout=120_000)

    def open(self, path: str) -> None:
        """Open an action by its address, such as ``contacts``."""
        # For the first page of a server, Odoo builds its asset bundles.
        self.page.goto(f"{self.url}/odoo/{path}", timeout=120_000)
        self.page.wait_for_selector(".o_control_panel .o_breadcrumb")

    def contacts(self, kind: str) -> None:
        """Open all contacts as a list or as cards, by default as a list."""
        self.open("contacts")
        self.page.wait_for_selector(".o_list_view, .o_kanban_view")
        if not self.page.locator(f".o_{kind}_view").count():
            self.page.locator(f".o_switch_view.o_{kind}").click()
        self.page.wait_for_selector(f".o_{kind}_view")

    def menu(self, *names: str) -> None:
        """Click the entries of the app's menu bar one after the other, and wait until
        the last one has opened its page, since the page before has buttons with the
        same names."""
        for name in names:
            entry = self.page.locator(".o_main_navbar, .o-dropdown--menu")
            entry.get_by_text(name, exact=True).last.click()
        here = self.page.locator(".o_control_panel .o_breadcrumb")
        expect(here).to_contain_text(names[-1])

    @property
    def gear(self) -> Locator:
        """Return the button of the gear menu."""
        return self.page.locator(".o_control_panel .o_cp_action_menus button").first

    def gear_menu(self, submenu: str, entry: str) -> None:
        """Choose an entry of a submenu of the gear menu."""
        self.gear.click()
        within = self.page.get_by_role("button", name=submenu)
        within.wait_for()
        if within.get_attribute("aria-expanded") != "true":
            within.click()
        self.page.get_by_role("menuitem", name=entry).click()

    def new(self) -> None:
        """Create a new record."""
        self.page.locator(".o_list_button_add, .o_form_button_create").first.click()
        self.page.wait_for_selector(".o_form_view")

    def field(self, name: str) -> Locator:
        """Return a field of the form by its technical name."""
        return self.page.locator(f".o_form_view .o_field_widget[name={name}]").first

    def fill(self, name: str, text: str) -> None:
        """Type into a field of the form."""
        self.field(name).locator("input, textarea").first.fill(text)

    def press(self, label: str) -> None:
        """Press a button in the header of the form."""
        bar = self.page.locator(".o_form_statusbar")
        bar.get_by_role("button", name=label, exact=True).click()

    def save(self) -> None:
        """Save the form."""
        self.page.locator(".o_form_button_save").click()
        expect(self.page.locator(".o_form_saved, .o_form_readonly")).to_be_attached()

    def banner(self) -> Locator:
        """Return the warning at the top of the form."""
        outside = ":not(.o_form_sheet .alert)"
        return self.page.locator(f".o_form_view .alert:visible{outside}")

    def notification(self, text: str) -> Locator:
        """Return a notification that contains a text."""
        return self.page.locator(".o_notification").filter(has_text=text)

    def rows(self) -> Locator:
        """Return the rows of a list."""
        return self.page.locator(".o_list_view .o_data_row")
