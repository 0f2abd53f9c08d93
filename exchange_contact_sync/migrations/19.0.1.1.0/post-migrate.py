# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""More of a contact is carried than before: each pair is read once and compared anew.

Nothing is lost on either side by that; what only Exchange had comes in, what only Odoo
had goes out, as at a first contact.
"""

from odoo import SUPERUSER_ID, api

from odoo.addons.exchange_contact_sync.use_cases import reprocessing


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    reprocessing.decide_again(env["exchange.account"].search([]))
