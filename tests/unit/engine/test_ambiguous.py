# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A person decides about a contact that several partners match."""

from __future__ import annotations

from exchange_contact_sync.core.policy import Policy
from support.fakes.world import World
from unit.engine.people import IDA
from unit.engine.test_decisions import quiet


def ambiguous() -> World:
    """Two partners share the address of a contact."""
    world = World(policy=Policy(push=False))
    for name in ("I. Lund", "Ida L."):
        world.partners.add({"name": name, "email": IDA["email"]})
    world.mailbox.put({**IDA, "job_title": "Chief"})
    (line,) = world.run().lines
    assert line.action == "ambiguous"
    return world


def test_a_contact_is_linked_to_the_partner_a_person_chose():
    world = ambiguous()
    ida_l = world.partner_id("Ida L.")
    world.answer("Ida Lund", ida_l)
    world.run()
    (link,) = world.links.rows.values()
    assert (link.partner, link.remote) == (ida_l, world.item_id("Ida Lund"))
    assert len(world.names()) == 2
    assert quiet(world)


def test_a_partner_is_created_when_a_person_decides_so():
    world = ambiguous()
    world.answer("Ida Lund", 0)
    world.run()
    assert len(world.names()) == 3
    assert quiet(world)


def test_an_answer_that_is_no_longer_possible_waits_again():
    world = ambiguous()
    ida_l = world.partner_id("Ida L.")
    world.answer("Ida Lund", ida_l)
    world.partners.mark(ida_l, hidden=True)
    world.partners.add({"name": "I. L.", "email": IDA["email"]})
    assert world.run().actions() == [("pull", "ambiguous")]
    assert not world.links.rows
    world.partners.mark(ida_l, hidden=False)
    ((_key, row),) = world.inbox.rows.items()
    assert row.deferred and row.entry.chosen == ida_l
