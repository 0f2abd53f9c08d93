# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert communication options between partners and the lists of a contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from odoo import Command
from odoo.tools import SQL

from ..core.fields import LISTS, NUMBER_LISTS
from ..core.text import without_invisible

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

OPTIONS = "communication_ids"
"""The field of ``res.partner``."""

KIND_OF = {
    "emails": "email",
    "ims": "im",
    "pages": "page",
    **{key: LISTS[key][0] for key in NUMBER_LISTS},
}
LIST_OF = {kind: key for key, kind in KIND_OF.items()}
_BLANK = dict.fromkeys(LISTS, "")


def read(partner: BaseModel) -> dict[str, str]:
    """Return the options of a partner, by key of ``core.fields.LISTS``.

    :param partner: record of ``res.partner``
    """
    options = partner[OPTIONS]
    if not options:
        return _BLANK
    found: dict[str, list[str]] = {}
    for option in options.sorted("sequence"):  # equal ones stay by id
        key = LIST_OF[option.kind]
        text = without_invisible(option.value) if key in NUMBER_LISTS else option.value
        found.setdefault(key, []).append(text)
    return {**_BLANK, **{key: "\n".join(texts) for key, texts in found.items()}}


def values(partner: BaseModel, kind: str) -> list[str]:
    """Return the values of the options whose kind begins with a text.

    :param partner: record of ``res.partner``
    :param kind: the beginning of the kind
    """
    return [one.value for one in partner[OPTIONS] if one.kind.startswith(kind)]


def commands(partner: BaseModel, changes: Mapping[str, str]) -> list[Any]:
    """Return commands that create, change or delete options.

    Options whose value stays are not written.

    :param partner: record of ``res.partner``, empty for a new one
    :param changes: key of ``core.fields.LISTS`` to text
    :return: commands for the field
    """
    held = partner[OPTIONS].grouped("kind")
    return [
        command
        for key, text in changes.items()
        for command in _of_kind(KIND_OF[key], held.get(KIND_OF[key], ()), text)
    ]


def _of_kind(kind: str, held: Iterable[BaseModel], text: str) -> Iterator[Any]:
    wanted, spare = [one for one in text.split("\n") if one], []
    for option in held:
        if option.value in wanted:
            wanted.remove(option.value)
        else:
            spare.append(option)
    edited = list(zip(spare, wanted, strict=False))
    yield from (Command.update(one.id, {"value": new}) for one, new in edited)
    yield from (Command.delete(one.id) for one in spare[len(edited) :])
    for new in wanted[len(edited) :]:
        yield Command.create({"kind": kind, "value": new})


def marks(env: Environment, ids: SQL) -> dict[int, str]:
    """Return what options add to the change tokens of partners: the versions of their
    rows.

    :param ids: SQL for the ids of the partners
    :return: by id of the partner
    """
    env["res.partner.communication"].flush_model()
    query = SQL(
        "SELECT partner_id, string_agg(xmin || ' ' || ctid, ' ' ORDER BY id)"
        " FROM res_partner_communication WHERE partner_id IN %s GROUP BY partner_id",
        ids,
    )
    return dict(env.execute_query(query))
