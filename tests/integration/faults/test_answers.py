# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Servers that answer only in part, are full, or omit optional values."""

from __future__ import annotations

import base64
from datetime import timedelta

from odoo import fields

from odoo.addons.exchange_contact_sync.use_cases import schedule

from exchange_server import faults
from support.cases.sync_case import SyncCase
from support.photos import photos, picture, take_photo

NAMES = [f"Person {number}" for number in range(12)]


class AnswersCase(SyncCase):
    account_values = {"auto_sync": True, "odoo_deletion": "delete"}

    def exported(self):
        """Partners that are in the mailbox because they are in Odoo."""
        vals = [{"name": name, "email": f"{name[7:]}@odoo.example"} for name in NAMES]
        partners = self.env["res.partner"].create(vals)
        self.sync()
        self.sync()
        return partners

    def in_both(self, name: str) -> None:
        self.in_mailbox(name)
        self.partner(name)

    def assertNoContactBlamed(self, run) -> None:
        self.assertFalse(run.error_count)
        self.assertFalse(run.line_ids.filtered(lambda line: line.action == "error"))
        self.assertNotIn("error", self.account.link_ids.mapped("state"))
        self.assertEqual(self.account.state, "connected")

    def minutes_until_next(self) -> float:
        self.assertFalse(self.account.search(schedule.due_domain(self.account[:0])))
        left = self.account.next_sync - fields.Datetime.now()
        return left / timedelta(minutes=1)


class TestServedInPart(AnswersCase):
    def assertDone(self, fault, operation: str, at_once: int) -> None:
        """One run under a fault does all the work, in smaller requests."""
        self.server.faults.add(fault)
        self.server.counters.reset()
        run = self.sync()
        self.assertGreater(fault.hits, 0)
        self.assertNoContactBlamed(run)
        self.assertLessEqual(
            self.server.counters.requests[operation], 2 + len(NAMES) // at_once
        )
        self.server.faults.clear()
        self.sync()
        self.assertIdle()

    def test_busy_server_gets_smaller_requests_of_each_kind(self):
        for name in NAMES:
            self.add(name=f"Outlook's {name}", email=f"{name[7:]}@outlook.example")
        self.assertDone(faults.busy_from(6, "GetItem"), "GetItem", 5)
        for name in NAMES:
            self.in_both(f"Outlook's {name}")
        vals = [{"name": name, "email": f"{name[7:]}@odoo.example"} for name in NAMES]
        partners = self.env["res.partner"].create(vals)
        self.assertDone(faults.busy_from(4, "CreateItem"), "CreateItem", 3)
        for name in NAMES:
            self.in_both(name)
        partners.function = "Chief"
        self.assertDone(faults.busy_from(4, "UpdateItem"), "UpdateItem", 3)
        for name in NAMES:
            self.assertItem(self.in_mailbox(name), job="Chief")
        self.account.sudo().deletion_limit_passed = True
        partners.active = False
        self.assertDone(faults.busy_from(2, "DeleteItem"), "DeleteItem", 1)
        self.assertFalse(
            [i for i in self.mailbox.contacts() if i.values.get("contacts:JobTitle")]
        )

    def test_busy_server_gets_smaller_requests_of_photos(self):
        partners = self.exported()
        partners.image_1920 = base64.b64encode(picture("green", (8, 8)))
        for operation in ("GetItem", "CreateAttachment"):
            self.server.faults.add(faults.busy_from(6, operation))
        run = self.sync()
        self.assertNoContactBlamed(run)
        self.assertTrue(all(photos(self.in_mailbox(name)) for name in NAMES))
        self.server.faults.clear()
        self.sync()
        self.assertIdle()

    def test_contact_refused_as_busy_waits_alone(self):
        """The contact waits without being reported, and delays no other."""
        self.exported()
        silent = self.add(name="Silent", email="silent@example.com")
        self.add(name="Heard", email="heard@example.com")
        self.mailbox.fail_item(silent.id, "ErrorServerBusy", {"GetItem"})
        self.new_partner("Silent", email="silent@example.com")
        self.partner("Person 1").function = "Chief"
        for _run in range(2):
            run = self.sync(state="failed")
            self.assertIn("is busy and asked Odoo to try again later", run.message)
            self.assertNoContactBlamed(run)
            self.assertAlmostEqual(self.minutes_until_next(), 15, delta=0.2)
        self.assertItem(self.in_mailbox("Person 1"), job="Chief")
        self.in_both("Heard")
        self.mailbox.heal_item(silent.id)
        self.sync()
        self.in_both("Silent")
        self.assertIdle()

    def test_error_in_a_batch_is_reported_for_one_contact(self):
        partners = self.exported()
        bad = self.in_mailbox("Person 3")
        self.mailbox.fail_item(bad.id, "ErrorAccessDenied", {"UpdateItem"})
        partners.function = "Chief"
        run = self.sync(state="partial")
        self.assertEqual(run.error_count, 1)
        line = run.line_ids.filtered(lambda line: line.action == "error")
        self.assertEqual(line.name, "Person 3")
        self.assertIn("The mail server does not let you", line.message)
        for name in set(NAMES) - {"Person 3"}:
            self.assertItem(self.in_mailbox(name), job="Chief")


class TestFullMailbox(AnswersCase):
    def test_full_mailbox_imports_and_exports_later_once(self):
        self.exported()
        self.partner("Person 1").function = "Chief"
        self.partner("Person 2").image_1920 = base64.b64encode(picture("green"))
        self.new_partner("Waiting", email="waiting@example.com")
        for number in range(2):
            item = self.add(name=f"New {number}", email=f"new{number}@example.com")
            take_photo(self.mailbox, item, picture("red"))
            fault = self.server.faults.add(faults.quota_exceeded())
            self.server.counters.reset()
            run = self.sync(state="failed")
            self.assertIn("The mailbox is full", run.message)
            self.assertEqual(run.message, self.account.message)
            self.assertNoContactBlamed(run)
            written = self.server.counters.requests
            self.assertEqual(written["UpdateItem"] + written["CreateItem"], 1)
            self.assertAlmostEqual(self.minutes_until_next(), 5 * 2**number, delta=0.2)
            self.assertTrue(self.partner(f"New {number}").image_1920)
            self.server.faults.remove(fault.id)
        self.sync()
        self.assertFalse(self.account.message)
        self.assertItem(self.in_mailbox("Person 1"), job="Chief")
        self.assertTrue(photos(self.in_mailbox("Person 2")))
        self.in_both("Waiting")
        self.sync()
        self.assertIdle()

    def test_read_only_folder_is_reported(self):
        self.new_partner("Waiting", email="waiting@example.com")
        for code in ("ErrorCreateItemAccessDenied", "ErrorAccessDenied"):
            fault = self.server.faults.add(faults.items_refused(code, "CreateItem"))
            self.add(name=code, email=f"{code}@example.com")
            run = self.sync(state="failed")
            self.assertIn("create contacts in the folder", run.message)
            self.assertNoContactBlamed(run)
            self.partner(code)
            self.server.faults.remove(fault.id)
        self.sync()
        self.in_both("Waiting")
        self.assertIdle()

    def test_fault_of_the_whole_request_is_reported(self):
        self.new_partner("Waiting", email="waiting@example.com")
        fault = faults.soap_fault("ErrorQuotaExceeded", "Full.")
        fault.operation = "CreateItem"
        self.server.faults.add(fault)
        run = self.sync(state="failed")
        self.assertIn("The mailbox is full", run.message)
        self.assertNoContactBlamed(run)
        self.sync()
        self.in_both("Waiting")
        self.assertIdle()


class TestOmittedValues(AnswersCase):
    def test_server_that_omits_empty_elements_can_be_used(self):
        self.server.faults.add(faults.empty_without_root())
        self.account.action_authorize()
        self.assertEqual(self.account.state, "connected", self.account.message)
        self.assertEqual(self.account.folder_ids.mapped("name"), ["Contacts"])
        self.new_partner("Ola", email="ola@example.com")
        lost = self.server.faults.add(faults.drop_before("CreateItem"))
        self.sync(state="failed")
        self.assertEqual(lost.hits, 1)
        self.sync()
        self.in_both("Ola")
        self.assertIdle()


class TestLostDeletion(AnswersCase):
    def test_interrupted_deletion_stops_the_pair_until_unarchived(self):
        ola = self.new_partner("Ola", email="ola@example.com")
        self.sync()
        self.sync()
        self.account.sudo().deletion_limit_passed = True
        ola.active = False
        fault = self.server.faults.add(faults.drop_after("DeleteItem"))
        self.sync(state="failed")
        self.assertEqual(fault.hits, 1)
        self.sync()
        link = self.account.link_ids.filtered(lambda link: link.partner_id == ola)
        self.assertEqual((link.state, link.stop_reason), ("stopped", "archived"))
        self.assertIdle()
        ola.active = True
        self.sync()
        self.in_both("Ola")
        self.sync()
        self.assertIdle()


class TestTrashedFolder(SyncCase):
    def test_history_and_link_name_the_contact_in_a_trashed_folder(self):
        friends = self.mailbox.create_folder("Friends")
        self.account.action_refresh_folders()
        self.add(friends, name="Ada", email="ada@example.com")
        self.add(name="Ben", email="ben@example.com")
        self.sync()
        ada = self.partner("Ada").with_user(self.owner)
        self.assertEqual(ada.exchange_status, self.account.email)
        above = friends.parent
        self.mailbox.move_folder(friends, self.mailbox.folder("deleteditems"))
        self.account.action_refresh_folders()
        run = self.sync()
        (line,) = run.line_ids
        self.assertEqual((line.action, line.name), ("stop", "Ada"))
        self.assertIn("folder of this contact was deleted", line.message)
        link = self.account.link_ids.filtered(lambda link: link.partner_id == ada)
        self.assertTrue(link.in_deleted_folder)
        self.assertEqual(link.state, "synced")
        ada.invalidate_recordset()
        self.assertEqual(ada.exchange_status, "In a deleted folder")
        self.assertTrue(ada.active)
        self.assertIdle()
        self.mailbox.move_folder(friends, above)
        self.account.action_refresh_folders()
        self.assertFalse(self.sync().line_ids)
        ada.invalidate_recordset()
        self.assertEqual(ada.exchange_status, self.account.email)
