# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which partners the owner chose to export, as a domain."""

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
"""Further addresses are no contacts of their own in Exchange."""

PEOPLE = CONTACTS & Domain("is_company", "=", False)
COMPANIES = CONTACTS & Domain("is_company", "=", True)


def may_go_out(account: BaseModel) -> Domain:
    """Partners that are exported when a person asks for it.

    :param account: record of ``exchange.account``
    """
    return PEOPLE | COMPANIES if account.export_companies else PEOPLE


@dataclass(frozen=True)
class Choice:
    """What the owner of an account chose to export.

    :param domain: on ``res.partner``; the owner's record rules come on top
    :param unusable: pairs of a record of ``ir.filters`` and Unusable: whom they find
        is not known, so nobody is exported, nor taken back, for them
    """

    domain: Domain
    unusable: tuple[tuple[BaseModel, Unusable], ...] = ()


def choice(account: BaseModel, env: Environment) -> Choice:
    """The export choice of an account.

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
"""Contacts flagged as employees (``hr`` computes the flag from its employees), and
those of internal users, whose ``partner_share`` is unset."""


def customers(env: Environment) -> Domain:
    """Contacts something was sold to, as far as the installed apps can tell.

    :return: that of nobody when no app knows customers
    """
    known = env["res.partner"]._fields
    if "customer_rank" in known:
        return Domain("customer_rank", ">", 0)
    seen = (
        domain
        for name, domain in SOLD_TO.items()
        # Whoever may not see sales sees no customers by them.
        if name in known and env[known[name].comodel_name].has_access("read")
    )
    return Domain.OR(seen)


SOLD_TO = {
    "opportunity_ids": Domain("opportunity_ids", "!=", False),
    "sale_order_ids": Domain("sale_order_ids.state", "=", "sale"),
}
"""By fields of the apps CRM and Sales; a quotation alone makes nobody a customer."""
