# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A sample of the points where a synchronization can be interrupted.

``./dev test interruptions`` tries them all.
"""

from __future__ import annotations

import pytest

from odoo.addons.exchange_contact_sync import composition
from odoo.addons.exchange_contact_sync.engine.parts import BatchSizes

from interruptions.points import (
    INTERRUPTIONS,
    interrupted,
    numbers_of_points,
    undisturbed,
)
from machine.stage import stage

OF_EACH_KIND = 4


def test_the_next_run_completes_what_was_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(composition, "SIZES", BatchSizes(absorb=6, push=4))
    taken = 0
    with stage("interruptionssample") as scene:
        expected = undisturbed(scene)
        requests, commits = numbers_of_points(scene)
        for kind, interruption in INTERRUPTIONS.items():
            total = requests if kind.endswith("request") else commits
            for number in spread(total):
                try:
                    taken += interrupted(scene, interruption, number, expected)
                except AssertionError as failure:
                    pytest.fail(f"{kind} {number} of {total}: {failure}")
    assert taken >= 20


def spread(total: int) -> list[int]:
    """:returns: some numbers from 1 to the total, evenly spread, the last included"""
    return [total * part // OF_EACH_KIND for part in range(1, OF_EACH_KIND + 1)]
