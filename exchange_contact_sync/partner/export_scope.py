# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the domain of the partners that belong to the export choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odoo.fields import Domain

from . import filters
from .filter_text import Unusable

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

CONTACTS = Domain(
    [("type", "=", "contact"), ("name", "!=", False), ("active", "=", True)]
)
"""Home and other addresses are not separate contacts in Exchange."""

PEOPLE = CONTACTS & Domain("is_company", "=", False)
COMPANIES = CONTACTS & Domain("is_company", "=", True)


def can_be_exported(account: BaseModel) -> Domain:
    """Return the domain of partners that are exported if a person requests it.

    :param account: record of ``exchange.account``
    """
    return PEOPLE | COMPANIES if account.export_companies else PEOPLE


@dataclass(frozen=True)
class Choice:
    """The export choice of an account.

    :param domain: on ``res.partner``; the owner's record rules apply in addition
    :param unusable: pairs of a record of ``ir.filters`` and the problem. The partners
        that such a filter selects are unknown, so it neither exports partners nor
        removes exported ones
    """

    domain: Domain
    unusable: tuple[tuple[BaseModel, Unusable], ...] = ()


def choice(account: BaseModel, env: Environment) -> Choice:
    """Return the export choice of an account.

    :param account: record of ``exchange.account``
    :param env: of its owner
    """
    chosen = PEOPLE
    unusable: list[tuple[BaseModel, Unusable]] = []
    if account.export_scope != "all":
        chosen &= Domain.OR(_choices(account, env, unusable))
    chosen = chosen | COMPANIES if account.export_companies else chosen
    return Choice(chosen, tuple(unusable))


def _choices(
    account: BaseModel, env: Environment, unusable: list[tuple[BaseModel, Unusable]]
) -> Iterator[Domain]:
    if account.export_employees:
        yield EMPLOYEES
    if account.export_customers:
        yield customers(env)
    if account.export_groups:
        if account.export_category_ids:
            yield Domain("category_id", "child_of", account.export_category_ids.ids)
        for saved in account.sudo().export_filter_ids:
            try:
                yield filters.domain_of(saved, env)
            except Unusable as problem:
                unusable.append((saved, problem))


EMPLOYEES = Domain("employee", "=", True) | Domain("partner_share", "=", False)
"""Contacts marked as employees (``hr`` computes the mark from its employees), and the
contacts of internal users, whose ``partner_share`` is not set.
"""


def customers(env: Environment) -> Domain:
    """Return the domain of contacts to which something was sold, according to the
    installed apps, and of the people of such companies.

    A sale to a person of a company is a sale to the company, as Odoo itself sees it.

    :param env: of the owner, who sees the orders and opportunities that Odoo shows them
    :return: a domain without results if no app defines customers
    """
    partners = env["res.partner"].with_context(active_test=False)
    seen = [
        domain
        for name, domain in SOLD_TO.items()
        if name in partners._fields
        # For a user without access to sales, sales do not make a contact a customer.
        and (
            name == INVOICES
            or env[partners._fields[name].comodel_name].has_access("read")
        )
    ]
    if not seen:
        return Domain.FALSE
    sold = partners._search(Domain.OR(seen), bypass_access=True)
    return Domain(
        "commercial_partner_id", "in", sold.subselect("commercial_partner_id")
    )


INVOICES = "invoice_ids"
SOLD_TO = {
    # Users who may see a contact may see that it is invoiced (``customer_rank``), so no
    # right to read invoices is needed. The rank itself also counts contacts that were
    # only entered as customers.
    INVOICES: Domain(
        INVOICES,
        "any!",
        [("move_type", "in", ("out_invoice", "out_receipt")), ("state", "=", "posted")],
    ),
    "sale_order_ids": Domain("sale_order_ids", "any", [("state", "=", "sale")]),
    "opportunity_ids": Domain("opportunity_ids", "any", [("won_status", "=", "won")]),
}
"""Domains by fields of the apps Invoicing, Sales and CRM. A draft, a quotation or an
open opportunity does not make a contact a customer.
"""
