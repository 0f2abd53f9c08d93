# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""No duplicates and no renamed contacts, with a real Odoo and a real server."""

from __future__ import annotations

from odoo import Command

from support.cases.sync_case import SyncCase

INFO, FAMILY = "info@acme.example", "family@smith.example"
PRIVATE = {"item:Sensitivity": "Private"}


class WhoIsWhoCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.sync()  # export the people that any database has first

    def names(self) -> list[str]:
        """Return the names in the mailbox, without the ones exported before."""
        names = (
            item.values["contacts:DisplayName"] for item in self.mailbox.contacts()
        )
        return sorted(name for name in names if name not in self.before)

    def sync_without_questions(self, *, writes: int = 0):
        """Synchronize, and check that no contact waits for a decision, and the number
        of writes.
        """
        self.server.counters.reset()
        run = self.sync()
        self.assertEqual(self.server.counters.writes, writes)
        self.assertFalse(run.line_ids.filtered(lambda one: one.action == "ambiguous"))
        return run

    def linked(self, partner, item):
        link = partner.exchange_link_ids
        self.assertEqual((link.state, link.remote_id), ("synced", item.id))


class TestNoDuplicates(WhoIsWhoCase):
    def setUp(self):
        super().setUp()
        self.before = {
            one.values["contacts:DisplayName"] for one in self.mailbox.contacts()
        }
        self.people = [
            self.add(
                given=name,
                surname="Test",
                name=f"{name} Test",
                email=f"{name}@x.example",
            )
            for name in ("Ada", "Bea", "Cleo")
        ]
        self.sync()

    def test_partners_created_again_are_linked(self):
        ada, bea, cleo = (self.partner(f"{n} Test") for n in ("Ada", "Bea", "Cleo"))
        ada.unlink()
        bea.active = False
        self.sync()
        self.env.flush_all()
        new = [
            self.new_partner(f"{name} Test", email=f"{name}@x.example", function="Anew")
            for name in ("Ada", "Bea")
        ]
        self.sync_without_questions(writes=1)
        self.assertEqual(self.names(), ["Ada Test", "Bea Test", "Cleo Test"])
        for partner, item in zip(new, self.people, strict=False):
            self.linked(partner, item)
            self.assertItem(item, job="Anew")
        self.assertIdle()

    def test_private_contact_gets_no_duplicate(self):
        self.add(given="Dora", name="Dora", email="dora@x.example", **PRIVATE)
        dora = self.new_partner("Dora", email="dora@x.example")
        duplicate = self.new_partner("Test, Cleo", email="cleo@x.example")
        self.sync_without_questions()
        self.assertEqual(dora.exchange_link_ids.stop_reason, "private")
        self.assertEqual(duplicate.exchange_link_ids.stop_reason, "duplicate")
        self.env.cr.execute("SELECT count(*) FROM exchange_inbox_entry")
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.assertIdle()

    def test_item_moved_to_a_new_folder_and_edited_stays_linked(self):
        ada, bea, cleo = self.people
        made = self.mailbox.create_folder("Made just now")
        self.edit(ada, email="ada.test@y.example")
        self.edit(bea, company="Other", mobile="+49 171 5550101")
        self.edit(cleo, name="Cleo Berg", surname="Berg", email="berg@y.example")
        self.partner("Cleo Test").active = False
        self.sync()
        for item in self.people:
            self.mailbox.move_contact(item.id, made)
        self.sync_without_questions()
        links = self.account.link_ids.filtered(lambda k: k.folder_id.name == made.name)
        self.assertEqual(len(links), 3)
        self.assertEqual(links.mapped("state").count("stopped"), 1)
        self.assertEqual(self.partner("Ada Test").email, "ada.test@y.example")
        self.assertFalse(self.partner("Cleo Test").active)
        self.assertEqual(len(self.names()), 3)
        self.assertIdle()

    def test_archived_namesake_is_no_candidate(self):
        self.new_partner("Dora", email="dora@x.example", active=False)
        dora = self.new_partner("Dora", email="dora@x.example")
        item = self.add(given="Dora", name="Dora", email="dora@x.example")
        self.sync_without_questions()
        self.linked(dora, item)


class TestNoOtherPersonRenamed(WhoIsWhoCase):
    def setUp(self):
        super().setUp()
        self.before = {
            one.values["contacts:DisplayName"] for one in self.mailbox.contacts()
        }

    def test_people_with_a_shared_address_are_distinguished(self):
        petra = self.new_partner("Petra Lang", email=INFO, function="Chief")
        self.add(
            given="Karl", surname="Weber", name="Karl Weber", email=INFO, job="Sales"
        )
        bob = self.new_partner("Bob Smith", email=FAMILY)
        anna = self.new_partner("Anna Smith", email=FAMILY)
        items = {
            name: self.add(
                given=name, surname="Smith", name=f"{name} Smith", email=FAMILY
            )
            for name in ("Anna", "Bob")
        }
        karl = {"given": "Karl", "surname": "Huber", "name": "Karl Huber"}
        self.add(
            **karl, email="junior@h.example", company="Huber", business="+49 30 21"
        )
        senior = self.new_partner(
            "Karl Huber",
            email="senior@h.example",
            company_name="Huber",
            phone="+49 30 22",
        )
        self.sync_without_questions(writes=1)  # Petra and the senior go out
        self.linked(anna, items["Anna"])
        self.linked(bob, items["Bob"])
        self.assertPartner(petra, name="Petra Lang", function="Chief")
        self.assertPartner(senior, email="senior@h.example", phone="+49 30 22")
        both = self.env["res.partner"].search([("name", "=", "Karl Huber")])
        self.assertEqual(len(both), 2)
        self.assertEqual(len(self.names()), 6)
        self.assertIdle()

    def test_namesakes_with_different_numbers_are_distinguished(self):
        self.add(name="Service", business="+49 30 111")
        self.new_partner("Service", phone="+49 30 222")
        self.sync_without_questions(writes=1)
        self.assertEqual(self.names(), ["Service", "Service"])
        self.assertIdle()


class TestCompanies(WhoIsWhoCase):
    def setUp(self):
        super().setUp()
        self.before = {
            one.values["contacts:DisplayName"] for one in self.mailbox.contacts()
        }

    def test_company_item_is_not_confused_with_its_people(self):
        acme = self.new_partner("ACME GmbH", is_company=True)
        self.add(company="Acme GmbH", business="+49 30 5", email=INFO, city="Berlin")
        self.add(company="North Ltd", name="North Ltd", website="north.example")
        self.add(given="Petra", name="Petra", company="Acme GmbH", email=INFO)
        self.add(given="Ole", name="Ole", company="North Ltd", email="ole@x.example")
        self.sync_without_questions()
        self.assertPartner(acme, phone="+49 30 5", city="Berlin", email=INFO)
        self.assertFalse(acme.parent_id)
        north = self.partner("North Ltd")
        self.assertTrue(north.is_company)
        self.assertEqual(north.website, "http://north.example")
        self.assertEqual(self.partner("Petra").parent_id, acme)
        self.assertEqual(self.partner("Ole").parent_id, north)
        self.assertIdle()

    def test_companies_are_exported_if_chosen(self):
        firm = self.new_partner("Analytical Engines", is_company=True, phone="+44 1")
        self.sync_without_questions()
        self.account.export_companies = True
        self.sync()
        item = self.in_mailbox("Analytical Engines")
        self.assertItem(item, company="Analytical Engines", given=None, surname=None)
        self.assertItem(item, file_as="Analytical Engines")
        self.assertIdle()
        firm.name = "Difference Engines"
        self.sync()
        self.assertItem(item, company="Difference Engines", name="Difference Engines")
        self.assertIdle()

    def test_person_turned_into_a_company_stays_linked(self):
        item = self.add(given="Ada", surname="Byron", name="Ada Byron", email=INFO)
        self.sync()
        ada = self.partner("Ada Byron")
        ada.write({"is_company": True, "name": "Byron Ltd"})
        child = self.new_partner("Child of hers", parent_id=ada.id, is_company=True)
        self.sync()
        for company in ("Byron Ltd", child.name):
            self.edit(item, company=company, business="+49 30 7", job="Countess")
            self.sync()
            self.assertFalse(ada.parent_id)
            self.assertPartner(ada, phone="+49 30 7", function="Countess")
        self.assertIdle()


class TestAccess(WhoIsWhoCase):
    def test_owner_without_write_rights_makes_no_duplicates(self):
        self.before = {
            one.values["contacts:DisplayName"] for one in self.mailbox.contacts()
        }
        people = [f"Person {number}" for number in range(3)]
        for name in people:
            self.add(name=name, email=f"{name[-1]}@x.example", mobile="+49 171 1")
            self.new_partner(name, email=f"{name[-1]}@x.example", function="Clerk")
        manager = self.env.ref("base.group_partner_manager")
        self.owner.group_ids = [Command.unlink(manager.id)]
        account = self.account.with_user(self.owner)
        self.assertIn("nothing can be imported", account.import_problem)
        self.account.sync()
        self.assertEqual(self.names(), people)
        for name in people:
            self.assertItem(self.in_mailbox(name), job="Clerk")
        self.assertIdle()
