# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every fault at every request of every phase (``./dev test faults``).

This takes a quarter of an hour; ``tests/integration/test_faults_sample.py`` is a
sample.
"""

from __future__ import annotations

import pytest

from faults.kinds import without_example
from faults.matrix import Tally, cells, try_all
from faults.phases import PHASES
from machine.stage import stage

PASSWORDS_ONLY = {"auth": ("basic",)}
"""Without the handshakes of NTLM it takes half as long."""

tally = Tally()


def test_each_fault_of_the_simulator_is_tried():
    assert without_example() == []


@pytest.mark.timeout(0)
@pytest.mark.parametrize("phase", PHASES)
def test_the_next_run_completes_what_a_fault_stopped(
    phase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with stage("faults", **PASSWORDS_ONLY) as scene:
        try_all(scene, list(cells(scene, [phase])), tally)
    with capsys.disabled():
        print("\n" + "\n".join(tally.lines()))
    failed = {str(cell): text for cell, text in tally.failures.items()}
    mine = {cell: text for cell, text in failed.items() if cell.startswith(phase)}
    assert not mine, "\n".join(f"{cell}: {text}" for cell, text in mine.items())
