# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Delete views that are part of the view they inherited from.

Odoo would apply them, with fields that have other names now, until the end of the
upgrade.
"""

from odoo.tools import SQL

MODULE = "exchange_contact_sync"
MERGED = (
    "exchange_account_view_form_contacts",
    "exchange_account_view_form_rules",
    "exchange_account_view_form_fields",
    "res_partner_view_form_more",
)


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version:
        return
    ours = SQL(
        "module = %s AND model = 'ir.ui.view' AND name IN %s",
        MODULE,
        MERGED,
    )
    cr.execute(SQL("SELECT res_id FROM ir_model_data WHERE %s", ours))
    views = [view for (view,) in cr.fetchall()]
    # Views of others that inherit from them apply to the whole view as well.
    cr.execute(
        SQL(
            "UPDATE ir_ui_view child SET inherit_id = merged.inherit_id"
            "  FROM ir_ui_view merged"
            " WHERE child.inherit_id = merged.id AND merged.id = ANY(%s)",
            views,
        )
    )
    cr.execute(SQL("DELETE FROM ir_ui_view WHERE id = ANY(%s)", views))
    cr.execute(SQL("DELETE FROM ir_model_data WHERE %s", ours))
