# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user chooses which fields are synchronized, and in which direction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from exchange_server.server import ExchangeServer
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import connect, hire
from support.web_client import WebClient

LOGIN, PASSWORD = "ruler", "ruler"
ADDRESS = "ruler@example.com"
JOB, HOME_CITY = "contacts:JobTitle", "contacts:PhysicalAddress:Home:City"


class Rules:
    """The field rules of an account with one contact, on its owner's form."""

    def __init__(
        self, client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
    ) -> None:
        self.client, self.page = client, client.page
        self.mailbox = exchange.exchange.add_mailbox(ADDRESS, PASSWORD)
        values = {
            "contacts:DisplayName": "Rita Rule",
            JOB: "Judge",
            HOME_CITY: "Bergen",
        }
        self.item = self.mailbox.add_contact(self.mailbox.folder("contacts"), values)
        provider = {"name": "Ruled mail", "server_url": exchange.url}
        [self.provider] = admin.call("exchange.provider", "create", [provider])
        hire(admin, LOGIN, password=PASSWORD)
        self.owner = Rpc(odoo.url, odoo.database, LOGIN, PASSWORD)
        self.account = connect(self.owner, self.provider, ADDRESS, PASSWORD)
        client.sign_in(LOGIN, PASSWORD)

    def open(self) -> None:
        self.client.open(f"contacts/exchange.account/{self.account}")
        self.page.get_by_role("tab", name="Fields").click()

    def rule(self, label: str) -> Locator:
        """Return the choice for a field, after unfolding its group."""
        rules = self.page.locator(".o_exchange_field_rules")
        rules.locator(".o_exchange_rule_group").first.wait_for()
        folded = rules.locator("button[aria-expanded=false]")
        # One after the other: those that are left are counted anew after each click.
        for left in range(folded.count(), 0, -1):
            folded.first.click()
            expect(folded).to_have_count(left - 1)
        return rules.get_by_label(label, exact=True)

    def synchronize(self) -> dict:
        """:returns: the contact in Odoo afterwards"""
        self.owner.call("exchange.account", "sync", [self.account])
        domain = [["name", "=", "Rita Rule"]]
        fields = ["function", "child_ids"]
        [found] = self.owner.call("res.partner", "search_read", domain, fields)
        return found

    def stored(self) -> dict:
        [found] = self.owner.call(
            "exchange.account", "read", [self.account], ["field_rules"]
        )
        return found["field_rules"] or {}


@pytest.fixture
def rules(
    client: WebClient, admin: Rpc, odoo: OdooServer, exchange: ExchangeServer
) -> Iterator[Rules]:
    rules = Rules(client, admin, odoo, exchange)
    yield rules
    rules.owner.call("exchange.account", "unlink", [rules.account])
    admin.call("exchange.provider", "unlink", [rules.provider])
    people = admin.call("res.partner", "search", [["name", "=", "Rita Rule"]])
    admin.call("res.partner", "unlink", people)


def test_a_user_chooses_which_way_each_field_travels(rules: Rules, admin: Rpc) -> None:
    _a_group_is_chosen_at_once(rules)
    _a_rule_keeps_a_field_out(rules)
    _a_further_address_shows_its_place(rules)
    _reset_brings_it_in(rules)
    _what_the_administrator_sets_is_the_default(rules, admin)


def _a_group_is_chosen_at_once(rules: Rules) -> None:
    rules.open()
    work = rules.page.locator("[data-group=work]")
    expect(work.get_by_label("Job title", exact=True)).to_have_count(0)
    work.locator("select").select_option(label="To Exchange only")
    work.get_by_role("button").click()
    expect(work.get_by_label("Job title", exact=True)).to_have_value("push")
    expect(work.get_by_label("Company", exact=True)).to_have_value("push")
    work.get_by_label("Company", exact=True).select_option(label="Both ways")
    expect(work).to_contain_text("Different")
    expect(work).to_contain_text("changed: 6")
    work.locator("select").first.select_option(label="Both ways")
    rules.client.save()
    assert rules.stored() == {}


def _a_rule_keeps_a_field_out(rules: Rules) -> None:
    rules.open()
    expect(rules.rule("Job title")).to_have_value("both")
    rules.rule("Job title").select_option(label="To Exchange only")
    rules.client.save()
    assert rules.stored() == {"job_title": "push"}
    assert rules.synchronize()["function"] is False


def _a_further_address_shows_its_place(rules: Rules) -> None:
    [child] = rules.synchronize()["child_ids"]
    [address] = rules.owner.call(
        "res.partner", "read", [child], ["type", "city", "exchange_address"]
    )
    del address["id"]
    assert address == {"type": "other", "city": "Bergen", "exchange_address": "home"}
    domain = [["name", "=", "Rita Rule"]]
    [partner] = rules.owner.call("res.partner", "search", domain)
    rules.client.open(f"contacts/{partner}")
    rules.page.locator(".o_field_widget[name=child_ids] .o_kanban_record").first.click()
    place = rules.page.locator(".modal [name=exchange_address] select, .modal input")
    expect(place.first).to_be_visible()
    expect(rules.page.locator(".modal")).to_contain_text("Address in Exchange")
    rules.page.locator(".modal .btn-close").click()


def _reset_brings_it_in(rules: Rules) -> None:
    rules.open()
    rules.page.get_by_role("button", name="Reset to Default").click()
    expect(rules.rule("Job title")).to_have_value("both")
    assert rules.stored() == {}
    assert rules.synchronize()["function"] == "Judge"


def _what_the_administrator_sets_is_the_default(rules: Rules, admin: Rpc) -> None:
    wanted = {"field_rules": {"job_title": "pull", "note": "none"}}
    admin.call("exchange.provider", "write", [rules.provider], wanted)
    rules.open()
    expect(rules.rule("Job title")).to_have_value("pull")
    expect(rules.rule("Notes")).to_have_value("none")
    rules.rule("Job title").select_option(label="Both ways")
    rules.client.save()
    assert rules.stored() == {"job_title": "both"}
    rules.rule("Job title").select_option(label="From Exchange only")
    rules.client.save()
    assert rules.stored() == {}, "the default again"
