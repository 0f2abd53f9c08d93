# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is who is decided by more evidence: what was put aside is taken up again, and
each contact is read anew, since a pair keeps what tells its contact when that is moved.

Each pair is compared once, because texts are remembered as they were typed from now on:
what means the same on both sides is each side's own text.

Nothing is lost or written on either side by that.
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
