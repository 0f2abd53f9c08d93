# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""After a reset the next run links all contacts again, and changes none."""

from __future__ import annotations

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import SQL

from odoo.addons.exchange_contact_sync.use_cases import reset, synchronize

from exchange_server import faults
from exchange_server.population import populate
from exchange_server.store.item import Item
from support.cases.sync_case import ADDRESS, OWNER_GROUPS, SyncCase
from support.cases.sync_mailbox import IDENTITY, meanwhile, updates

IN_MAILBOX = (
    {"given": "Ada", "surname": "Byron", "name": "Ada Byron", "email": "ada@x.example"},
    {"name": "Older Brother", "email": "family@x.example", "job": "Smith"},
    {"name": "Older Sister", "email": "family@x.example", "job": "Baker"},
    {"name": "John Roe", "company": "North"},
    {"name": "John Roe", "company": "South"},
    {"name": "Jane Doe", "mobile": "+44 7700 900001"},
    {"name": "Jane Doe", "home": "+44 20 7946 0002", "business": "+44 20 7946 0003"},
    {"name": "Only A Name"},
    {"given": "Only", "surname": "Parts"},
    {"name": "Name And Note", "note": "Met in Ockham", "job": "Analyst"},
    {"name": "Namesake"},
    {"company": "Only A Company"},
    {"email": "only.mail@x.example"},
    {"business": "+44 20 7946 0004"},
    {"note": "Nothing to call it by"},
    {"name": "Secret Person", "item:Sensitivity": "Private"},
    {"name": "Odd Country", "email": "odd@x.example", "country": "Erewhon"},
)
IN_ODOO = (
    {"name": "Grace Hopper", "email": "grace@x.example", "function": "Admiral"},
    {"name": "Dr. Ida van der Berg Jr.", "email": "ida@x.example"},
    {"name": "Nothing Else"},
    {"name": "Ola  Nord"},
    {"name": "Per\u00a0Vik"},
    {"name": "With A Number", "phone": "+44 20 7946 0009"},
    {"name": "With A Company", "company_name": "Engines, Ltd."},
    {"name": "With A Note", "comment": "<p>One</p><p>Two</p>", "website": "x.example"},
    {"name": "With A City", "street": "1 Road", "street2": "Flat 2", "city": "Ockham"},
    {"name": "Namesake", "email": "namesake@x.example"},
)


class ResetCase(SyncCase):
    def items_with_sync_keys(self) -> list[Item]:
        """Items that carry a sync key of ours."""
        items = self.mailbox.contacts()
        return [item for item in items if any(IDENTITY in key for key in item.values)]

    def pairs(self) -> dict[tuple[int, str], str]:
        """The pairs of partner and item, and whether each is active."""
        self.account.invalidate_recordset(["link_ids"])
        return {
            (link.partner_id.id, link.remote_id): link.state
            for link in self.account.link_ids
        }

    def reset(self, **options: bool):
        """The owner opens the dialog, chooses and confirms."""
        action = self.account.action_reset()
        wizard = self.env[action["res_model"]].with_user(self.owner)
        wizard = wizard.with_context(**action["context"]).create(options)
        return wizard.action_confirm()


class TestRelinked(ResetCase):
    def setUp(self):
        super().setUp()
        populate(self.mailbox, contacts=25, seed=7)
        for values in IN_MAILBOX:
            self.add(**values)
        acme = self.new_partner("ACME", is_company=True)
        for values in IN_ODOO:
            self.new_partner(**values)
        for number in range(8):
            self.new_partner(f"Worker {number}", parent_id=acme.id)
        self.new_partner("Ada Byron", email="ada@x.example", active=False)
        self.account.action_refresh_folders()
        self.sync(state="partial")  # one contact has no name
        for name in ("Grace Hopper", "Only A Name"):
            self.partner(name).active = False
        self.sync()
        self.assertIdle()

    def assertRelinked(self, **options: bool) -> None:
        pairs, rows = self.pairs(), self.partner_rows()
        items = {item.id: item.values for item in self.mailbox.contacts()}
        self.assertGreater(len(pairs), 55)
        self.reset(**options)
        self.assertFalse(self.account.link_ids)
        self.assertEqual(self.partner_rows(), rows)
        self.server.counters.reset()
        run = self.sync(state="partial")
        self.assertEqual(self.server.counters.writes, 0)
        self.assertEqual(self.partner_rows(), rows)
        self.assertEqual(self.pairs(), pairs)
        self.assertEqual(run.error_count, 1)
        self.assertEqual(items.keys(), {item.id for item in self.mailbox.contacts()})
        self.assertIdle()

    def test_contacts_are_relinked_with_sync_keys_kept(self):
        number = len(self.items_with_sync_keys())
        self.assertGreater(number, 15)
        self.assertRelinked()
        self.assertEqual(len(self.items_with_sync_keys()), number)

    def test_contacts_are_relinked_with_sync_keys_removed(self):
        values = {
            item.id: {k: v for k, v in item.values.items() if IDENTITY not in k}
            for item in self.mailbox.contacts()
        }
        self.assertRelinked(remove_identities=True)
        self.assertEqual(self.items_with_sync_keys(), [])
        found = {item.id: item.values for item in self.mailbox.contacts()}
        self.assertEqual(found, values)

    def test_contacts_are_relinked_after_each_reset(self):
        self.assertRelinked()
        self.assertRelinked(remove_identities=True)
        self.assertEqual(
            self.items_with_sync_keys(), [], "earlier keys are removed too"
        )


class TestNamesakes(ResetCase):
    def test_namesakes_are_relinked_by_sync_key(self):
        self.new_partner("Same Name")
        self.new_partner("Same Name")
        for number in (1, 2):
            self.add(name="Same Address", email="a@example.com", job=f"{number}")
        self.sync()
        pairs, rows = self.pairs(), self.partner_rows()
        self.reset()
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.pairs(), pairs)
        self.assertEqual(self.server.counters.writes, 0)
        self.assertEqual(self.partner_rows(), rows)
        self.assertIdle()

    def test_namesakes_without_sync_keys_are_not_guessed(self):
        self.new_partner("Same Name")
        self.new_partner("Same Name")
        self.sync()
        rows = self.partner_rows()
        reset.reset_account(self.account, True)
        run = self.sync()
        lines = run.line_ids.filtered(lambda line: line.action == "ambiguous")
        self.assertEqual(lines.mapped("name"), ["Same Name"] * 2)
        self.assertEqual(self.partner_rows(), rows)
        self.assertIdle()

    def test_contact_of_a_shared_address_is_relinked(self):
        """The other contact was added later: a folder lists the newest items first."""
        linked = self.add(name="Ada Byron", email="ada@example.com", job="Analyst")
        self.sync()
        self.add(name="Ada King", email="ada@example.com", job="Muse")
        self.sync()
        pairs, rows = self.pairs(), self.partner_rows()
        self.assertIn((self.partner("Ada Byron").id, linked.id), pairs)
        self.reset()
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.pairs(), pairs)
        self.assertEqual(self.server.counters.writes, 0)
        self.assertEqual(self.partner_rows(), rows)
        self.assertIdle()


class TestForgets(ResetCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada Byron", email="ada@example.com")
        self.new_partner("Ola Nord", email="ola@example.com")
        self.sync()

    def test_reset_clears_state_but_not_choices_or_history(self):
        self.account.sudo().write(
            {
                "auto_sync": True,
                "next_sync": fields.Datetime.now(),
                "failure_count": 3,
                "message_code": "server_unreachable",
                "deletion_limit_passed": True,
                "sync_requested": True,
            }
        )
        choices = ["export_contacts", "import_contacts", "auto_sync", "state"]
        before, history = self.account.read(choices), self.account.run_ids
        lines = history.line_ids
        self.reset()
        self.assertEqual(self.account.read(choices), before)
        self.assertEqual(self.account.run_ids, history)
        self.assertEqual(history.line_ids, lines)
        self.assertFalse(self.account.folder_ids.sudo().filtered("sync_state"))
        entries = self.env["exchange.inbox.entry"]
        self.assertFalse(entries.search([("account_id", "=", self.account.id)]))
        for name in (
            "link_ids",
            "last_sync",
            "next_sync",
            "failure_count",
            "message",
            "deletion_limit_passed",
            "sync_requested",
        ):
            self.assertFalse(self.account[name], name)

    def test_open_run_is_closed(self):
        for number in range(3):
            self.add(name=f"Person {number}", email=f"person{number}@example.com")
        synchronize.run_and_settle(self.account, "manual", 0.0)
        run = self.account.run_ids[0]
        self.assertEqual(run.state, "running")
        self.reset()
        self.assertEqual(run.state, "failed")
        self.assertIn("ended unfinished because it was reset", run.message)
        self.sync()
        self.assertNotEqual(self.account.run_ids[0], run)
        for number in range(3):
            self.partner(f"Person {number}")
        self.assertIdle()

    def test_run_over_the_limit_needs_no_consent_once_nothing_is_deleted(self):
        self.account.sudo().write(
            {"state": "error", "message_code": "side_suddenly_empty"}
        )
        self.reset()
        self.assertEqual(self.account.state, "connected")
        self.assertFalse(self.account.message)

    def test_reset_keeps_a_failure_of_the_password(self):
        self.account.sudo().write(
            {"state": "error", "message_code": "authentication_failed"}
        )
        self.reset()
        self.assertEqual(self.account.state, "error")
        self.assertIn("does not accept", self.account.message)

    def test_stopped_pair_counts_as_new(self):
        """As the dialog says, a contact deleted only there is exported again."""
        ola = self.in_mailbox("Ola Nord")
        self.mailbox.delete_contact(ola.id)
        self.sync()
        self.assertIdle()
        self.reset()
        self.sync()
        self.in_mailbox("Ola Nord")
        self.assertIdle()


class TestSyncKeys(ResetCase):
    def setUp(self):
        super().setUp()
        for number in range(3):
            self.new_partner(f"Worker {number}", email=f"w{number}@example.com")
        self.sync()

    def test_sync_keys_of_copies_and_moved_items_are_removed(self):
        folder = self.mailbox.create_folder("Elsewhere")
        first, second = self.in_mailbox("Worker 0"), self.in_mailbox("Worker 1")
        self.mailbox.copy_item(first, first.folder)
        self.mailbox.move_contact(second.id, folder)
        self.reset(remove_identities=True)
        self.assertEqual(self.items_with_sync_keys(), [])

    def test_removing_sync_keys_changes_nothing_else(self):
        item = self.in_mailbox("Worker 0")
        fault = meanwhile("UpdateItem", lambda: self.edit(item, job="Edited meanwhile"))
        self.server.faults.add(fault)
        with self.server.recorder as recorder:
            self.reset(remove_identities=True)
        sent = updates(recorder)
        self.assertEqual(sent, [[]] * len(self.exported_before()), "only the sync key")
        self.assertItem(item, job="Edited meanwhile")
        self.assertEqual(self.items_with_sync_keys(), [])

    def test_sync_keys_of_a_colleague_stay(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        theirs = self.connect(ben, email=ADDRESS, username=ADDRESS)
        self.new_partner("Of Ben", email="of.ben@example.com")
        self.sync(theirs)
        self.assertEqual(len(self.items_with_sync_keys()), len(self.exported_before()))
        self.new_partner("Of Anna", email="of.anna@example.com")
        self.sync()
        known_to_ben = theirs.link_ids.mapped("remote_id")
        self.reset(remove_identities=True)
        self.assertIn(self.in_mailbox("Of Ben"), self.items_with_sync_keys())
        self.assertNotIn(self.in_mailbox("Of Anna"), self.items_with_sync_keys())
        for item in self.items_with_sync_keys():
            self.assertIn(item.id, known_to_ben)

    def test_sync_key_that_cannot_be_removed_is_reported(self):
        stubborn = self.in_mailbox("Worker 0")
        self.mailbox.fail_item(stubborn.id, "ErrorItemSave", {"UpdateItem"})
        answer = self.reset(remove_identities=True)
        self.assertEqual(answer["params"]["type"], "warning")
        self.assertIn("from the mailbox: 1.", answer["params"]["message"])
        self.assertEqual(self.items_with_sync_keys(), [stubborn])
        self.assertFalse(self.account.link_ids)

    def test_unreachable_mailbox_leaves_the_state(self):
        links, number = self.account.link_ids, len(self.items_with_sync_keys())
        self.server.faults.add(faults.http_status(503))
        with self.assertRaisesRegex(UserError, "Nothing was reset. The mail server"):
            self.reset(remove_identities=True)
        self.assertEqual(self.account.link_ids.exists(), links)
        self.assertEqual(len(self.items_with_sync_keys()), number)
        self.assertIdle()

    def test_reset_can_be_repeated_after_a_lost_answer(self):
        links = self.account.link_ids
        self.server.faults.add(faults.drop_after("UpdateItem"))
        with self.assertRaisesRegex(UserError, "Nothing was reset"):
            self.reset(remove_identities=True)
        self.assertEqual(self.account.link_ids.exists(), links)
        self.reset(remove_identities=True)
        self.assertEqual(self.items_with_sync_keys(), [])

    def test_without_the_option_no_request_is_sent(self):
        self.server.stop()
        self.reset()
        self.assertFalse(self.account.link_ids)


class TestWhoAndWhen(ResetCase):
    def setUp(self):
        super().setUp()
        self.add(name="Ada Byron")
        self.sync()

    def test_reset_during_a_run_is_refused(self):
        from odoo.addons.exchange_contact_sync.storage.lease import LEASES

        take = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LEASES, self.account.id)
        with self.registry.cursor() as cr:
            cr.execute(take)
            with self.assertRaisesRegex(UserError, "being synchronized right now"):
                self.reset(remove_identities=True)
        self.assertTrue(self.account.link_ids)
        self.assertIdle()

    def test_only_the_owner_resets(self):
        ben = new_test_user(self.env, "ben@example.com", OWNER_GROUPS)
        admin = new_test_user(
            self.env, "carl@example.com", f"{OWNER_GROUPS},base.group_system"
        )
        for user in (ben, admin):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.account.with_user(user).action_reset()
                wizards = self.env["exchange.reset"].with_user(user)
                with self.assertRaises(AccessError):
                    wizards.create({"account_id": self.account.id}).action_confirm()
        self.assertTrue(self.account.link_ids)

    def test_dialog_asks_before_the_reset(self):
        action = self.account.action_reset()
        view = self.env[action["res_model"]].get_view(view_type="form")
        self.assertIn("No contact is changed", view["arch"])
        self.assertTrue(self.account.link_ids)
        wizard = self.env["exchange.reset"].with_context(**action["context"]).new({})
        self.assertFalse(wizard.remove_identities)
