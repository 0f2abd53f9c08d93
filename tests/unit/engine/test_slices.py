# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run in many slices reaches the same state as in one."""

from __future__ import annotations

from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import crowd, item, partner
from unit.engine.test_interruptions import SCENARIOS, settled


@for_each_row("scenario", SCENARIOS)
@for_each_row("seconds", [0.0, 15.0, 60.0])
def test_slices_reach_the_same_state_as_one_run(scenario, seconds: float):
    expected = settled(scenario())
    world = scenario()
    ran = world.run(seconds)
    assert ran.slices > (4 if not seconds else 1)
    assert settled(world) == expected


def test_a_slice_without_time_still_finishes_a_batch():
    world = World(imported=(True,) * 5)
    for folder, name in zip(world.folders, crowd(5), strict=True):
        world.mailbox.put(item(name), folder)
    ran = world.run(0.0)
    assert world.names() == sorted(crowd(5))
    assert ran.slices < 20


def test_contacts_that_fail_do_not_block_the_next_slices():
    """They are tried first in each slice, and must not use up its time."""
    world = World(sizes=World().sizes.__class__(pull=2, push=2))
    names = crowd(12)
    for name in names[:6]:
        ref = world.mailbox.put(item(name))
        if name in names[:4]:
            world.mailbox.spoil("fetch", ref.id)
    for name in names[6:]:
        world.partners.add(partner(name))
    for number in range(5, 9):
        world.mailbox.spoil("create", f"key-{number}")
    world.run(0.0)
    assert world.names() == sorted(names[4:])
    assert len(world.items()) >= 8


def test_the_last_slice_reports_the_results_of_all_slices():
    world = World(sizes=World().sizes.__class__(pull=2, push=2))
    for name in crowd(9):
        world.mailbox.put(item(name))
    ran = world.run(0.0)
    assert ran.slices > 3 and ran.counters["imported_created"] == 9
    assert len(ran.lines) == 9
