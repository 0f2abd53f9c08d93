# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Search contacts by communication options, for users who may see these."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.orm.registry import Registry

from ..partner import search

SUBSTRING = ("ilike", "like")


def extend_name_search(
    partners: BaseModel, domain: Domain | list[Any], operator: str, value: Any
) -> Domain | list[Any]:
    """Extend a search by name to numbers and addresses.

    :param domain: the domain of the search by name
    """
    if operator not in SUBSTRING or not isinstance(value, str) or not value.strip():
        return domain
    return Domain(domain) | communication_domain(partners, operator, value)


def communication_domain(partners: BaseModel, operator: str, value: Any) -> Domain:
    """Return the domain of contacts with a number or an address.

    :return: ``NotImplemented`` for a negative search, which Odoo then negates itself
    """
    if operator in Domain.NEGATIVE_OPERATORS:
        return NotImplemented
    if not partners.env.user._is_internal():
        return Domain.FALSE
    several = isinstance(value, Collection) and not isinstance(value, str)
    texts = [text for text in (value if several else [value]) if text]
    return Domain.OR(search.domain_of(partners.env, str(text)) for text in texts)


def digits_index(column: str) -> Callable[[Registry], str]:
    """Return the definition of an index on the digits of a column, if the database can
    have one.
    """
    digits = search.DIGITS.format(column)
    definition = f"USING gin ({digits} gin_trgm_ops)"
    return lambda registry: definition if registry.has_trigram else ""
