# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run without changes sends one request for each folder and writes no row."""

from __future__ import annotations

from support.fakes.world import Ran, World
from unit.engine.people import IDA, linked_world

ONE_LOOK = {"changes": 1}


def nothing_done(ran: Ran) -> bool:
    return ran.writes == 0 and sum(ran.rows.values()) == 0 and not ran.lines


def test_a_run_without_changes_sends_one_request_and_writes_nothing():
    world = linked_world()
    ran = world.run()
    assert ran.requests == ONE_LOOK and nothing_done(ran)


def test_a_run_without_changes_reads_each_folder_once():
    world = linked_world(imported=(True, True, False))
    ran = world.run()
    assert ran.requests == {"changes": 3} and nothing_done(ran)


def test_a_run_without_changes_needs_few_transactions():
    """See ``tests/integration/runs/test_transactions.py`` for a whole run."""
    world = linked_world(imported=(True, True, False))
    before = world.unit_of_work.transactions
    world.run()
    assert world.unit_of_work.transactions - before <= 4


def test_our_own_writes_are_not_read_again():
    world = World()
    world.partners.add({"name": "Ola Nord"})
    world.run()
    ran = world.run()
    assert ran.requests == ONE_LOOK and ran.rows["link"] == ran.rows["inbox"] == 0
    world.partners.edit(world.partner_id("Ola Nord"), {"email": "ola@example.com"})
    world.run()
    assert world.run().requests == ONE_LOOK


def test_new_versions_without_an_edit_are_read_once_and_change_nothing():
    world = linked_world()
    world.mailbox.drift()
    ran = world.run()
    assert ran.writes == 0 and ran.rows["partner"] == 0 and not ran.lines
    assert ran.requests == {"changes": 1, "fetch": 1}
    assert nothing_done(world.run())


def test_a_partner_written_without_a_change_is_compared_and_not_sent():
    world = linked_world()
    world.partners.edit(world.partner_id("Ida Lund"), {})
    ran = world.run()
    assert ran.writes == 0 and ran.rows == {"link": 1}
    assert nothing_done(world.run())


def test_values_that_odoo_rewrites_are_not_pushed_back():
    world = World()
    world.mailbox.put(
        {
            **IDA,
            "website": "Example.com/",
            "note": "Met her\nin Bonn",
            "business_country": "de",
            "business_street": "Road 1\nHouse 2\nFloor 3",
            "business_state": "by",
        }
    )
    world.run()
    before = dict(world.item("Ida Lund"))
    world.mailbox.drift()
    world.run()
    assert world.run().writes == 0
    assert world.item("Ida Lund") == before


def test_values_that_exchange_cannot_store_are_not_cleared_in_odoo():
    world = World()
    world.partners.add({"name": "Ola\u200bNord", "job_title": " Chief  of \u0000 it "})
    world.run()
    world.mailbox.drift()
    assert world.run().writes == 0
    assert nothing_done(world.run())


def test_items_that_are_not_contacts_are_counted_and_not_changed():
    world = linked_world()
    world.mailbox.put({"display_name": "The list"}, foreign=True)
    ran = world.run()
    assert ran.counters == {"skipped_count": 1}
    assert world.names() == ["Ida Lund", "Ola Nord"]
