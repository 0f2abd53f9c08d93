# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partner ↔ neutral contact, by the table below."""

from odoo import Command

from ..core import normalize
from ..core.contact import Contact
from ..core.fields import LISTS, MAIN_PHONE
from ..core.records import LocalContact
from . import more, options
from .lookups import phone_slot

PLAIN = {
    "name": "name",
    "job_title": "function",
    "email": "email",
    MAIN_PHONE: "phone",
    "business_city": "city",
    "business_zip": "zip",
    "website": "website",
    "note": "comment",
}
"""Rows that are one field of ``res.partner``."""

CARRIES = frozenset(
    {
        *PLAIN,
        *more.KEYS,
        *LISTS,
        "company",
        "business_street",
        "business_state",
        "business_country",
    }
)

READ = (
    *PLAIN.values(),
    "parent_id",
    "company_name",
    "street",
    "street2",
    "state_id",
    "country_id",
    "active",
    "write_date",
)
"""Fields to fetch before :func:`to_contact`."""

TAGS, TAGS_FIELD = "categories", "category_id"
"""The row that is carried if the owner wants it, and its field."""


def to_contact(partner, *, with_tags):
    """:param partner: record of ``res.partner``, fields of ``READ`` fetched
    :param with_tags: bool, the tags are carried; ``TAGS_FIELD`` fetched
    :return: Contact
    """
    values = {key: partner[name] or "" for key, name in PLAIN.items()}
    values["note"] = str(values["note"])
    values["company"] = company_of(partner)
    values["business_street"] = "\n".join(
        line for line in (partner.street, partner.street2) if line
    )
    values["business_state"] = partner.state_id.name or ""
    values["business_country"] = partner.country_id.name or ""
    values.update((key, more.read(partner, key)) for key in more.KEYS)
    values.update(options.read(partner))
    if with_tags:
        names = partner[TAGS_FIELD].mapped("display_name")
        values[TAGS] = "\n".join(normalize.line(name) for name in names)
    return Contact(values)


def company_of(partner):
    """The name of the company somebody works for.

    Odoo shows it to whoever may see the partner, in ``complete_name`` and wherever
    ``parent_id`` is shown, also if the company itself is out of reach.

    :param partner: record of ``res.partner``
    :return: str, or ""
    """
    parent = partner.parent_id.sudo()
    return (parent.name if parent else partner.company_name) or ""


def to_local(partner, stamp, modified, *, with_tags):
    """:param partner: record of ``res.partner``
    :param stamp: str, see ``changes.py``
    :param modified: datetime, aware
    :param with_tags: bool, the tags are carried
    :return: LocalContact
    """
    region = partner.country_id.code or partner.env.company.country_id.code
    return LocalContact(
        partner.id,
        to_contact(partner, with_tags=with_tags),
        modified,
        stamp,
        partner.active,
        phone_slot(partner.phone, region),
    )


def to_vals(changes, places, companies, tags, partner):
    """What to write to a partner.

    :param changes: Mapping of row to text; "" clears
    :param places: lookups.Places
    :param companies: lookups.Companies
    :param tags: lookups.Tags, with all that is named in the changes
    :param partner: record to be written, empty for a new one
    :return: dict for ``create`` or ``write``
    """
    vals = {
        name: _text(key, changes[key]) for key, name in PLAIN.items() if key in changes
    }
    if "name" in vals and not vals["name"]:
        del vals["name"]  # Odoo's contacts have one; Exchange's need not
    if "business_street" in changes:
        vals.update(_street(changes["business_street"]))
    if "company" in changes:
        vals.update(_company(changes["company"], companies))
    vals.update(_place(changes, places, partner))
    vals.update(more.vals(partner, changes))
    listed = {key: text for key, text in changes.items() if key in LISTS}
    if listed:
        vals[options.OPTIONS] = options.commands(partner, listed)
    if TAGS in changes:
        vals[TAGS_FIELD] = _tag_commands(changes[TAGS], tags, partner)
    return vals


def _text(key, value):
    value = normalize.clean(value)
    return (value if key == "note" else normalize.line(value)) or False


def _street(text):
    lines = [normalize.line(line) for line in normalize.clean(text).split("\n")]
    lines = [line for line in lines if line]
    return {
        "street": lines[0] if lines else False,
        "street2": ", ".join(lines[1:]) or False,
    }


def _company(name, companies):
    parent = companies.the_only(name)
    if parent:
        return {"parent_id": parent}
    return {"parent_id": False, "company_name": normalize.line(name) or False}


def _place(changes, places, partner):
    vals = {}
    if "business_country" in changes:
        vals["country_id"] = places.country_id(changes["business_country"])
    if "business_state" in changes:
        country = changes.get("business_country")
        if country is None:
            country = partner.country_id.code or "" if partner else ""
        vals["state_id"] = places.state_id(changes["business_state"], country)
    return vals


def _tag_commands(text, tags, partner):
    """Only what comes and goes: a tag that stays is not touched, be it a twin."""
    wanted = normalize.members(text).keys()
    held = partner[TAGS_FIELD] if partner else ()
    names = {tag.id: normalize.member(tag.display_name) for tag in held}
    return [
        *(Command.unlink(tag) for tag, name in names.items() if name not in wanted),
        *(Command.link(tags.id_of(one)) for one in wanted - set(names.values())),
    ]
