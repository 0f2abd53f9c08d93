# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people do in Odoo's web client, in their words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class WebClient:
    """Odoo's web client in a browser window.

    :param page: the window
    :param url: of the Odoo server
    :ivar url: the same
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def sign_in(self, login: str, password: str) -> None:
        """As a user of Odoo."""
        self.page.goto(f"{self.url}/web/login", timeout=120_000)
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        # Odoo builds its asset bundles for the first page of a server.
        self.page.wait_for_selector(".o_main_navbar", timeout=120_000)

    def open(self, path: str) -> None:
        """An action by its address, such as ``contacts``."""
        self.page.goto(f"{self.url}/odoo/{path}")
        self.page.wait_for_selector(".o_control_panel .o_breadcrumb")

    def contacts(self, kind: str) -> None:
        """All contacts, as a list or as cards; lists come first."""
        self.open("contacts")
        self.page.wait_for_selector(".o_list_view, .o_kanban_view")
        if not self.page.locator(f".o_{kind}_view").count():
            self.page.locator(f".o_switch_view.o_{kind}").click()
        self.page.wait_for_selector(f".o_{kind}_view")

    def menu(self, *names: str) -> None:
        """Click one entry of the app's menu bar after the other, and wait until what
        the last one opens is there: the page before has buttons of the same names."""
        for name in names:
            entry = self.page.locator(".o_main_navbar, .o-dropdown--menu")
            entry.get_by_text(name, exact=True).last.click()
        here = self.page.locator(".o_control_panel .o_breadcrumb")
        expect(here).to_contain_text(names[-1])

    @property
    def gear(self) -> Locator:
        """The button of the gear menu."""
        return self.page.locator(".o_control_panel .o_cp_action_menus button").first

    def gear_menu(self, submenu: str, entry: str) -> None:
        """Choose from a menu within the gear menu, which a click opens too."""
        self.gear.click()
        within = self.page.get_by_role("button", name=submenu)
        within.wait_for()
        if within.get_attribute("aria-expanded") != "true":
            within.click()
        self.page.get_by_role("menuitem", name=entry).click()

    def new(self) -> None:
        """A new record."""
        self.page.locator(".o_list_button_add, .o_form_button_create").first.click()
        self.page.wait_for_selector(".o_form_view")

    def field(self, name: str) -> Locator:
        """A field of the form by its technical name."""
        return self.page.locator(f".o_form_view .o_field_widget[name={name}]").first

    def fill(self, name: str, text: str) -> None:
        """Type into a field of the form."""
        self.field(name).locator("input, textarea").first.fill(text)

    def press(self, label: str) -> None:
        """Press a button of the form's head."""
        bar = self.page.locator(".o_form_statusbar")
        bar.get_by_role("button", name=label, exact=True).click()

    def save(self) -> None:
        """Save the form."""
        self.page.locator(".o_form_button_save").click()
        expect(self.page.locator(".o_form_saved, .o_form_readonly")).to_be_attached()

    def banner(self) -> Locator:
        """What the form says about a problem."""
        outside = ":not(.o_form_sheet .alert)"
        return self.page.locator(f".o_form_view .alert:visible{outside}")

    def notification(self, text: str) -> Locator:
        """A notification that says something."""
        return self.page.locator(".o_notification").filter(has_text=text)

    def rows(self) -> Locator:
        """The rows of a list."""
        return self.page.locator(".o_list_view .o_data_row")
