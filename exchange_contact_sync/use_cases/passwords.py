# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store passwords encrypted, and hash the identity of deleted contacts."""

from __future__ import annotations

import logging
from collections.abc import Callable

from odoo.exceptions import UserError
from odoo.models import BaseModel

from ..core.errors import SyncError
from ..storage import secret
from . import credentials, failure_messages

_logger = logging.getLogger(__name__)


def keep(records: BaseModel, plain: str, encrypted: str) -> None:
    """Encrypt the value entered in a field, if there is one.

    :param plain: name of the field in which users enter the password
    :param encrypted: name of the field that is stored
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
    # The cache must not return the password that was entered.
    records.invalidate_recordset([plain], flush=False)


def renew(records: BaseModel, encrypted: str) -> None:
    """Encrypt values again with the first key if an older key encrypted them.

    :param encrypted: name of the field
    """
    for record in records.sudo().filtered(encrypted):
        token = record[encrypted]
        try:
            renewed = secret.renew(token)
        except SyncError:
            # The owner is asked to sign in again when the password is needed.
            continue
        if renewed != token:
            record[encrypted] = renewed


def blinding() -> Callable[[str], str] | None:
    """Return the keyed hash function; None if the server's key cannot be used now."""
    try:
        return secret.keyed_hash()
    except SyncError as error:
        _logger.warning("Nothing is kept of deleted contacts: %s", error.code)
        return None
