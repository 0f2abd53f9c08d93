# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Thousands of invalid answers; ``test_fuzz_sample.py`` tries some hundred."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exchange_server.schema import Schemas


@pytest.mark.timeout(0)
def test_any_answer_of_a_server_raises_only_our_errors(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    from robustness.fuzz.run import run_fuzz

    examples = request.config.getoption("--examples")
    tally = run_fuzz(Schemas(Path(os.environ["EXCHANGE_SCHEMAS"])), examples)
    with capsys.disabled():
        print("\n" + "\n".join(tally.lines()))
    assert tally.tried.total() >= examples
