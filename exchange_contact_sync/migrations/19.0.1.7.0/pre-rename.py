# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rename the column of folders that says whether their loss was reported."""

from odoo.tools import SQL, sql

MODEL = "exchange.folder"
TABLE = "exchange_folder"
OLD, NEW = "loss_told", "loss_reported"


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version or not sql.column_exists(cr, TABLE, OLD):
        return
    sql.rename_column(cr, TABLE, OLD, NEW)
    # Without this, Odoo would delete the old field, and with it what refers to it.
    cr.execute(
        SQL(
            "UPDATE ir_model_fields SET name = %s WHERE model = %s AND name = %s",
            NEW,
            MODEL,
            OLD,
        )
    )
    cr.execute(
        SQL(
            "UPDATE ir_model_data SET name = %s"
            " WHERE module = 'exchange_contact_sync' AND name = %s",
            f"field_{TABLE}__{NEW}",
            f"field_{TABLE}__{OLD}",
        )
    )
