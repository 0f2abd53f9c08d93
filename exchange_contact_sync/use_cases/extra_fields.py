# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check the extra fields: Exchange details that Odoo has no field for."""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.exceptions import ValidationError
from odoo.models import BaseModel

from ..core.fields import FIELDS
from ..partner import extra_fields
from ..partner.extra_fields import BLOCK, field_name

__all__ = ["BLOCK", "check", "field_name", "read", "tidied", "write"]


def read(partner: BaseModel, key: str) -> str | bool:
    """Return the value of an extra field; False if it is empty."""
    return extra_fields.read(partner, key) or False


def write(partner: BaseModel, key: str, value: Any) -> None:
    """Store the value that was entered in an extra field."""
    text = str(value or "").strip()
    partner.write(extra_fields.vals(partner, {key: text}))


def tidied(env: Environment, vals: dict[str, Any]) -> dict[str, Any]:
    """Return a partner's values with the extra fields checked and cleaned.

    :raises ValidationError: see :func:`check`
    """
    if BLOCK not in vals:
        return vals
    check(env, vals[BLOCK])
    return {**vals, BLOCK: extra_fields.tidied(vals[BLOCK])}


def check(env: Environment, block: Any) -> None:
    """Check the stored value of all extra fields together.

    :param block: anything, over RPC
    :raises ValidationError: it is not a short text for each known field
    """
    key = extra_fields.wrong_key(block)
    if key is None:
        return
    if not key:
        raise ValidationError(
            env._(
                "“more_from_exchange” holds a text for each detail, such as "
                '{"nickname": "Ada"}.'
            )
        )
    if key not in extra_fields.KEYS:
        raise ValidationError(
            env._(
                "“%(key)s” is not a detail of a contact. The known details are: "
                "%(known)s.",
                key=key[:50],
                known=", ".join(extra_fields.KEYS),
            )
        )
    raise ValidationError(
        env._(
            "“%(label)s” cannot be saved. Enter a text of at most %(limit)s "
            "characters, or for a day a date such as 1980-03-05.",
            label=FIELDS[key].label,
            limit=extra_fields.LONGEST,
        )
    )
