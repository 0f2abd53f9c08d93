# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pictures of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from odoo.models import BaseModel


def without_pictures(partners: BaseModel) -> None:
    """Spare partners that were just created without a picture the making of smaller
    ones from it: four sizes of nothing take an eighth of the time of a first import.

    They are stored computed fields (``base/models/image_mixin.py``) that nobody has a
    value of yet, which is just what would be computed.

    :param partners: recordset of ``res.partner``, created in this transaction
    """
    bare = partners.filtered(lambda partner: not partner.image_1920)
    for field in partners._fields.values():
        if field.store and field.related and field.related.startswith("image_1920"):
            partners.env.remove_to_compute(field, bare)
