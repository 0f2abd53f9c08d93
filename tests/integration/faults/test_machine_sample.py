# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A few hundred random moves; ``./dev test machine --steps N`` makes more."""

from __future__ import annotations

import pytest

from robustness.machine.run import run_machine
from robustness.machine.stage import PROTOCOLS

STEPS = 100


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_rules_hold_after_random_actions(protocol: str) -> None:
    taken = run_machine("machinesample", STEPS, protocol, shrink=False)
    assert taken >= STEPS // 2
