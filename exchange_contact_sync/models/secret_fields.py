# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A field that is written in plain text and kept encrypted in another one.

The plain one is computed as empty and its inverse encrypts; the encrypted one has
``groups=fields.NO_ACCESS``, which no user passes, and is not copied.
"""

import logging

from odoo import api, models
from odoo.exceptions import UserError

from ..core.errors import SyncError
from ..storage import secret
from ..use_cases import credentials, failure_messages

_logger = logging.getLogger(__name__)

SECRETS = {
    "password",
    "password_encrypted",
    "service_password",
    "service_password_encrypted",
}


class SecretFields(models.AbstractModel):
    """No default fills a secret: neither what somebody saved as one nor what the
    context says."""

    _name = "exchange.secret.fields.mixin"
    _description = "Secret Fields"

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        return {key: value for key, value in defaults.items() if key not in SECRETS}


def keep(records, plain, encrypted):
    """Inverse of the plain field: encrypt what was typed, if anything was.

    :param records: recordset
    :param plain: str, name of the field
    :param encrypted: str, name of the field
    :raises UserError: there is no usable key
    """
    for record in records.filtered(plain):
        try:
            record.sudo()[encrypted] = secret.encrypt(
                record[plain], credentials.bound_to(record.sudo())
            )
        except SyncError as error:
            _logger.error("A password cannot be saved: %s", error.detail or error.code)
            sentence = failure_messages.sentence(record.env, error.code)
            raise UserError(sentence) from None
    # What was typed must not be read back from the cache.
    records.invalidate_recordset([plain], flush=False)


def renew(records, encrypted):
    """Encrypt with the first key what was encrypted with an older one.

    :param records: recordset
    :param encrypted: str, name of the field
    """
    for record in records.sudo().filtered(encrypted):
        token = record[encrypted]
        try:
            renewed = secret.renew(token)
        except SyncError:
            # Its owner is told when it is needed, and signs in again.
            continue
        if renewed != token:
            record[encrypted] = renewed
