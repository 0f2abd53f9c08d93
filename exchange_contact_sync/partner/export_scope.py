# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build the domain of the partners that the owner selected for export."""

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


def may_go_out(account: BaseModel) -> Domain:
    """Return the domain of partners that are exported if a person requests it.

    :param account: record of ``exchange.account``
    """
    return PEOPLE | COMPANIES if account.export_companies else PEOPLE


@dataclass(frozen=True)
class Choice:
    """The export selection of an account.

    :param domain: on ``res.partner``; the owner's record rules apply in addition
    :param unusable: pairs of a record of ``ir.filters`` and the problem. The partners
        that such a filter selects are unknown, so it neither exports partners nor
        removes exported ones
    """

    domain: Domain
    unusable: tuple[tuple[BaseModel, Unusable], ...] = ()


def choice(account: BaseModel, env: Environment) -> Choice:
    """Return the export selection of an account.

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
    installed apps.

    :return: a domain without results if no app defines customers
    """
    known = env["res.partner"]._fields
    if "customer_rank" in known:
        return Domain("customer_rank", ">", 0)
    seen = (
        domain
        for name, domain in SOLD_TO.items()
        # A user without access to sales has no customers from them.
        if name in known and env[known[name].comodel_name].has_access("read")
    )
    return Domain.OR(seen)


SOLD_TO = {
    "opportunity_ids": Domain("opportunity_ids", "!=", False),
    "sale_order_ids": Domain("sale_order_ids.state", "=", "sale"),
}
"""By fields of the apps CRM and Sales; a quotation alone does not make a customer."""
