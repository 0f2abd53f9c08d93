# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Interrupt a synchronization at each request and each commit, one after the other.

Over Graph, only those points are tried that can have another result there
(:func:`~.points.chosen`); the output says how many of how many.

This takes minutes; ``test_interruptions_sample.py`` runs some of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from odoo.addons.exchange_contact_sync.engine.session import BatchSizes
from odoo.addons.exchange_contact_sync.use_cases import wiring

from robustness.interruptions.points import (
    INTERRUPTIONS,
    chosen,
    interrupted,
    points,
    undisturbed,
)
from robustness.interruptions.snapshot import Picture
from robustness.machine.stage import GRAPH, PROTOCOLS, Stage, stage

FEWEST_POINTS = 10
SIZES = {
    "usual batches": wiring.SIZES,
    "small batches": BatchSizes(pull=6, push=4),
}


@dataclass(frozen=True)
class Scene:
    """What is interrupted.

    :param operations: of the requests of an undisturbed synchronization, in order
    :param commits: their number
    :param expected: the result without an interruption
    """

    stage: Stage
    operations: list[str]
    commits: int
    expected: Picture


@pytest.fixture(scope="module", params=PROTOCOLS)
def connected(request: pytest.FixtureRequest) -> Iterator[tuple[str, Stage]]:
    with stage("interruptions", request.param) as made:
        yield request.param, made


@pytest.fixture(scope="module", params=SIZES)
def scene(
    request: pytest.FixtureRequest, connected: tuple[str, Stage]
) -> Iterator[Scene]:
    """The undisturbed result; also sets the size of batches."""
    made = connected[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "SIZES", SIZES[request.param])
        yield Scene(made, *points(made), undisturbed(made))


@pytest.mark.timeout(0)
@pytest.mark.parametrize("kind", INTERRUPTIONS)
def test_the_next_run_completes_an_interrupted_one(
    connected: tuple[str, Stage],
    scene: Scene,
    kind: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    failures: dict[int, AssertionError] = {}
    tried, there = 0, _number_of_points(scene, kind)
    numbers: Iterable[int] = itertools.count(1)
    if connected[0] == GRAPH:
        numbers = chosen(scene.operations, scene.commits, kind)
    for number in numbers:
        try:
            if not interrupted(
                scene.stage, INTERRUPTIONS[kind], number, scene.expected
            ):
                break
        except AssertionError as failure:
            failures[number] = failure
        tried += 1
    with capsys.disabled():
        print(f"\n{kind}: {tried} of {there} points, {len(failures)} failures")
    assert tried >= FEWEST_POINTS
    assert not failures


def _number_of_points(scene: Scene, kind: str) -> int:
    return scene.commits if kind.endswith("commit") else len(scene.operations)
