# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every fault at every request of every phase (``./dev test faults``).

This takes half an hour; ``tests/integration/faults/test_faults_sample.py`` runs some of
it.
"""

from __future__ import annotations

import pytest

from robustness.faults.kinds import without_example
from robustness.faults.matrix import Tally, cells, try_all
from robustness.faults.phases import PHASES
from robustness.machine.stage import stage

PASSWORDS_ONLY = {"auth": ("basic",)}
"""Basic authentication, since NTLM handshakes would double the time."""

tally = Tally()


def test_each_fault_of_the_simulator_is_tried():
    assert without_example() == []


@pytest.mark.timeout(0)
@pytest.mark.parametrize("phase", PHASES)
def test_the_next_run_completes_what_a_fault_stopped(
    phase: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    only = request.config.getoption("--only")
    with stage("faults", **PASSWORDS_ONLY) as scene:
        chosen = [cell for cell in cells(scene, [phase]) if only in str(cell)]
        try_all(scene, chosen, tally)
    mine = [
        f"{cell}: {text}"
        for cell, text in tally.failures.items()
        if cell.phase == phase
    ]
    with capsys.disabled():
        print("\n" + "\n".join([*tally.lines(), *mine]))
    assert not mine


def test_something_was_tried():
    """``--only`` with a text that no cell has would prove nothing."""
    assert tally.tried
