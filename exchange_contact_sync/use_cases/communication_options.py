# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide who may see and change the communication options of a contact."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from odoo.exceptions import AccessError
from odoo.models import BaseModel

from ..partner.refusals import colleagues

Refusal = tuple[BaseModel, Callable[[], AccessError]]


def refused(options: BaseModel, operation: str) -> Refusal | None:
    """Return the options whose contact the user may not see or change.

    :param operation: as for ``_check_access`` of a model
    :return: as ``_check_access``: the options, and a function that returns the error
    """
    partners = options.sudo().partner_id.sudo(False)
    needed = "read" if operation == "read" else "write"
    allowed = partners._filtered_access(needed)
    # Odoo checks this right in ``write`` of the contact, which is not called here.
    users = colleagues(allowed if needed == "write" else allowed.browse())
    allowed -= users.sudo().partner_id
    if allowed == partners:
        return None
    forbidden = options.filtered(lambda one: one.sudo().partner_id not in allowed)
    return forbidden, partial(_error, users or partners - allowed, needed)


def _error(records: BaseModel, operation: str) -> AccessError:
    return records._check_access(operation)[1]()
