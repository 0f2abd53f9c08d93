# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invalid answers: the history reports them, other contacts are synchronized, and no
record is written, archived or created because of them."""

from __future__ import annotations

import re
from datetime import date

from exchange_server import faults
from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import KEYS

BIRTHDAY = "contacts:Birthday"
UNREADABLE = "data is damaged"


class MalformedCase(SyncCase):
    account_values = {"exchange_deletion": "delete", "odoo_deletion": "delete"}

    def setUp(self):
        super().setUp()
        self.items = [
            self.add(name=name, email=f"{name}@example.com", job="Analyst")
            for name in ("Ada", "Ben", "Eva")
        ]
        self.sync()
        self.partners = {name: self.partner(name) for name in ("Ada", "Ben", "Eva")}

    def say(self, pattern: str, text: str, operation: str, **when):
        return self.server.faults.add(
            faults.replaced(pattern, text, operation, times=None, **when)
        )

    def problems(self, run) -> list[tuple[str, str]]:
        """Name and message of the problems that a run reports."""
        lines = run.line_ids.filtered(lambda line: line.action in ("error", "skip"))
        return [(line.name, line.message) for line in lines]

    def assertHealed(self) -> None:
        """Once the server answers correctly, both sides become equal."""
        self.server.faults.clear()
        self.sync()
        names = set(self.partners)
        found = {item.values.get(KEYS["name"]) for item in self.mailbox.contacts()}
        self.assertLessEqual(names, found)
        for name, partner in self.partners.items():
            item = self.in_mailbox(name)
            self.assertTrue(partner.active)
            self.assertEqual(partner.function, item.values[KEYS["job"]])
        self.assertIdle()


class TestContacts(MalformedCase):
    def test_unreadable_contact_stops_no_other(self):
        for text in (
            "<t:JobTitle>C<t:x/>hief</t:JobTitle>",
            "<t:JobTitle>C<hief</t:JobTitle>",
        ):
            for item in self.items:
                self.edit(item, job="Chief")
            self.edit(self.items[1], job="Spoilt")
            fault = self.say("<t:JobTitle>Spoilt</t:JobTitle>", text, "GetItem")
            run = self.sync(state="partial")
            self.assertTrue(fault.hits)
            ((name, message),) = self.problems(run)
            self.assertEqual(name, "Ben")
            self.assertIn(UNREADABLE, message)
            self.assertEqual(self.partners["Ben"].function, "Analyst")
            self.assertEqual(self.partners["Eva"].function, "Chief")
            self.assertHealed()
            for item in self.items:
                self.edit(item, job="Analyst")
            self.sync()

    def test_contact_with_only_an_id_is_reported(self):
        self.edit(self.items[1], job="Chief")
        self.say(r"(<t:ItemId [^>]*>).*?(</t:Contact>)", r"\1\2", "GetItem")
        self.sync(state="partial")
        self.assertPartner(self.partners["Ben"], name="Ben", function="Analyst")
        self.assertHealed()

    def test_lone_surrogate_is_dropped(self):
        self.edit(self.items[1], job="Chief")
        self.say("<t:JobTitle>Chief", "<t:JobTitle>Ch&#xD83D;ief", "GetItem")
        self.sync()
        self.assertEqual(self.partners["Ben"].function, "Chief")
        self.assertHealed()

    def test_unreadable_date_stays_unchanged(self):
        self.mailbox.update_contact(self.items[1].id, {BIRTHDAY: date(1980, 5, 1)})
        self.sync()
        ben = self.partners["Ben"]
        before = ben.more_from_exchange
        self.assertTrue(before)
        self.edit(self.items[1], job="Chief")
        self.say("<t:Birthday>.*?<", "<t:Birthday>99999-01-01T11:59:00Z<", "GetItem")
        run = self.sync()
        ((name, message),) = self.problems(run)
        self.assertEqual(name, "Ben")
        self.assertIn("birthday", run.line_ids.mapped("field_name"))
        self.assertIn("cannot be read", message)
        self.assertEqual(ben.more_from_exchange, before)
        self.assertEqual(ben.function, "Chief")
        self.assertIdle()
        self.assertHealed()
        self.assertEqual(ben.more_from_exchange, before)

    def test_answer_for_another_contact_is_rejected(self):
        for item, job in zip(self.items, ("One", "Two", "Three"), strict=True):
            self.edit(item, job=job)
        ben = re.escape(self.items[1].id)
        self.say(f'ItemId Id="{ben}"', f'ItemId Id="{self.items[0].id}"', "GetItem")
        self.sync(state="partial")
        self.assertEqual(self.partners["Ada"].function, "One")
        self.assertEqual(self.partners["Ben"].function, "Analyst")
        self.assertHealed()

    def test_ids_of_another_mailbox_are_ignored(self):
        """A server lists contacts of another mailbox, but does not return them."""
        other = self.exchange.add_mailbox("eve@example.com", "secret", "Eve")
        foreign = other.add_contact(
            other.folder("contacts"), {KEYS["name"]: "Stranger"}
        )
        self.edit(self.items[1], job="Chief")
        self.say('(<t:ItemId Id=")[^"]*', rf"\g<1>{foreign.id}", "SyncFolderItems")
        self.sync()
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Stranger")]))
        self.assertPartner(self.partners["Ben"], active=True, function="Analyst")
        self.edit(self.items[1], job="Boss")
        self.assertHealed()


class TestPages(MalformedCase):
    def test_item_without_an_id_is_reported(self):
        for item in self.items:
            self.edit(item, job="Chief")
        spoilt = re.escape(self.items[1].id)
        self.say(f'<t:ItemId Id="{spoilt}"[^>]*>', "", "SyncFolderItems")
        run = self.sync(state="partial")
        ((name, message),) = self.problems(run)
        self.assertIn(UNREADABLE, message)
        self.assertEqual(self.partners["Eva"].function, "Chief")
        self.assertTrue(self.partners["Ben"].active)
        self.edit(self.items[1], job="Boss")
        self.assertHealed()

    def test_unreadable_folder_is_reported(self):
        friends = self.mailbox.create_folder("Friends")
        self.account.action_refresh_folders()
        self.add(friends, name="Friend", email="friend@example.com")
        self.sync()
        self.mailbox.delete_contact(self.items[0].id)
        self.edit(self.items[1], job="Chief")
        self.new_partner("New", email="new@example.com")
        spoilt = faults.replaced("<m:Changes", "<", "SyncFolderItems", nth=2)
        self.server.faults.add(spoilt)
        run = self.sync(state="partial")
        ((name, message),) = self.problems(run)
        self.assertIn("list of the contacts in this folder cannot be read", message)
        self.assertEqual(self.partners["Ben"].function, "Chief")
        self.assertTrue(self.partners["Ada"].active, "she may be in that folder")
        self.server.faults.clear()
        self.account.sudo().deletion_limit_passed = True
        self.sync()
        self.in_mailbox("New")
        self.assertFalse(self.partners.pop("Ada").active)
        self.assertHealed()

    def test_endless_pages_are_reported(self):
        self.edit(self.items[1], job="Chief")
        last = "<m:IncludesLastItemInRange>true"
        self.say(last, "<m:IncludesLastItemInRange>false", "SyncFolderItems")
        self.sync()
        self.assertEqual(self.partners["Ben"].function, "Chief")
        self.assertHealed()


class TestFolders(MalformedCase):
    def test_deep_and_circular_folders_are_listed(self):
        above = top = self.mailbox.create_folder("Level 1")
        for level in range(2, 300):
            above = self.mailbox.create_folder(f"Level {level}", above)
        self.account.action_refresh_folders()
        folders = self.account.folder_ids
        self.assertEqual(len(folders), 300)
        self.assertFalse(folders.filtered("missing"))
        self.assertTrue(all(folders.mapped("display_name")))
        self.say(
            f'(<t:FolderId Id="{re.escape(top.id)}".*?<t:ParentFolderId Id=")[^"]*',
            rf"\g<1>{above.id}",
            "FindFolder",
        )
        self.account.action_refresh_folders()
        self.assertFalse(self.account.folder_ids.filtered("missing"))
        self.assertTrue(all(self.account.folder_ids.mapped("display_name")))

    def test_folder_without_a_name_is_listed(self):
        self.mailbox.create_folder("Friends")
        self.say("<t:DisplayName>Friends</t:DisplayName>", "", "FindFolder")
        self.account.action_refresh_folders()
        self.assertEqual(self.account.folder_ids.mapped("name"), ["Contacts", "?"])


class TestWriting(MalformedCase):
    def test_wrong_ids_of_created_items_are_detected(self):
        for name in ("New", "Newer"):
            self.new_partner(name, email=f"{name}@example.com")
        ada = self.items[0].id
        for said in ('Id="{0}"', "", f'Id="{"A" * 3000}"'):
            spoilt = said.format(ada)
            self.say('<t:ItemId Id="[^"]*"', f"<t:ItemId {spoilt}", "CreateItem")
        run = self.sync(state="partial")
        self.assertTrue(self.problems(run))
        self.assertHealed()
        for name in ("New", "Newer"):
            self.in_mailbox(name)

    def test_wrong_ids_of_updated_items_are_detected(self):
        for said in ('Id="{0}" ChangeKey="x"', "", f'Id="{"A" * 3000}"'):
            for partner in self.partners.values():
                partner.function = f"Chief {len(said)}"
            spoilt = said.format(self.items[0].id)
            self.say("<t:ItemId [^>]*>", f"<t:ItemId {spoilt}/>", "UpdateItem")
            self.sync()
            self.assertHealed()

    def test_unreadable_answer_is_reported(self):
        for partner in self.partners.values():
            partner.function = "Chief"
        self.say("<m:ResponseCode>", "<", "UpdateItem")
        run = self.sync(state="failed")
        self.assertIn("gave an answer that cannot be read", run.message)
        self.assertHealed()
