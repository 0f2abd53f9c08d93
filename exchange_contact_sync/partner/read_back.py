# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the values that Odoo stored differently from what was written.

Odoo adds a scheme to a website, companies and tags have the names of their records, and
another addon may normalize any text. Such a difference is not an edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..core.normalize import members
from ..core.text import clean, line
from . import extra_fields
from .mapping import PLAIN, TAGS, company_of
from .tags import FIELD as TAGS_FIELD

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from .carried import Carried

PLACES = {"business_city": "city", "business_zip": "zip"}
"""Parts of an address that are stored as typed."""


def became(
    partner: BaseModel, values: Mapping[str, str], carried: Carried
) -> dict[str, str]:
    """Return Odoo's values, by row, that differ from what was written.

    :param partner: record of ``res.partner``, just written
    :param values: the values to write, by row
    """
    found = {}
    for key, wanted in values.items():
        text = _read(partner, key, carried)
        if text is None or text == wanted:
            continue
        if key == TAGS:
            same = members(text) == members(wanted)
        else:
            same = line(text) == line(clean(wanted))
        if not same:
            found[key] = text
    return found


def _read(partner: BaseModel, key: str, carried: Carried) -> str | None:
    """Return a row; None if its text does not show whether it was edited."""
    if key == "note":
        return None
    if key == "company":
        return company_of(partner)
    if key == TAGS:
        names = partner[TAGS_FIELD].mapped("display_name")
        return "\n".join(line(name) for name in names)
    if key in extra_fields.KEYS:
        return extra_fields.read(partner, key)
    field = PLAIN.get(key) or PLACES.get(key) or (key in carried.further and key)
    return str(partner[field] or "") if field else None
