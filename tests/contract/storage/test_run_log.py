# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A run as people read it (``core.ports.RunLog``)."""

from __future__ import annotations

from exchange_contact_sync.core.run import Line
from support.stores.world import StoresWorld


def test_a_run_begins_in_no_phase(stores: StoresWorld):
    assert stores.log.phase() == ""


def test_the_last_phase_is_kept(stores: StoresWorld):
    stores.log.enter("collect")
    stores.log.enter("pull")
    stores.reopen()

    assert stores.log.phase() == "pull"


def test_lines_are_kept_in_order(stores: StoresWorld):
    partner = stores.add_partner({"name": "Ada"})
    other = stores.add_partner({"name": "Ben"})
    lines = [
        Line("pull", "create", name="Ada", partner=partner, remote="r1"),
        Line("push", "update", name="Ada", field="email", old="a", new="b"),
        Line("pull", "ambiguous", name="Ben", candidates=(partner, other)),
    ]
    stores.log.record(lines[:1], {})
    stores.log.record(lines[1:], {"imported_created": 1})

    assert stores.recorded() == lines


def test_counters_add_up(stores: StoresWorld):
    stores.log.record([], {"imported_created": 2, "error_count": 1})
    stores.log.record([], {"imported_created": 3})
    stores.log.record([], {})

    assert stores.counted() == {"imported_created": 5, "error_count": 1}


def test_a_line_about_a_link_that_is_gone_is_kept(stores: StoresWorld):
    stores.log.record([Line("pull", "delete", name="Ada", link=987654)], {})

    (line,) = stores.recorded()
    assert line.name == "Ada"


def test_recording_nothing_adds_nothing(stores: StoresWorld):
    stores.log.record([], {})

    assert stores.recorded() == [] and stores.counted() == {}
