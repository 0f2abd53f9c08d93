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
from ..partial_writes import REFUSALS, Attempt, PartialWrite, write_in_parts
from ..session import Session

Refused = Mapping[str, ContactError]


@dataclass(frozen=True)
class WriteResult:
    """What Odoo accepted of a pair's values.

    :param result: without the values that Odoo refused
    :param written: None if nothing was written
    :param refused: errors by unit (``core/units.py``)
    :param error: the error that prevented every write, or None
    """

    result: Reconciled
    written: Written | None = None
    refused: Refused = field(default_factory=dict)
    error: ContactError | None = None


def update_existing(
    session: Session, results: Sequence[Reconciled]
) -> list[WriteResult]:
    """Write pulled values to existing partners.

    :return: results in the same order
    """
    changed = [i for i, result in enumerate(results) if result.outcome.to_odoo]
    changes = [
        (results[i].pair.link.partner, results[i].outcome.to_odoo) for i in changed
    ]
    answers = session.partners.update(changes) if changes else ()
    by_number = dict(zip(changed, answers, strict=True))
    refused = {
        i: (results[i].outcome.units_in, answer)
        for i, answer in by_number.items()
        if isinstance(answer, REFUSALS)
    }
    ids = {i: results[i].pair.link.partner for i in refused}
    parts = write_in_parts(refused, _update(session, results, ids)) if refused else {}
    return [
        _partial(session, result, parts[i])
        if i in parts
        else _whole(session, result, by_number.get(i))
        for i, result in enumerate(results)
    ]


def create_new(session: Session, results: Sequence[Reconciled]) -> list[WriteResult]:
    """Create partners, each with all values that Odoo does not refuse.

    :param results: each with a name for Odoo
    :return: results in the same order; ``error`` is set where no partner was created
    """
    drafts = [{**r.outcome.to_odoo, **r.outcome.kind} for r in results]
    answers = session.partners.create(drafts) if drafts else []
    written = [
        _whole(session, result, answer)
        for result, answer in zip(results, answers, strict=True)
    ]
    invalid = [i for i, r in enumerate(written) if isinstance(r.error, ContactInvalid)]
    if invalid:
        repeated = _create_in_parts(session, [written[i] for i in invalid])
        for i, result in zip(invalid, repeated, strict=True):
            written[i] = result
    return written


def _create_in_parts(
    session: Session, failed: Sequence[WriteResult]
) -> list[WriteResult]:
    """Create partners with the name alone, then add the other values."""
    results = [one.result for one in failed]
    names = [
        {**result.outcome.into_odoo(("name",)), **result.outcome.kind}
        for result in results
    ]
    answers = session.partners.create(names)
    created = {i: a for i, a in enumerate(answers) if not isinstance(a, ContactError)}
    refused = {
        i: (tuple(u for u in results[i].outcome.units_in if u != "name"), error)
        for i in created
        if (error := failed[i].error)
    }
    ids = {i: answer.id for i, answer in created.items()}
    parts = write_in_parts(refused, _update(session, results, ids))
    repeated = []
    for i, one in enumerate(failed):
        if i not in created:
            repeated.append(_without_one_value(session, one))
            continue
        partial = _partial(session, one.result, parts[i])
        repeated.append(replace(partial, written=partial.written or created[i]))
    return repeated


def _without_one_value(session: Session, failed: WriteResult) -> WriteResult:
    """Create a partner without the one value that Odoo refuses.

    This is needed for a database in which the name alone is not enough.
    """
    outcome, error = failed.result.outcome, failed.error
    for unit in outcome.units_in:
        others = [other for other in outcome.units_in if other != unit]
        if unit == "name" or error is None:
            continue
        draft = {**outcome.into_odoo(others), **outcome.kind}
        (answer,) = session.partners.create([draft])
        if isinstance(answer, Written):
            return _written(session, failed.result, answer, {unit: error})
    return failed


def _update(
    session: Session, results: Sequence[Reconciled], ids: Mapping[int, int]
) -> Attempt[Written]:
    def attempt(
        batch: Sequence[tuple[int, PartialWrite[Written], tuple[str, ...]]],
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
) -> WriteResult:
    if isinstance(answer, ContactError):
        return WriteResult(result, error=answer)
    return _written(session, result, answer, {})


def _partial(
    session: Session, result: Reconciled, one: PartialWrite[Written]
) -> WriteResult:
    if one.error:
        return WriteResult(result, error=one.error)
    return _written(session, result, one.answer, one.refused)


def _written(
    session: Session, result: Reconciled, written: Written | None, refused: Refused
) -> WriteResult:
    name = result.pair.ours.contact.get("name", "") if result.pair.ours else ""
    outcome = result.outcome.refused_by_odoo(tuple(refused), name)
    if written:
        outcome = outcome.as_odoo_has_it(written.became, session.reference_data)
    return WriteResult(replace(result, outcome=outcome), written, refused)
