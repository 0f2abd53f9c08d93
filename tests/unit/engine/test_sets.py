# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Categories and tags in whole runs: both directions, excluded, admitted again."""

from __future__ import annotations

from dataclasses import replace

from exchange_contact_sync.core.errors import ContactInvalid
from support.fakes.partners import CARRIES, REFERENCE_DATA
from support.fakes.world import Ran, World
from support.rows import for_each_row
from unit.engine.people import item, linked_world, partner

TAGS = "categories"


def quiet(world: World) -> None:
    """Check that the next run only reads our writes back, and the one after nothing."""
    first, ran = world.run(), world.run()
    assert (first.writes, first.lines) == (0, [])
    assert (ran.writes, ran.lines, dict(ran.rows)) == (0, [], {})


def tags(world: World, name: str) -> tuple[str, str]:
    """Return the tags in Odoo and the categories in the mailbox."""
    return world.partner(name)[TAGS], world.item(name)[TAGS]


def switch(world: World, on: bool) -> None:
    """Enable or disable the synchronization of categories."""
    world.partners.carries = CARRIES if on else CARRIES - {TAGS}
    world.change()


def test_tags_added_and_removed_on_each_side_are_merged():
    world = linked_world()
    world.partners.edit(world.partner_id("Ida Lund"), {TAGS: "VIP\nChess"})
    world.run()
    world.partners.edit(world.partner_id("Ida Lund"), {TAGS: "VIP\nTea"})
    world.mailbox.edit(world.item_id("Ida Lund"), {TAGS: "Chess\nRed"})
    ran = world.run()
    assert tags(world, "Ida Lund") == ("Red\nTea", "Red\nTea")
    assert not ran.counters["conflict_count"]
    quiet(world)


def test_a_new_contact_has_the_tags_of_its_partner():
    world = World()
    world.partners.add(partner("Eva Holm", **{TAGS: "VIP\nSales / EU"}))
    world.run()
    assert tags(world, "Eva Holm")[1] == "VIP\nSales / EU"
    quiet(world)


def not_exported(ran: Ran) -> list[tuple[str, str]]:
    """Return the values that the run reports as not exported."""
    codes = {"no_category", "no_place"}
    lines = (line for line in ran.lines if line.error and line.error.code in codes)
    return [(line.field, line.old) for line in lines]


def test_a_tag_that_outlook_would_split_is_reported_once_and_stays():
    world = linked_world()
    world.partners.add(partner("Eva Holm", **{TAGS: "A, B\nVIP"}))
    ida = world.partner_id("Ida Lund")
    world.partners.edit(ida, {TAGS: "C; D"})
    assert sorted(not_exported(world.run())) == [(TAGS, "A, B"), (TAGS, "C; D")]
    assert tags(world, "Eva Holm") == ("A, B\nVIP", "VIP")
    assert tags(world, "Ida Lund") == ("C; D", "")
    quiet(world)
    world.partners.edit(ida, {"job_title": "Chief", TAGS: "C; D\nTea"})
    world.mailbox.edit(world.item_id("Eva Holm"), {TAGS: "VIP\nRed"})
    assert not_exported(world.run()) == []
    assert tags(world, "Eva Holm")[0] == "VIP\nRed\nA, B"
    assert tags(world, "Ida Lund") == ("C; D\nTea", "Tea")
    quiet(world)
    world.partners.edit(ida, {TAGS: "E, F"})
    assert not_exported(world.run()) == [(TAGS, "E, F")]


def test_a_new_partner_has_the_categories_of_its_contact():
    world = World()
    world.mailbox.put(item("Eva Holm", **{TAGS: "VIP\nSales / EU"}))
    world.run()
    assert tags(world, "Eva Holm")[0] == "VIP\nSales / EU"
    quiet(world)


def test_a_line_contains_the_old_and_the_new_value():
    world = linked_world()
    world.mailbox.edit(world.item_id("Ida Lund"), {TAGS: "Red\nVIP"})
    world.run()
    world.mailbox.edit(world.item_id("Ida Lund"), {TAGS: "VIP\nTea"})
    (line,) = world.run().lines
    assert (line.field, line.old, line.new) == (TAGS, "Red\nVIP", "VIP\nTea")


def test_a_category_without_a_tag_stays_in_exchange_and_is_pulled_later():
    world = World()
    world.partners.stored_reference_data = replace(
        REFERENCE_DATA, tags=frozenset({"red"})
    )
    world.mailbox.put(item("Eva Holm", **{TAGS: "Red\nSecret"}))
    world.run()
    assert tags(world, "Eva Holm") == ("Red", "Red\nSecret")
    quiet(world)
    world.partners.edit(world.partner_id("Eva Holm"), {"job_title": "Chief"})
    world.run()
    assert tags(world, "Eva Holm") == ("Red", "Red\nSecret")
    world.partners.stored_reference_data = REFERENCE_DATA
    world.mailbox.edit(world.item_id("Eva Holm"), {"job_title": "Boss"})
    world.run()
    assert tags(world, "Eva Holm") == ("Red\nSecret", "Red\nSecret")
    quiet(world)


def test_both_sides_keep_their_values_when_a_field_is_disabled():
    world = linked_world()
    world.mailbox.edit(world.item_id("Ida Lund"), {TAGS: "Red"})
    world.run()
    switch(world, False)
    world.run()
    quiet(world)
    world.mailbox.edit(world.item_id("Ida Lund"), {TAGS: "Blue", "job_title": "Chief"})
    world.partners.edit(world.partner_id("Ida Lund"), {TAGS: "Tea", "website": "x.y"})
    ran = world.run()
    assert tags(world, "Ida Lund") == ("Tea", "Blue")
    assert TAGS not in {line.field for line in ran.lines}
    quiet(world)


@for_each_row("edited", [True, False])
def test_a_field_enabled_later_is_merged_as_at_first_contact(edited: bool):
    world = linked_world()
    world.mailbox.edit(world.item_id("Ida Lund"), {TAGS: "Red"})
    world.run()
    switch(world, False)
    world.run()
    world.partners.edit(world.partner_id("Ida Lund"), {TAGS: "Tea"})
    world.run()
    switch(world, True)
    if edited:
        world.mailbox.edit(world.item_id("Ida Lund"), {TAGS: "Blue"})
    world.run()
    kept = "Blue" if edited else "Red"
    assert tags(world, "Ida Lund") == (f"{kept}\nTea", f"{kept}\nTea")
    quiet(world)


def test_a_contact_exported_before_categories_were_enabled_gets_them():
    world = World()
    switch(world, False)
    world.partners.add(partner("Eva Holm", **{TAGS: "VIP"}))
    world.run()
    assert tags(world, "Eva Holm") == ("VIP", "")
    switch(world, True)
    world.run()
    assert tags(world, "Eva Holm") == ("VIP", "VIP")
    quiet(world)


def test_a_creation_refused_before_categories_were_enabled_gets_them():
    world = World()
    switch(world, False)
    eva = world.partners.add(partner("Eva Holm", **{TAGS: "VIP"}))
    world.mailbox.spoil("create", "key-1", ContactInvalid)
    world.run()
    world.mailbox.heal()
    assert not world.mailbox.items
    switch(world, True)
    world.partners.edit(eva, {})
    world.run()
    assert tags(world, "Eva Holm") == ("VIP", "VIP")
    quiet(world)


def test_a_contact_whose_partner_is_gone_is_not_read_for_its_categories():
    world = linked_world()
    switch(world, False)
    world.run()
    world.partners.delete(world.partner_id("Ida Lund"))
    switch(world, True)
    world.run()
    quiet(world)
