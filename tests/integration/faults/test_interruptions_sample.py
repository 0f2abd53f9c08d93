# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A sample of the points where a synchronization can be interrupted.

``./dev test interruptions`` tries them all.
"""

from __future__ import annotations

import pytest

from odoo.addons.exchange_contact_sync.engine.session import BatchSizes
from odoo.addons.exchange_contact_sync.use_cases import wiring

from robustness.interruptions.points import (
    INTERRUPTIONS,
    interrupted,
    points,
    undisturbed,
)
from robustness.machine.stage import stage

COMMITS = 3  # of each kind


def test_the_next_run_completes_an_interrupted_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wiring, "SIZES", BatchSizes(pull=6, push=4))
    taken = 0
    with stage("interruptionssample") as scene:
        expected = undisturbed(scene)
        operations, commits = points(scene)
        firsts = sorted(operations.index(name) + 1 for name in set(operations))
        for kind, interruption in INTERRUPTIONS.items():
            numbers = firsts if kind.endswith("request") else spread(commits)
            for number in numbers:
                try:
                    taken += interrupted(scene, interruption, number, expected)
                except AssertionError as failure:
                    pytest.fail(f"{kind} {number}: {failure}")
    assert taken >= 20


def spread(total: int) -> list[int]:
    """:returns: some numbers from 1 to the total, evenly spread, the last included"""
    return [total * part // COMMITS for part in range(1, COMMITS + 1)]
