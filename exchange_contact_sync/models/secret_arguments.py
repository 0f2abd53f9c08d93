# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo logs at debug what methods are called with (``odoo/service/model.py``,
``call_kw``): of models with a password that is typed it must not say so.
"""

import logging

from odoo.models import BaseModel

from .secret_fields import SecretFields


class HideArguments(logging.Filter):
    """Leaves out the arguments of methods of models with secrets."""

    def filter(self, record):
        args = record.args
        called = isinstance(args, tuple) and len(args) == 3
        if called and isinstance(args[0], BaseModel) and _has_secrets(args[0]):
            record.args = (*args[:2], "…")
        return True


def _has_secrets(records):
    mixin = records.pool.get(SecretFields._name)
    return mixin is not None and isinstance(records, mixin)


logging.getLogger("odoo.service.model").addFilter(HideArguments())
