# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The import from a mailbox into Odoo."""

from __future__ import annotations

from support.cases.sync_case import SyncCase


class TestFields(SyncCase):
    account_values = {"export_contacts": False}

    def test_partner_without_a_picture_accepts_one_later(self):
        """Odoo computes the sizes of a picture, but none without a picture."""
        self.add(name="Ada Byron", email="ada@example.com")
        self.sync()
        ada = self.partner("Ada Byron")
        self.assertFalse(ada.image_1920 or ada.image_128)
        ada.image_1920 = self.env.ref("base.main_company").logo
        self.env.flush_all()
        self.assertTrue(ada.image_128)

    def test_every_field_is_imported(self):
        self.add(
            title="Dr.",
            given="Ada",
            middle="Maria",
            surname="van der Berg",
            suffix="Jr.",
            name="Dr. Ada Maria van der Berg Jr.",
            company="Berg & Sons",
            job="Head of Research",
            email="ada@berg.example",
            mobile="+49 1512 3456789",
            street="Hauptstraße 1\r\nHinterhaus",
            city="Austin",
            zip="73301",
            state="Texas",
            country="United States",
            website="https://berg.example/ada",
            note=("Text", "Likes tea.\r\nSecond line."),
        )
        self.sync()
        ada = self.partner("Dr. Ada Maria van der Berg Jr.")
        self.assertPartner(
            ada,
            type="contact",
            is_company=False,
            company_name="Berg & Sons",
            function="Head of Research",
            email="ada@berg.example",
            phone="+49 1512 3456789",
            street="Hauptstraße 1",
            street2="Hinterhaus",
            city="Austin",
            zip="73301",
            state_id=self.env.ref("base.state_us_44"),
            country_id=self.env.ref("base.us"),
            website="https://berg.example/ada",
        )
        self.assertIn("Likes tea.", ada.comment)
        self.assertIn("Second line.", ada.comment)
        self.assertEqual(ada.create_uid, self.owner)
        self.assertIdle()

    def test_name_is_built_from_its_parts(self):
        self.add(given="Ludwig", surname="van Beethoven", file_as="Beethoven")
        self.sync()
        self.partner("Ludwig van Beethoven")
        self.assertIdle()

    def test_places_are_found_in_an_installed_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        germany = self.env.ref("base.de")
        germany.with_context(lang="de_DE").name = "Deutschland"
        self.add(name="Karl", country="Deutschland")
        self.add(name="Kurt", country="DE")
        self.add(name="Jane", country="Middle-earth")
        self.sync()
        self.assertEqual(self.partner("Karl").country_id, germany)
        self.assertEqual(self.partner("Kurt").country_id, germany)
        self.assertFalse(self.partner("Jane").country_id)
        self.assertIdle()

    def test_country_is_found_by_its_common_name(self):
        for text, code in (
            ("United States of America", "us"),
            ("UK", "uk"),
            ("Russia", "ru"),
            ("Czechia", "cz"),
        ):
            self.add(name=text, country=text)
            self.sync()
            country = self.partner(text).country_id
            self.assertEqual(country, self.env.ref(f"base.{code}"), text)
        self.assertIdle()

    def test_an_unknown_country_stays_in_the_mailbox(self):
        item = self.add(name="Jane", country="Middle-earth", email="j@example.com")
        self.account.export_contacts = True
        self.sync()
        self.partner("Jane").email = "jane@example.com"
        self.sync()
        self.assertItem(item, country="Middle-earth", email="jane@example.com")

    def test_phone_is_the_preferred_number(self):
        self.add(name="All", business="+1 1", mobile="+1 2", home="+1 3")
        self.add(name="Mobile", mobile="+1 2", home="+1 3")
        self.add(
            name="Fax", **{"contacts:PhoneNumber:BusinessFax": "+1 9", "home": "+1 3"}
        )
        self.sync()
        self.assertEqual(self.partner("All").phone, "+1 1")
        self.assertEqual(self.partner("Mobile").phone, "+1 2")
        self.assertEqual(self.partner("Fax").phone, "+1 3")
        self.assertIdle()

    def test_name_falls_back_to_other_values(self):
        self.add(company="Only Company Ltd")
        self.add(email="only@example.com")
        self.add(mobile="+49 1512 3456789")
        self.sync()
        self.partner("Only Company Ltd")
        self.assertEqual(self.partner("only@example.com").email, "only@example.com")
        self.assertEqual(self.partner("+49 1512 3456789").phone, "+49 1512 3456789")
        self.assertIdle()


class TestFolders(SyncCase):
    account_values = {"export_contacts": False}

    def setUp(self):
        super().setUp()
        self.friends = self.mailbox.create_folder("Friends")
        self.close = self.mailbox.create_folder("Close", self.friends)
        self.beside = self.mailbox.create_folder(
            "Beside", self.mailbox.folder("msgfolderroot")
        )
        self.add(name="In Contacts")
        self.add(self.friends, name="In Friends")
        self.add(self.close, name="In Close")
        self.add(self.beside, name="In Beside")
        self.account.action_refresh_folders()

    def names(self) -> set[str]:
        found = self.env["res.partner"].search([("name", "=like", "In %")])
        return set(found.mapped("name"))

    def test_all_folders_are_imported(self):
        self.sync()
        all_names = {"In Contacts", "In Friends", "In Close", "In Beside"}
        self.assertEqual(self.names(), all_names)
        self.assertIdle()

    def test_only_chosen_folders_are_imported(self):
        close = self.account.folder_ids.filtered(lambda f: f.name == "Close")
        close.selected = True
        self.account.import_scope = "folders"
        self.sync()
        self.assertEqual(self.names(), {"In Close"})
        self.assertIdle()

    def test_folder_chosen_later_is_imported(self):
        folders = self.account.folder_ids
        folders.filtered(lambda f: f.name == "Close").selected = True
        self.account.import_scope = "folders"
        self.sync()
        folders.filtered(lambda f: f.name == "Friends").selected = True
        self.sync()
        self.assertEqual(self.names(), {"In Close", "In Friends"})
        self.assertIdle()

    def test_other_items_are_not_imported(self):
        before = self.env["res.partner"].search_count([])
        self.mailbox.add_item(self.close, "IPM.DistList", {"item:Subject": "Everybody"})
        run = self.sync()
        self.assertEqual(self.env["res.partner"].search_count([]), before + 4)
        self.assertEqual(run.skipped_count, 1)
        self.assertIdle()

    def test_private_contacts_are_not_imported(self):
        secret = self.add(name="In Secret", **{"item:Sensitivity": "Private"})
        self.sync()
        self.assertNotIn("In Secret", self.names())
        self.edit(secret, **{"item:Sensitivity": "Normal"})
        self.sync()
        self.assertIn("In Secret", self.names())
