# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""No user relates a record of ours to one they may not read, by any field."""

from __future__ import annotations

from functools import cached_property

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.models import MAGIC_COLUMNS

from support.cases.account_case import AccountCase

MIXIN = "exchange.relations.mixin"
OURS = "exchange_contact_sync"
READ_BY_ALL = {"exchange.provider", "res.partner.category"}
"""Models whose records every internal user may read."""


class RelationsCase(AccountCase):
    def setUp(self):
        super().setUp()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.hidden = self.env["res.partner"].create(
            {"name": "Hidden", "company_id": elsewhere.id}
        )
        self.elsewhere = elsewhere
        self.theirs, self.mine = self.records_of(self.ben), self.records_of(self.anna)

    def records_of(self, user):
        """A record of each model that belongs to a user, by the model's name."""
        account = self.connected(user, export_contacts=True)
        run = self.env["exchange.sync.run"].create({"account_id": account.id})
        line = {"run_id": run.id, "direction": "pull", "action": "ambiguous"}
        saved = {"name": "Mine", "model_id": "res.partner", "user_ids": user.ids}
        return {
            "exchange.account": account,
            "exchange.folder": self.new_folder(account, f"Of {user.login}"),
            "exchange.sync.run": run,
            "exchange.sync.line": self.env["exchange.sync.line"].create(line),
            "ir.filters": self.env["ir.filters"].create(saved),
            "res.users": user,
        }

    @cached_property
    def forbidden(self):
        """A record that Anna may not read, by the name of its model."""
        return {
            **self.theirs,
            "res.partner": self.hidden,
            "res.company": self.elsewhere,
        }

    def vals_of(self, model):
        """The values with which Anna creates a record of each model."""
        mine = self.mine
        return {
            "exchange.account": {
                "provider_id": self.provider.copy().id,
                "email": "anna@example.org",
            },
            "exchange.add.account": {"email": "anna@example.org"},
            "exchange.answer": {"line_id": mine["exchange.sync.line"].id},
            "exchange.disconnect": {"account_id": mine["exchange.account"].id},
            "exchange.export": {"partner_ids": self.anna.partner_id.ids},
            "exchange.new.folder": {
                "account_id": mine["exchange.account"].id,
                "name": "New",
            },
            "exchange.reset": {"account_id": mine["exchange.account"].id},
            "res.partner.communication": {
                "partner_id": self.env["res.partner"].create({"name": "Ida"}).id,
                "value": "ida@example.com",
            },
        }[model]

    def ours(self, user):
        """Models of this addon of which a user may create or write records."""
        return [
            name
            for name, model in self.env.items()
            if model._original_module == OURS
            and not model._abstract
            and (
                model.with_user(user).has_access("create")
                or model.with_user(user).has_access("write")
            )
        ]

    def relations(self, model):
        """Names of fields that may refer to a record that some users may not read."""
        return [
            name
            for name, field in self.env[model]._fields.items()
            if field.type in ("many2one", "many2many")
            and field.store
            and name not in MAGIC_COLUMNS
            and field.comodel_name not in READ_BY_ALL
        ]


class TestEveryRelation(RelationsCase):
    def test_each_writable_model_has_the_check(self):
        for user in (self.anna, self.admin):
            for name in self.ours(user):
                with self.subTest(model=name):
                    self.assertTrue(hasattr(self.env[name], "_check_relations"))

    def made(self, model, vals, **context):
        return self.env[model].with_user(self.anna).with_context(**context).create(vals)

    def assert_refused(self, attempt, *args, **kwargs):
        with self.assertRaises(UserError):  # AccessError and ValidationError are some
            attempt(*args, **kwargs)

    def value(self, model, name):
        field = self.env[model]._fields[name]
        target = self.forbidden[field.comodel_name]
        return target.ids if field.type == "many2many" else target.id

    def test_relation_to_an_unreadable_record_is_refused(self):
        tried = set()
        for model in self.ours(self.anna):
            if not self.env[model].with_user(self.anna).has_access("create"):
                continue
            vals = self.vals_of(model)
            record = self.mine.get(model) or self.made(model, vals)
            for name in self.relations(model):
                bad = self.value(model, name)
                with self.subTest(model=model, field=name):
                    self.assert_refused(self.made, model, {**vals, name: bad})
                    rest = {key: one for key, one in vals.items() if key != name}
                    planted = {f"default_{name}": bad}
                    self.assert_refused(self.made, model, rest, **planted)
                    self.assert_refused(record.write, {name: bad})
                    tried.add((model, name))
        self.assertIn(("res.partner.communication", "partner_id"), tried)
        self.assertIn(("exchange.account", "export_filter_ids"), tried)
        self.assertIn(("exchange.answer", "line_id"), tried)

    def test_lines_of_others_cannot_be_taken_over(self):
        """The lines of a list are written like other records."""
        account = self.mine["exchange.account"]
        folder = self.theirs["exchange.folder"]
        for command in (
            Command.link(folder.id),
            Command.update(folder.id, {"selected": True}),
            Command.delete(folder.id),
        ):
            self.assert_refused(account.write, {"folder_ids": [command]})
        self.assertEqual(folder.account_id, self.theirs["exchange.account"])


class TestCommunicationOption(RelationsCase):
    def setUp(self):
        super().setUp()
        self.ida = self.env["res.partner"].create({"name": "Ida"})
        vals = {"partner_id": self.ida.id, "value": "ida@example.com"}
        options = self.env["res.partner.communication"]
        self.option = options.with_user(self.anna).create(vals)

    def refuse(self, attempt):
        with self.assertRaises(AccessError):
            attempt()

    def test_option_is_not_moved_to_an_unreadable_contact(self):
        self.refuse(lambda: self.option.write({"partner_id": self.hidden.id}))
        self.assertEqual(self.option.partner_id, self.ida)

    def test_option_is_not_moved_to_a_readonly_contact(self):
        rule = {"name": "Locked", "domain_force": "[('name', '!=', 'Locked')]"}
        model = self.env["ir.model"]._get_id("res.partner")
        self.env["ir.rule"].create({**rule, "model_id": model, "perm_read": False})
        locked = self.env["res.partner"].create({"name": "Locked"})
        locked.with_user(self.anna).check_access("read")
        self.option.write({"value": "ida@example.org"})
        self.refuse(lambda: self.option.write({"partner_id": locked.id}))
        self.refuse(lambda: self.option.copy({"partner_id": locked.id}))

    def test_option_is_not_moved_to_the_contact_of_a_user(self):
        """Only users who may change users may change this contact."""
        colleague, options = self.ben.partner_id, self.option.browse()
        vals = {"partner_id": colleague.id, "value": "ida@example.com"}
        self.refuse(lambda: self.option.write({"partner_id": colleague.id}))
        self.refuse(lambda: options.create(vals))
        theirs = options.sudo().create(vals).with_user(self.anna)
        self.assertEqual(theirs.read(["value"])[0]["value"], "ida@example.com")
        self.refuse(lambda: theirs.write({"value": "eva@example.com"}))
        self.refuse(theirs.unlink)
        own = options.create({**vals, "partner_id": self.anna.partner_id.id})
        own.write({"value": "anna@example.org"})
        theirs.with_user(self.admin).write({"value": "ben@example.org"})

    def test_option_is_not_moved_from_an_unreadable_contact(self):
        option = self.option.sudo().copy({"partner_id": self.hidden.id})
        option = option.with_user(self.anna)
        self.refuse(lambda: option.write({"partner_id": self.ida.id}))
        ida = self.ida.with_user(self.anna)
        for command in (Command.link(option.id), Command.delete(option.id)):
            self.refuse(lambda c=command: ida.write({"communication_ids": [c]}))
        self.assertTrue(option.sudo().exists())

    def test_option_is_moved_between_writable_contacts(self):
        eva = self.env["res.partner"].create({"name": "Eva"})
        self.option.write({"partner_id": eva.id})
        self.assertEqual(eva.communication_ids, self.option.sudo())
