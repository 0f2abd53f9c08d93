# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether both sides agree, looked at from outside: through Odoo's interface and
into the mailbox, not through the addon's own mapping."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from support.live_odoo import Rpc

from .rounds import Round

if TYPE_CHECKING:
    from exchange_server.store.item import Item
    from exchange_server.store.mailbox import Mailbox

SAME = {
    "function": "contacts:JobTitle",
    "email": "contacts:EmailAddress:EmailAddress1",
    "city": "contacts:PhysicalAddress:Business:City",
    "zip": "contacts:PhysicalAddress:Business:PostalCode",
}
FIELDS = [*SAME, "name", "phone", "street", "parent_id", "company_name", "website"]
PEOPLE = [["type", "=", "contact"], ["is_company", "=", False]]


def check(owner: Rpc, mailbox: Mailbox, rounds: list[Round]) -> list[str]:
    """:returns: what is wrong, in words; empty when all is well"""
    items = mailbox.contacts()
    partners = owner.call("res.partner", "search_read", PEOPLE, FIELDS)
    problems = [f"{round.name}: {round.message}" for round in rounds if round.message]
    problems += _without_partner(items, partners)
    problems += _without_item(items, partners)
    second = rounds[-1]
    if second.writes or second.rows:
        problems.append(
            f"the second run sent {second.writes} writes to the mailbox and wrote"
            f" {second.rows} contacts in Odoo"
        )
    return problems


def _without_partner(items: list[Item], partners: list[dict]) -> Iterator[str]:
    by_name: dict[str, list[dict]] = {}
    for partner in partners:
        by_name.setdefault(partner["name"], []).append(partner)
    for item in items:
        name = str(item.values["contacts:DisplayName"])
        found = by_name.get(name, [])
        if not any(_agree(item, partner) for partner in found):
            yield f"{name}: not in Odoo as it is in the mailbox"


def _without_item(items: list[Item], partners: list[dict]) -> Iterator[str]:
    by_name: dict[str, list[Item]] = {}
    for item in items:
        name = str(item.values["contacts:DisplayName"])
        by_name.setdefault(name, []).append(item)
    for partner in partners:
        found = by_name.get(partner["name"], [])
        if not any(_agree(item, partner) for item in found):
            yield f"{partner['name']}: not in the mailbox as it is in Odoo"


def _agree(item: Item, partner: dict) -> bool:
    values = item.values
    plain = all((partner[f] or "") == (values.get(p) or "") for f, p in SAME.items())
    return plain and _phone(item, partner) and _company(item, partner)


def _phone(item: Item, partner: dict) -> bool:
    numbers = [
        value
        for key, value in item.values.items()
        if key.startswith("contacts:PhoneNumber:")
    ]
    return partner["phone"] in numbers if numbers else not partner["phone"]


def _company(item: Item, partner: dict) -> bool:
    name = item.values.get("contacts:CompanyName") or ""
    linked = partner["parent_id"][1] if partner["parent_id"] else ""
    return name == (linked or partner["company_name"] or "")
