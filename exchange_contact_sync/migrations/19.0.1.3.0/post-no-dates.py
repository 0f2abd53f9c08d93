# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""1 January 4501 is "None" to Outlook, and was taken for a date, as others like it."""

from odoo.tools import SQL

DAYS = (
    *("4500-12-31", "4501-01-01", "4501-01-02"),
    *("1600-12-31", "1601-01-01", "1601-01-02"),
)
"""With a day before and after, as time zones made of them (``core/dates.py``)."""


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version:
        return
    for key in ("birthday", "anniversary"):
        cr.execute(
            SQL(
                "UPDATE res_partner SET more_from_exchange = more_from_exchange - %s"
                " WHERE more_from_exchange->>%s IN %s",
                key,
                key,
                DAYS,
            )
        )
