# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import models

from ..core.errors import SyncError
from ..storage import erase, secret

_logger = logging.getLogger(__name__)


class ResPartnerErase(models.Model):
    """What is known of people goes with their contact."""

    _inherit = "res.partner"

    def unlink(self):
        """Nothing of it is erased if Odoo does not let the contacts be deleted."""
        erase.erase_partners(self.env, self.ids, blinding())
        return super().unlink()


def blinding():
    """:return: callable that makes keyed hashes; None if the server's key is of no use
    now: then nothing at all is kept
    """
    try:
        return secret.keyed_hash()
    except SyncError as error:
        _logger.warning("Nothing is kept of deleted contacts: %s", error.code)
        return None
