# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert between partners and contacts, by the table below."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ..core.contact import Contact
from ..core.fields import FIELDS, IS_COMPANY, LISTS, MAIN_PHONE
from ..core.normalize import company as company_form
from ..core.partner import LocalContact
from ..core.text import clean, line, without_invisible
from . import addresses, communication_options, extra_fields
from .address import PARTS, address_of, address_vals
from .tags import FIELD as TAGS_FIELD

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from .carried import Carried
    from .lookups import Companies
    from .places import Places
    from .tags import Tags

PLAIN = {
    "name": "name",
    "job_title": "function",
    "email": "email",
    MAIN_PHONE: "phone",
    "website": "website",
    "note": "comment",
}
"""Rows that are one field of ``res.partner``."""

CARRIES = frozenset(
    {
        *PLAIN,
        *extra_fields.KEYS,
        *LISTS,
        "company",
        *(key for key, row in FIELDS.items() if row.group == "business"),
    }
)

READ = (
    *PLAIN.values(),
    "parent_id",
    "commercial_partner_id",
    "company_name",
    "is_company",
    *PARTS,
    "active",
    "write_date",
    "exchange_content_date",
)
"""Fields to fetch before :func:`to_contact`."""

CONTENT_COLUMNS = frozenset(
    {
        *PLAIN.values(),
        *("parent_id", "company_name"),
        *("commercial_partner_id", "commercial_company_name"),
        *PARTS,
        extra_fields.BLOCK,
        *extra_fields.KNOWN_FIELDS.values(),
    }
)
"""Columns of ``res.partner`` that make up a contact, and those that Odoo computes from
them when the parent company is renamed.
"""

CONTENT_LISTS = frozenset({TAGS_FIELD, communication_options.OPTIONS})
"""Values of a contact that have tables of their own."""

TAGS = "categories"
"""The row that is synchronized if the owner chose it."""


def to_contact(
    partner: BaseModel, carried: Carried, further_addresses: addresses.Addresses
) -> Contact:
    """Convert a partner to a contact.

    :param partner: record of ``res.partner``, fields of ``READ`` fetched
    :param further_addresses: see ``addresses.of_people``
    """
    values = {key: partner[name] or "" for key, name in PLAIN.items()}
    values["note"] = str(values["note"])
    values[MAIN_PHONE] = without_invisible(values[MAIN_PHONE])
    values["company"] = company_of(partner)
    values[IS_COMPANY] = "yes" if partner.is_company else ""
    values.update(address_of(partner, "business"))
    values.update((key, extra_fields.read(partner, key)) for key in extra_fields.KEYS)
    values.update(communication_options.read(partner))
    values.update((key, str(partner[key] or "")) for key in carried.further)
    if carried.addresses:
        values.update(addresses.read(partner.id, further_addresses))
    if carried.tags:
        names = partner[TAGS_FIELD].mapped("display_name")
        values[TAGS] = "\n".join(line(name) for name in names)
    return Contact(values)


def company_of(partner: BaseModel) -> str:
    """Return the name of the company a partner works for.

    This is the commercial entity, as in Odoo, however many people are in between. Odoo
    shows this name to every user who can see the partner, in ``complete_name`` and
    wherever ``parent_id`` is shown, even if the user cannot access the company.

    :param partner: record of ``res.partner``
    """
    entity = partner.commercial_partner_id
    is_above = entity != partner and entity.sudo().is_company
    return (entity.sudo().name if is_above else partner.company_name) or ""


def to_local(
    partner: BaseModel,
    change_token: str,
    modified: datetime,
    slot: str,
    carried: Carried,
    further_addresses: addresses.Addresses,
) -> LocalContact:
    """Convert a partner to a contact with the further values that a run needs.

    :param partner: record of ``res.partner``
    :param change_token: see ``change_tokens.py``
    :param modified: aware
    :param slot: for its number, see ``phone_slots.py``
    :param further_addresses: see ``addresses.of_people``
    """
    return LocalContact(
        partner.id,
        to_contact(partner, carried, further_addresses),
        modified,
        change_token,
        partner.active,
        slot,
        extra_fields.unreadable_keys(partner),
    )


def to_vals(
    changes: Mapping[str, str],
    places: Places,
    companies: Companies,
    tags: Tags | None,
    partner: BaseModel,
    further: Collection[str] = (),
) -> dict[str, Any]:
    """Return the values to write to the partner itself, without its other addresses.

    :param changes: row to text; "" clears
    :param tags: contains all tags that the changes name
    :param partner: record to write, empty for a new one
    :param further: rows that have the same name as their field
    :return: values for ``create`` or ``write``
    """
    plain = {**PLAIN, **{key: key for key in further}}
    vals: dict[str, Any] = {
        name: _text(key, changes[key]) for key, name in plain.items() if key in changes
    }
    if "name" in vals and not vals["name"]:
        del vals["name"]  # a partner needs a name, an Exchange contact does not
    if changes.get(IS_COMPANY):
        vals["is_company"] = True
    if "company" in changes:
        vals.update(_company(changes["company"], companies, partner))
    vals.update(address_vals(changes, places, partner, "business"))
    vals.update(extra_fields.vals(partner, changes))
    listed = {key: text for key, text in changes.items() if key in LISTS}
    if listed:
        vals[communication_options.OPTIONS] = communication_options.commands(
            partner, listed
        )
    if tags and TAGS in changes:
        vals[TAGS_FIELD] = tags.commands(changes[TAGS], partner)
    return vals


def _text(key: str, value: str) -> str | Literal[False]:
    if key == "note":
        return clean(value) or False
    seen = without_invisible(value) if key in ("email", MAIN_PHONE) else value
    return line(seen) or False


def _company(name: str, companies: Companies, partner: BaseModel) -> dict[str, Any]:
    """Return the values for the company.

    A partner below a person stays there, unless a company is above both.
    """
    text = line(name) or False
    if partner.parent_id and not partner.commercial_partner_id.sudo().is_company:
        return {"company_name": text}
    if partner.parent_id and company_form(company_of(partner)) == company_form(name):
        return {}  # only the spelling differs (``renaming.py``)
    parent = companies.the_only(name)
    if parent and not _is_below(companies.record(parent), partner):
        return {"parent_id": parent}
    return {"parent_id": False, "company_name": text}


def _is_below(company: BaseModel, partner: BaseModel) -> bool:
    """Return whether a company is the partner itself or belongs to it.

    A person may have been turned into a company while its contact still names the
    earlier company.
    """
    while company and partner:
        if company == partner:
            return True
        company = company.parent_id
    return False
