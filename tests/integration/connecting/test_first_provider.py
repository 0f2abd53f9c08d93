# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Without a mail provider, administrators can create one; others read whom to ask."""

from __future__ import annotations

from support.cases.account_case import AccountCase


class TestFirstProvider(AccountCase):
    def setUp(self):
        super().setUp()
        self.env["exchange.provider"].search([]).active = False
        self.admin.name = "Carla the Administrator"
        # Of those with the right, the first ones by id are named.
        others = self.env.ref("base.group_system").all_user_ids - self.admin
        others.filtered("active").active = False

    def dialog(self, user):
        return (
            self.env["exchange.add.account"].with_user(user).create({"email": "a@b.c"})
        )

    def test_administrator_may_create_a_provider(self):
        dialog = self.dialog(self.admin)
        self.assertFalse(dialog.has_providers)
        self.assertTrue(dialog.may_create_provider)

    def test_other_users_read_whom_to_ask(self):
        dialog = self.dialog(self.anna)
        self.assertFalse(dialog.may_create_provider)
        self.assertEqual(dialog.administrators, "Carla the Administrator")
