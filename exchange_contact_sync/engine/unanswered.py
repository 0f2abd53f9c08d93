# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the mailbox left unanswered: kept as it is, and asked for again later.

The answers that came are used first. Then the run goes on as long as the mailbox
answers something, and ends when it answers nothing more. One contact that is never
answered does not stop the others: it is passed over until the next slice, and the run
ends with its cause when all else is done.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from ..core.errors import ContactError, ServerBusy, SyncError, Unanswered
from ..core.mailbox import RemoteContact, RemoteRef
from .session import Session

UNTIL_ASKED_AGAIN = 900.0
"""Seconds; all but the contacts that were passed over is done."""


def left_out(answers: Sequence[object]) -> list[bool]:
    """Which things are passed over for now: those that the mailbox does not answer
    although it answers others after them, or although they were asked for alone.

    :param answers: of the mailbox
    :return: one for each answer
    """
    last = max((n for n, a in enumerate(answers) if _is_answer(a)), default=-1)
    alone = len(answers) == 1
    return [
        not _is_answer(answer) and (alone or position < last)
        for position, answer in enumerate(answers)
    ]


def to_ask_again(ids: Iterable[int], answers: Sequence[object]) -> set[int]:
    """:param ids: iterable of int, what was asked for
    :param answers: sequence, of the mailbox
    :return: set of int, those it did not answer for and may answer for at once
    """
    return {
        one
        for one, answer, passed in zip(ids, answers, left_out(answers), strict=True)
        if not _is_answer(answer) and not passed
    }


def check_unanswered(session: Session, answers: Sequence[object]) -> None:
    """Decide how to go on; to be called when the answers that came are durable.

    :param answers: of the mailbox
    :raises SyncError: the mailbox cannot be worked with now
    """
    left = [answer for answer in answers if isinstance(answer, Unanswered)]
    for answer in left:
        if not answer.again:
            raise answer.cause
    if left and len(left) == len(answers) > 1:
        raise left[0].cause
    if any(left_out(answers)):
        session.unanswered = _later(left[0].cause)


def _later(cause: SyncError) -> SyncError:
    if not isinstance(cause, ServerBusy):
        return cause
    return ServerBusy(cause.detail, max(cause.back_off, UNTIL_ASKED_AGAIN))


def fetch_all(
    session: Session, refs: Sequence[RemoteRef]
) -> list[RemoteContact | ContactError]:
    """Read contacts where nothing can be decided before all are read.

    :return: none of them ``Unanswered``
    :raises SyncError: the mailbox does not answer for all
    """
    found: list[RemoteContact | ContactError] = []
    while len(found) < len(refs):
        answers = session.remote.fetch(refs[len(found) :])
        first = answers[0]
        if isinstance(first, Unanswered):
            raise first.cause
        found += itertools.takewhile(_is_answer, answers)
    return found


def _is_answer(answer: object) -> bool:
    return not isinstance(answer, Unanswered)
