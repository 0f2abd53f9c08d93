# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users, a mail provider and accounts for tests of the addon's models."""

from __future__ import annotations

from odoo import fields
from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.storage import secret
from odoo.addons.exchange_contact_sync.use_cases import credentials

from support.cases.odoo_case import OdooCase

USER_GROUPS = "base.group_user,base.group_partner_manager"


def opened(record) -> str:
    """Return the saved password of an account or provider for its current server."""
    record = record.sudo()
    account = record._name == "exchange.account"
    column = "password_encrypted" if account else "service_password_encrypted"
    return secret.decrypt(record[column], credentials.bound_to(record))


class AccountCase(OdooCase):
    """Two colleagues, Anna and Ben, an administrator, and a mail provider."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.anna = new_test_user(cls.env, "anna@example.com", USER_GROUPS)
        cls.ben = new_test_user(cls.env, "ben@example.com", USER_GROUPS)
        cls.admin = new_test_user(cls.env, "carl", f"{USER_GROUPS},base.group_system")
        cls.provider = cls.env["exchange.provider"].create(
            {"name": "Company mail", "server_url": "http://127.0.0.1:9/ews"}
        )

    def new_account(self, user, **values):
        """Create an account as its owner would."""
        vals = {
            "provider_id": self.provider.id,
            "email": user.login,
            "password": "correct horse",
            **values,
        }
        return self.env["exchange.account"].with_user(user).create(vals)

    def connected(self, user, **values):
        """Create an account that is authorized."""
        account = self.new_account(user, **values)
        account.sudo().write(
            {"state": "connected", "connected_since": fields.Datetime.now()}
        )
        return account

    def new_folder(self, account, name="Contacts", parent=None, **values):
        """Create a contact folder as if it was read from the mailbox."""
        return self.env["exchange.folder"].create(
            {
                "account_id": account.id,
                "name": name,
                "parent_id": parent.id if parent else False,
                "remote_id": f"id of {name}",
                **values,
            }
        )
