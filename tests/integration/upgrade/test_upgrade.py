# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Upgrades from versions that carried less of a contact."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path

from cryptography.fernet import Fernet

from odoo.modules import get_module_path

from odoo.addons.exchange_contact_sync.partner.carried import Carried
from odoo.addons.exchange_contact_sync.partner.change_tokens import change_tokens
from odoo.addons.exchange_contact_sync.storage import secret
from odoo.addons.exchange_contact_sync.use_cases import credentials

from support.cases.account_case import opened
from support.cases.sync_case import PASSWORD, SyncCase
from support.photos import picture, take_photo

SCRIPT = "post-migrate.py"
EVERYTHING = Carried(tags=True, addresses=True)
EMAIL2 = "contacts:EmailAddress:EmailAddress2"
HOME_CITY = "contacts:PhysicalAddress:Home:City"
OLD_ROWS = "name company job_title email website note phone_business categories".split()


class UpgradeCase(SyncCase):
    def upgrade(self, version: str, before: str, name: str = SCRIPT):
        """Run a script of a version, as if an older one had been installed."""
        addon = get_module_path("exchange_contact_sync")
        path = Path(addon, "migrations", version, name)
        spec = importlib.util.spec_from_file_location("post_migrate", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, before)
        self.env.invalidate_all()

    def make_old(self, partner, **columns) -> None:
        """Store the pair as an older version did, with its partner unchanged since."""
        self.env.flush_all()
        [change_token] = change_tokens(self.env, partner.ids, EVERYTHING).values()
        columns["change_token"] = change_token
        assignments = ", ".join(f"{name} = %s" for name in columns)
        self.env.cr.execute(
            f"UPDATE exchange_contact_link SET {assignments} WHERE partner_id = %s",
            [*columns.values(), partner.id],
        )
        self.env.invalidate_all()


class TestMoreOfAContact(UpgradeCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(
            given="Ida",
            surname="Lund",
            name="Ida Lund",
            business="+49 30 1",
            home="+49 30 2",
            **{
                EMAIL2: "two@example.com",
                "contacts:Nickname": "Idchen",
                "contacts:Birthday": date(1980, 3, 5),
            },
        )
        self.sync()
        self.ida = self.partner("Ida Lund")
        self.as_before()

    def as_before(self):
        """The base as the version before stored it, with fewer rows."""
        self.ida.communication_ids.unlink()
        self.ida.more_from_exchange = False
        link = self.ida.exchange_link_ids.sudo()
        base = link.base
        values = dict.fromkeys(base.pop("blank"), "") | base["values"]
        values = {k: v for k, v in values.items() if k in OLD_ROWS}
        remembered = {**base["remembered"], "phone_home": "+49 30 2"}
        base = {**base, "values": values, "remembered": remembered}
        self.make_old(self.ida, base=json.dumps(base))
        self.sync()
        self.assertFalse(self.ida.exchange_nickname, "not of itself")

    def test_value_only_in_exchange_is_imported(self):
        self.upgrade("19.0.1.1.0", "19.0.1.0.0")
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.server.counters.writes, 0)
        self.assertPartner(
            self.ida, exchange_nickname="Idchen", exchange_birthday=date(1980, 3, 5)
        )
        options = [(one.kind, one.value) for one in self.ida.communication_ids]
        self.assertCountEqual(
            options, [("email", "two@example.com"), ("phone_home", "+49 30 2")]
        )
        self.assertIdle()

    def test_values_entered_on_both_sides_survive(self):
        self.upgrade("19.0.1.1.0", "19.0.1.0.0")
        self.ida.exchange_department = "North"
        self.sync()
        self.assertItem(self.item, **{"contacts:Department": "North"})
        self.assertItem(self.item, **{"contacts:Nickname": "Idchen"})
        self.assertIdle()


class TestAddressesAndPhotos(UpgradeCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(given="Ida", name="Ida", **{HOME_CITY: "Bergen"})
        take_photo(self.mailbox, self.item, picture("red"))
        self.account.write({"sync_addresses": False, "sync_photos": False})
        self.sync()
        self.ida = self.partner("Ida")
        self.make_old(self.ida, photo=None)
        # The upgrade fills their columns with the defaults of new accounts.
        self.env.cr.execute(
            "UPDATE exchange_account SET sync_addresses = TRUE, sync_photos = TRUE"
        )
        self.env.invalidate_all()
        self.sync()
        self.assertFalse(self.ida.child_ids or self.ida.image_1920, "not of itself")

    def test_values_are_imported_and_nothing_is_exported(self):
        self.upgrade("19.0.1.2.0", "19.0.1.1.0")
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.server.counters.writes, 0)
        self.assertPartner(self.ida.child_ids, city="Bergen", exchange_address="home")
        self.assertTrue(self.ida.image_1920)
        self.assertIdle()


class TestTextsAsTyped(UpgradeCase):
    def test_upgrade_writes_nothing_and_later_edits_are_synchronized(self):
        """The sides differ in values that the version before treated as equal."""
        item = self.add(name="Ida", business="1-800-EXAMPLE", company="ACME")
        self.sync()
        ida = self.partner("Ida")
        ida.write({"phone": "1-800-SAMPLES", "company_name": "Acme"})
        base = {**ida.exchange_link_ids.sudo().base, "version": 1}
        self.make_old(ida, base=json.dumps(base))
        self.upgrade("19.0.1.3.0", "19.0.1.2.0")
        self.assertIdle()
        self.assertItem(item, business="1-800-EXAMPLE", company="ACME")
        ida.phone = "1-800-EXAMPLE!"
        self.edit(item, company="acme")
        self.sync()
        self.assertPartner(ida, phone="1-800-EXAMPLE!", company_name="acme")
        self.assertItem(item, business="1-800-EXAMPLE!", company="acme")
        self.assertIdle()


class TestNoDates(UpgradeCase):
    def test_text_taken_for_a_date_is_cleared(self):
        known = {"birthday": "4501-01-01", "nickname": "Idchen"}
        ida = self.new_partner("Ida", more_from_exchange=known)
        eva = self.new_partner("Eva", more_from_exchange={"anniversary": "1601-01-01"})
        ola = self.new_partner("Ola", more_from_exchange={"birthday": "1980-03-05"})
        self.env.flush_all()
        self.upgrade("19.0.1.3.0", "19.0.1.2.0", "post-no-dates.py")
        self.assertEqual(ida.more_from_exchange, {"nickname": "Idchen"})
        self.assertFalse(eva.exchange_anniversary)
        self.assertEqual(ola.exchange_birthday, date(1980, 3, 5))


class TestMatchKeys(UpgradeCase):
    COLUMNS = {
        "res_partner": "exchange_match_keys",
        "exchange_contact_link": "match_keys",
        "exchange_inbox_entry": "match_keys",
    }

    def keys(self) -> list[tuple]:
        self.env.flush_all()
        found = []
        for table, column in self.COLUMNS.items():
            self.env.cr.execute(f"SELECT id, {column} FROM {table} ORDER BY id")
            found.append(self.env.cr.fetchall())
        return found

    def test_match_keys_are_rebuilt(self):
        private = {"item:Sensitivity": "Private"}
        for name in ("Dora Lund", "Ida Lund"):
            self.add(name=name, company="Acme", business="1234", **private)
        self.new_partner("Ida Lund", company_name="Acme", phone="+49 30 1234")
        self.sync()
        before = self.keys()
        for rows in before:
            self.assertTrue([row for row in rows if row[1]])
        for table, column in self.COLUMNS.items():
            self.env.cr.execute(
                f"UPDATE {table} SET {column} = 'n lund' WHERE {column} <> ''"
            )
        self.upgrade("19.0.1.4.0", "19.0.1.3.0", "post-match-keys.py")
        self.assertEqual(self.keys(), before)
        self.assertIdle()


class TestBoundSecrets(UpgradeCase):
    """Passwords that an older version stored without binding them."""

    def setUp(self):
        super().setUp()
        self.provider.service_password = "the service's"
        self.key = Fernet(secret._key_texts()[0])

    def keep_as_before(self, record, name, text):
        record.sudo()[name] = self.key.encrypt(text.encode()).decode()

    def test_address_of_the_mailbox_is_kept(self):
        self.account.sudo().connection_url = self.server.url
        self.upgrade_secrets()
        account = self.account.sudo()
        self.assertNotIn(self.server.url, account.connection_url)
        self.assertEqual(credentials.known_address(account), self.server.url)

    def upgrade_secrets(self):
        self.env.flush_all()
        self.upgrade("19.0.1.4.0", "19.0.1.3.0", "post-bind-secrets.py")

    def test_passwords_are_bound_and_work(self):
        self.keep_as_before(self.account, "password_encrypted", PASSWORD)
        self.keep_as_before(
            self.provider, "service_password_encrypted", "the service's"
        )
        run = self.account.sync()
        self.assertEqual((run.state, run.message_code), ("failed", "saved_for_another"))
        self.upgrade_secrets()
        self.account.sudo().state = "connected"
        self.sync()
        self.assertEqual(opened(self.provider), "the service's")
        token = self.account.sudo().password_encrypted
        self.upgrade_secrets()
        self.assertEqual(
            self.account.sudo().password_encrypted, token, "once is enough"
        )

    def test_password_without_its_key_stays_and_is_reported(self):
        lost = Fernet(Fernet.generate_key()).encrypt(b"secret").decode()
        self.account.sudo().password_encrypted = lost
        with self.assertLogs(level="WARNING") as logs:
            self.upgrade_secrets()
        self.assertIn("no key opens the saved password", logs.output[0])
        self.assertEqual(self.account.sudo().password_encrypted, lost)
        self.assertIn("key has changed", self.account.sync().message)
