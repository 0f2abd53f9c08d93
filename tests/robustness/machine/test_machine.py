# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The random machine; ``tests/integration/faults/test_machine_sample.py`` runs a few
hundred steps."""

from __future__ import annotations

import pytest

from robustness.machine.run import run_machine
from robustness.machine.stage import PROTOCOLS


@pytest.mark.timeout(0)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_rules_hold_after_random_actions(
    protocol: str, request: pytest.FixtureRequest
) -> None:
    steps = request.config.getoption("--steps")
    taken = run_machine("machine", steps, protocol, shrink=True)
    assert taken >= steps // 2
