# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Further numbers and addresses in whole runs, and those without a slot."""

from __future__ import annotations

from support.fakes.world import Ran, World
from unit.engine.people import item, linked_world, partner
from unit.engine.test_sets import quiet

THREE = "a@x.example\nb@x.example\nc@x.example"


def without_field(ran: Ran) -> list[tuple[str, str]]:
    """Return the values that the run reports as without a free field."""
    return [
        (line.field, line.old)
        for line in ran.lines
        if line.error and line.error.code == "no_place"
    ]


def test_a_new_contact_gets_the_communication_options_of_its_partner():
    world = World()
    world.partners.add(partner("Eva Holm", emails=THREE, numbers_home="+49 30 77"))
    ran = world.run()
    found = world.item("Eva Holm")
    assert (found["email2"], found["email3"]) == ("a@x.example", "b@x.example")
    assert found["phone_home"] == "+49 30 77"
    assert without_field(ran) == [("email2", "c@x.example")]
    quiet(world)


def test_a_new_partner_gets_all_values_of_the_contact():
    world = World()
    numbers = {"phone_mobile": "+49 170 1", "phone_pager": "+49 30 5"}
    world.mailbox.put(item("Eva Holm", email3="c@x.example", **numbers))
    world.run()
    found = world.partner("Eva Holm")
    assert found["emails"] == "c@x.example"
    further = [found["numbers_mobile"], found["numbers_pager"]]
    assert found["phone"] in numbers.values() and "+49 30 5" in further
    quiet(world)


def test_a_value_of_several_lines_becomes_one_line():
    world = World()
    world.mailbox.put(item("Eva Holm", im1="sip:\r\n eva \r\n", im2="\r\n"))
    world.run()
    assert world.partner("Eva Holm")["ims"] == "sip: eva"
    quiet(world)


def test_an_edit_of_a_further_value_is_one_change_of_its_place():
    world = linked_world()
    ida = world.partner_id("Ida Lund")
    world.partners.edit(ida, {"emails": "a@x.example\nb@x.example"})
    world.run()
    world.partners.edit(ida, {"emails": "a@x.example\nB@y.example"})
    ran = world.run()
    assert [(line.field, line.new) for line in ran.lines] == [("email3", "B@y.example")]
    quiet(world)


def test_surplus_is_reported_once_and_stays():
    world = linked_world()
    ida = world.partner_id("Ida Lund")
    world.partners.edit(ida, {"emails": THREE})
    assert without_field(world.run()) == [("email2", "c@x.example")]
    world.partners.edit(ida, {"job_title": "Chief"})
    assert without_field(world.run()) == []
    assert world.partner("Ida Lund")["emails"] == THREE
    world.partners.edit(ida, {"emails": "a@x.example\nc@x.example"})
    assert without_field(world.run()) == []
    assert world.item("Ida Lund")["email3"] == "c@x.example"
    quiet(world)
