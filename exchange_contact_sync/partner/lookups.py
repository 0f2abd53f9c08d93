# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Look up companies and kinds of phone numbers in this database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import phonenumbers

from ..core.normalize import company as company_form
from ..core.text import line
from .new_partners import new_partners

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

MOBILE, LANDLINE = "phone_mobile", "phone_business"


class Companies:
    """Companies that the owner can access, by name in canonical form.

    :param env: of the account's owner
    """

    def __init__(self, env: Environment) -> None:
        self._partners = env["res.partner"]
        self._ids: dict[str, list[int]] = {}
        companies = self._partners.search_fetch([("is_company", "=", True)], ["name"])
        for partner in companies:
            self._ids.setdefault(company_form(partner.name or ""), []).append(
                partner.id
            )

    def the_only(self, name: str) -> int | Literal[False]:
        """Return the id of the company with this name, if there is exactly one."""
        found = self._ids.get(company_form(name), []) if name else []
        return found[0] if len(found) == 1 else False

    def record(self, company: int) -> BaseModel:
        """Return the record of ``res.partner``, even if the owner cannot see it."""
        return self._partners.sudo().browse(company)

    def add(self, company: int, name: str) -> None:
        """Add a company that was just created."""
        self._ids.setdefault(company_form(name), []).append(company)

    def create_missing(self, names: Iterable[str]) -> None:
        """Create companies for names that no company has.

        :raises AccessError: the owner may not create companies
        """
        missing: dict[str, dict[str, Any]] = {}
        for name in names:
            form = company_form(name)
            if form and form not in self._ids:
                missing.setdefault(form, {"name": line(name), "is_company": True})
        if missing:
            made = new_partners(self._partners, list(missing.values()))
            self._ids.update((k, [i]) for k, i in zip(missing, made.ids, strict=True))


def phone_slot(number: str | None, region: str | None) -> str:
    """Return the Exchange phone slot for a number, by its kind.

    :param region: ISO code of the country for numbers without country code
    :return: a key of ``core.fields.PHONE_KEYS``
    """
    if not number:
        return LANDLINE
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return LANDLINE  # the kind is unknown: assume the most common one
    kind = phonenumbers.number_type(parsed)
    mobile = kind == phonenumbers.PhoneNumberType.MOBILE
    return MOBILE if mobile else LANDLINE
