# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store rows for which Odoo's contacts have no field (extra fields).

All of them are stored in one JSON column. If a widely used addon has a field for one of
them, that field is used instead. Values that models write to the column are checked,
but SQL statements may store anything there. A value that is not a text, or not a date
where a date is expected, counts as missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from ..core.fields import EXTRA_ROWS, FIELDS, Kind
from ..core.shape import mapping
from ..core.text import line

if TYPE_CHECKING:
    from odoo.models import BaseModel

BLOCK = "more_from_exchange"
KEYS = tuple(row.key for row in EXTRA_ROWS)
LONGEST = 4096
"""The most characters of one value, which the form shows on one line."""

KNOWN_FIELDS = {"birthday": "birthdate_date"}
"""Fields of widely used addons: ``partner_contact_birthdate`` of the repository
partner-contact of the Odoo Community Association.
"""


def field_name(partners: BaseModel, key: str) -> str:
    """Return the name of the field that holds a row.

    :param partners: recordset of ``res.partner``, may be empty
    :param key: of ``core.fields.EXTRA_ROWS``
    """
    known = KNOWN_FIELDS.get(key, BLOCK)
    return known if known in partners._fields else BLOCK


def field_names(partners: BaseModel) -> list[str]:
    """Return the names of all fields that hold such rows."""
    return sorted({field_name(partners, key) for key in KEYS})


def read(partner: BaseModel, key: str) -> str:
    """Return a row; "" if it has no readable value.

    :param partner: record of ``res.partner``
    :param key: of ``core.fields.EXTRA_ROWS``
    """
    name = field_name(partner, key)
    if name != BLOCK:
        return str(partner[name] or "")
    text: Any = mapping(partner[BLOCK]).get(key, "")
    return text if _is_readable(key, text) else ""


def unreadable_keys(partner: BaseModel) -> frozenset[str]:
    """Return the keys of values that exist and cannot be read.

    :param partner: record of ``res.partner``
    """
    block = partner[BLOCK]
    if not block:
        return frozenset()
    ours = (key for key in KEYS if field_name(partner, key) == BLOCK)
    if not isinstance(block, dict):
        return frozenset(ours)
    return frozenset(one for one in ours if not _is_readable(one, block.get(one, "")))


def _is_readable(key: str, text: object) -> bool:
    if not isinstance(text, str):
        return False
    return not text or FIELDS[key].kind is not Kind.DATE or _is_day(text)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def wrong_key(block: object) -> str | None:
    """Find a value that must not be stored.

    :param block: the value for the column; anything, over RPC
    :return: the key of a value that must not be stored; "" if the whole block is
        wrong; None if everything is correct
    """
    if not block:
        return None
    if not isinstance(block, dict):
        return ""
    for key, text in block.items():
        if key not in KEYS or not _is_readable(key, text) or len(text) > LONGEST:
            return str(key)
    return None


def tidied(block: Mapping[str, str] | None) -> dict[str, str] | Literal[False]:
    """Turn each value into one line, and leave out blank ones.

    :param block: a block in which :func:`wrong_key` found nothing
    """
    texts = {key: line(text) for key, text in (block or {}).items()}
    return {key: text for key, text in texts.items() if text} or False


def vals(partner: BaseModel, changes: Mapping[str, str]) -> dict[str, Any]:
    """Return the values to write.

    :param partner: record of ``res.partner``, empty for a new one
    :param changes: key to text; "" clears; rows of other kinds are ignored
    :return: values for ``create`` or ``write``
    """
    result: dict[str, Any] = {}
    block: dict[str, str] = {}
    for key in changes.keys() & set(KEYS):
        name, text = field_name(partner, key), line(changes[key])
        if name == BLOCK:
            block[key] = text
        else:
            result[name] = text or False
    if block:
        known = _readable(partner) if partner else {}
        kept = {key: text for key, text in {**known, **block}.items() if text}
        result[BLOCK] = kept or False
    return result


def _readable(partner: BaseModel) -> dict[str, str]:
    block: Mapping[str, Any] = mapping(partner[BLOCK])
    return {k: text for k, text in block.items() if k in KEYS and _is_readable(k, text)}
