# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``tests/integration/faults/test_machine_sample.py`` does a few hundred moves."""

from __future__ import annotations

import pytest

from robustness.machine.run import run_machine


@pytest.mark.timeout(0)
def test_the_laws_hold_whatever_happens(request: pytest.FixtureRequest) -> None:
    steps = request.config.getoption("--steps")
    taken = run_machine("machine", steps, shrink=True)
    assert taken >= steps // 2
