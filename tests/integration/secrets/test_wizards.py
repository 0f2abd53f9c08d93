# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A dialog belongs to the user who opened it, and keeps no password."""

from __future__ import annotations

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from integration.rights.test_accounts import OwnedCase
from support.cases.account_case import USER_GROUPS

ADDON = "exchange_contact_sync"
PASSWORD = "correct horse battery"


class WizardCase(OwnedCase):
    """Anna has opened each dialog."""

    def values(self, model):
        """The values a user enters in each dialog; a new dialog needs a line here."""
        account, folder = (self.records[f"exchange.{n}"] for n in ("account", "folder"))
        return {
            "exchange.add.account": {
                "provider_id": self.provider.id,
                "email": "anna@example.com",
                "password": PASSWORD,
            },
            "exchange.answer": {"line_id": self.records["exchange.sync.line"].id},
            "exchange.disconnect": {"account_id": account.id},
            "exchange.export": {
                "partner_ids": [(6, 0, self.partner.ids)],
                "account_ids": [(6, 0, account.ids)],
            },
            "exchange.new.folder": {
                "account_id": account.id,
                "name": "Suppliers",
                "parent_id": folder.id,
            },
            "exchange.provider.test": {
                "provider_id": self.provider.id,
                "email": "anna@example.com",
                "password": PASSWORD,
            },
            "exchange.reset": {"account_id": account.id},
        }[model]

    def models(self):
        """Every dialog of the addon, found in the registry."""
        return [
            name
            for name, model in self.env.items()
            if model.is_transient() and model._original_module == ADDON
        ]

    def opened(self, model, user=None):
        user = user or (self.admin if model == "exchange.provider.test" else self.anna)
        return self.env[model].with_user(user).create(self.values(model))


class TestWhoseDialog(WizardCase):
    def test_there_are_dialogs(self):
        self.assertIn("exchange.add.account", self.models())

    def test_only_its_user_reads_a_dialog(self):
        for model in self.models():
            dialog = self.opened(model)
            self.assertTrue(dialog.read(), "its own user reads it")
            for user in self.anna | self.ben | self.admin - dialog.env.user:
                if user == dialog.env.user:
                    continue
                with self.subTest(model=model, user=user.login):
                    other = dialog.with_user(user)
                    with self.assertRaises(AccessError):
                        other.read(["create_date"])
                    with self.assertRaises(AccessError):
                        other.write({})
                    with self.assertRaises(AccessError):
                        other.unlink()

    def test_administrator_cannot_read_dialogs_of_others(self):
        groups = f"{USER_GROUPS},base.group_system"
        other = new_test_user(self.env, "dora", groups)
        for model in self.models():
            dialog = self.opened(model).with_user(other)
            with self.subTest(model=model):
                self.assertFalse(dialog.search([]))
                with self.assertRaises(AccessError):
                    dialog.read(["create_date"])

    def test_dialogs_of_others_are_not_found(self):
        for model in self.models():
            self.opened(model)
            for user in (self.ben, self.admin):
                if model == "exchange.provider.test":
                    continue  # no other user has opened one
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(self.env[model].with_user(user).search([]))

    def test_buttons_refuse_other_users(self):
        dialog = self.opened("exchange.add.account").with_user(self.ben)
        for button in (
            dialog.action_authorize,
            dialog.action_keep_address,
            dialog.action_leave_address,
            dialog.action_open_existing,
        ):
            with self.subTest(button=button.__name__), self.assertRaises(AccessError):
                button()


class TestWhatItLeadsTo(WizardCase):
    """Users cannot refer to records of others in their own dialogs."""

    def test_a_dialog_about_records_of_others_is_refused(self):
        for model in (
            "exchange.answer",
            "exchange.disconnect",
            "exchange.new.folder",
            "exchange.reset",
        ):
            for user in (self.ben, self.admin):
                with self.subTest(model=model), self.assertRaises(AccessError):
                    self.opened(model, user)

    def test_writing_a_record_of_others_is_refused(self):
        foreign = self.records["exchange.account"].id
        folder = self.records["exchange.folder"].id
        ben = self.connected(self.ben)
        for model, own, values in (
            ("exchange.add.account", {}, {"account_id": foreign}),
            ("exchange.add.account", {}, {"existing_id": foreign}),
            ("exchange.disconnect", {"account_id": ben.id}, {"account_id": foreign}),
            ("exchange.reset", {"account_id": ben.id}, {"account_id": foreign}),
            (
                "exchange.new.folder",
                {"account_id": ben.id, "parent_id": False},
                {"parent_id": folder},
            ),
            ("exchange.export", {}, {"account_ids": [(6, 0, [foreign])]}),
        ):
            dialog = self.env[model].with_user(self.ben)
            dialog = dialog.create(
                {**self.values(model), "account_ids": [], **own}
                if model == "exchange.export"
                else {**self.values(model), **own}
            )
            with (
                self.subTest(model=model, values=values),
                self.assertRaises(AccessError),
            ):
                dialog.write(values)
                dialog.read(list(values))

    def test_unsaved_dialog_reveals_nothing(self):
        """The web client asks for computed fields before there is a row."""
        line = self.records["exchange.sync.line"]
        line.write({"name": "Secret Customer", "candidate_ids": [self.partner.id]})
        answers = self.env["exchange.answer"].with_user(self.ben)
        spec = {"line_id": {}, "name": {}, "candidate_ids": {}}
        with self.assertRaises(AccessError):
            answers.onchange({"line_id": line.id}, [], spec)
        folders = self.env["exchange.new.folder"].with_user(self.ben)
        account = self.records["exchange.account"].id
        try:
            result = folders.onchange({"account_id": account}, [], {"parent_id": {}})
        except AccessError:
            return
        self.assertFalse(result["value"].get("parent_id"))


class TestNames(WizardCase):
    """Odoo shows the name of what a record points at without asking."""

    def names(self, user):
        """The names that a form shows for records whose ids were entered."""
        found = {}
        for model in ("exchange.account", "exchange.folder", "exchange.sync.line"):
            record = self.records[model]
            pointing = {
                "exchange.account": ("exchange.reset", "account_id"),
                "exchange.folder": ("exchange.new.folder", "parent_id"),
                "exchange.sync.line": ("exchange.answer", "line_id"),
            }
            form, name = pointing[model]
            shown = {name: {"fields": {"display_name": {}}}}
            forms = self.env[form].with_user(user)
            result = forms.onchange({name: record.id}, [name], shown)
            entered = forms.with_context(**{f"default_{name}": record.id})
            begun = entered.onchange({}, [], shown)
            found[model] = (record.with_user(user).sudo().display_name, result, begun)
        return found

    def test_name_requires_read_access(self):
        self.records["exchange.sync.line"].name = "Secret Customer"
        texts = {
            "exchange.account": "anna@example.com",
            "exchange.folder": self.records["exchange.folder"].name,
            "exchange.sync.line": "Secret Customer",
        }
        own = self.names(self.anna)
        for model, text in texts.items():
            self.assertEqual(own[model][0], text)
        self.env.invalidate_all()
        for user in (self.ben, self.admin):
            for model, result in self.names(user).items():
                seen = user == self.admin and model == "exchange.account"
                with self.subTest(user=user.login, model=model):
                    self.assertEqual(texts[model] in str(result), seen)

    def test_names_of_links_and_runs_require_read_access(self):
        for model in ("exchange.contact.link", "exchange.sync.run"):
            record = self.records[model]
            self.assertIn("anna", record.with_user(self.anna).sudo().display_name)
            self.assertFalse(record.with_user(self.ben).sudo().display_name)
            self.assertIn("anna", record.display_name, "to the system")


class TestNoPassword(WizardCase):
    def rows(self, model):
        """What PostgreSQL has of a dialog's table, as text."""
        self.env.flush_all()
        self.env.cr.execute(f'SELECT d::text FROM "{self.env[model]._table}" d')
        return str(self.env.cr.fetchall())

    def test_no_dialog_has_a_password_column(self):
        for model in self.models():
            for name, field in self.env[model]._fields.items():
                secret = any(word in name for word in ("password", "secret", "key"))
                with self.subTest(model=model, field=name):
                    self.assertFalse(secret and field.store)

    def test_entered_password_is_not_stored(self):
        for model in self.models():
            if "password" not in self.env[model]._fields:
                continue
            dialog = self.opened(model)
            before = self.rows(model)
            answer = dialog.web_save({"password": PASSWORD}, {"password": {}})
            with self.subTest(model=model):
                self.assertFalse(answer[0]["password"])
                self.assertFalse(dialog.password)
                self.assertFalse(dialog.sudo().password)
                self.assertEqual(len(self.rows(model)), len(before))
                self.assertNotIn(PASSWORD, self.rows(model))

    def test_failed_attempt_stores_no_password(self):
        dialog = self.opened("exchange.add.account")
        self.provider.server_url = "http://127.0.0.1:9/EWS/Exchange.asmx"
        dialog.email = "second@example.com"
        answer = dialog.action_authorize(PASSWORD)
        self.assertIn("does not answer", answer["params"]["message"])
        accounts = self.env["exchange.account"].search(
            [("email", "=", "second@example.com")]
        )
        self.assertFalse(accounts)
        with self.assertRaisesRegex(Exception, "Enter the password"):
            dialog.action_authorize()
