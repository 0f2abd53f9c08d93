# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A field that is written in plain text and kept encrypted in another one.

The plain one is computed as empty and its inverse encrypts; the encrypted one has
``groups=fields.NO_ACCESS``, which no user passes, and is not copied.
"""

from odoo.exceptions import UserError

from .. import secret
from ..core.errors import SyncError
from . import failure_messages


def keep(records, plain, encrypted):
    """Inverse of the plain field: encrypt what was typed, if anything was.

    :param records: recordset
    :param plain: str, name of the field
    :param encrypted: str, name of the field
    :raises UserError: there is no usable key
    """
    for record in records.filtered(plain):
        try:
            record.sudo()[encrypted] = secret.encrypt(record[plain])
        except SyncError as error:
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
