# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create partners that have no user and no picture yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from odoo.models import BaseModel

WITHOUT_USER = {"partner_share": True}
"""What Odoo computes for a partner without a user (``base/models/res_partner.py``).
Given this value, Odoo does not search the users of the new partners, for which it would
write the partners first, and write the computed value afterwards.
"""

WITHOUT_FIELDS_SYNC = {"_partners_skip_fields_sync": True}
"""The context with which Odoo itself creates many partners
(``base/models/res_partner.py``, ``_load_records_create``): values that partners share
with others are not synchronized for each new partner. :func:`new_partners` does that
afterwards, for partners with a parent.
"""


def new_partners(model: BaseModel, vals: Sequence[Mapping[str, Any]]) -> BaseModel:
    """Create partners, without computing what is known beforehand.

    :param model: empty recordset of ``res.partner``
    :return: the new partners in the same order
    """
    quick = model.with_context(**WITHOUT_FIELDS_SYNC)
    made = quick.create(list(_with_known(model, vals)))
    _without_pictures(made)
    partners = model.browse(made.ids)
    for partner, one in zip(partners, vals, strict=True):
        if one.get("parent_id"):
            partner._fields_sync(one)
    return partners


def _with_known(
    model: BaseModel, vals: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Return values for ``create`` that include what is known beforehand.

    Otherwise Odoo would convert each set of values to a record in memory, which takes a
    twelfth of the time of a first import, and write each partner with a parent twice.

    :param model: empty recordset of ``res.partner``
    """
    names = _precomputed(model)
    known: dict[int, dict[str, Any]] = {}
    for one in vals:
        parent = one.get("parent_id") or 0
        if parent and one.get("is_company"):
            yield {**WITHOUT_USER, **one}
            continue
        if parent not in known:
            wanted = [*names, "lang"] if parent else names
            known[parent] = _of_parent(model, parent, wanted)
        yield {**WITHOUT_USER, **known[parent], **one}


def _precomputed(model: BaseModel) -> list[str]:
    """Return the fields that Odoo computes before it inserts a partner, and from the
    parent alone, such as the salesperson. Fields with a default are not computed.

    :param model: empty recordset of ``res.partner``
    """
    names = [
        name
        for name, field in model._fields.items()
        if field.precompute
        and not field.readonly
        and model.pool.field_depends[field] == ("parent_id",)
        and model._has_field_access(field, "write")
    ]
    defaults = model.default_get(names)
    return [name for name in names if name not in defaults]


def _of_parent(model: BaseModel, parent: int, names: Sequence[str]) -> dict[str, Any]:
    """Return what Odoo computes for a person.

    :param model: empty recordset of ``res.partner``
    :param parent: id of the person's parent, or 0
    :param names: of fields that depend on the parent alone
    """
    person = model.new({"parent_id": parent or False})
    return {
        name: model._fields[name].convert_to_write(person[name], person)
        for name in names
    }


def _without_pictures(partners: BaseModel) -> None:
    """Prevent Odoo from computing the smaller images of new partners without an image.

    Computing four sizes of an empty image takes an eighth of the time of a first
    import. They are stored computed fields (``base/models/image_mixin.py``) that have
    no value yet, which is also the value that would be computed.

    :param partners: recordset of ``res.partner``, created in this transaction
    """
    bare = partners.filtered(lambda partner: not partner.image_1920)
    for field in partners._fields.values():
        if field.store and field.related and field.related.startswith("image_1920"):
            partners.env.remove_to_compute(field, bare)
