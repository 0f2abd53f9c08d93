# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows that Odoo's contacts have no field for.

They lie together in one column. Where an addon that many people use brings a field for
one of them, that field is used instead. What models write to the column is checked; a
statement in the database may leave anything there. A value that is no text, or no day
where a day belongs, is none.
"""

from datetime import date

from ..core.fields import FIELDS, MORE, Kind
from ..core.normalize import line
from ..core.shape import mapping

BLOCK = "more_from_exchange"
KEYS = tuple(row.key for row in MORE)
LONGEST = 4096
"""Characters of one value; the form shows a line of each."""

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
    """:param partner: record of ``res.partner``
    :param key: str, of ``core.fields.MORE``
    :return: str, "" when there is nothing that can be read
    """
    name = place(partner, key)
    if name != BLOCK:
        return str(partner[name] or "")
    text = mapping(partner[BLOCK]).get(key, "")
    return text if _is_readable(key, text) else ""


def unreadable(partner):
    """:param partner: record of ``res.partner``
    :return: frozenset of str, keys of values that are there and cannot be read
    """
    block = partner[BLOCK]
    if not block:
        return frozenset()
    ours = (key for key in KEYS if place(partner, key) == BLOCK)
    if not isinstance(block, dict):
        return frozenset(ours)
    return frozenset(one for one in ours if not _is_readable(one, block.get(one, "")))


def _is_readable(key, text):
    if not isinstance(text, str):
        return False
    return not text or FIELDS[key].kind is not Kind.DATE or _is_day(text)


def _is_day(text):
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def wrong(block):
    """:param block: what is to be kept in the column; anything, over RPC
    :return: str, the key of a value that may not be kept; "" when the whole may not;
        None when all is well
    """
    if not block:
        return None
    if not isinstance(block, dict):
        return ""
    for key, text in block.items():
        if key not in KEYS or not _is_readable(key, text) or len(text) > LONGEST:
            return str(key)
    return None


def tidied(block):
    """:param block: what is to be kept, nothing wrong with it
    :return: dict or False, each value as a line, without blank ones
    """
    texts = {key: line(text) for key, text in (block or {}).items()}
    return {key: text for key, text in texts.items() if text} or False


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
        known = _readable(partner) if partner else {}
        kept = {key: text for key, text in {**known, **block}.items() if text}
        result[BLOCK] = kept or False
    return result


def _readable(partner):
    block = mapping(partner[BLOCK])
    return {k: text for k, text in block.items() if k in KEYS and _is_readable(k, text)}
