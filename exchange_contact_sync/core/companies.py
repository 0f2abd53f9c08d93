# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Companies as contacts of their own: a company in Odoo, a company's item in Exchange.

Exchange does not store the kind of a contact: a company's item has neither a given name
nor a surname, and its display name is its company or blank. If both sides represent a
company, its name is the company of the item, and the row "company" is ignored on both
sides, so that no company becomes its own parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .contact import Base
from .fields import IS_COMPANY, NAME_EVIDENCE
from .text import line

OWN_NAME = ("given_name", "middle_name", "surname")
"""The parts of a name that only a person has."""

COMPANY_NAME_FIELDS = ("company", "display_name", "file_as")
"""The fields that contain the name of a company's item."""


def has_own_name(contact: Mapping[str, str]) -> bool:
    """Decide whether an item has a given name or a surname.

    :param contact: by field key
    """
    return any(line(contact.get(key) or "") for key in OWN_NAME)


def represents_company(contact: Mapping[str, str]) -> bool:
    """Decide whether an item represents a company.

    :param contact: by field key
    """
    company = line(contact.get("company") or "")
    shown = line(contact.get("display_name") or "")
    if not company or has_own_name(contact):
        return False
    return shown.casefold() in ("", company.casefold())


def both_are_companies(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Decide whether both sides of a pair represent a company. On a person's item, the
    company is the employer, even if the partner became a company in Odoo.

    :param ours: by field key
    :param theirs: by field key
    """
    return bool(ours.get(IS_COMPANY)) and not has_own_name(theirs)


def company_item_name(theirs: Mapping[str, str]) -> str:
    """Return the name of a company's item.

    :param theirs: by field key
    """
    return next(
        filter(None, (line(theirs.get(key) or "") for key in COMPANY_NAME_FIELDS)), ""
    )


def company_evidence(name: str, known: Mapping[str, str]) -> dict[str, str]:
    """Return the values to write in Exchange for a company's name of Odoo.

    :param known: with the keys of ``COMPANY_NAME_FIELDS``, what Exchange has now; empty
        for a new item
    :return: only the keys whose value has to change. On an existing item these are the
        fields equal to its former name; a different ``file_as`` of a person stays.
    """
    before = company_item_name(known)
    called = [
        key for key in COMPANY_NAME_FIELDS if line(known.get(key) or "") == before
    ]
    wanted = dict.fromkeys(["company", *called], name)
    return {key: text for key, text in wanted.items() if known.get(key, "") != text}


def parts_of_name(base: Base) -> tuple[str, ...]:
    """Return the parts of the item that make up its name and are not rows."""
    return COMPANY_NAME_FIELDS if IS_COMPANY in base.remembered else NAME_EVIDENCE


def rows_of(base: Base, units: Iterable[str]) -> dict[str, str]:
    """Return the rows that units belong to; the parts of a name are one row.

    :param units: of the values sent to Exchange (``units.py``)
    :return: by unit, the row or the set's member
    """
    names = parts_of_name(base)
    return {unit: "name" if unit in names else unit for unit in units}


def with_company_name(base: Base) -> Base:
    """Return a base whose name stays different, once the item's name fields are
    remembered.

    The base of a company always contains the name on the item. The name of a person is
    the one that both sides know as long as its parts stay the same.

    :param base: with the name that Odoo has
    """
    if IS_COMPANY not in base.remembered:
        return base
    ours = base.values.get("name") or ""
    name = company_item_name(base.remembered)
    differences = base.differences.with_reasons({}, {"name": ours})
    return replace(base, values={**base.values, "name": name}, differences=differences)
