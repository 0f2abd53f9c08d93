# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The deletion guard: when a run would delete too much."""

from __future__ import annotations

from exchange_contact_sync.core.guard import Losses, Verdict, judge
from exchange_contact_sync.core.policy import Policy
from support.rows import for_each_row

TABLE = """
    linked  doomed  vanished  verdict
    0       0       0         GO
    4       4       4         GO
    5       0       4         GO
    5       0       5         SIDE_SUDDENLY_EMPTY
    6       0       6         SIDE_SUDDENLY_EMPTY
    6       6       6         SIDE_SUDDENLY_EMPTY
    20      4       4         GO
    20      5       5         TOO_MANY_DELETIONS
    100     10      10        GO
    100     11      11        TOO_MANY_DELETIONS
    100     0       99        GO
    100     0       100       SIDE_SUDDENLY_EMPTY
"""
CASES = [line.split() for line in TABLE.strip().splitlines()[1:]]


@for_each_row(("linked", "doomed", "vanished", "verdict"), CASES)
def test_the_deletion_limit(linked: str, doomed: str, vanished: str, verdict: str):
    losses = Losses(int(linked), int(doomed), int(vanished))
    assert judge(losses, Policy()) is Verdict[verdict]


def test_the_owner_sets_the_share():
    losses = Losses(100, 40, 40)
    assert judge(losses, Policy(deletion_limit=0.5)) is Verdict.GO
    assert judge(losses, Policy(deletion_limit=0.3)) is Verdict.TOO_MANY_DELETIONS
