# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A preview shows what the next run does, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import settings
from hypothesis.stateful import rule, run_state_machine_as_test

from exchange_contact_sync.core.errors import ContactChanged, ContactGone, FolderGone
from exchange_contact_sync.core.mailbox import RemoteChange, RemoteContact, RemoteRef
from exchange_contact_sync.core.policy import DeletionPolicy, Policy
from exchange_contact_sync.core.run import Line
from exchange_contact_sync.engine.preview.dry_run import DryRunMailbox, is_made_up
from exchange_contact_sync.engine.preview.preview import PreviewLog
from support.fakes.remote_store import FakeRemoteStore
from support.fakes.world import Ran, World
from support.rows import for_each_row
from unit.engine.machine_runs import Runs
from unit.engine.people import IDA, crowd, item, linked_world, partner
from unit.engine.test_interruptions import SCENARIOS, refusals

NEVER = {"create", "update", "delete"}


def shown(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    """Return what lines show, without ids, since the next run assigns new ones."""
    return [
        (
            line.direction,
            line.action,
            line.name,
            line.field,
            line.old,
            line.new,
            line.error.code if line.error else "",
        )
        for line in lines
    ]


def previewed(world: World) -> PreviewLog:
    """Run a preview, check that it changed nothing, and return its log."""
    tables, items = world.db.tables(), world.mailbox.snapshot()
    trash, asked = list(world.mailbox.trash), dict(world.mailbox.calls)
    writes = world.mailbox.writes
    log = world.preview()
    assert world.db.tables() == tables
    assert world.mailbox.snapshot() == items and world.mailbox.trash == trash
    assert world.mailbox.writes == writes
    assert all(world.mailbox.calls[name] == asked.get(name, 0) for name in NEVER)
    return log


def runs_as_previewed(world: World) -> Ran:
    log = previewed(world)
    ran = world.run()
    assert shown(log.lines) == shown(ran.lines)
    assert log.counters == ran.counters
    return ran


@for_each_row("scenario", [one for one in SCENARIOS if one is not refusals])
def test_the_run_does_what_the_preview_showed(scenario):
    """Refusals of the mailbox are the exception, since a preview does not write."""
    world = scenario()
    assert runs_as_previewed(world).lines
    runs_as_previewed(world)


@for_each_row("scenario", SCENARIOS)
def test_a_second_preview_shows_the_same(scenario):
    world = scenario()
    assert shown(previewed(world).lines) == shown(previewed(world).lines)


def test_a_preview_reports_values_that_either_side_will_not_store():
    world = linked_world()
    world.mailbox.never_kept = {"nickname"}
    world.partners.edit(world.partner_id("Ida Lund"), {"nickname": "Idchen"})
    world.run()
    world.partners.refuses = lambda _key, text: text == "bad"
    world.partners.edit(world.partner_id("Ola Nord"), {"nickname": "Ole"})
    world.mailbox.edit(world.item_id("Ola Nord"), {"im1": "bad"})
    codes = {line.error.code for line in runs_as_previewed(world).lines if line.error}
    assert codes == {"contact_invalid", "value_not_kept"}


def test_a_write_that_the_mailbox_would_refuse_is_previewed_as_a_reread():
    """Changes of contacts in a folder that is not imported are not reported."""
    world = linked_world(imported=(True, True))
    world.mailbox.move(world.item_id("Ida Lund"), world.folders[1])
    world.run()
    world.folders, world.imported = world.folders[:1], (True,)
    world.mailbox.edit(world.item_id("Ida Lund"), {"job_title": "Smith"})
    world.partners.edit(world.partner_id("Ida Lund"), {"website": "example.com"})
    ran = runs_as_previewed(world)
    assert {("pull", "job_title"), ("push", "website")} <= {
        (line.direction, line.field) for line in ran.lines
    }


def test_a_preview_sends_no_photo_to_a_contact_that_is_gone():
    """The contact is not in a page of changes yet."""
    world = World()
    world.partners.add(partner("Per Vik"))
    world.run()
    world.mailbox.remove(world.item_id("Per Vik"))
    world.pictures.set_picture(world.partner_id("Per Vik"), b"red")
    ran = runs_as_previewed(world)
    assert [line.error.code for line in ran.lines] == ["stopped_gone"]


def test_a_contact_edited_before_its_deletion_is_previewed_as_a_reread():
    delete = Policy(odoo_deletion=DeletionPolicy.DELETE)
    world = World(delete, imported=(True, True))
    world.partners.add(partner("Ola Nord"))
    world.run()
    world.mailbox.move(world.item_id("Ola Nord"), world.folders[1])
    world.run()
    world.folders, world.imported = world.folders[:1], (True,)
    world.mailbox.edit(world.item_id("Ola Nord"), {"job_title": "Smith"})
    world.partners.mark(world.partner_id("Ola Nord"), active=False)
    runs_as_previewed(world)


def test_preview_shows_what_the_deletion_limit_would_stop():
    delete = Policy(exchange_deletion=DeletionPolicy.DELETE)
    world, names = World(delete), crowd(20)
    for name in names:
        world.mailbox.put(item(name))
    world.run()
    for name in names[:6]:
        world.mailbox.remove(world.item_id(name))
    log = previewed(world)
    assert [limit.code for limit in log.limits_reached] == ["too_many_deletions"]
    world.confirmed = True
    assert not world.preview().limits_reached, "a person has agreed"
    assert shown(log.lines) == shown(world.run().lines)


def test_nothing_is_created_in_a_folder_that_is_gone():
    world = World(imported=(True, True))
    world.partners.add(partner("Ola Nord"))
    world.mailbox.remove_folder(world.folders[0])
    with pytest.raises(FolderGone):
        world.preview()
    with pytest.raises(FolderGone):
        world.run()


class DryRuns(Runs):
    """Previews each undisturbed run, and compares both."""

    @rule()
    def a_run(self) -> None:
        self.runs += 1
        runs_as_previewed(self.world)


@pytest.mark.timeout(900)  # Hypothesis may take minutes to shrink what it found
def test_interrupted_runs_reach_the_same_state_in_random_worlds():
    run_state_machine_as_test(
        DryRuns,
        settings=settings(max_examples=100, stateful_step_count=40, deadline=None),
    )


class Clock:
    """A clock that advances by one minute with each call."""

    moment = datetime(2030, 1, 1, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


class Desk:
    """A mailbox with Ida, and the mailbox that a preview writes to instead."""

    def __init__(self) -> None:
        self.real = FakeRemoteStore()
        self.ida = self.real.put(IDA)
        self.seeming = DryRunMailbox(self.real, Clock())

    def look(self, ref: RemoteRef) -> RemoteContact:
        (answer,) = self.seeming.fetch([ref])
        assert isinstance(answer, RemoteContact)
        return answer

    def update(self, ref: RemoteRef, **values: str) -> RemoteRef:
        (answer,) = self.seeming.update([RemoteChange(ref, values)])
        assert isinstance(answer, RemoteRef)
        return answer


def test_a_contact_created_in_a_preview_can_be_read():
    desk = Desk()
    (ref,) = desk.seeming.create(desk.real.default, [("key", {"surname": "Nord"})])
    assert is_made_up(ref.id) and ref.sync_key == "key"
    found = desk.look(ref)
    assert found.ref == ref
    assert (found.contact["surname"], found.contact["email"]) == ("Nord", "")
    again = desk.update(ref, email="nord@example.com")
    assert desk.look(again).contact["email"] == "nord@example.com"


def test_a_contact_updated_in_a_preview_has_a_new_version():
    desk = Desk()
    before = desk.look(desk.ida)
    first = desk.update(desk.ida, job_title="Smith")
    second = desk.update(first, website="https://example.com")
    assert len({desk.ida.version, first.version, second.version}) == 3
    found = desk.look(second)
    assert found.ref.version == second.version
    assert found.modified > before.modified
    assert found.contact == before.contact.with_values(
        {"job_title": "Smith", "website": "https://example.com"}
    )
    (shown,) = desk.seeming.changes(desk.real.default, "").changed
    assert shown.version == second.version


def test_a_preview_refuses_a_change_of_an_old_version():
    desk = Desk()
    desk.update(desk.ida, job_title="Smith")
    change = RemoteChange(desk.ida, {"job_title": "Baker"})
    (answer,) = desk.seeming.update([change])
    assert isinstance(answer, ContactChanged)


def test_an_edit_made_in_exchange_during_a_preview_is_shown():
    desk = Desk()
    ref = desk.update(desk.ida, job_title="Smith", website="https://example.com")
    desk.real.edit(desk.ida.id, {"job_title": "Baker"})
    found = desk.look(ref)
    assert found.ref.version != ref.version
    assert found.contact["job_title"] == "Baker"
    assert found.contact["website"] == "https://example.com"
    (shown,) = desk.seeming.changes(desk.real.default, "").changed
    assert shown.version == found.ref.version
    last = desk.update(found.ref, company="North")
    assert desk.look(last).contact["job_title"] == "Baker"


def test_a_contact_deleted_in_a_preview_is_gone():
    desk = Desk()
    assert desk.seeming.delete([desk.ida]) == [None]
    (answer,) = desk.seeming.fetch([desk.ida])
    assert isinstance(answer, ContactGone)
    change = RemoteChange(desk.ida, {"job_title": "Smith"})
    (answer,) = desk.seeming.update([change])
    assert isinstance(answer, ContactGone)
    assert not desk.seeming.changes(desk.real.default, "").changed
