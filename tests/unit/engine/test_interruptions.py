# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run that is interrupted at any step ends in the same state as one that is not.

Each scenario is first run without an interruption, to count its steps: calls of a port,
answers of the mailbox, and commits. Then it is run once for each step and interrupted
there; the next run must reach the same state.
"""

from __future__ import annotations

import copy

import pytest

from exchange_contact_sync.core.link import LinkState
from exchange_contact_sync.core.policy import (
    ConflictPolicy,
    DeletionPolicy,
    Policy,
    Side,
)
from exchange_contact_sync.core.user_requests import FieldOverride, UserRequest
from exchange_contact_sync.engine.session import BatchSizes
from support.fakes.interruptions import Killed
from support.fakes.world import World
from support.rows import for_each_row
from unit.engine.people import IDA, OLA, crowd, item, partner

DELETE = Policy(
    conflict=ConflictPolicy.EXCHANGE,
    exchange_deletion=DeletionPolicy.DELETE,
    odoo_deletion=DeletionPolicy.DELETE,
)


def new_world() -> World:
    return World(
        DELETE,
        imported=(True, True),
        sizes=BatchSizes(pull=2, push=2),
        page_size=3,
        confirmed=True,
    )


def first_run() -> World:
    """People on one side, on the other, and on both."""
    world = new_world()
    names = crowd(6)
    for name in names[:4]:
        world.mailbox.put(item(name, job_title="From Exchange"))
    for name in names[2:]:
        world.partners.add(partner(name, website="from-odoo.example.com"))
    return world


def linked() -> World:
    world = new_world()
    world.mailbox.put(IDA, unmodelled={"birthday": "12 May"})
    for name in ("Ada One", "Ben Two", "Cleo Three"):
        world.mailbox.put(item(name))
    world.partners.add(OLA)
    for name in ("Dan Four", "Eve Five", "Fay Six"):
        world.partners.add(partner(name))
    world.run()
    world.run()
    return world


def edits() -> World:
    """Edits of either side, of both, and of the same field."""
    world = linked()
    for name in ("Ida Lund", "Ada One"):
        world.partners.edit(world.partner_id(name), {"job_title": "Odoo"})
    for name in ("Ida Lund", "Ola Nord"):
        world.mailbox.edit(world.item_id(name), {"job_title": "Exchange"})
    world.mailbox.edit(world.item_id("Dan Four"), {"email": ""})
    world.partners.edit(world.partner_id("Dan Four"), {"name": "Dan van Four"})
    world.mailbox.drift()
    return world


def deletions() -> World:
    """Deletions of either side, with and without an edit on the other."""
    world = linked()
    for name in ("Ada One", "Ben Two"):
        world.mailbox.remove(world.item_id(name))
    for name in ("Dan Four", "Eve Five"):
        world.partners.mark(world.partner_id(name), active=False)
    world.partners.delete(world.partner_id("Fay Six"))
    world.partners.edit(world.partner_id("Ben Two"), {"job_title": "Edited"})
    world.mailbox.edit(world.item_id("Eve Five"), {"job_title": "Edited"})
    return world


def moves() -> World:
    """Return a world with moves of contacts with and without a sync key, and edits."""
    world = linked()
    for name in ("Ida Lund", "Ola Nord", "Dan Four"):
        world.mailbox.move(world.item_id(name), world.folders[1])
    world.mailbox.edit(world.item_id("Dan Four"), {"job_title": "Edited"})
    world.partners.edit(world.partner_id("Ola Nord"), {"website": "example.com"})
    return world


def decisions() -> World:
    """Return a world with each kind of decision of a user."""
    world = linked()
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Wrong"})
    world.partners.edit(world.partner_id("Ada One"), {"website": "http://wrong.no"})
    world.mailbox.remove(world.item_id("Cleo Three"))
    world.run()
    world.decide(world.link("Ben Two"), state=LinkState.STOPPED)
    world.partners.edit(world.partner_id("Ben Two"), {"job_title": "Edited"})
    world.mailbox.edit(world.item_id("Ben Two"), {"website": "edited.no"})
    world.decide(
        world.link("Ida Lund"),
        field_overrides={"job_title": FieldOverride("Wrong", "Right")},
    )
    apart = FieldOverride("http://wrong.no", "", Side.EXCHANGE)
    world.decide(
        world.link("Ada One"),
        user_request=UserRequest.SEPARATE,
        field_overrides={"website": apart},
    )
    for name, asked in {
        "Ben Two": UserRequest.START,
        "Cleo Three": UserRequest.RESTORE,
        "Dan Four": UserRequest.REMOVE,
        "Eve Five": UserRequest.WITHDRAW,
        "Fay Six": UserRequest.STOP,
    }.items():
        world.decide(world.link(name), user_request=asked)
    return world


def refusals() -> World:
    """Each side refuses values, and the mailbox does not do all it acknowledges."""
    world = linked()
    long = "Head of " + "sales and " * 30
    world.mailbox.refused = lambda _key, text: "bad" in text
    world.mailbox.never_kept = {"nickname"}
    world.mailbox.stays = {"email": True, "job_title": False}
    world.mailbox.longest = 255
    world.partners.refuses = lambda _key, text: "bad" in text
    bad = {"website": "bad.no", "im1": "bad too", "job_title": "in", "company": "in"}
    world.mailbox.edit(world.item_id("Ida Lund"), bad)
    world.mailbox.put(item("Gus Seven", **bad, business_city="Bonn"))
    world.partners.edit(world.partner_id("Ola Nord"), {"email": "", "nickname": "Ole"})
    edit = {"job_title": "", "website": "bad.no", "business_city": long}
    for name in ("Dan Four", "Ben Two"):
        world.partners.edit(world.partner_id(name), edit)
    world.partners.add(partner("Hal Eight", nickname="bad", job_title=long, ims="x"))
    world.partners.add(partner("Ina Nine", nickname="Ini", company=long, ims="bad\ny"))
    world.partners.mark(world.partner_id("Ada One"), locked=True)
    world.mailbox.edit(world.item_id("Ada One"), {"company": "Locked"})
    world.partners.edit(world.partner_id("Eve Five"), {"name": "bad Eve"})
    return world


SCENARIOS = [first_run, edits, deletions, moves, decisions, refusals]


def steps_of(start: World) -> int:
    world = copy.deepcopy(start)
    before = world.steps.taken
    world.run()
    return world.steps.taken - before


def settled(world: World) -> dict:
    for _run in range(2):
        world.run()
    assert world.run().writes == 0
    return world.picture()


@for_each_row("scenario", SCENARIOS)
def test_interrupted_run_reaches_the_same_state(scenario):
    start = scenario()
    expected = settled(copy.deepcopy(start))
    total = steps_of(start)
    assert total > 40
    for step in range(1, total + 1):
        world = copy.deepcopy(start)
        world.steps.kill(step)
        with pytest.raises(Killed):
            world.run()
        assert settled(world) == expected, f"killed at step {step} of {total}"


@for_each_row("scenario", SCENARIOS)
def test_repeatedly_interrupted_runs_reach_the_same_state(scenario):
    """The process dies after every few steps."""
    world = scenario()
    expected = settled(copy.deepcopy(world))
    for attempt in range(400):
        world.steps.kill(20 + attempt)
        try:
            world.run()
        except Killed:
            continue
        break
    world.steps.forget_plans()
    assert settled(world) == expected


@for_each_row("method", ["create", "update", "delete"])
def test_a_lost_answer_does_not_change_the_final_state(method: str):
    for scenario in SCENARIOS:
        world = scenario()
        expected = settled(copy.deepcopy(world))
        for nth in range(1, 4):
            world.mailbox.drop_after(method, nth=nth)
            try:
                world.run()
            except Exception:
                continue
        world.mailbox.heal()
        assert settled(world) == expected


def test_a_contact_edited_before_its_creation_was_acknowledged():
    world = World()
    world.partners.add(OLA)
    world.mailbox.drop_after("create")
    with pytest.raises(Exception, match="server_unreachable"):
        world.run()
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Chief"})
    world.run()
    assert world.items() == ["Ola Nord"]
    assert world.partner("Ola Nord")["job_title"] == "Chief"


def test_a_contact_moved_before_its_creation_was_acknowledged():
    world = World(imported=(True, True))
    world.partners.add(OLA)
    world.mailbox.drop_after("create")
    with pytest.raises(Exception, match="server_unreachable"):
        world.run()
    world.mailbox.move(world.item_id("Ola Nord"), world.folders[1])
    world.run()
    assert world.items() == ["Ola Nord"] == world.names()


@for_each_row("fate", ["archived", "deleted", "left", "export off"])
def test_a_pending_contact_that_is_no_longer_exported_is_not_created(fate: str):
    world = World()
    ola = world.partners.add(OLA)
    calls = world.mailbox.create

    def create(folder, drafts):
        raise Killed

    world.mailbox.create = create
    with pytest.raises(Killed):
        world.run()
    world.mailbox.create = calls
    assert len(world.links.rows) == 1
    if fate == "archived":
        world.partners.mark(ola, active=False)
    elif fate == "deleted":
        world.partners.delete(ola)
    elif fate == "left":
        world.partners.mark(ola, chosen=False)
    else:
        world.change(push=False)
    world.run()
    assert world.items() == [] and not world.links.rows


def test_a_pending_contact_is_created_in_the_current_export_folder():
    world = World(imported=(True, True))
    world.partners.add(OLA)
    world.mailbox.fail_next("create", ValueError("dies before it is done"))
    with pytest.raises(ValueError):
        world.run()
    world.mailbox.remove_folder(world.folders[0])
    world.folders = world.folders[1:]
    world.imported = world.imported[1:]
    world.mailbox.default = world.folders[0]
    world.run()
    assert world.items() == ["Ola Nord"]


def test_a_contact_entered_by_a_person_after_a_failed_export_is_linked():
    """Values that the contact lacks are not cleared in Odoo."""
    world = World()
    world.partners.add(OLA)
    world.mailbox.spoil("create", "key-1")
    world.run()
    world.mailbox.put(item("Ola Nord", job_title="Chief"))
    ran = world.run()
    assert ran.requests["create"] == 0
    assert world.items() == ["Ola Nord"] == world.names()
    for side in (world.partner("Ola Nord"), world.item("Ola Nord")):
        assert (side["company"], side["job_title"]) == ("North", "Chief")
    assert not world.link("Ola Nord").created_by_us


def test_an_uninterrupted_run_carries_out_all_decisions():
    """The state that the interrupted runs above must reach."""
    world = decisions()
    world.run()
    assert world.partner("Ida Lund")["job_title"] == "Right"
    assert world.item("Ida Lund")["job_title"] == "Right"
    assert world.item("Ada One")["website"] == ""
    assert world.partner("Ada One")["website"] == "http://wrong.no"
    assert world.item("Ben Two")["job_title"] == "Edited"
    assert world.partner("Ben Two")["website"] == "http://edited.no"
    assert "Cleo Three" in world.names() and "Cleo Three" not in world.items()
    assert "Dan Four" in world.names() and "Dan Four" not in world.items()
    assert "Eve Five" in world.names(active=False) and "Eve Five" in world.items()
    stopped = ("Ada One", "Cleo Three", "Dan Four", "Eve Five", "Fay Six")
    for name in stopped:
        assert world.link(name).state is LinkState.STOPPED, name
    assert not any(
        link.user_request or link.field_overrides for link in world.links.rows.values()
    )
