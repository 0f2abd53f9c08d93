# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models

SECRETS = {
    "password",
    "password_encrypted",
    "service_password",
    "service_password_encrypted",
}


class SecretFields(models.AbstractModel):
    """Models with a field that is written in plain text and kept encrypted in another.

    The plain one is computed as empty and its inverse encrypts; the encrypted one has
    ``groups=fields.NO_ACCESS``, which no user passes, and is not copied. No default
    fills either: not one that a user saved, and not one of the context.
    """

    _name = "exchange.secret.fields.mixin"
    _description = "Secret Fields"

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        return {key: value for key, value in defaults.items() if key not in SECRETS}


class HideArguments(logging.Filter):
    """Leaves out the arguments of methods of models with secrets.

    Odoo logs at debug what methods are called with (``odoo/service/model.py``,
    ``call_kw``); a password that is typed is among them.
    """

    def filter(self, record):
        args = record.args
        called = isinstance(args, tuple) and len(args) == 3
        if called and isinstance(args[0], models.BaseModel) and _has_secrets(args[0]):
            record.args = (*args[:2], "…")
        return True


def _has_secrets(records):
    mixin = records.pool.get(SecretFields._name)
    return mixin is not None and isinstance(records, mixin)


logging.getLogger("odoo.service.model").addFilter(HideArguments())
