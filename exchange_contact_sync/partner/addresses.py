# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store home and other addresses as contacts of type "other" below a person.

Odoo does not synchronize the address of such a contact with its parent
(``base/models/res_partner.py``, ``_fields_sync``). A separate field names the Exchange
address that it represents; other contacts below a person are not changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from odoo.fields import Domain
from odoo.tools import SQL

from ..core.fields import ADDRESS_ROWS, FURTHER_ADDRESSES
from .address import PARTS, address_of, address_vals
from .new_partners import new_partners

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

    from .places import Places

    Addresses = Mapping[tuple[int, str], BaseModel]
    """Records of ``res.partner`` by (id of the person, place)."""

PLACE_FIELD = "exchange_address"
"""The field of ``res.partner`` that names the Exchange address."""

DATES = ("write_date", "exchange_content_date")
_BLANK = dict.fromkeys(ADDRESS_ROWS, "")


def of_people(env: Environment, ids: Sequence[int]) -> Addresses:
    """Return the home and other addresses of people.

    If a person has several for one place, an active one is preferred.

    :param ids: ids of the people
    :return: records of ``res.partner`` by (id of the person, place)
    """
    domain = Domain("parent_id", "in", list(ids)) & Domain("type", "=", "other")
    domain &= Domain(PLACE_FIELD, "in", FURTHER_ADDRESSES)
    names = ["parent_id", "active", *DATES, PLACE_FIELD, *PARTS]
    partners = env["res.partner"].search_fetch(domain, names, order="active DESC, id")
    addresses: dict[tuple[int, str], BaseModel] = {}
    for partner in partners:
        addresses.setdefault((partner.parent_id.id, partner[PLACE_FIELD]), partner)
    return addresses


def of_person(person: int, addresses: Addresses) -> list[BaseModel]:
    """Return the home and other addresses of one person, including archived ones.

    :param addresses: see :func:`of_people`
    """
    keys = [(person, place) for place in FURTHER_ADDRESSES]
    return [addresses[key] for key in keys if key in addresses]


def read(person: int, addresses: Addresses) -> dict[str, str]:
    """Return the active home and other addresses of one person as rows.

    :param addresses: see :func:`of_people`
    """
    values = dict(_BLANK)
    for place in FURTHER_ADDRESSES:
        address = addresses.get((person, place))
        if address and address.active:
            values.update(address_of(address, place))
    return values


def write(
    env: Environment,
    changes: Sequence[tuple[int, Mapping[str, str]]],
    places: Places,
    addresses: Addresses | None = None,
) -> None:
    """Write home and other addresses.

    An address without any value is archived, because documents may refer to it.

    :param env: of the owner
    :param changes: pairs of the id of a person and text by row
    :param addresses: those that the people have, see :func:`of_people`; None to find
        them
    """
    changes = [(one, values) for one, values in changes if ADDRESS_ROWS & values.keys()]
    if not changes:
        return
    if addresses is None:
        addresses = of_people(env, [person for person, _values in changes])
    new: list[dict[str, Any]] = []
    for person, values in changes:
        for place, rows in _by_place(values).items():
            address = addresses.get((person, place), env["res.partner"])
            vals = address_vals(rows, places, address, place)
            if not address:
                new += _new(env, person, place, vals)
            else:
                if not address.active:
                    vals = {**dict.fromkeys(PARTS, False), **vals}
                address.write(vals)
                _keep_or_archive(address)
    if new:
        new_partners(env["res.partner"], new)


def _by_place(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    by_place: dict[str, dict[str, str]] = defaultdict(dict)
    for row in ADDRESS_ROWS & values.keys():
        by_place[row.partition("_")[0]][row] = values[row]
    return by_place


def _new(
    env: Environment, person: int, place: str, vals: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    names = {"home": env._("Home address"), "other": env._("Other address")}
    if any(vals.values()):
        yield {
            **vals,
            "parent_id": person,
            "type": "other",
            PLACE_FIELD: place,
            "name": names[place],
        }


def _keep_or_archive(address: BaseModel) -> None:
    active = any(address[name] for name in PARTS)
    if address.active != active:
        address.active = active


def marks(env: Environment, ids: SQL) -> dict[int, str]:
    """Return what these addresses add to the change tokens of people.

    :param ids: SQL for the ids of the people
    :return: by id of the person
    """
    query = SQL(
        "SELECT parent_id, string_agg(xmin || ' ' || ctid, ' ' ORDER BY id)"
        " FROM res_partner WHERE exchange_address IS NOT NULL AND parent_id IN %s"
        " GROUP BY parent_id",
        ids,
    )
    return dict(env.execute_query(query))
