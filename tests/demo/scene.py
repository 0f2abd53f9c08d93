# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is there before the first synchronization."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from exchange_server.population.companies import draw_companies
from exchange_server.population.contacts import Contacts
from exchange_server.population.dice import Dice
from support.live_odoo import OdooServer, Rpc
from support.live_odoo.users import hire

from .protocols import EWS, connect, new_provider

if TYPE_CHECKING:
    from exchange_server.server import ExchangeServer
    from exchange_server.store.mailbox import Mailbox

LOGIN, PASSWORD = "demo", "demo"
MAILBOX, MAILBOX_PASSWORD = "demo@example.com", "mailbox"
ODOO_CONTACTS, SEED = 60, 11
COMPANIES = 12


def set_scene(
    admin: Rpc, odoo: OdooServer, exchange: ExchangeServer, protocol: str = EWS
) -> int:
    """People and companies in Odoo, a mail provider, and a connected account.

    :returns: id of the account
    """
    names = _companies_of(exchange.exchange.mailbox(MAILBOX))
    vals = [{"name": name, "is_company": True} for name in names]
    admin.call("res.partner", "create", vals)
    admin.call("res.partner", "create", list(_people()))
    provider_id = new_provider(admin, odoo, exchange, protocol)
    hire(admin, LOGIN, name="Demo user", password=PASSWORD)
    owner = Rpc(odoo.url, odoo.database, LOGIN, PASSWORD)
    account = {
        "provider_id": provider_id,
        "email": MAILBOX,
        "password": MAILBOX_PASSWORD if protocol == EWS else False,
        "import_contacts": True,
        "export_contacts": True,
        "auto_sync": False,
    }
    [account_id] = owner.call("exchange.account", "create", [account])
    connect(owner, account_id, exchange, MAILBOX, MAILBOX_PASSWORD)
    return account_id


def _companies_of(mailbox: Mailbox) -> list[str]:
    """The companies that most contacts of the mailbox work for."""
    counted = Counter(
        item.values.get("contacts:CompanyName") for item in mailbox.contacts()
    )
    counted.pop(None, None)
    return [name for name, _count in counted.most_common(COMPANIES)]


def _people() -> list[dict[str, object]]:
    """Invented contacts that only Odoo knows, at addresses the mailbox has not."""
    dice = Dice(SEED)
    drawn = Contacts(dice, draw_companies(dice, ODOO_CONTACTS))
    return [_partner(drawn.draw(0.8), number) for number in range(ODOO_CONTACTS)]


def _partner(values: dict[str, object], number: int) -> dict[str, object]:
    phone = values.get("contacts:PhoneNumber:MobilePhone") or values.get(
        "contacts:PhoneNumber:BusinessPhone"
    )
    return {
        "name": values["contacts:DisplayName"],
        "email": f"contact{number}@odoo.example",
        "phone": phone or False,
        "function": values.get("contacts:JobTitle", False),
        "company_name": values.get("contacts:CompanyName", False),
        "street": values.get("contacts:PhysicalAddress:Business:Street", False),
        "city": values.get("contacts:PhysicalAddress:Business:City", False),
        "zip": values.get("contacts:PhysicalAddress:Business:PostalCode", False),
    }
