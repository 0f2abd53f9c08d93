# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Home and other addresses and photos are carried: each contact is read anew.

Nothing is lost on either side by that: what only Exchange had comes in, what only Odoo
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
    accounts = env["exchange.account"].search([])
    reprocessing.decide_again(accounts)
    reprocessing.read_again(accounts)
