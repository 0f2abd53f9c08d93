# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Home and other addresses: contacts of type "other" below a person.

Odoo leaves the address of such a contact alone, and takes none from it
(``base/models/res_partner.py``, ``_fields_sync``). A field of its own says which of
Exchange's places it is; whatever else lies below a person is not ours.
"""

from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import SQL

from ..core.fields import ADDRESS_ROWS, FURTHER_ADDRESSES
from .address import PARTS, address_of, address_vals
from .pictures import without_pictures

MARK = "exchange_address"
"""The field of ``res.partner`` that says which place of Exchange an address is."""

DATES = ("write_date", "exchange_content_date")
_BLANK = dict.fromkeys(ADDRESS_ROWS, "")


def found(env, ids):
    """Further addresses of people, the archived ones last.

    :param env: Environment
    :param ids: sequence of int, of the people
    :return: dict of (id, place) to record of ``res.partner``
    """
    domain = Domain("parent_id", "in", list(ids)) & Domain("type", "=", "other")
    domain &= Domain(MARK, "in", FURTHER_ADDRESSES)
    names = ["parent_id", "active", *DATES, MARK, *PARTS]
    partners = env["res.partner"].search_fetch(domain, names, order="active DESC, id")
    addresses = {}
    for partner in partners:
        addresses.setdefault((partner.parent_id.id, partner[MARK]), partner)
    return addresses


def of(person, addresses):
    """:param person: int
    :param addresses: Mapping, see :func:`found`
    :return: list of records, archived ones included
    """
    keys = [(person, place) for place in FURTHER_ADDRESSES]
    return [addresses[key] for key in keys if key in addresses]


def read(person, addresses):
    """:param person: int
    :param addresses: Mapping, see :func:`found`
    :return: dict of text by row
    """
    values = dict(_BLANK)
    for place in FURTHER_ADDRESSES:
        address = addresses.get((person, place))
        if address and address.active:
            values.update(address_of(address, place))
    return values


def write(env, changes, places):
    """Make addresses what they are to be; one that nothing is left of is archived,
    since documents may point to it.

    :param env: Environment of the owner
    :param changes: list of pairs of id of a person and Mapping of row to text
    :param places: places.Places
    """
    changes = [(one, values) for one, values in changes if ADDRESS_ROWS & values.keys()]
    if not changes:
        return
    addresses, fresh = found(env, [person for person, _values in changes]), []
    for person, values in changes:
        for place, rows in _by_place(values).items():
            address = addresses.get((person, place), env["res.partner"])
            vals = address_vals(rows, places, address, place)
            if not address:
                fresh += _new(env, person, place, vals)
            else:
                was_gone = not address.active
                if was_gone:
                    vals = {**dict.fromkeys(PARTS, False), **vals}
                address.write(vals)
                _keep_or_archive(address)
    made = env["res.partner"].create(fresh) if fresh else env["res.partner"]
    without_pictures(made)


def _by_place(values):
    by_place = defaultdict(dict)
    for row in ADDRESS_ROWS & values.keys():
        by_place[row.partition("_")[0]][row] = values[row]
    return by_place


def _new(env, person, place, vals):
    names = {"home": env._("Home address"), "other": env._("Other address")}
    if any(vals.values()):
        yield {
            **vals,
            "parent_id": person,
            "type": "other",
            MARK: place,
            "name": names[place],
        }


def _keep_or_archive(address):
    active = any(address[name] for name in PARTS)
    if address.active != active:
        address.active = active


def marks(env, ids):
    """What belongs into the change tokens of people with further addresses.

    :param env: Environment
    :param ids: SQL, the people that are asked for
    :return: dict of str by id
    """
    query = SQL(
        "SELECT parent_id, string_agg(xmin || ' ' || ctid, ' ' ORDER BY id)"
        " FROM res_partner WHERE exchange_address IS NOT NULL AND parent_id IN %s"
        " GROUP BY parent_id",
        ids,
    )
    return dict(env.execute_query(query))
