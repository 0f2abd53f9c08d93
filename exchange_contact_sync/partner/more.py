# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows that Odoo's contacts have no field for.

They lie together in one column. Where an addon that many people use brings a field for
one of them, that field is used instead.
"""

from ..core.fields import MORE
from ..core.normalize import line

BLOCK = "more_from_exchange"
KEYS = tuple(row.key for row in MORE)

KNOWN_FIELDS = {"birthday": "birthdate_date"}
"""Fields of well-known addons: ``partner_contact_birthdate`` of the association's
repository partner-contact."""


def place(partners, key):
    """:param partners: recordset of ``res.partner``, may be empty
    :param key: str, of ``core.fields.MORE``
    :return: str, name of the field that holds it
    """
    known = KNOWN_FIELDS.get(key)
    return known if known in partners._fields else BLOCK


def places(partners):
    """:return: list of str, all fields that hold something of it"""
    return sorted({place(partners, key) for key in KEYS})


def read(partner, key):
    """:return: str, "" when there is nothing"""
    name = place(partner, key)
    if name != BLOCK:
        return str(partner[name] or "")
    return (partner[BLOCK] or {}).get(key, "")


def vals(partner, changes):
    """What to write.

    :param partner: record of ``res.partner``, empty for a new one
    :param changes: Mapping of key to text; "" clears; other rows are passed over
    :return: dict for ``create`` or ``write``
    """
    result, block = {}, {}
    for key in changes.keys() & set(KEYS):
        name, text = place(partner, key), line(changes[key])
        if name == BLOCK:
            block[key] = text
        else:
            result[name] = text or False
    if block:
        known = (partner[BLOCK] or {}) if partner else {}
        kept = {key: text for key, text in {**known, **block}.items() if text}
        result[BLOCK] = kept or False
    return result
