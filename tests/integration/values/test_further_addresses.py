# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Home and other addresses are child contacts of a person in Odoo."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from odoo import Command

from support.cases.sync_case import SyncCase
from support.cases.sync_mailbox import updates

PARTS = ("Street", "City", "State", "CountryOrRegion", "PostalCode")


def at(place: str, **parts: str) -> dict[str, str]:
    """:returns: an address as the mailbox has it, such as Street="1 High Street" """
    assert parts.keys() <= set(PARTS)
    return {f"contacts:PhysicalAddress:{place}:{k}": text for k, text in parts.items()}


HOME = at("Home", Street="1 Home Street\r\nFlat 2", City="Ockham", PostalCode="KT11")
HOME |= at("Home", CountryOrRegion="United Kingdom")
OTHER = at("Other", Street="3 Summer Lane", City="Austin", State="Texas")
OTHER |= at("Other", CountryOrRegion="United States")


def said(verb: str, values: dict[str, str]) -> list[str]:
    return sorted(f"{verb} {key}" for key in values)


class FurtherCase(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(name="Ada", email="ada@example.com", **HOME, **OTHER)
        self.sync()
        self.ada = self.partner("Ada")

    def address(self, place: str, partner=None, **context: object):
        """The address of a person at a place, archived ones included."""
        children = (partner or self.ada).with_context(active_test=False).child_ids
        found = children.filtered(lambda child: child.exchange_address == place)
        self.assertLessEqual(len(found), 1)
        return found

    def sent(self) -> list[list[str]]:
        """What one synchronization sends of each contact that it changes."""
        with self.server.recorder as recorder:
            self.sync()
        self.assertIdle()
        return [sorted(one) for one in updates(recorder)]


class TestFurtherAddresses(FurtherCase):
    def test_further_addresses_are_imported(self):
        self.assertPartner(
            self.address("home"),
            type="other",
            street="1 Home Street",
            street2="Flat 2",
            city="Ockham",
            zip="KT11",
            country_id=self.env.ref("base.uk"),
        )
        self.assertPartner(
            self.address("other"),
            street="3 Summer Lane",
            city="Austin",
            state_id=self.env.ref("base.state_us_44"),
            country_id=self.env.ref("base.us"),
        )
        self.assertPartner(self.ada, street=False, city=False)
        self.assertIdle()

    def test_address_contacts_are_not_exported(self):
        self.assertFalse(self.account.link_ids.partner_id & self.ada.child_ids)
        self.assertEqual(len(self.mailbox.contacts()), len(self.account.link_ids))

    def test_each_edited_part_changes_one_address(self):
        self.address("home").write({"city": "East Horsley", "zip": False})
        said_of_home = [
            "delete contacts:PhysicalAddress:Home:PostalCode",
            "set contacts:PhysicalAddress:Home:City",
        ]
        self.assertEqual(self.sent(), [said_of_home])
        edited = {**HOME, **at("Home", City="East Horsley")}
        edited["contacts:PhysicalAddress:Home:PostalCode"] = None
        self.assertItem(self.item, **edited, **OTHER)

    def test_second_line_changes_the_street(self):
        self.address("other").street2 = "Garden"
        self.assertEqual(self.sent(), [["set contacts:PhysicalAddress:Other:Street"]])
        street = at("Other", Street="3 Summer Lane\r\nGarden")
        self.assertItem(self.item, **{**OTHER, **street}, **HOME)

    def test_deleted_address_is_cleared_in_the_mailbox(self):
        self.address("home").unlink()
        self.assertEqual(self.sent(), [said("delete", HOME)])
        self.assertItem(self.item, **dict.fromkeys(HOME), **OTHER)

    def test_archived_address_is_cleared_until_restored(self):
        home = self.address("home")
        home.active = False
        self.assertEqual(self.sent(), [said("delete", HOME)])
        home.active = True
        self.assertEqual(self.sent(), [said("set", HOME)])
        self.assertItem(self.item, **HOME, **OTHER)

    def test_new_address_is_pushed_to_its_slot(self):
        ola = self.new_partner("Ola", email="ola@example.com")
        self.sync()
        ola.child_ids = [
            Command.create(
                {
                    "name": "Summer house",
                    "type": "other",
                    "exchange_address": "other",
                    "street": "4 Lake Road",
                    "country_id": self.env.ref("base.us").id,
                }
            )
        ]
        found = at("Other", Street="4 Lake Road", CountryOrRegion="United States")
        self.assertEqual(self.sent(), [said("set", found)])
        self.assertItem(self.in_mailbox("Ola"), **found)

    def test_new_person_is_exported_with_addresses(self):
        address = {
            "name": "x",
            "type": "other",
            "exchange_address": "home",
            "city": "Y",
        }
        self.new_partner(
            "Ola", email="ola@example.com", child_ids=[Command.create(address)]
        )
        self.sync()
        self.assertItem(self.in_mailbox("Ola"), **at("Home", City="Y"))
        self.assertIdle()

    def test_address_moved_to_another_person_is_pushed(self):
        ola = self.new_partner("Ola", email="ola@example.com")
        self.sync()
        self.address("home").parent_id = ola
        self.assertEqual(sorted(self.sent()), [said("delete", HOME), said("set", HOME)])
        self.assertItem(self.item, **dict.fromkeys(HOME), **OTHER)
        self.assertItem(self.in_mailbox("Ola"), **HOME)

    def test_address_of_another_kind_changes_its_slot(self):
        self.address("other").unlink()
        self.sync()
        self.address("home").exchange_address = "other"
        moved = {key.replace(":Home:", ":Other:"): text for key, text in HOME.items()}
        self.assertEqual(
            self.sent(), [sorted(said("delete", HOME) + said("set", moved))]
        )
        self.assertItem(self.item, **dict.fromkeys(HOME), **moved)

    def test_child_contacts_without_a_kind_are_ignored(self):
        values = {"name": "Invoices", "type": "invoice", "city": "Paris"}
        self.ada.child_ids = [
            Command.create(values),
            Command.create({**values, "type": "other", "name": "Boat"}),
        ]
        rows = self.partner_rows()
        self.assertEqual(self.sent(), [])
        self.edit(self.item, **at("Home", City="East Horsley"))
        self.sync()
        self.assertEqual(self.changed_partners(rows), self.address("home"))

    def test_edits_of_both_sides_survive(self):
        self.address("home").city = "East Horsley"
        self.edit(self.item, **at("Other", City="Dallas"))
        self.assertEqual(self.sent(), [["set contacts:PhysicalAddress:Home:City"]])
        self.assertPartner(self.address("other"), city="Dallas", street="3 Summer Lane")
        self.assertItem(self.item, **at("Home", City="East Horsley"))

    def test_newest_edit_of_an_address_wins(self):
        self.account.conflict_policy = "newest"
        self.assertEqual(self.both_edit(odoo_hours=2, mailbox_hours=1), "Odoo, at 2")
        self.assertEqual(self.both_edit(odoo_hours=3, mailbox_hours=4), "Mailbox, at 4")

    def both_edit(self, odoo_hours: int, mailbox_hours: int) -> str:
        """:returns: what both sides have then"""
        self.write_later(
            self.address("home"), odoo_hours, city=f"Odoo, at {odoo_hours}"
        )
        moment = datetime.now(timezone.utc) + timedelta(hours=mailbox_hours)
        self.mailbox.clock = lambda: moment
        self.edit(self.item, **at("Home", City=f"Mailbox, at {mailbox_hours}"))
        self.assertEqual(self.sync().conflict_count, 1)
        city = self.address("home").city
        self.assertItem(self.item, **at("Home", City=city))
        return city


class TestFromTheMailbox(FurtherCase):
    def test_edit_is_written_to_its_address_only(self):
        rows = self.partner_rows()
        self.edit(self.item, **at("Home", City="East Horsley"))
        self.assertEqual(self.sent(), [])
        self.assertEqual(self.changed_partners(rows), self.address("home"))
        self.assertPartner(self.address("home"), city="East Horsley", zip="KT11")

    def test_cleared_address_is_archived_and_later_restored(self):
        home = self.address("home")
        self.edit(self.item, **dict.fromkeys(HOME))
        self.assertEqual(self.sent(), [])
        self.assertFalse(home.active)
        self.edit(self.item, **at("Home", City="Ockham"))
        self.assertEqual(self.sent(), [])
        self.assertEqual(self.address("home"), home)
        self.assertPartner(home, active=True, city="Ockham", street=False, zip=False)
        self.assertFalse(home.country_id)

    def test_unknown_country_stays_in_exchange(self):
        where = at("Home", CountryOrRegion="Middle-earth", State="The Shire")
        self.edit(self.item, **where)
        self.assertEqual(self.sent(), [])
        self.assertItem(self.item, **{**HOME, **where})
        self.address("home").city = "Hobbiton"
        self.assertEqual(self.sent(), [["set contacts:PhysicalAddress:Home:City"]])
        self.assertItem(self.item, **where)

    def test_address_odoo_cannot_store_stays_in_exchange(self):
        where = at("Home", CountryOrRegion="Middle-earth")
        eva = self.add(name="Eva", email="eva@example.com", **where)
        self.assertEqual(self.sent(), [])
        self.assertFalse(self.address("home", self.partner("Eva")))
        self.assertItem(eva, **where)


class TestSwitchedOff(FurtherCase):
    account_values = {"sync_addresses": False}

    def test_addresses_are_imported_once_switched_on(self):
        self.assertFalse(self.ada.with_context(active_test=False).child_ids)
        self.ada.function = "Countess"
        self.assertEqual(self.sent(), [["set contacts:JobTitle"]])
        self.assertItem(self.item, **HOME, **OTHER)
        self.account.sync_addresses = True
        self.assertEqual(self.sent(), [])
        self.assertPartner(self.address("home"), city="Ockham", street2="Flat 2")
        self.assertPartner(self.address("other"), city="Austin")
        self.assertItem(self.item, **HOME, **OTHER)

    def test_switched_off_addresses_are_kept_on_both_sides(self):
        self.account.sync_addresses = True
        self.sync()
        self.account.sync_addresses = False
        self.address("home").city = "East Horsley"
        self.address("other").unlink()
        self.edit(self.item, **at("Home", PostalCode="KT24"))
        self.assertEqual(self.sent(), [])
        self.assertItem(self.item, **{**HOME, **at("Home", PostalCode="KT24")}, **OTHER)
        self.assertPartner(self.address("home"), city="East Horsley", zip="KT11")
