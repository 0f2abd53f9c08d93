# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The lines and counters of a run (``core.ports.RunLog``)."""

from __future__ import annotations

from exchange_contact_sync.core.errors import MayNotWrite
from exchange_contact_sync.core.link import Link
from exchange_contact_sync.core.run import Line, LineAction, Way
from support.stores.world import StoresWorld


def test_a_run_begins_in_no_phase(history: StoresWorld):
    assert history.log.phase() == ""


def test_the_last_phase_is_kept(history: StoresWorld):
    history.log.enter("collect")
    history.log.enter("pull")
    history.reopen()

    assert history.log.phase() == "pull"


def test_lines_are_kept_in_order(history: StoresWorld):
    partner = history.add_partner({"name": "Ada"})
    other = history.add_partner({"name": "Ben"})
    lines = [
        Line(Way.PULL, LineAction.CREATE, name="Ada", partner=partner, remote="r1"),
        Line(Way.PUSH, LineAction.UPDATE, name="Ada", field="email", old="a", new="b"),
        Line(Way.PULL, LineAction.AMBIGUOUS, name="Ben", candidates=(partner, other)),
    ]
    history.log.record(lines[:1], {})
    history.log.record(lines[1:], {"imported_created": 1})

    assert history.recorded() == lines


def test_counters_add_up(history: StoresWorld):
    history.log.record([], {"imported_created": 2, "error_count": 1})
    history.log.record([], {"imported_created": 3})
    history.log.record([], {})

    assert history.counted() == {"imported_created": 5, "error_count": 1}


def test_a_line_about_a_link_that_is_gone_is_kept(history: StoresWorld):
    history.log.record([Line(Way.PULL, LineAction.DELETE, name="Ada", link=987654)], {})

    (line,) = history.recorded()
    assert line.name == "Ada"


def test_a_remark_is_known_to_the_run(history: StoresWorld):
    of_one = Line(Way.PULL, LineAction.ERROR, name="Ada", error=MayNotWrite())
    history.log.record([of_one], {})
    assert not history.log.has_remark("may_not_write")

    history.log.record([Line(Way.PULL, LineAction.ERROR, error=MayNotWrite())], {})
    history.reopen()
    assert history.log.has_remark("may_not_write")
    assert not history.log.has_remark("may_not_create")


def test_changed_links_are_known_by_direction(history: StoresWorld):
    links = [Link(0, 0, "folder", f"r{n}", "v1", f"k{n}") for n in range(2)]
    changed, linked = [link.id for link in history.links.add(links)]
    lines = [
        Line(Way.PULL, LineAction.UPDATE, name="Ada", link=changed, field="email"),
        Line(Way.PULL, LineAction.LINK, name="Ben", link=linked),
    ]
    history.log.record(lines, {})

    assert history.log.changed(Way.PULL, [changed, linked]) == {changed}
    assert history.log.changed(Way.PUSH, [changed, linked]) == set()
    assert history.log.changed(Way.PULL, []) == set()


def test_recording_nothing_adds_nothing(history: StoresWorld):
    history.log.record([], {})

    assert history.recorded() == [] and history.counted() == {}
