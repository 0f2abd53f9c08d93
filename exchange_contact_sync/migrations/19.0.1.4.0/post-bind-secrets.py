# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Saved passwords are bound to their record and to the server they were entered for.

One that no key opens is left as it is, and its owner is asked to sign in again when it
is needed. Dialogs kept passwords: those are gone.
"""

import logging

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from odoo.addons.exchange_contact_sync.storage import secret
from odoo.addons.exchange_contact_sync.use_cases import credentials

_logger = logging.getLogger(__name__)

BATCH = 500
COLUMNS = {
    "exchange.account": "password_encrypted",
    "exchange.provider": "service_password_encrypted",
}
DIALOGS = ("exchange_add_account", "exchange_provider_test")


def migrate(cr, version):
    """:param cr: Cursor
    :param version: str, installed before; None for a new installation
    :raises KeyUnusable: the configured key is none; nothing is changed
    """
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for model, column in COLUMNS.items():
        records = env[model].search([(column, "!=", False)], order="id")
        for start in range(0, len(records), BATCH):
            _bind(records[start : start + BATCH], column)
    _seal_addresses(env)
    for table in DIALOGS:
        if column_exists(cr, table, "password_encrypted"):
            name = SQL.identifier(table)
            cr.execute(SQL("UPDATE %s SET password_encrypted = NULL", name))


def _seal_addresses(env):
    """The address a mailbox was found at is kept so that nobody else puts one there."""
    accounts = env["exchange.account"].search([("connection_url", "!=", False)])
    for account in accounts:
        if not account.connection_url.startswith(secret.FORM):
            url = credentials.sealed_address(account, account.connection_url)
            account.connection_url = url


def _bind(records, column):
    for record in records:
        try:
            bound = secret.bind(record[column], credentials.bound_to(record))
        except secret.KeyLost:
            _logger.warning("%s: no key opens the saved password, it stays", record)
            continue
        if bound != record[column]:
            record[column] = bound
    records.flush_recordset()
    records.invalidate_recordset()
