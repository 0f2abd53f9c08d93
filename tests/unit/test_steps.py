# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each step of a run has a label on the screen."""

from __future__ import annotations

import re
from pathlib import Path

import exchange_contact_sync
from exchange_contact_sync.core.run import Phase, Step

SCRIPT = "static/src/sync_progress/sync_progress.js"


def test_each_step_has_a_label():
    addon = Path(next(iter(exchange_contact_sync.__path__)))
    table = re.search(r"const STEPS = \{(.*?)\};", (addon / SCRIPT).read_text(), re.S)
    assert table
    labels = re.findall(r"^ +(\w+): _t\(", table[1], re.M)
    assert sorted(labels) == sorted(step.value for step in Step)


def test_each_phase_is_a_step():
    assert {phase.value for phase in Phase} <= {step.value for step in Step}
