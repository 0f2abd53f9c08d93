# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The way from the Contacts menu to a synchronized mailbox, in Russian."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from exchange_server.server import ExchangeServer
from support.live_odoo import Rpc
from support.live_odoo.users import hire
from support.web_client import WebClient

LOGIN, PASSWORD, ADDRESS = "vera", "right password", "vera@example.com"


@pytest.fixture
def vera(admin: Rpc, exchange: ExchangeServer) -> None:
    """A Russian-speaking user with a mailbox; the only provider is hers."""
    mailbox = exchange.exchange.add_mailbox(ADDRESS, PASSWORD)
    name = {"contacts:DisplayName": "Пётр Пример", "contacts:GivenName": "Пётр"}
    mailbox.add_contact(
        mailbox.folder("contacts"), {**name, "contacts:Surname": "Пример"}
    )
    others = admin.call("exchange.provider", "search", [])
    admin.call("exchange.provider", "write", others, {"active": False})
    vals = {"name": "Почта", "server_url": exchange.url}
    admin.call("exchange.provider", "create", [vals])
    install = admin.call(
        "base.language.install", "create", [{"lang_ids": _russian(admin)}]
    )
    admin.call("base.language.install", "lang_install", install)
    hire(admin, LOGIN, name="Вера", lang="ru_RU")


def _russian(admin: Rpc) -> list[tuple[int, int]]:
    domain, context = [["code", "=", "ru_RU"]], {"active_test": False}
    found = admin.call("res.lang", "search", domain, context=context)
    return [(4, language) for language in found]


def test_a_mailbox_is_connected_and_synchronized_in_russian(
    client: WebClient, vera: None
) -> None:
    page = client.page
    client.sign_in(LOGIN, LOGIN)
    client.contacts("list")
    _menu(client, "Добавить аккаунт для синхронизации…")
    dialog = page.get_by_role("dialog").first
    expect(dialog).to_contain_text("Добавить аккаунт для синхронизации")
    dialog.locator(".o_field_widget[name=email] input").fill(ADDRESS)
    dialog.locator(".o_field_widget[name=password] input").fill(PASSWORD)
    dialog.get_by_role("button", name="Авторизоваться").click()
    expect(dialog).to_contain_text("средства связи?")
    dialog.get_by_role("button", name="Да").click()
    notification = client.notification(ADDRESS)
    notification.get_by_role("button", name="Открыть настройки").click()
    page.get_by_role("tab", name="Контакты").wait_for()
    for label in (
        "Импортировать контакты",
        "Загружать все контакты",
        "Загружать контакты из выбранных папок MS Exchange",
        "Экспортировать контакты",
        "Синхронизировать контакты автоматически",
    ):
        expect(page.locator("label").filter(has_text=label).first).to_be_visible()
    client.field("export_contacts").locator("input").check()
    page.get_by_text("Переносить контакты из выбранных категорий и групп").click()
    for label in ("Переносить все контакты", "Сотрудники", "Из групп"):
        expect(page.locator("label").filter(has_text=label).first).to_be_visible()
    client.save()
    client.contacts("list")
    _menu(client, "Запустить синхронизацию")
    expect(client.notification("синхронизация запускается")).to_be_visible()
    _menu(client, f"Настроить {ADDRESS}…")
    page.get_by_role("tab", name="Синхронизации").click()
    expect(page.get_by_text("Выполнена", exact=True).first).to_be_visible()


def _menu(client: WebClient, entry: str) -> None:
    client.gear_menu("Синхронизировать контакты", entry)
