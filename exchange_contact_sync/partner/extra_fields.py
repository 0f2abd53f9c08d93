# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows that Odoo's contacts have no field for.

They lie together in one column. Where an addon that many people use brings a field for
one of them, that field is used instead. What models write to the column is checked; a
statement in the database may leave anything there. A value that is no text, or no day
where a day belongs, is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from ..core.fields import FIELDS, MORE, Kind
from ..core.shape import mapping
from ..core.text import line

if TYPE_CHECKING:
    from odoo.models import BaseModel

BLOCK = "more_from_exchange"
KEYS = tuple(row.key for row in MORE)
LONGEST = 4096
"""Characters of one value; the form shows a line of each."""

KNOWN_FIELDS = {"birthday": "birthdate_date"}
"""Fields of well-known addons: ``partner_contact_birthdate`` of the association's
repository partner-contact."""


def place(partners: BaseModel, key: str) -> str:
    """Name the field that holds a row.

    :param partners: recordset of ``res.partner``, may be empty
    :param key: of ``core.fields.MORE``
    """
    known = KNOWN_FIELDS.get(key, BLOCK)
    return known if known in partners._fields else BLOCK


def places(partners: BaseModel) -> list[str]:
    """Name all fields that hold such rows."""
    return sorted({place(partners, key) for key in KEYS})


def read(partner: BaseModel, key: str) -> str:
    """Read a row; "" when there is nothing that can be read.

    :param partner: record of ``res.partner``
    :param key: of ``core.fields.MORE``
    """
    name = place(partner, key)
    if name != BLOCK:
        return str(partner[name] or "")
    text: Any = mapping(partner[BLOCK]).get(key, "")
    return text if _is_readable(key, text) else ""


def unreadable(partner: BaseModel) -> frozenset[str]:
    """Keys of values that are there and cannot be read.

    :param partner: record of ``res.partner``
    """
    block = partner[BLOCK]
    if not block:
        return frozenset()
    ours = (key for key in KEYS if place(partner, key) == BLOCK)
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


def wrong(block: object) -> str | None:
    """Find a value that may not be kept.

    :param block: what is to be kept in the column; anything, over RPC
    :return: the key of a value that may not be kept; "" when the whole may not; None
        when all is well
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
    """Make each value a line, and leave out blank ones.

    :param block: nothing wrong with it
    """
    texts = {key: line(text) for key, text in (block or {}).items()}
    return {key: text for key, text in texts.items() if text} or False


def vals(partner: BaseModel, changes: Mapping[str, str]) -> dict[str, Any]:
    """What to write.

    :param partner: record of ``res.partner``, empty for a new one
    :param changes: Mapping of key to text; "" clears; other rows are passed over
    :return: dict for ``create`` or ``write``
    """
    result: dict[str, Any] = {}
    block: dict[str, str] = {}
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


def _readable(partner: BaseModel) -> dict[str, str]:
    block: Mapping[str, Any] = mapping(partner[BLOCK])
    return {k: text for k, text in block.items() if k in KEYS and _is_readable(k, text)}
