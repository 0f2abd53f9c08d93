# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Some faults at some requests; ``./dev test faults`` tries each at each."""

from __future__ import annotations

from robustness.faults.kinds import without_example
from robustness.faults.matrix import Tally, cells, try_all
from robustness.machine.stage import stage

PHASES = ("changes on both sides", "reset")
EVERY = 17
"""Which of the cells are tried; no multiple of the number of operations or faults."""


def test_each_fault_of_the_simulator_is_tried() -> None:
    assert without_example() == []


def test_the_next_run_completes_what_a_fault_stopped() -> None:
    tally = Tally()
    with stage("faultssample", auth=("basic",)) as scene:
        try_all(scene, list(cells(scene, PHASES))[::EVERY], tally)
    failed = {str(cell): text for cell, text in tally.failures.items()}
    assert not failed, "\n".join(f"{cell}: {text}" for cell, text in failed.items())
    assert tally.survived.total() >= 10
