# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""If another addon raises an error for one contact, this contact gets a line with the
reason, and all others are synchronized."""

from __future__ import annotations

import base64
from collections.abc import Callable

import psycopg2
from psycopg2 import errors

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from odoo.addons.exchange_contact_sync.partner.failures import is_of_the_run

from support.cases.sync_case import SyncCase
from support.photos import photos, picture, take_photo

LOGGERS = ("odoo.sql_db", "odoo.addons.exchange_contact_sync.partner.refusals")
GOOD = ("Ada", "Eva", "Ola")


class UnprintableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text either")


def recurse(env) -> None:
    recurse(env)


def raising(error: BaseException) -> Callable[[object], None]:
    def attempt(_env):
        raise error

    return attempt


def asking(query: str) -> Callable[[object], None]:
    """PostgreSQL fails, and the transaction with it."""
    return lambda env: env.cr.execute(query)


FAILURES = {
    "value": raising(ValueError("not this one")),
    "key": raising(KeyError("settings")),
    "attribute": raising(AttributeError("no such thing")),
    "assertion": raising(AssertionError()),
    "memory": raising(MemoryError()),
    "recursion": recurse,
    "stop": raising(StopIteration()),
    "os": raising(OSError(28, "No space left on device")),
    "user": raising(UserError("Not today.")),
    "access": raising(AccessError("Not for you.")),
    "data": asking("SELECT 1 / 0"),
    "table": asking("SELECT * FROM there_is_no_such_table"),
    "internal": asking("DO $$ BEGIN RAISE EXCEPTION 'never'; END $$"),
    "index": asking("SELECT repeat('x', 2000000000)"),
    "long": raising(RuntimeError("x" * 10_000_000)),
    "odd": raising(RuntimeError("\ud800 and \0")),
    "unprintable": raising(UnprintableError()),
}
"""What is raised for the contact of this name."""


class AddonCase(SyncCase):
    account_values = {"exchange_deletion": "delete", "deletion_limit": 100}

    def install(self, model: str, addon: type) -> None:
        """Extend a model with the class, as if an addon defined it."""
        found = self.env.registry[model]
        self.before = found.__bases__
        found.__bases__ = (addon, *self.before)
        self.installed = found
        self.addCleanup(self.uninstall)

    def uninstall(self) -> None:
        self.installed.__bases__ = self.before

    def add_all(self) -> None:
        self.items = {
            name: self.add(name=name, email=f"{name}@example.com", city="Oslo")
            for name in (*GOOD, *FAILURES)
        }

    def problems(self, run):
        return run.line_ids.filtered(lambda line: line.action == "error")

    def assert_each_is_reported(self, run) -> None:
        lines = self.problems(run)
        self.assertEqual(set(lines.mapped("name")), set(FAILURES))
        for line in lines:
            self.assertTrue(line.message)
            self.assertTrue(line.error_detail, line.name)
            self.assertLessEqual(len(line.error_detail), 2000)

    def partners(self, names=(*GOOD, *FAILURES)):
        return self.env["res.partner"].search([("name", "in", list(names))])

    def quiet(self):
        return mute_logger(*LOGGERS)

    def assert_in_step(self) -> None:
        """Check that without the other addon, all contacts are synchronized once."""
        self.assertEqual(len(self.partners()), len(self.items))
        self.assertEqual(len(self.mailbox.contacts()), len(self.items) + self.exported)
        self.assertIdle()

    def setUp(self):
        super().setUp()
        self.exported = len(self.exported_before())


class TestImported(AddonCase):
    def test_error_while_creating_partners_is_reported_per_contact(self):
        class Addon:
            def create(self, vals_list):
                for vals in vals_list if isinstance(vals_list, list) else [vals_list]:
                    FAILURES.get(vals.get("name"), id)(self.env)
                return super().create(vals_list)

        self.add_all()
        self.install("res.partner", Addon)
        with self.quiet():
            run = self.sync(state="partial")
        self.assertEqual(set(self.partners().mapped("name")), set(GOOD))
        self.assert_each_is_reported(run)
        with self.quiet():
            self.assertFalse(self.problems(self.sync()), "it is reported once")
        self.uninstall()
        for line in self.problems(run).with_user(self.owner):
            line.action_retry()
        self.sync()
        self.assert_in_step()

    def test_error_while_writing_partners_is_reported_per_contact(self):
        class Addon:
            def write(self, vals):
                for one in self if "function" in vals else ():
                    FAILURES.get(one.name, id)(self.env)
                return super().write(vals)

        self.add_all()
        self.sync()
        self.install("res.partner", Addon)
        for name, item in self.items.items():
            self.edit(item, job=f"Head of {name}", city="Bergen")
        with self.quiet():
            run = self.sync(state="partial")
        self.assertEqual(set(self.partners().mapped("city")), {"Bergen"})
        for partner in self.partners():
            job = f"Head of {partner.name}" if partner.name in GOOD else False
            self.assertEqual(partner.function, job)
        self.assert_each_is_reported(run)
        self.assertEqual(set(self.problems(run).mapped("field_name")), {"job_title"})
        with self.quiet():
            self.assertFalse(self.problems(self.sync()), "it is reported once")
        self.uninstall()
        for line in self.problems(run).with_user(self.owner):
            line.action_retry()
        self.sync()
        self.assertEqual(len(self.partners().filtered("function")), len(self.items))
        self.assert_in_step()

    def test_error_while_archiving_partners_is_reported_per_contact(self):
        class Addon:
            def write(self, vals):
                for one in self if vals.get("active") is False else ():
                    FAILURES.get(one.name, id)(self.env)
                return super().write(vals)

        self.add_all()
        self.sync()
        self.install("res.partner", Addon)
        for item in self.items.values():
            self.mailbox.delete_contact(item.id)
        with self.quiet():
            run = self.sync(state="partial")
        self.assertEqual(set(self.partners().mapped("name")), set(FAILURES))
        self.assert_each_is_reported(run)
        self.uninstall()
        self.sync()
        self.assertFalse(self.partners())
        self.assertIdle()


class Unreadable:
    """Fails when the chosen partners are read, in any batch."""

    def _fetch_query(self, query, fields):
        found = super()._fetch_query(query, fields)
        if not self.env.su and len(fields) > 3:
            for one in found:
                FAILURES.get(one.sudo().name, id)(self.env)
        return found


class TestRead(AddonCase):
    def test_error_while_reading_partners_is_reported_per_contact(self):
        self.add_all()
        self.sync()
        for partner in self.partners():
            partner.function = f"Head of {partner.name}"
        self.env.flush_all()
        for item in self.items.values():
            self.edit(item, city="Bergen")
        self.install("res.partner", Unreadable)
        self.env.invalidate_all()
        with self.quiet():
            run = self.sync(state="partial")
        self.assert_each_is_reported(run)
        for name in GOOD:
            self.assertItem(self.items[name], job=f"Head of {name}", city="Bergen")
        self.assertEqual(set(self.partners(GOOD).mapped("city")), {"Bergen"})
        self.assertEqual(len(self.mailbox.contacts()), len(self.items) + self.exported)
        self.assertNotIn("stopped", self.account.link_ids.mapped("state"))
        with self.quiet():
            self.assertFalse(self.problems(self.sync()), "it is reported once")
        self.uninstall()
        self.sync()
        for name, item in self.items.items():
            self.assertItem(item, job=f"Head of {name}", city="Bergen")
        self.assertEqual(set(self.partners().mapped("city")), {"Bergen"})
        self.assert_in_step()

    def test_error_while_reading_new_partners_is_reported_per_contact(self):
        for name in (*GOOD, *FAILURES):
            self.new_partner(name, email=f"{name}@example.com")
        self.env.flush_all()
        self.install("res.partner", Unreadable)
        self.env.invalidate_all()
        with self.quiet():
            run = self.sync(state="partial")
        self.assert_each_is_reported(run)
        self.assertEqual(self.problems(run).partner_id, self.partners(FAILURES))
        self.assertEqual(len(self.mailbox.contacts()), len(GOOD) + self.exported)
        self.uninstall()
        self.sync()
        self.assertEqual(len(self.partners()), len(GOOD) + len(FAILURES))
        for name in FAILURES:
            self.in_mailbox(name)
        self.assertIdle()

    def test_unreadable_partner_gets_no_duplicate(self):
        for name in (*GOOD, *FAILURES):
            self.new_partner(name, email=f"{name}@example.com")
        self.env.flush_all()
        self.add_all()
        self.install("res.partner", Unreadable)
        self.env.invalidate_all()
        with self.quiet():
            run = self.sync(state="partial")
        self.assertLessEqual(set(FAILURES), set(self.problems(run).mapped("name")))
        self.uninstall()
        self.sync()
        self.assert_in_step()

    def test_unreadable_tag_name_is_reported(self):
        class Addon:
            def _compute_display_name(self):
                for one in self:
                    FAILURES.get(one.name, id)(self.env)
                return super()._compute_display_name()

        self.add_all()
        self.sync()
        tags = self.env["res.partner.category"]
        for partner in self.partners():
            partner.category_id = tags.create({"name": partner.name})
            partner.function = "Head"
        self.env.flush_all()
        self.env.invalidate_all()
        self.install("res.partner.category", Addon)
        with (
            self.quiet(),
            mute_logger("odoo.addons.exchange_contact_sync.partner.tags"),
        ):
            run = self.sync(state="partial")
        self.assert_each_is_reported(run)
        for name in GOOD:
            self.assertItem(self.items[name], job="Head", categories=[name])
        self.uninstall()
        self.env.invalidate_all()
        self.sync()
        self.assertItem(self.items["key"], job="Head", categories=["key"])
        self.assert_in_step()


class TestPhotos(AddonCase):
    def setUp(self):
        super().setUp()
        self.add_all()
        self.sync()

    def test_error_while_writing_pictures_is_reported_per_contact(self):
        class Addon:
            def write(self, vals):
                for one in self if vals.get("image_1920") else ():
                    FAILURES.get(one.name, id)(self.env)
                return super().write(vals)

        self.install("res.partner", Addon)
        for item in self.items.values():
            take_photo(self.mailbox, item, picture("red"))
        with self.quiet():
            run = self.sync(state="partial")
        self.assert_each_is_reported(run)
        with_one = self.partners().filtered("image_1920")
        self.assertEqual(set(with_one.mapped("name")), set(GOOD))
        self.assertIdle()

    def test_error_while_reading_pictures_is_reported_per_contact(self):
        """Their file is missing, or no image, or Odoo fails at it."""
        content = base64.b64encode(picture("red"))
        partners = self.partners(("Ada", "key", "value"))
        partners.image_1920 = content
        self.env.flush_all()
        self.break_file("key", b"")
        self.break_file("value", b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
        self.env.invalidate_all()
        with self.quiet():
            run = self.sync(state="partial")
        self.assertEqual(self.problems(run).mapped("name"), ["key"])
        self.assertTrue(photos(self.items["Ada"]))
        self.assertFalse(photos(self.items["key"]))
        self.assertIdle()

    def break_file(self, name: str, content: bytes) -> None:
        """Replace the stored file of a picture."""
        self.env.cr.execute(
            "UPDATE ir_attachment SET db_datas = %s, store_fname = NULL WHERE"
            " res_model = 'res.partner' AND res_field = 'image_1920' AND res_id = %s",
            [content, self.partner(name).id],
        )


class TestErrorsOfTheRun(AddonCase):
    def test_only_the_database_itself_ends_a_run(self):
        for kind in (
            *(psycopg2.OperationalError, psycopg2.InterfaceError),
            *(errors.SerializationFailure, errors.DeadlockDetected),
            *(errors.LockNotAvailable, errors.AdminShutdown, errors.DiskFull),
        ):
            self.assertTrue(is_of_the_run(kind()), kind)
        for kind in (
            *(errors.QueryCanceled, errors.ProgramLimitExceeded, errors.RaiseException),
            *(errors.UndefinedTable, errors.DivisionByZero, errors.UniqueViolation),
            *(ValueError, MemoryError, RecursionError, UserError),
        ):
            self.assertFalse(is_of_the_run(kind("")), kind)
