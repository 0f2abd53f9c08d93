# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Handle requests that the mailbox did not answer: keep the state, and ask again later.

The answers that arrived are used first. The run continues for as long as the mailbox
answers something. A single contact without an answer does not stop the others: it is
skipped until the next slice, and the run ends with its error when everything else is
done.

Ports: remote.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from ..core.errors import ContactError, ServerBusy, SyncError, Unanswered
from ..core.mailbox import RemoteContact, RemoteRef
from .session import Session

UNTIL_ASKED_AGAIN = 900.0
"""Seconds until the next attempt, when only the skipped contacts are left."""


def to_skip(answers: Sequence[object]) -> list[bool]:
    """Decide which items to skip for now.

    These are the items without an answer although the mailbox answered for later ones,
    or although they were requested alone.

    :param answers: of the mailbox
    :return: one value for each answer
    """
    last = max((n for n, a in enumerate(answers) if _is_answer(a)), default=-1)
    alone = len(answers) == 1
    return [
        not _is_answer(answer) and (alone or position < last)
        for position, answer in enumerate(answers)
    ]


def to_ask_again(ids: Iterable[int], answers: Sequence[object]) -> set[int]:
    """Return the ids without an answer that the mailbox may answer for at once.

    :param ids: what was requested
    :param answers: of the mailbox
    """
    return {
        number
        for number, answer, skip in zip(ids, answers, to_skip(answers), strict=True)
        if not _is_answer(answer) and not skip
    }


def check_unanswered(session: Session, answers: Sequence[object]) -> None:
    """Decide whether to continue; call this when the answers that arrived are
    committed.

    :param answers: of the mailbox
    :raises SyncError: the mailbox cannot be used now
    """
    unanswered = [answer for answer in answers if isinstance(answer, Unanswered)]
    for answer in unanswered:
        if not answer.retry_at_once:
            raise answer.cause
    if unanswered and len(unanswered) == len(answers) > 1:
        raise unanswered[0].cause
    if any(to_skip(answers)):
        session.unanswered = _with_delay(unanswered[0].cause)


def _with_delay(cause: SyncError) -> SyncError:
    if not isinstance(cause, ServerBusy):
        return cause
    return ServerBusy(cause.detail, max(cause.back_off, UNTIL_ASKED_AGAIN))


def fetch_all(
    session: Session, refs: Sequence[RemoteRef]
) -> list[RemoteContact | ContactError]:
    """Read contacts where a decision needs all of them.

    :return: none of them is ``Unanswered``
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
