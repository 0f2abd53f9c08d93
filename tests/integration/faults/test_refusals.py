# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values the mail server refuses, truncates, or confirms without storing them."""

from __future__ import annotations

from datetime import date

from odoo import Command

from exchange_server import faults
from exchange_server.fault_queue import Fault
from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import KEYS

IM = "contacts:ImAddress:ImAddress"
EMAIL2 = "contacts:EmailAddress:EmailAddress2"
BIRTHDAY = "contacts:Birthday"
LONG = "Chief of everything that has to do with everything else " * 6


class RefusalCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.ida = self.new_partner("Ida Lund", email="ida@example.com")
        self.ola = self.new_partner("Ola Nord", email="ola@example.com")

    def behave(self, *behaviors: Fault) -> None:
        for behavior in behaviors:
            self.server.faults.add(behavior)

    def refused(self, run) -> list[tuple[str, str]]:
        """The contacts and fields that a run reports; each message names the value."""
        lines = run.line_ids.filtered("error_code")
        for line in lines:
            self.assertRegex(line.message, "“.+” .*“.+”")
        return sorted((line.name, line.field_name) for line in lines)

    def edit_beside(self, item, **values: object) -> None:
        """A later edit of another field sends nothing else."""
        self.edit(item, city="London")
        self.assertFalse(self.refused(self.sync()))
        self.assertPartner(self.ida, city="London", **values)
        self.assertIdle()


class TestRefused(RefusalCase):
    def test_all_fields_but_the_refused_are_synchronized(self):
        self.behave(
            faults.value_refused(KEYS["website"], contains="bad"),
            faults.value_refused(KEYS["categories"], contains="Bad"),
            faults.text_limit(255, [KEYS["job"]], code="ErrorPropertyUpdate"),
        )
        good, bad = self.env["res.partner.category"].create(
            [{"name": "Good"}, {"name": "Bad"}]
        )
        values = {
            "website": "https://bad.example.com",
            "function": LONG,
            "category_id": [Command.set((good | bad).ids)],
            "phone": "+49 30 5",
        }
        self.ida.write(values)
        run = self.sync(state="partial")
        fields = ["categories", "job_title", "website"]
        self.assertEqual(self.refused(run), [("Ida Lund", name) for name in fields])
        ida, ola = self.in_mailbox("Ida Lund"), self.in_mailbox("Ola Nord")
        there = {"website": None, "job": None, "business": "+49 30 5"}
        self.assertItem(ida, categories=["Good"], **there)
        self.assertIdle()

        self.ola.write(values)
        self.assertEqual(
            self.refused(self.sync(state="partial")),
            [("Ola Nord", name) for name in fields],
        )
        self.assertItem(ola, categories=["Good"], **there)
        self.assertIdle()

        self.ola.website = "https://good.example.com"
        self.assertFalse(self.refused(self.sync()), "it is reported once")
        self.assertItem(ola, website="https://good.example.com", job=None)
        self.edit_beside(ida, website="https://bad.example.com", category_id=good | bad)

    def test_retry_succeeds_once_the_server_accepts(self):
        self.sync()
        self.behave(faults.value_refused(KEYS["job"]))
        self.ida.function = "Boss"
        run = self.sync(state="partial")
        line = run.line_ids.filtered(lambda one: one.action == "error")
        line = line.with_user(self.owner)
        for reported in (True, True):
            self.assertTrue(line.can_retry)
            line.action_retry()
            self.assertEqual(bool(self.refused(self.sync(state="partial"))), reported)
        self.server.faults.clear()
        line.action_retry()
        self.sync()
        self.assertItem(self.in_mailbox("Ida Lund"), job="Boss")
        self.assertFalse(line.can_retry)
        self.assertIdle()

    def test_refused_name_is_replaced_by_a_fallback(self):
        """The item exists under a fallback name."""
        self.behave(faults.text_limit(code="ErrorPropertyUpdate"))
        self.ida.write({"name": f"Ida {LONG}", "company_name": "ACME"})
        self.sync(state="partial")
        [item] = [
            one for one in self.mailbox.contacts() if one.values.get(KEYS["company"])
        ]
        self.assertItem(item, email="ida@example.com")
        self.assertIdle()
        self.ida.name = "Ida Lund"
        self.sync()
        self.assertItem(item, name="Ida Lund", surname="Lund")
        self.assertIdle()


class TestAcknowledged(RefusalCase):
    def options(self, kind: str) -> list[str]:
        found = self.ida.communication_ids.filtered(lambda one: one.kind == kind)
        return found.mapped("value")

    def test_value_never_stored_is_reported(self):
        self.behave(faults.never_kept([f"{IM}2", f"{IM}3"]))
        addresses = [f"sip:ida{number}" for number in range(3)]
        self.ida.communication_ids = [
            Command.create({"kind": "im", "value": text}) for text in addresses
        ]
        run = self.sync()
        self.assertEqual(self.refused(run), [("Ida Lund", "im2"), ("Ida Lund", "im3")])
        self.assertIn(
            "did not store it", run.line_ids.filtered("error_code")[0].message
        )
        self.assertIdle()
        item = self.in_mailbox("Ida Lund")
        self.assertItem(item, **{f"{IM}1": "sip:ida0", f"{IM}2": None})
        self.edit_beside(item)
        self.assertEqual(self.options("im"), addresses)
        self.ida.communication_ids[1].value = "sip:other"
        self.assertEqual(self.refused(self.sync()), [("Ida Lund", "im2")])
        self.assertIdle()

    def test_value_that_cannot_be_cleared_is_reported(self):
        for name, group_clears in (("done by its group", True), ("not done", False)):
            with self.subTest(name):
                self.server.faults.clear()
                self.behave(
                    faults.value_stays([EMAIL2, BIRTHDAY], group_clears=group_clears)
                )
                self.ida.write(
                    {
                        "exchange_birthday": date(1980, 3, 5),
                        "communication_ids": [
                            Command.clear(),
                            Command.create(
                                {"kind": "email", "value": "two@example.com"}
                            ),
                        ],
                    }
                )
                self.sync()
                item = self.in_mailbox("Ida Lund")
                self.assertItem(item, **{EMAIL2: "two@example.com"})
                self.ida.write(
                    {"exchange_birthday": False, "communication_ids": [Command.clear()]}
                )
                run = self.sync()
                if group_clears:
                    self.assertFalse(self.refused(run))
                    self.assertItem(item, **{EMAIL2: None, BIRTHDAY: None})
                else:
                    rows = [("Ida Lund", "birthday"), ("Ida Lund", "email2")]
                    self.assertEqual(self.refused(run), rows)
                self.assertIdle()
                self.edit_beside(item, exchange_birthday=False)
                self.assertFalse(self.ida.communication_ids)
                self.account.action_authorize()

    def test_truncated_value_is_reported(self):
        self.behave(faults.text_limit())
        self.ida.function = LONG
        run = self.sync()
        self.assertEqual(self.refused(run), [("Ida Lund", "job_title")])
        self.assertIn("only the beginning", run.line_ids.filtered("error_code").message)
        item = self.in_mailbox("Ida Lund")
        self.assertItem(item, job=LONG[:255])
        self.assertIdle()
        self.edit_beside(item, function=LONG)
        self.ida.function = f"Deputy {LONG}"
        self.assertEqual(self.refused(self.sync()), [("Ida Lund", "job_title")])
        self.edit(item, job="Boss")
        self.sync()
        self.assertPartner(self.ida, function="Boss")
        self.assertIdle()

    def test_each_property_is_read_back_once(self):
        self.ida.function = "Boss"
        self.sync()
        self.server.counters.reset()
        for partner, job in ((self.ida, "Chief"), (self.ola, "Boss")):
            partner.function = job
        self.sync()
        self.assertNotIn("GetItem", self.server.counters.requests)
        self.account.action_authorize()
        self.ida.function = "Boss"
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.server.counters.requests["GetItem"], 1)
        self.assertIdle()
