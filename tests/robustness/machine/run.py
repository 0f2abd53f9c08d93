# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run the machine."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from .machine import Machine
from .stage import stage

MOVES = 25  # steps of one sequence


def run_machine(purpose: str, steps: int, protocol: str, *, shrink: bool) -> int:
    """Run the machine; if a rule is broken, print the sequence and how to repeat it.

    :param purpose: lower-case letters, for the name of the database
    :param steps: the approximate number of actions
    :param protocol: by which the contacts are synchronized
    :param shrink: search for the shortest such sequence, which may take minutes
    :returns: the number of actions
    """
    Machine.taken = 0
    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    with stage(purpose, protocol) as Machine.stage:
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=max(1, steps // MOVES),
                stateful_step_count=MOVES,
                phases=[*phases, Phase.shrink] if shrink else phases,
                suppress_health_check=list(HealthCheck),
                print_blob=True,
                deadline=None,
            ),
        )
    return Machine.taken
