# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is read differently as long as a pair has never agreed."""

from __future__ import annotations

from collections.abc import Mapping

from .emails import addresses, form, is_called_by_address
from .fields import EMAIL_KEYS, PHONE_KEYS
from .names import less_full
from .numbers import country_of, fewer_numbers
from .reference_data import ReferenceData
from .text import line


def agreed_at_first(
    ours: Mapping[str, str], theirs: Mapping[str, str], words: ReferenceData
) -> dict[str, str] | None:
    """Rows in which one side has what the other has and something more.

    A name with a title, or a field with a second number, is no other value than that
    without it: it is taken for an edit of it, so that nothing is lost and nobody is
    asked which of two values is right.

    :param ours: Mapping of row to text, the partner
    :param theirs: Mapping of row to text, the contact of Exchange
    :param words: ReferenceData
    :return: dict of row to the text that is less, or None when there is no such row
    """
    found = {"name": less_full(ours.get("name") or "", theirs.get("name") or "")}
    for key in PHONE_KEYS:
        mine, other = ours.get(key), theirs.get(key)
        if mine and other and mine != other:
            country = country_of(ours, theirs)
            found[key] = fewer_numbers(mine, other, country, words)
    return {key: text for key, text in found.items() if text} or None


def leave_addresses_out(ours: dict[str, str], theirs: dict[str, str]) -> None:
    """At first contact an address is no name: whoever is called by it on one side gets
    the name of the other.

    :param ours: dict of row to text, the partner; changed in place
    :param theirs: dict of row to text, the contact of Exchange; changed in place
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
