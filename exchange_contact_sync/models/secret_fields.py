# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models

SECRETS = {
    "password",
    "password_encrypted",
    "service_password",
    "service_password_encrypted",
    "client_secret",
    "client_secret_encrypted",
    "private_key",
    "private_key_encrypted",
    "refresh_token_encrypted",
}


class SecretFields(models.AbstractModel):
    """Models with fields that are entered in plain text and stored encrypted in others.

    The plain field is computed as empty and its inverse encrypts; the encrypted field
    has ``groups=fields.NO_ACCESS``, so no user reads it, and is not copied. Neither
    takes a default, whether saved by a user or given in the context.
    """

    _name = "exchange.secret.fields.mixin"
    _description = "Secret Fields"

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        return {key: value for key, value in defaults.items() if key not in SECRETS}


class HideArguments(logging.Filter):
    """Leaves out the arguments of methods of models with secrets.

    Odoo logs the arguments of a call at debug level (``odoo/service/model.py``,
    ``call_kw``), and a password may be one of them.
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
