# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The deletion guard: stop a run that would delete too much, and ask a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .policy import Policy


class Verdict(Enum):
    """Whether a run may continue."""

    GO = "go"
    TOO_MANY_DELETIONS = "too many deletions"
    SIDE_SUDDENLY_EMPTY = "a side is suddenly empty"


@dataclass(frozen=True)
class Losses:
    """How much a run would delete.

    :param linked: number of pairs synchronized before the run
    :param doomed: number of contacts that the run would archive or delete
    :param vanished: number of pairs that are missing on one side, regardless of the
        deletion policy
    """

    linked: int
    doomed: int
    vanished: int


def judge(losses: Losses, policy: Policy) -> Verdict:
    """Decide whether a run may continue.

    :param policy: its ``deletion_limit`` and ``deletion_minimum`` apply
    """
    if losses.vanished >= max(losses.linked, policy.deletion_minimum):
        return Verdict.SIDE_SUDDENLY_EMPTY
    many = losses.doomed >= policy.deletion_minimum
    too_many = many and losses.doomed > policy.deletion_limit * losses.linked
    return Verdict.TOO_MANY_DELETIONS if too_many else Verdict.GO
