# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A few hundred random moves; ``./dev test machine --steps N`` makes more."""

from __future__ import annotations

from robustness.machine.run import run_machine

STEPS = 200


def test_the_rules_hold_after_random_actions() -> None:
    assert run_machine("machinesample", STEPS, shrink=False) >= STEPS // 2
