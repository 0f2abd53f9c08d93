# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real Odoo server, a real mailbox over HTTP and Debian's Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from exchange_server.exchange import Exchange
from exchange_server.schema import Schemas
from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc, database_copy
from support.web_client import WebClient

PATIENCE = 20_000
"""Milliseconds to wait for something to show, on a busy machine."""


@pytest.fixture(scope="session")
def odoo() -> Iterator[OdooServer]:
    """An Odoo server with the addon, which runs scheduled actions."""
    logs = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "logs")
    logs.mkdir(parents=True, exist_ok=True)
    with (
        database_copy("clicked") as database,
        OdooServer(database, logs / f"{database}.log") as server,
    ):
        yield server


@pytest.fixture(scope="session")
def admin(odoo: OdooServer) -> Rpc:
    """A session of an administrator, who prepares the tests."""
    return Rpc(odoo.url, odoo.database, "admin", "admin")


@pytest.fixture
def exchange() -> Iterator[ExchangeServer]:
    """A mail server without mailboxes, validated against the published schemas."""
    schemas = Schemas(Path(os.environ["EXCHANGE_SCHEMAS"]))
    with ExchangeServer(Exchange(schemas=schemas)) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; as root it has no sandbox."""
    expect.set_options(timeout=PATIENCE)
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=options
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window of its own; an error on its console fails the test."""
    size = {"width": 1400, "height": 900}
    # A click waits until what it is for no longer moves.
    context = chromium.new_context(viewport=size, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type == "error" else None
        ),
    )
    yield page
    context.close()
    assert not errors, errors


@pytest.fixture
def client(page: Page, odoo: OdooServer) -> WebClient:
    """Odoo's web client in that window; no user is logged in."""
    return WebClient(page, odoo.url, odoo.database)
