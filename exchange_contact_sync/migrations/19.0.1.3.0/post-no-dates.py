# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days that stand for no date were taken for dates: 1 January 4501 is Outlook's "None"."""

from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.exchange_contact_sync.core.dates import NO_DATES

AROUND = [timedelta(days=-1), timedelta(), timedelta(days=1)]


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version:
        return
    texts = tuple(str(none + step) for none in NO_DATES[:2] for step in AROUND)
    for key in ("birthday", "anniversary"):
        cr.execute(
            SQL(
                "UPDATE res_partner SET more_from_exchange = more_from_exchange - %s"
                " WHERE more_from_exchange->>%s IN %s",
                key,
                key,
                texts,
            )
        )
