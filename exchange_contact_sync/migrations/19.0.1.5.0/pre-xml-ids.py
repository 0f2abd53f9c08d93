# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rename xml ids to one style, and let updates reach groups and record rules."""

from odoo.tools import SQL

MODULE = "exchange_contact_sync"
XML_IDS = {
    "privilege_import": "res_groups_privilege_import",
    "privilege_export": "res_groups_privilege_export",
    "activity_needs_owner": "mail_activity_type_needs_owner",
    "action_add_account": "res_partner_action_server_add_account",
    "action_configure_accounts": "res_partner_action_server_configure_accounts",
    "action_sync_accounts": "res_partner_action_server_sync_accounts",
    "action_export_to_exchange": "res_partner_action_server_export",
    "action_stop_exchange": "res_partner_action_server_stop",
}
UPDATED = ("ir.rule", "res.groups", "res.groups.privilege")


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version:
        return
    for old, new in XML_IDS.items():
        cr.execute(
            SQL(
                "UPDATE ir_model_data SET name = %s WHERE module = %s AND name = %s",
                new,
                MODULE,
                old,
            )
        )
    cr.execute(
        SQL(
            "UPDATE ir_model_data SET noupdate = FALSE"
            " WHERE module = %s AND model IN %s",
            MODULE,
            UPDATED,
        )
    )
