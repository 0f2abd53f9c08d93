# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parts of an address: fields of ``res.partner`` ↔ rows of one place."""

from ..core import normalize

PARTS = ("street", "street2", "city", "zip", "state_id", "country_id")
"""Fields to fetch before :func:`address_of`."""


def address_of(partner, place):
    """:param partner: record of ``res.partner``
    :param place: str, what the keys of the rows begin with
    :return: dict of text by row
    """
    lines = (partner.street, partner.street2)
    return {
        f"{place}_street": "\n".join(line for line in lines if line),
        f"{place}_city": partner.city or "",
        f"{place}_zip": partner.zip or "",
        f"{place}_state": partner.state_id.name or "",
        f"{place}_country": partner.country_id.name or "",
    }


def address_vals(changes, places, partner, place):
    """What to write to a partner.

    :param changes: Mapping of row to text; "" clears; other rows are passed over
    :param places: places.Places
    :param partner: record to be written, empty for a new one
    :param place: str, what the keys of the rows begin with
    :return: dict for ``create`` or ``write``
    """
    of = {key: changes.get(f"{place}_{key}") for key in _FIELDS}
    vals = {
        name: normalize.line(normalize.clean(of[name])) or False
        for name in ("city", "zip")
        if of[name] is not None
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


_FIELDS = ("street", "city", "zip", "state", "country")


def _street(text):
    lines = [normalize.line(line) for line in normalize.clean(text).split("\n")]
    lines = [line for line in lines if line]
    return {
        "street": lines[0] if lines else False,
        "street2": ", ".join(lines[1:]) or False,
    }
