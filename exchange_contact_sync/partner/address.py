# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert the parts of an address between ``res.partner`` fields and contact rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..core.text import clean, line

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from .places import Places

PARTS = ("street", "street2", "city", "zip", "state_id", "country_id")
"""Fields to fetch before :func:`address_of`."""


def address_of(partner: BaseModel, place: str) -> dict[str, str]:
    """Return an address as rows.

    :param partner: record of ``res.partner``
    :param place: prefix of the rows' keys
    """
    lines = (partner.street, partner.street2)
    return {
        f"{place}_street": "\n".join(one for one in lines if one),
        f"{place}_city": partner.city or "",
        f"{place}_zip": partner.zip or "",
        f"{place}_state": partner.state_id.name or "",
        f"{place}_country": partner.country_id.name or "",
    }


def address_vals(
    changes: Mapping[str, str], places: Places, partner: BaseModel, place: str
) -> dict[str, Any]:
    """Return the address values to write to a partner.

    :param changes: row to text; "" clears; rows of other kinds are ignored
    :param partner: record to write, empty for a new one
    :param place: prefix of the rows' keys
    :return: values for ``create`` or ``write``
    """
    of = {key: changes.get(f"{place}_{key}") for key in _ROWS}
    vals: dict[str, Any] = {
        name: line(clean(text)) or False
        for name in ("city", "zip")
        if (text := of[name]) is not None
    }
    if of["street"] is not None:
        vals.update(_street(of["street"]))
    if of["country"] is not None:
        vals["country_id"] = places.country_id(of["country"])
    if of["state"] is not None:
        country = of["country"]
        if country is None:
            country = partner.country_id.code or "" if partner else ""
        vals["state_id"] = places.state_id(of["state"], country)
    return vals


_ROWS = ("street", "city", "zip", "state", "country")


def _street(text: str) -> dict[str, Any]:
    lines = [one for part in clean(text).split("\n") if (one := line(part))]
    return {
        "street": lines[0] if lines else False,
        "street2": ", ".join(lines[1:]) or False,
    }
