# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A password can be written but never read."""

from __future__ import annotations

import logging

from odoo.exceptions import AccessError
from odoo.tools import SQL, file_open

from odoo.addons.exchange_contact_sync.use_cases import sign_ins

from support.cases.account_case import AccountCase, opened

ADDON = "exchange_contact_sync"
PASSWORD = "correct horse battery"


def neutralize(env):
    """Neutralize the database as Odoo does with a copy."""
    with file_open(f"{ADDON}/data/neutralize.sql") as script:
        env.flush_all()
        env.cr.execute(script.read())
        env.invalidate_all()


class PasswordCase(AccountCase):
    def setUp(self):
        super().setUp()
        self.anna.group_ids |= self.env.ref("base.group_allow_export")
        self.account = self.new_account(self.anna, password=PASSWORD)
        self.provider.service_password = f"service {PASSWORD}"

    def stored(self):
        """The two records in PostgreSQL, as text."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT account::text, provider::text FROM exchange_account account"
            " JOIN exchange_provider provider ON provider.id = account.provider_id"
            " WHERE account.id = %s",
            [self.account.id],
        )
        return " ".join(self.env.cr.fetchone())


class TestPassword(PasswordCase):
    def test_password_can_be_used(self):
        self.assertEqual(opened(self.account), PASSWORD)
        self.assertEqual(opened(self.provider), f"service {PASSWORD}")

    def test_database_holds_no_plain_password(self):
        self.assertIn(self.account.sudo().password_encrypted, self.stored())
        self.assertNotIn(PASSWORD, self.stored())

    def test_owner_only_reads_that_a_password_is_saved(self):
        values = self.account.read(["password", "has_password"])[0]
        self.assertEqual((values["password"], values["has_password"]), (False, True))

    def test_password_is_not_readable_in_its_own_transaction(self):
        self.account.password = "another"
        self.assertFalse(self.account.password)
        self.assertFalse(self.account.sudo().password)
        provider = self.provider.with_user(self.admin)
        provider.service_password = "another"
        self.assertFalse(provider.service_password)
        self.assertFalse(self.new_account(self.ben).password)

    def test_answer_to_saving_a_form_holds_no_password(self):
        answer = self.account.web_save(
            {"password": "another"}, {"password": {}, "has_password": {}}
        )
        self.assertFalse(answer[0]["password"])
        self.assertTrue(answer[0]["has_password"])

    def test_empty_password_changes_nothing(self):
        token = self.account.sudo().password_encrypted
        self.account.password = False
        self.account.password = ""
        self.assertEqual(self.account.sudo().password_encrypted, token)

    def test_copy_has_no_password(self):
        copy = self.account.copy({"email": "second@example.com"})
        self.assertFalse(copy.has_password)
        self.assertFalse(copy.sudo().password_encrypted)
        self.assertFalse(self.provider.copy().has_service_password)

    def test_neutralizing_removes_the_password_and_pauses(self):
        neutralize(self.env)
        self.assertFalse(self.account.has_password)
        self.assertFalse(self.provider.has_service_password)
        self.assertEqual(self.account.state, "paused")


SECRET_NAMES = ("password", "passwd", "secret", "token", "credential", "private_key")


class TestNoColumnIsForgotten(PasswordCase):
    """Every column of every table of ours, found in the database."""

    def columns(self):
        """:returns: pairs of table and column that hold texts"""
        models = [m for m in self.env.values() if m._original_module == ADDON]
        tables = [model._table for model in models if not model._abstract]
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_name = ANY(%s) AND table_schema = current_schema"
            " AND data_type IN ('character varying', 'text', 'jsonb', 'bytea')",
            [tables],
        )
        return self.env.cr.fetchall()

    def filled(self):
        """:returns: dict of the texts in a column by table and column"""
        self.env.flush_all()
        found = {}
        for table, column in self.columns():
            self.env.cr.execute(
                SQL(
                    "SELECT %s::text FROM %s WHERE %s IS NOT NULL",
                    *map(SQL.identifier, (column, table, column)),
                )
            )
            found[table, column] = [text for (text,) in self.env.cr.fetchall()]
        return {place: texts for place, texts in found.items() if texts}

    def secrets(self):
        """Columns that are secret by their name or their content."""
        return {
            (table, column)
            for (table, column), texts in self.filled().items()
            if any(word in column for word in SECRET_NAMES)
            or any("gAAAA" in text or PASSWORD in text for text in texts)
        }

    def test_secrets_are_in_known_columns_until_neutralized(self):
        for name in ("exchange.add.account", "exchange.provider.test"):
            vals = {"provider_id": self.provider.id, "email": self.anna.login}
            self.env[name].create({**vals, "password": PASSWORD})
        self.provider.write({"client_secret": PASSWORD, "private_key": PASSWORD})
        sign_ins.keep(self.account, PASSWORD, "", shared=False)
        self.assertEqual(
            self.secrets(),
            {
                ("exchange_account", "password_encrypted"),
                ("exchange_provider", "client_secret_encrypted"),
                ("exchange_provider", "private_key_encrypted"),
                ("exchange_provider", "service_password_encrypted"),
                ("exchange_sign_in", "refresh_token_encrypted"),
            },
        )
        neutralize(self.env)
        self.assertEqual(self.secrets(), set())


class TestEncryptedFields(PasswordCase):
    def records(self):
        """Each secret field's record as its owner and as administrators find it."""
        for user in (self.anna, self.admin):
            yield self.account.with_user(user), "password_encrypted"
        yield self.provider.with_user(self.admin), "service_password_encrypted"

    def test_encrypted_field_is_not_readable(self):
        for record, name in self.records():
            with self.subTest(user=record.env.user.login, field=name):
                with self.assertRaises(AccessError):
                    record.read([name])
                with self.assertRaises(AccessError):
                    record.web_read({name: {}})
                with self.assertRaises(AccessError):
                    record.mapped(name)

    def test_encrypted_field_is_not_exported(self):
        for record, name in self.records():
            with self.subTest(user=record.env.user.login, field=name):
                with self.assertRaises(AccessError):
                    record.export_data([name])
        exported = self.account.export_data(["email", "password"])["datas"]
        self.assertEqual(exported, [["anna@example.com", ""]])

    def test_encrypted_field_is_not_searchable_or_groupable(self):
        for record, name in self.records():
            model = record.browse()
            with self.subTest(user=record.env.user.login, field=name):
                with self.assertRaises(AccessError):
                    model.search([(name, "=like", "gAAAA%")])
                with self.assertRaises(AccessError):
                    model.search([], order=name)
                with self.assertRaises(AccessError):
                    model.formatted_read_group([], [name], ["__count"])

    def test_encrypted_field_is_not_writable(self):
        for record, name in self.records():
            with (
                self.subTest(user=record.env.user.login, field=name),
                self.assertRaises(AccessError),
            ):
                record.write({name: "plain"})

    def test_encrypted_field_is_not_in_views(self):
        for record, name in self.records():
            self.assertNotIn(name, record.fields_get())

    def test_server_action_only_reads_the_encrypted_value(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Curious",
                "model_id": self.env.ref(
                    "exchange_contact_sync.model_exchange_account"
                ).id,
                "state": "code",
                "code": "raise UserError("
                "str(record.sudo().password_encrypted) + str(record.sudo().password))",
            }
        )
        action = action.with_user(self.admin).with_context(
            active_model="exchange.account", active_id=self.account.id
        )
        with self.assertRaises(Exception) as caught:
            action.run()
        self.assertNotIn(PASSWORD, str(caught.exception))


class TestLogs(PasswordCase):
    def test_nothing_is_logged(self):
        with self.assertLogs("odoo", logging.DEBUG) as logs:
            self.account.password = "keep this secret"
            self.provider.service_password = "keep this secret"
            self.env.flush_all()
            self.account.read([])
        text = "\n".join(logs.output)
        self.assertIn("password_encrypted", text)  # the queries are logged
        self.assertNotIn("keep this secret", text)
