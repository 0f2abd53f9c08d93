# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The deletion guard: a run that would delete too much stops and asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .policy import Policy


class Verdict(Enum):
    """Whether a run may go on."""

    GO = "go"
    TOO_MANY_DELETIONS = "too many deletions"
    SIDE_SUDDENLY_EMPTY = "a side is suddenly empty"


@dataclass(frozen=True)
class Losses:
    """What a run would take away.

    :param linked: int, pairs synchronized before the run
    :param doomed: int, contacts the run would archive or delete
    :param vanished: int, pairs that one side no longer has, whatever the policy
        makes of it
    """

    linked: int
    doomed: int
    vanished: int


def judge(losses: Losses, policy: Policy) -> Verdict:
    """Whether a run may go on.

    :param losses: Losses
    :param policy: Policy, its ``deletion_limit`` and ``deletion_minimum``
    :return: Verdict
    """
    if losses.vanished >= max(losses.linked, policy.deletion_minimum):
        return Verdict.SIDE_SUDDENLY_EMPTY
    many = losses.doomed >= policy.deletion_minimum
    too_many = many and losses.doomed > policy.deletion_limit * losses.linked
    return Verdict.TOO_MANY_DELETIONS if too_many else Verdict.GO
