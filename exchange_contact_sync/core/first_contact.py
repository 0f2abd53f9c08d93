# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules for the first merge of a pair, before both sides ever agreed."""

from __future__ import annotations

from collections.abc import Mapping

from .emails import addresses, form, is_called_by_address
from .fields import EMAIL_KEYS, PHONE_KEYS
from .names import less_full
from .numbers import country_of, fewer_numbers
from .recognized_names import without_legal_form
from .reference_data import ReferenceData
from .text import line


def agreed_at_first(
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    reference_data: ReferenceData,
    *,
    are_company: bool = False,
) -> dict[str, str] | None:
    """Find rows in which one side has the other's value and more.

    A name with a title, a company's name with its legal form, or a field with a second
    number, does not conflict with the value without it: it counts as an edit of that
    value, so that nothing is lost and no person has to choose.

    :param ours: by row, the partner
    :param theirs: by row, the item
    :param are_company: both represent a company
    :return: by row, the lesser text; None if there is no such row
    """
    names = ours.get("name") or "", theirs.get("name") or ""
    found = {"name": without_legal_form(*names) if are_company else less_full(*names)}
    for key in PHONE_KEYS:
        mine, other = ours.get(key), theirs.get(key)
        if mine and other and mine != other:
            country = country_of(ours, theirs)
            found[key] = fewer_numbers(mine, other, country, reference_data)
    return {key: text for key, text in found.items() if text} or None


def clear_address_as_name(ours: dict[str, str], theirs: dict[str, str]) -> None:
    """Clear a name that is only an e-mail address, in place, so that the contact gets
    the name of the other side.

    :param ours: by row, the partner
    :param theirs: by row, the item
    """
    texts = (side.get(key) for side in (ours, theirs) for key in EMAIL_KEYS)
    emails = {form(one) for text in texts if text for one in addresses(text)}
    called = [
        side
        for side in (ours, theirs)
        if side.get("name") and is_called_by_address(line(side["name"]), emails)
    ]
    if len(called) == 1 and ours.get("name") and theirs.get("name"):
        called[0]["name"] = ""
