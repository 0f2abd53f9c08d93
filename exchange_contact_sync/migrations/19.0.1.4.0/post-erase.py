# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was known of people is erased with their contact; here for those before."""

from odoo import SUPERUSER_ID, api

from odoo.addons.exchange_contact_sync.storage.erase import erase_leftovers
from odoo.addons.exchange_contact_sync.use_cases.passwords import blinding


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if version:
        erase_leftovers(api.Environment(cr, SUPERUSER_ID, {}), blinding())
