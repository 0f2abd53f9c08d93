# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Interrupt a synchronization at each request and each commit, one after the other.

This takes minutes; ``test_interruptions_sample.py`` runs some of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from odoo.addons.exchange_contact_sync.engine.session import BatchSizes
from odoo.addons.exchange_contact_sync.use_cases import wiring

from robustness.interruptions.points import INTERRUPTIONS, interrupted, undisturbed
from robustness.interruptions.snapshot import Picture
from robustness.machine.stage import PROTOCOLS, Stage, stage

FEWEST_POINTS = 10
SIZES = {
    "usual batches": wiring.SIZES,
    "small batches": BatchSizes(pull=6, push=4),
}


@pytest.fixture(scope="module", params=PROTOCOLS)
def scene(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with stage("interruptions", request.param) as made:
        yield made


@pytest.fixture(scope="module", params=SIZES)
def expected(request: pytest.FixtureRequest, scene: Stage) -> Iterator[Picture]:
    """The result without an interruption; also sets the size of batches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "SIZES", SIZES[request.param])
        yield undisturbed(scene)


@pytest.mark.timeout(0)
@pytest.mark.parametrize("kind", INTERRUPTIONS)
def test_the_next_run_completes_an_interrupted_one(
    scene: Stage,
    expected: Picture,
    kind: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    failures: dict[int, AssertionError] = {}
    for number in itertools.count(1):
        try:
            if not interrupted(scene, INTERRUPTIONS[kind], number, expected):
                break
        except AssertionError as failure:
            failures[number] = failure
    points = number - 1
    with capsys.disabled():
        print(f"\n{kind}: {points} points, {len(failures)} failures")
    assert points >= FEWEST_POINTS
    assert not failures
