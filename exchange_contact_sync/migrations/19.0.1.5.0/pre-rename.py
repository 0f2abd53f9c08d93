# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Columns and settings get the names that the documentation uses."""

from odoo.tools import SQL, sql

COLUMNS = [
    ("exchange.account", "brake_percent", "deletion_limit"),
    ("exchange.account", "brake_passed", "deletion_limit_passed"),
    ("exchange.contact.link", "asked", "user_request"),
    ("exchange.contact.link", "wishes", "field_overrides"),
    ("exchange.contact.link", "partner_stamp", "change_token"),
    ("exchange.inbox.entry", "mark", "change_type"),
    ("exchange.inbox.entry", "parked", "deferred"),
]
LIMIT = "exchange_contact_sync.brake_percent"
NEW_LIMIT = "exchange_contact_sync.deletion_limit"


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    """
    if not version:
        return
    for model, old, new in COLUMNS:
        table = model.replace(".", "_")
        if sql.column_exists(cr, table, old):
            sql.rename_column(cr, table, old, new)
        _rename_field(cr, model, old, new)
    cr.execute(
        SQL("UPDATE ir_config_parameter SET key = %s WHERE key = %s", NEW_LIMIT, LIMIT)
    )


def _rename_field(cr, model, old, new):
    """Odoo would delete the old field, and with it what refers to it."""
    cr.execute(
        SQL(
            "UPDATE ir_model_fields SET name = %s WHERE model = %s AND name = %s",
            new,
            model,
            old,
        )
    )
    xml_id = "field_%s__%s"
    table = model.replace(".", "_")
    cr.execute(
        SQL(
            "UPDATE ir_model_data SET name = %s"
            " WHERE module = 'exchange_contact_sync' AND name = %s",
            xml_id % (table, new),
            xml_id % (table, old),
        )
    )
