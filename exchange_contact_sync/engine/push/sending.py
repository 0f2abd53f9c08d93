# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write Exchange's side of pairs, without the values that the mailbox refuses.

Ports: remote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...core.errors import ContactError, ContactInvalid
from ...core.mailbox import RemoteChange, RemoteRef
from ..apply.merge import Todo
from ..pairs import Reconciled
from ..partial_writes import REFUSALS, Attempt, PartialWrite, write_in_parts
from ..reread import ref_of
from ..session import Session

MOSTLY_BLANK = ("nickname", "initials", "profession", "office", "manager", "assistant")
"""Rows of which nearly every contact leaves one blank."""


@dataclass(frozen=True)
class Sent:
    """What the mailbox accepted of a pair.

    :param answer: a ContactError if nothing could be written
    :param refused: errors by unit (``core/units.py``)
    """

    answer: RemoteRef | ContactError
    refused: Mapping[str, ContactError] = field(default_factory=dict)


def send(session: Session, todos: Sequence[Todo]) -> list[Sent]:
    """Write changes to the mailbox.

    :param todos: each with a result
    :return: results in the same order
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
    parts = write_in_parts(refused, _attempt(session, results, refs)) if refused else {}
    sent = {i: _partial(refs[i], one) for i, one in parts.items()}
    sent |= _find_fault(session, results, refs, parts)
    return [sent.get(i, Sent(answer)) for i, answer in enumerate(answers)]


def _find_fault(
    session: Session,
    results: Sequence[Reconciled],
    refs: Sequence[RemoteRef],
    parts: Mapping[int, PartialWrite[RemoteRef]],
) -> dict[int, Sent]:
    """Find out whether the values are at fault where not one was accepted.

    Exchange refuses a contact that it cannot store at the moment with the same codes as
    a bad value (ErrorItemSave). It then refuses to clear a blank field too: nothing is
    the values' fault, and they are sent again in the next run.

    :return: results by the number of the contact, where it was tried
    """
    tried = {
        i: row
        for i, one in parts.items()
        if _refused_entirely(one) and (row := _blank_row(results[i]))
    }
    if not tried:
        return {}
    changes = [change(session, refs[i], {row: ""}) for i, row in tried.items()]
    answers = session.remote.update(changes)
    return {
        i: Sent(answer)
        if isinstance(answer, ContactError)
        else Sent(answer, parts[i].refused)
        for i, answer in zip(tried, answers, strict=True)
    }


def _refused_entirely(one: PartialWrite[RemoteRef]) -> bool:
    invalid = [isinstance(error, ContactInvalid) for error in one.refused.values()]
    return bool(invalid) and all(invalid) and not (one.done or one.error)


def _blank_row(result: Reconciled) -> str:
    theirs, sent = result.outcome.aligned.theirs, result.outcome.to_exchange
    blank = (row for row in MOSTLY_BLANK if row not in sent and not theirs.get(row))
    return next(blank, "")


def change(session: Session, ref: RemoteRef, values: Mapping[str, str]) -> RemoteChange:
    """Return a change in the form that this mailbox is known to carry out.

    :param values: row or part of the name to text; "" clears
    """
    blank = frozenset(key for key, text in values.items() if not text)
    return RemoteChange(ref, values, blank & session.known_behavior.grouped)


def _attempt(
    session: Session, results: Sequence[Reconciled], refs: Sequence[RemoteRef]
) -> Attempt[RemoteRef]:
    """Return a function that writes parts, each based on the version of the one
    before.
    """

    def attempt(
        batch: Sequence[tuple[int, PartialWrite[RemoteRef], tuple[str, ...]]],
    ) -> Sequence[RemoteRef | ContactError]:
        changes = []
        for i, one, units in batch:
            values = results[i].outcome.into_exchange(units, one.done)
            changes.append(change(session, one.answer or refs[i], values))
        return session.remote.update(changes)

    return attempt


def _partial(ref: RemoteRef, one: PartialWrite[RemoteRef]) -> Sent:
    if one.error:
        return Sent(one.error)
    return Sent(one.answer or ref, one.refused)
