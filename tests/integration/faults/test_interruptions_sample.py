# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A sample of the points where a synchronization can be interrupted.

``./dev test interruptions`` tries them all.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from odoo.addons.exchange_contact_sync.engine.session import BatchSizes
from odoo.addons.exchange_contact_sync.use_cases import wiring

from robustness.interruptions.points import (
    INTERRUPTIONS,
    interrupted,
    points,
    undisturbed,
)
from robustness.machine.stage import PROTOCOLS, stage

COMMITS = 2  # of each kind
OPERATIONS = 8  # at most; over Graph there are many kinds of requests


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_next_run_completes_an_interrupted_one(
    protocol: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "SIZES", BatchSizes(pull=6, push=4))
    taken = 0
    with stage("interruptionssample", protocol) as scene:
        expected = undisturbed(scene)
        for kind, number in sample(*points(scene)):
            try:
                taken += interrupted(scene, INTERRUPTIONS[kind], number, expected)
            except AssertionError as failure:
                pytest.fail(f"{kind} {number}: {failure}")
    assert taken >= 10


def sample(operations: list[str], commits: int) -> Iterator[tuple[str, int]]:
    """Return the first request of some operations, each with another kind of
    interruption, and some commits.

    :param operations: of the requests, in order
    :param commits: the number of commits
    :return: kind and number of each interruption
    """
    firsts = sorted(operations.index(name) + 1 for name in set(operations))
    kinds = [kind for kind in INTERRUPTIONS if kind.endswith("request")]
    most = min(len(firsts), OPERATIONS)
    some = [firsts[len(firsts) * part // most] for part in range(most)]
    yield from zip(itertools.cycle(kinds), some, strict=False)
    for kind in INTERRUPTIONS.keys() - kinds:
        yield from ((kind, number) for number in spread(commits))


def spread(total: int) -> list[int]:
    """:returns: some numbers from 1 to the total, evenly spread, the last included"""
    return [total * part // COMMITS for part in range(1, COMMITS + 1)]
