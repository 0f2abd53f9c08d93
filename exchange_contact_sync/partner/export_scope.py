# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which partners the owner chose to export, as a domain."""

from dataclasses import dataclass

from odoo.fields import Domain

from . import filters
from .filter_text import Unusable

CONTACTS = Domain(
    [("type", "=", "contact"), ("name", "!=", False), ("active", "=", True)]
)
"""Further addresses are no contacts of their own in Exchange."""

PEOPLE = CONTACTS & Domain("is_company", "=", False)
COMPANIES = CONTACTS & Domain("is_company", "=", True)


def may_go_out(account):
    """:param account: record of ``exchange.account``
    :return: Domain on ``res.partner``, what is exported when somebody asks for it
    """
    return PEOPLE | COMPANIES if account.export_companies else PEOPLE


@dataclass(frozen=True)
class Choice:
    """What the owner of an account chose to export.

    :param domain: Domain on ``res.partner``; the owner's record rules come on top
    :param unusable: tuple of pairs of a record of ``ir.filters`` and Unusable: whom
        they find is not known, so nobody is exported, nor taken back, for them
    """

    domain: Domain
    unusable: tuple = ()


def choice(account, env):
    """The export choice of an account.

    :param account: record of ``exchange.account``
    :param env: Environment of its owner
    :return: Choice
    """
    chosen, unusable = PEOPLE, []
    if account.export_scope != "all":
        chosen &= Domain.OR(_choices(account, env, unusable))
    chosen = chosen | COMPANIES if account.export_companies else chosen
    return Choice(chosen, tuple(unusable))


def _choices(account, env, unusable):
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


def customers(env):
    """Contacts something was sold to, as far as the installed apps can tell.

    :param env: Environment
    :return: Domain, that of nobody when no app knows customers
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
