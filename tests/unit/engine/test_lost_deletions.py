# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""If the answer to our deletion is lost, the pair stops for our reason, and not because
a user deleted the contact in Exchange."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.errors import ContactForbidden, Unreachable
from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.plan import Reason
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import linked_world

DELETE, KEEP = DeletionPolicy.DELETE, DeletionPolicy.KEEP
ENDS = {Reason.ARCHIVED: {"active": False}, Reason.LEFT: {"chosen": False}}
BACK = {Reason.ARCHIVED: {"active": True}, Reason.LEFT: {"chosen": True}}


def lost(reason: Reason, theirs: DeletionPolicy) -> tuple[World, int]:
    """Return a world where we deleted Ola's contact, and the answer was lost."""
    policy = Policy(exchange_deletion=theirs, odoo_deletion=DELETE)
    world = linked_world(policy=policy, confirmed=True)
    ola = world.partner_id("Ola Nord")
    world.partners.mark(ola, **ENDS[reason])
    world.mailbox.drop_after("delete")
    with pytest.raises(Unreachable):
        world.run()
    assert world.items() == ["Ida Lund"]
    return world, ola


@for_each_row("theirs", [KEEP, DELETE])
@for_each_row("reason", [Reason.ARCHIVED, Reason.LEFT])
def test_the_reason_of_the_deletion_is_stored_and_cleared(
    reason: Reason, theirs: DeletionPolicy
):
    world, ola = lost(reason, theirs)
    world.run()
    link = world.links.by_partner([ola])[ola]
    assert (link.state, link.reason) == (LinkState.STOPPED, reason)
    world.partners.mark(ola, **BACK[reason])
    world.run()
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.names() == ["Ida Lund", "Ola Nord"]
    world.run()
    assert world.run().rows.keys() <= {"state"}


@for_each_row("theirs", [KEEP, DELETE])
@for_each_row("reason", [Reason.ARCHIVED, Reason.LEFT])
def test_a_partner_unarchived_before_the_deletion_was_confirmed_gets_a_contact(
    reason, theirs
):
    world, ola = lost(reason, theirs)
    world.partners.mark(ola, **BACK[reason])
    ran = world.run()
    assert ran.actions() == [("push", "revive"), ("push", "create")]
    assert world.items() == ["Ida Lund", "Ola Nord"]
    assert world.names() == ["Ida Lund", "Ola Nord"]
    assert world.link("Ola Nord").reason is None
    world.run()
    assert world.run().rows.keys() <= {"state"}


def test_the_link_of_a_deleted_partner_is_deleted():
    world, ola = lost(Reason.ARCHIVED, DELETE)
    world.partners.delete(ola)
    world.run()
    assert len(world.links.rows) == 1


def test_a_refused_deletion_does_not_count_as_our_deletion():
    """If a user deletes the contact in Exchange later, that is the reason."""
    policy = Policy(odoo_deletion=DELETE)
    world = linked_world(policy=policy, confirmed=True)
    ola = world.partner_id("Ola Nord")
    item_id = world.item_id("Ola Nord")
    world.partners.mark(ola, active=False)
    world.mailbox.spoil("delete", item_id, ContactForbidden)
    world.run()
    assert world.links.by_partner([ola])[ola].reason is None
    world.mailbox.remove(item_id)
    world.run()
    assert world.links.by_partner([ola])[ola].reason is Reason.GONE
    world.partners.mark(ola, active=True)
    world.run()
    assert world.items() == ["Ida Lund"]


def test_a_pair_that_was_started_and_failed_is_not_being_deleted():
    """The former reason for the stop is cleared."""
    world = linked_world(policy=Policy(odoo_deletion=KEEP), confirmed=True)
    ola = world.partner_id("Ola Nord")
    item_id = world.item_id("Ola Nord")
    world.partners.mark(ola, active=False)
    world.run()
    world.partners.mark(ola, active=True)
    world.partners.edit(ola, {"job_title": "Chief"})
    world.mailbox.spoil("update", item_id)
    world.run()
    link = world.links.by_partner([ola])[ola]
    assert (link.state, link.reason) == (LinkState.ERROR, None)
    assert not link.is_being_deleted


def test_an_edit_in_exchange_prevents_a_deletion_that_failed_before():
    policy = Policy(odoo_deletion=DELETE)
    world = linked_world(policy=policy, confirmed=True)
    ola = world.partner_id("Ola Nord")
    world.partners.mark(ola, active=False)
    world.mailbox.fail_next("delete", Unreachable())
    with pytest.raises(Unreachable):
        world.run()
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    world.run()
    assert world.partner("Ola Nord")["job_title"] == "Chief"
    link = world.link("Ola Nord")
    assert (link.state, link.reason) == (LinkState.SYNCED, None)
    assert world.run().writes == 0
