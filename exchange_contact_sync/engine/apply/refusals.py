# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write Odoo's side of pairs, without the values that Odoo refuses.

Ports: partners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...core.errors import ContactError, ContactInvalid
from ...core.partner import Written
from ..pairs import Reconciled
from ..session import Session
from .pieces import REFUSALS, Attempt, Piecemeal, write_apart

Refused = Mapping[str, ContactError]


@dataclass(frozen=True)
class Taken:
    """What Odoo accepted of a pair.

    :param result: without the values that Odoo refused
    :param written: None if nothing was written
    :param refused: errors by unit (``core/units.py``)
    :param error: the error that prevented every write, or None
    """

    result: Reconciled
    written: Written | None = None
    refused: Refused = field(default_factory=dict)
    error: ContactError | None = None


def take_in(session: Session, results: Sequence[Reconciled]) -> list[Taken]:
    """Write pulled values to existing partners.

    :return: results in the same order
    """
    changed = [i for i, result in enumerate(results) if result.outcome.to_odoo]
    changes = [
        (results[i].pair.link.partner, results[i].outcome.to_odoo) for i in changed
    ]
    answers = session.partners.update(changes) if changes else ()
    found = dict(zip(changed, answers, strict=True))
    refused = {
        i: (results[i].outcome.units_in, answer)
        for i, answer in found.items()
        if isinstance(answer, REFUSALS)
    }
    ids = {i: results[i].pair.link.partner for i in refused}
    pieces = write_apart(refused, _update(session, results, ids)) if refused else {}
    return [
        _piecemeal(session, result, pieces[i])
        if i in pieces
        else _whole(session, result, found.get(i))
        for i, result in enumerate(results)
    ]


def make(session: Session, results: Sequence[Reconciled]) -> list[Taken]:
    """Create partners, each with all values that Odoo does not refuse.

    :param results: each with a name for Odoo
    :return: results in the same order; ``error`` is set where no partner was created
    """
    drafts = [{**one.outcome.to_odoo, **one.outcome.kind} for one in results]
    answers = session.partners.create(drafts) if drafts else []
    taken = [
        _whole(session, result, answer)
        for result, answer in zip(results, answers, strict=True)
    ]
    bad = [i for i, one in enumerate(taken) if isinstance(one.error, ContactInvalid)]
    if bad:
        again = _make_apart(session, [taken[i] for i in bad])
        for i, one in zip(bad, again, strict=True):
            taken[i] = one
    return taken


def _make_apart(session: Session, taken: Sequence[Taken]) -> list[Taken]:
    """Create partners with the name alone, then add the other values."""
    results = [one.result for one in taken]
    names = [
        {**result.outcome.into_odoo(("name",)), **result.outcome.kind}
        for result in results
    ]
    answers = session.partners.create(names)
    made = {i: a for i, a in enumerate(answers) if not isinstance(a, ContactError)}
    refused = {
        i: (tuple(u for u in results[i].outcome.units_in if u != "name"), error)
        for i in made
        if (error := taken[i].error)
    }
    ids = {i: answer.id for i, answer in made.items()}
    pieces = write_apart(refused, _update(session, results, ids))
    again = []
    for i, one in enumerate(taken):
        if i not in made:
            again.append(_without_one(session, one))
            continue
        whole = _piecemeal(session, one.result, pieces[i])
        again.append(replace(whole, written=whole.written or made[i]))
    return again


def _without_one(session: Session, one: Taken) -> Taken:
    """Create a partner without the one value that Odoo refuses.

    This is needed for a database in which the name alone is not enough.
    """
    outcome, error = one.result.outcome, one.error
    for unit in outcome.units_in:
        others = [other for other in outcome.units_in if other != unit]
        if unit == "name" or error is None:
            continue
        draft = {**outcome.into_odoo(others), **outcome.kind}
        (answer,) = session.partners.create([draft])
        if isinstance(answer, Written):
            return _taken(session, one.result, answer, {unit: error})
    return one


def _update(
    session: Session, results: Sequence[Reconciled], ids: Mapping[int, int]
) -> Attempt[Written]:
    def attempt(
        batch: Sequence[tuple[int, Piecemeal[Written], tuple[str, ...]]],
    ) -> list[Written | ContactError]:
        answers = session.partners.update(
            [
                (ids[i], results[i].outcome.into_odoo(units, one.done))
                for i, one, units in batch
            ]
        )
        return [
            _with_earlier(one.answer, answer)
            for (_i, one, _units), answer in zip(batch, answers, strict=True)
        ]

    return attempt


def _with_earlier(
    earlier: Written | None, answer: Written | ContactError
) -> Written | ContactError:
    """Combine the values that Odoo stored for earlier parts and for this one."""
    if earlier is None or isinstance(answer, ContactError):
        return answer
    return replace(answer, became={**earlier.became, **answer.became})


def _whole(
    session: Session, result: Reconciled, answer: Written | ContactError | None
) -> Taken:
    if isinstance(answer, ContactError):
        return Taken(result, error=answer)
    return _taken(session, result, answer, {})


def _piecemeal(session: Session, result: Reconciled, one: Piecemeal[Written]) -> Taken:
    if one.error:
        return Taken(result, error=one.error)
    return _taken(session, result, one.answer, one.refused)


def _taken(
    session: Session, result: Reconciled, written: Written | None, refused: Refused
) -> Taken:
    name = result.pair.ours.contact.get("name", "") if result.pair.ours else ""
    outcome = result.outcome.refused_by_odoo(tuple(refused), name)
    if written:
        outcome = outcome.as_odoo_has_it(written.became, session.reference_data)
    return Taken(replace(result, outcome=outcome), written, refused)
