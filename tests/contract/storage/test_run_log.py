# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The lines and counters of a run (``core.ports.RunLog``)."""

from __future__ import annotations

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


def test_recording_nothing_adds_nothing(history: StoresWorld):
    history.log.record([], {})

    assert history.recorded() == [] and history.counted() == {}
