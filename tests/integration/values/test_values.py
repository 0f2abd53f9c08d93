# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Realistic values of each kind in a whole synchronization.

Unit tests check the rules for names, days and countries in tables.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from odoo import Command

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates

PHONE = "contacts:PhoneNumber:"
EMAIL = "contacts:EmailAddress:EmailAddress"
ADDRESS_SET = "extended:00062004-0000-0000-c000-000000000046"
BIRTHDAY, BIRTHDAY_LOCAL = "contacts:Birthday", f"{ADDRESS_SET}:#32990:SystemTime"
MACHINES = {
    "BusinessFax": "phone_business_fax",
    "HomeFax": "phone_home_fax",
    "OtherFax": "phone_other_fax",
    "Telex": "phone_telex",
    "TtyTddPhone": "phone_tty_tdd",
    "Pager": "phone_pager",
    "Isdn": "phone_isdn",
}


FAR_EAST = {
    "Pacific/Auckland": 13,
    "Pacific/Tongatapu": 13,
    "Pacific/Kiritimati": 14,
}
"""Hours east of Greenwich in January."""


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


class TestNumbers(SyncCase):
    def test_fax_or_pager_number_is_no_phone(self):
        for slot in MACHINES:
            self.add(name=slot, **{f"{PHONE}{slot}": "+49 30 5550"})
        self.add(name="Both", business="+49 30 1", **{f"{PHONE}HomeFax": "+49 30 2"})
        self.sync()
        for slot, kind in MACHINES.items():
            partner = self.partner(slot)
            self.assertFalse(partner.phone, slot)
            option = partner.communication_ids
            self.assertEqual((option.kind, option.value), (kind, "+49 30 5550"))
            partner.phone = "+49 30 7"
        self.assertEqual(self.partner("Both").phone, "+49 30 1")
        self.sync()
        for slot in MACHINES:
            numbers = {f"{PHONE}{slot}": "+49 30 5550", "business": "+49 30 7"}
            self.assertItem(self.in_mailbox(slot), **numbers)
        self.assertIdle()


class TestNamesAndFileAs(SyncCase):
    def anna(self, **values: object):
        """In the mailbox and in Odoo."""
        names = {"given": "Anna", "surname": "Schmidt", "name": "Anna Schmidt"}
        item = self.add(**names, company="Acme", email="anna@example.com", **values)
        self.sync()
        return item, self.partner("Anna Schmidt")

    def test_file_as_follows_a_rename_on_both_sides(self):
        item, anna = self.anna(
            file_as="Acme\r\nSCHMIDT, Anna",
            **{
                f"{EMAIL}1:Name": "Anna Schmidt (anna@example.com)",
                f"{EMAIL}2": "as@example.com",
                f"{EMAIL}2:Name": "Schmidt, Anna",
                "contacts:Initials": "A.S.",
            },
        )
        anna.name = "Anna Weber"
        self.sync()
        self.assertItem(
            item,
            surname="Weber",
            file_as="Acme\r\nWEBER, Anna",
            **{
                f"{EMAIL}1": "anna@example.com",
                f"{EMAIL}1:Name": "Anna Weber (anna@example.com)",
                f"{EMAIL}2:Name": "Weber, Anna",
                "contacts:Initials": "A.W.",
            },
        )
        self.assertEqual(anna.exchange_initials, "A.W.")
        self.assertIdle()
        self.mailbox.drift_change_keys()
        self.assertIdle()
        anna.write({"email": "weber@example.com", "company_name": "North"})
        self.sync()
        self.assertItem(
            item,
            file_as="North\r\nWEBER, Anna",
            **{f"{EMAIL}1:Name": "Anna Weber (weber@example.com)"},
        )
        self.assertIdle()

    def test_custom_file_as_is_kept(self):
        own = {
            "file_as": "The boss",
            f"{EMAIL}1:Name": "Anna at work",
            "contacts:Initials": "Q",
        }
        item, anna = self.anna(**own)
        anna.write({"name": "Anna Weber", "company_name": "North"})
        self.sync()
        anna.email = "weber@example.com"
        self.sync()
        self.assertItem(item, name="Anna Weber", email="weber@example.com", **own)
        self.assertIdle()

    def test_generated_file_as_follows_the_name(self):
        ida = self.new_partner("Ida Lund", email="ida@example.com")
        self.sync()
        item = self.in_mailbox("Ida Lund")
        label = f"{EMAIL}1:Name"
        self.assertItem(item, file_as="Lund, Ida", **{label: "Ida Lund"})
        ida.name = "Ida Nord"
        self.sync()
        self.assertItem(item, file_as="Nord, Ida", **{label: "Ida Nord"})
        ida.email = "nord@example.com"
        with self.server.recorder as recorder:
            self.sync()
        self.assertEqual(updates(recorder), [[f"set {EMAIL[:-13]}:EmailAddress1"]])
        self.assertItem(item, email="nord@example.com", **{label: "Ida Nord"})
        self.edit(item, **{label: "Ida at work"})
        self.sync()
        ida.write({"name": "Ida Holm", "email": "holm@example.com"})
        self.sync()
        self.assertItem(item, **{label: "Ida at work"})
        self.assertIdle()


class TestDays(SyncCase):
    def test_date_can_be_empty_set_and_cleared(self):
        nones = (
            *(utc(4501, 1, 1), utc(4500, 12, 31, 23), utc(4501, 1, 1, 8)),
            *(utc(1601, 1, 1), utc(1600, 12, 31, 12)),
        )
        for number, moment in enumerate(nones):
            self.add(name=f"Ada {number}", **{BIRTHDAY: moment})
        self.sync()
        partners = [self.partner(f"Ada {number}") for number in range(len(nones))]
        self.assertFalse(any(one.exchange_birthday for one in partners))
        self.assertIdle()
        partners[0].exchange_birthday = date(1980, 3, 5)
        self.sync()
        item = self.in_mailbox("Ada 0")
        self.assertItem(item, **{BIRTHDAY: utc(1980, 3, 5, 11, 59)})
        self.edit(item, **{BIRTHDAY: utc(4501, 1, 1)})
        self.sync()
        self.assertFalse(partners[0].exchange_birthday)
        partners[0].exchange_birthday = date(1980, 3, 6)
        self.sync()
        partners[0].exchange_birthday = False
        self.sync()
        self.assertItem(item, **{BIRTHDAY: None, BIRTHDAY_LOCAL: None})
        self.assertIdle()

    def test_birthdays_beyond_the_date_line_keep_their_day(self):
        for zone, hours in FAR_EAST.items():
            self.owner.tz = zone
            midnight = utc(1990, 1, 15) - timedelta(hours=hours)
            there = self.add(name=f"Outlook {zone}", **{BIRTHDAY: midnight})
            self.add(name=f"Phone {zone}", **{BIRTHDAY: utc(1990, 1, 15, 11, 59)})
            ours = self.new_partner(f"Odoo {zone}", exchange_birthday=date(1990, 1, 15))
            self.sync()
            for maker in ("Outlook", "Phone"):
                birthday = self.partner(f"{maker} {zone}").exchange_birthday
                self.assertEqual(birthday, date(1990, 1, 15), (maker, zone))
            self.assertSeen(self.in_mailbox(ours.name), hours, date(1990, 1, 15))
            self.partner(f"Outlook {zone}").exchange_birthday = date(1991, 12, 24)
            self.sync()
            self.assertSeen(there, hours, date(1991, 12, 24), local=None)
            self.assertIdle()

    def assertSeen(self, item, hours: int, day: date, local: str | None = "") -> None:
        """Outlook there shows the day, and so do programs that ignore the zone."""
        moment = item.values[BIRTHDAY] + timedelta(hours=hours)
        self.assertEqual(moment.date(), day)
        local = f"{day}T00:00:00Z" if local == "" else local
        self.assertItem(item, **{BIRTHDAY_LOCAL: local})

    def test_day_without_a_zone_is_used_if_consistent(self):
        self.owner.tz = "Europe/Berlin"
        local = {BIRTHDAY_LOCAL: "1990-01-15T00:00:00Z"}
        item = self.add(name="Far", **{BIRTHDAY: utc(1990, 1, 14, 11)}, **local)
        self.add(name="Left behind", **{BIRTHDAY: utc(1991, 2, 2, 23)}, **local)
        self.sync()
        self.assertEqual(self.partner("Far").exchange_birthday, date(1990, 1, 15))
        behind = self.partner("Left behind").exchange_birthday
        self.assertEqual(behind, date(1991, 2, 3))
        self.partner("Far").exchange_birthday = date(1990, 2, 1)
        self.sync()
        self.assertSeen(item, 1, date(1990, 2, 1))
        self.partner("Far").exchange_birthday = False
        self.sync()
        self.assertItem(item, **{BIRTHDAY: None, BIRTHDAY_LOCAL: None})


class TestPlaces(SyncCase):
    def test_countries_are_found_or_stay_as_text(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        found = {
            "U.S.A.": "US",
            "The Netherlands": "NL",
            "Holland": "NL",
            "England": "GB",
            "UAE": "AE",
            "Czech Rep.": "CZ",
            "Les Pays-Bas": "NL",
            "Rép. tchèque": "CZ",
            "GBR": "GB",
            "Atlantis": False,
        }
        items = {text: self.add(name=text, country=text, city="X") for text in found}
        states = {
            "BY": ("BY", "Germany", "DE-BY"),
            "DE-BY": ("DE-BY", "Deutschland", "DE-BY"),
            "bayern": ("bayern", "", "DE-BY"),
            "IT-RM": ("IT-RM", "Italy", "RM"),
            "La Coruña": ("La Coruña", "Spain", "C"),
            "Punjab": ("Punjab", "", False),
            "XX": ("XX", "Germany", False),
        }
        for name, (state, country, _code) in states.items():
            items[name] = self.add(name=name, state=state, country=country or None)
        self.sync()
        codes = {text: self.partner(text).country_id.code for text in found}
        self.assertEqual(codes, found)
        for name, (_state, _country, code) in states.items():
            self.assertEqual(self.partner(name).state_id.code, code, name)
        self.assertIdle()
        before = {name: dict(item.values) for name, item in items.items()}
        for name in items:
            self.partner(name).function = "Boss"
        self.sync()
        for name, item in items.items():
            for key in ("State", "CountryOrRegion"):
                key = f"contacts:PhysicalAddress:Business:{key}"
                self.assertEqual(item.values.get(key), before[name].get(key), name)
        self.assertIdle()


class TestCompany(SyncCase):
    def test_child_of_a_person_gets_the_company(self):
        acme = self.new_partner("Acme", is_company=True)
        bob = self.new_partner("Bob", parent_id=acme.id)
        anna = self.new_partner("Anna", parent_id=bob.id, email="anna.berg@example.com")
        cid = self.new_partner("Cid", parent_id=self.new_partner("Dora").id)
        self.sync()
        self.assertItem(self.in_mailbox("Anna"), company="Acme")
        self.assertItem(self.in_mailbox("Cid"), company=None)
        acme.name = "Acme Worldwide"
        self.sync()
        self.assertItem(self.in_mailbox("Anna"), company="Acme Worldwide")
        self.edit(self.in_mailbox("Anna"), job="Boss")
        self.edit(self.in_mailbox("Cid"), company="North")
        self.sync()
        self.assertPartner(anna, parent_id=bob, function="Boss")
        self.assertPartner(cid, company_name="North")
        self.assertEqual(cid.parent_id.name, "Dora")
        self.assertIdle()


class TestTags(SyncCase):
    def tag(self, name: str, german: str = ""):
        tag = self.env["res.partner.category"].create({"name": name})
        if german:
            tag.with_context(lang="de_DE").name = german
        return tag

    def test_tag_in_two_languages_is_one_category(self):
        self.env["res.lang"]._activate_lang("de_DE")
        tag = self.tag("Customer", "Kunde")
        tags = self.env["res.partner.category"].with_context(active_test=False)
        before = tags.search_count([])
        self.add(name="Ada", categories=["Customer"])
        self.add(name="Eva", categories=["kunde", "VIP"])
        self.new_partner("Ida", category_id=[Command.set(tag.ids)])
        self.sync()
        for name in ("Ada", "Eva", "Ida"):
            self.assertIn(tag, self.partner(name).category_id)
        self.assertEqual(tags.search_count([]), before + 1)
        self.owner.lang = "de_DE"
        self.env.flush_all()
        self.assertIdle()
        self.mailbox.drift_change_keys()
        self.partner("Ida").function = "Boss"
        self.sync()
        self.assertItem(self.in_mailbox("Ida"), categories=["Customer"], job="Boss")
        self.assertItem(self.in_mailbox("Eva"), categories=["kunde", "VIP"])
        self.partner("Ada").category_id = False
        self.sync()
        self.assertItem(self.in_mailbox("Ada"), categories=None)
        self.assertEqual(tags.search_count([]), before + 1)
        self.assertIdle()

    def test_tag_outlook_would_split_stays_in_odoo(self):
        tags = [self.tag(name) for name in ("Sales, EU", "A;B", "x" * 256, "VIP")]
        ids = [tag.id for tag in tags]
        ada = self.new_partner("Ada", category_id=[Command.set(ids)])
        self.add(name="Eva", categories=["North, South", "Red"])
        run = self.sync()
        lines = run.line_ids.filtered(lambda line: line.error_code == "no_category")
        names = sorted(lines.mapped("old_value"))
        self.assertEqual(names, ["A;B", "Sales, EU", "x" * 256])
        self.assertItem(self.in_mailbox("Ada"), categories=["VIP"])
        names = set(self.partner("Eva").category_id.mapped("name"))
        self.assertEqual(names, {"North, South", "Red"})
        self.assertIdle()
        self.edit(self.in_mailbox("Ada"), categories=["VIP", "Blue"])
        self.partner("Eva").category_id = [Command.link(tags[3].id)]
        run = self.sync()
        self.assertFalse(run.line_ids.filtered("error_code"))
        self.assertEqual(len(ada.category_id), 5)
        item = self.in_mailbox("Eva")
        self.assertItem(item, categories=["North, South", "Red", "VIP"])
        self.assertIdle()


class TestNamingValues(SyncCase):
    def test_contact_with_a_single_naming_value_is_imported(self):
        only = {
            f"{EMAIL}2": "two@example.com",
            f"{EMAIL}3": "three@example.com",
            "contacts:Nickname": "Idchen",
            "contacts:Initials": "I.L.",
            "contacts:ImAddress:ImAddress1": "im:ida",
            "website": "https://ida.example.com",
        }
        for key, text in only.items():
            self.add(**{key: text})
        run = self.sync()
        self.assertEqual((run.imported_created, run.error_count), (len(only), 0))
        for text in only.values():
            self.partner(text)
        self.assertIdle()


class TestInternalAddresses(SyncCase):
    DN = "/o=Example/ou=First/cn=Recipients/cn="

    def test_internal_addresses_stay_in_exchange(self):
        smtp = f"{ADDRESS_SET}:#32900:String"
        ada = self.add(name="Ada", email=f"{self.DN}ada", job="Analyst")
        eva = self.add(name="Eva", email=f"{self.DN}eva", **{smtp: "eva@example.com"})
        label = {f"{EMAIL}1:Name": "Ida"}
        ida = self.add(name="Ida", **{f"{EMAIL}2": f"{self.DN}ida"}, **label)
        self.sync()
        self.assertFalse(self.partner("Ada").email)
        self.assertEqual(self.partner("Eva").email, "eva@example.com")
        self.assertFalse(self.partner("Ida").communication_ids)
        self.assertIdle()
        for name in ("Ada", "Eva", "Ida"):
            self.partner(name).write({"name": f"{name} Lund", "function": "Boss"})
        self.partner("Ada Lund").email = "ada@example.com"
        self.sync()
        self.assertItem(ada, email=f"{self.DN}ada", name="Ada Lund", job="Boss")
        self.assertItem(eva, email=f"{self.DN}eva", name="Eva Lund")
        self.assertItem(ida, name="Ida Lund", **{f"{EMAIL}2": f"{self.DN}ida"})
        self.edit(ada, job="Chief")
        self.sync()
        self.assertPartner(self.partner("Ada Lund"), email="ada@example.com")
        self.assertIdle()
