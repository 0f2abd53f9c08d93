# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run that would delete too much stops before it changes anything."""

from __future__ import annotations

import pytest

from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from exchange_contact_sync.engine.session import DeletionLimit
from support.fakes.world import World
from unit.engine.people import crowd, item, partner

DELETE = Policy(
    exchange_deletion=DeletionPolicy.DELETE, odoo_deletion=DeletionPolicy.DELETE
)
NAMES = crowd(20)


def world_of_twenty(policy: Policy = DELETE, *, exported: bool = False) -> World:
    world = World(policy, imported=(True, True))
    for name in NAMES:
        if exported:
            world.partners.add(partner(name))
        else:
            world.mailbox.put(item(name))
    world.run()
    world.run()
    return world


def stopped_by_limit(world: World, code: str) -> DeletionLimit:
    before = world.picture()
    with pytest.raises(DeletionLimit) as caught:
        world.run()
    assert caught.value.code == code
    assert world.picture() == before, "nothing was touched"
    return caught.value


def test_too_many_deletions_in_the_mailbox_stop_the_run():
    world = world_of_twenty()
    for name in NAMES[:6]:
        world.mailbox.remove(world.item_id(name))
    limit = stopped_by_limit(world, "too_many_deletions")
    assert (limit.doomed, limit.linked) == (6, 20)
    assert len(limit.affected.archived) == 6
    assert not (limit.affected.deleted or limit.affected.stopped)
    stopped_by_limit(world, "too_many_deletions")
    world.confirmed = True
    assert world.run().counters["imported_archived"] == 6


def test_too_many_archived_partners_stop_the_run():
    world = world_of_twenty(exported=True)
    for name in NAMES[:6]:
        world.partners.mark(world.partner_id(name), active=False)
    limit = stopped_by_limit(world, "too_many_deletions")
    assert len(limit.affected.deleted) == 6
    world.confirmed = True
    assert world.run().counters["exported_deleted"] == 6


def test_few_deletions_are_carried_out():
    world = world_of_twenty()
    for name in NAMES[:4]:
        world.mailbox.remove(world.item_id(name))
    assert world.run().counters["imported_archived"] == 4


def test_contacts_that_we_did_not_create_do_not_count_towards_the_deletion_limit():
    world = world_of_twenty()
    for name in NAMES[:6]:
        world.partners.mark(world.partner_id(name), active=False)
    assert world.run().writes == 0


def test_deletions_that_are_kept_do_not_stop_the_run():
    world = world_of_twenty(Policy())
    for name in NAMES[:6]:
        world.mailbox.remove(world.item_id(name))
    world.run()
    assert world.names() == sorted(NAMES)


def test_an_empty_mailbox_stops_the_run():
    for policy in (Policy(), DELETE):
        world = world_of_twenty(policy)
        for name in NAMES:
            world.mailbox.remove(world.item_id(name))
        stopped_by_limit(world, "side_suddenly_empty")


def test_an_odoo_without_partners_stops_the_run():
    for policy in (Policy(), DELETE):
        world = world_of_twenty(policy)
        for name in NAMES:
            world.partners.delete(world.partner_id(name))
        stopped_by_limit(world, "side_suddenly_empty")


def test_moved_contacts_do_not_count_towards_the_deletion_limit():
    """All contacts moved to another folder; half of them were edited, too."""
    world = world_of_twenty()
    for number, name in enumerate(NAMES):
        world.mailbox.move(world.item_id(name), world.folders[1])
        if number < 3:
            world.mailbox.edit(world.item_id(name), {"job_title": "Chief"})
    ran = world.run()
    assert not ran.counters["imported_archived"]
    assert world.names() == world.items() == sorted(NAMES)
