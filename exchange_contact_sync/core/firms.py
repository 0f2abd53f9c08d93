# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A company as a contact of its own: Odoo's company, and a firm's card in Outlook.

Exchange keeps no kind: a firm's card is a contact without a given name and a surname
that is called by its company, or by nothing. While both sides stand for a company, its
name is the company of the card, and the row "company" says nothing on either side, so
that no company is ever its own parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .contact import Base
from .fields import IS_COMPANY, NAME_EVIDENCE
from .text import line

OWN_NAME = ("given_name", "middle_name", "surname")
"""Parts of a name that only a person has."""

CALLED = ("company", "display_name", "file_as")
"""What a firm's card is called by, and where its name goes."""


def has_own_name(contact: Mapping[str, str]) -> bool:
    """:param contact: Mapping of field key to text, of Exchange
    :return: bool, whether it has a given name or a surname
    """
    return any(line(contact.get(key) or "") for key in OWN_NAME)


def is_firm(contact: Mapping[str, str]) -> bool:
    """:param contact: Mapping of field key to text, of Exchange
    :return: bool, whether it is a firm's card
    """
    company = line(contact.get("company") or "")
    shown = line(contact.get("display_name") or "")
    if not company or has_own_name(contact):
        return False
    return shown.casefold() in ("", company.casefold())


def are_company(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Whether both sides of a pair stand for a company. What a person's card says of
    the company is where that person works, whatever the partner became in Odoo.

    :param ours: Mapping of field key to text, of Odoo
    :param theirs: Mapping of field key to text, of Exchange
    :return: bool
    """
    return bool(ours.get(IS_COMPANY)) and not has_own_name(theirs)


def firm_name(theirs: Mapping[str, str]) -> str:
    """:param theirs: Mapping of field key to text, of a firm's card
    :return: str, its name
    """
    return next(filter(None, (line(theirs.get(key) or "") for key in CALLED)), "")


def firm_evidence(name: str, known: Mapping[str, str]) -> dict[str, str]:
    """What Exchange is told when the name of a company comes from Odoo.

    :param name: str, the name in Odoo
    :param known: Mapping with the keys of ``CALLED``, what Exchange has now; empty for
        a new contact
    :return: dict of those keys whose value has to change: of a card that is there, what
        was called like the company; what a person filed it under stays
    """
    before = firm_name(known)
    called = [key for key in CALLED if line(known.get(key) or "") == before]
    wanted = dict.fromkeys(["company", *called], name)
    return {key: text for key, text in wanted.items() if known.get(key, "") != text}


def parts_of_name(base: Base) -> tuple[str, ...]:
    """:param base: Base
    :return: tuple of str, what of the contact in Exchange is the name and no row
    """
    return CALLED if IS_COMPANY in base.remembered else NAME_EVIDENCE


def rows_of(base: Base, units: Iterable[str]) -> dict[str, str]:
    """:param base: Base
    :param units: iterable of str, of what Exchange was told (``units.py``)
    :return: dict of row, or member of a set, by unit: the parts of a name are one
    """
    names = parts_of_name(base)
    return {unit: "name" if unit in names else unit for unit in units}


def with_firm_name(base: Base) -> Base:
    """A base whose name is apart, once what Exchange is called by is remembered.

    A firm's card is always called by what it says, and so is the base; the name of a
    person is the one both sides know as long as its parts stay what they are.

    :param base: Base, with the name that Odoo has
    :return: Base
    """
    if IS_COMPANY not in base.remembered:
        return base
    ours = base.values.get("name") or ""
    name = firm_name(base.remembered)
    known = base.known.with_apart({}, {"name": ours})
    return replace(base, values={**base.values, "name": name}, known=known)
