# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write Exchange's side of pairs, whatever single values the mailbox refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...core.errors import ContactError
from ...core.mailbox import RemoteChange, RemoteRef
from ..apply.merge import Todo
from ..apply.pieces import REFUSALS, Attempt, Piecemeal, write_apart
from ..pairs import Reconciled
from ..reread import ref_of
from ..session import Session


@dataclass(frozen=True)
class Sent:
    """What the mailbox took of a pair.

    :param answer: or ContactError for which nothing could be written now
    :param refused: Mapping of ContactError by unit (``core/units.py``)
    """

    answer: RemoteRef | ContactError
    refused: Mapping[str, ContactError] = field(default_factory=dict)


def send(session: Session, todos: Sequence[Todo]) -> list[Sent]:
    """Tell the mailbox what changed.

    :param todos: each with a result
    :return: in the same order
    """
    results = [todo.result for todo in todos if todo.result]
    refs = [ref_of(todo.pair.link) for todo in todos]
    changes = [
        change(session, ref, result.outcome.to_exchange)
        for ref, result in zip(refs, results, strict=True)
    ]
    answers = session.remote.update(changes)
    refused = {
        i: (results[i].outcome.units_out, answer)
        for i, answer in enumerate(answers)
        if isinstance(answer, REFUSALS)
    }
    pieces = write_apart(refused, _attempt(session, results, refs)) if refused else {}
    return [
        _piecemeal(refs[i], pieces[i]) if i in pieces else Sent(answer)
        for i, answer in enumerate(answers)
    ]


def change(session: Session, ref: RemoteRef, values: Mapping[str, str]) -> RemoteChange:
    """A change in the way that this mailbox is known to carry out.

    :param values: Mapping of row or part of the name to text; "" clears
    """
    blank = frozenset(key for key, text in values.items() if not text)
    return RemoteChange(ref, values, blank & session.known_behavior.grouped)


def _attempt(
    session: Session, results: Sequence[Reconciled], refs: Sequence[RemoteRef]
) -> Attempt[RemoteRef]:
    """Each piece is based on the version that the one before made."""

    def attempt(
        batch: Sequence[tuple[int, Piecemeal[RemoteRef], tuple[str, ...]]],
    ) -> Sequence[RemoteRef | ContactError]:
        changes = []
        for i, one, units in batch:
            values = results[i].outcome.into_exchange(units, one.done)
            changes.append(change(session, one.answer or refs[i], values))
        return session.remote.update(changes)

    return attempt


def _piecemeal(ref: RemoteRef, one: Piecemeal[RemoteRef]) -> Sent:
    if one.error:
        return Sent(one.error)
    return Sent(one.answer or ref, one.refused)
