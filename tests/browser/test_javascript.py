# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The unit tests of our JavaScript, run by Odoo's own runner in the browser.

https://www.odoo.com/documentation/19.0/developer/reference/frontend/unit_testing.html
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

from support.live_odoo import OdooServer
from support.web_client import WebClient

ADDON = "@exchange_contact_sync"
TESTS = Path(__file__).resolve().parents[2] / "exchange_contact_sync/static/tests"
SUCCEEDED, FAILED = "Test suite succeeded", "Some tests failed"
TOTAL = re.compile(r"(Passed|Failed) (\d+) tests")
PATIENCE = 240_000
"""Milliseconds; the first call builds the bundle of all unit tests."""


def suite_id(name: str) -> str:
    """The identifier of a suite: the runner's hash of its name, as ``HOOTCommon`` in
    ``web/tests/test_js.py`` computes it."""
    number = 0
    for character in name:
        number = ((number << 5) - number + ord(character)) & 0xFFFFFFFF
    return f"{number:08x}"


def test_unit_tests_of_the_javascript_pass(
    client: WebClient, page: Page, odoo: OdooServer
):
    client.sign_in("admin", "admin")
    address = f"{odoo.url}/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    with page.expect_console_message(_is_the_end, timeout=PATIENCE):
        page.goto(f"{address}&id={suite_id(ADDON)}", timeout=PATIENCE)

    (total,) = filter(None, map(TOTAL.search, said))
    assert total[1] == "Passed", "\n".join(said)
    assert int(total[2]) == _written(), "each test of ours, and no other"


def _is_the_end(message: ConsoleMessage) -> bool:
    return any(text in message.text for text in (SUCCEEDED, FAILED))


def _written() -> int:
    """How many tests our files have."""
    files = TESTS.glob("*.test.js")
    return sum(file.read_text().count("\ntest(") for file in files)
