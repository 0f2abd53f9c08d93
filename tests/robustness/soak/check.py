# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""At the end, both sides are equal, there are no duplicates, and no edit is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from robustness.machine.people import ODOO_FIELDS, item_values, without_scheme

from .edits import FIELDS, Edits, Person, item_of, items_of, partners_of
from .scene import Environment, Scene

MOST_RUNS = 6
"""The number of runs after which nothing may be left to do."""


def settle(scene: Scene) -> Iterator[str]:
    """Synchronize each account until nothing is left to do.

    :returns: the violations
    """
    for owner in scene.owners:
        for _run in range(MOST_RUNS):
            state, said, writes = scene.sync_here(owner)
            if state == "done" and not writes:
                break
        else:
            yield f"account {owner.account} does not rest: {state} {said} {writes}"


def violations(scene: Scene, edits: Edits) -> Iterator[str]:
    """:returns: a sentence for each violation"""
    reported = scene.in_odoo(None, _reported_values)
    for person in edits.people:
        rows, items = (
            scene.in_odoo(None, lambda env, p=person: _rows(env, p)),
            items_of(person),
        )
        if len(rows) > 1 or len(items) > 1:
            yield f"{person.note}: {len(rows)} partners, {len(items)} contacts"
        elif not person.lost:
            yield from _of_person(person, rows, reported)


def _of_person(
    person: Person, rows: list[dict[str, str]], reported: Counter[str]
) -> Iterator[str]:
    item = item_of(person)
    if not rows or item is None:
        yield f"{person.note}, born in {person.born}: {len(rows)} partners, {item}"
        return
    ours, theirs = rows[0], item_values(item)
    for key in FIELDS:
        if ours[key] != theirs[key]:
            yield f"{person.note}: {key} {ours[key]!r} and {theirs[key]!r}"
        else:
            yield from _of_field(person, key, ours[key], reported)


def _of_field(
    person: Person, key: str, value: str, reported: Counter[str]
) -> Iterator[str]:
    """Check that both sides have the last edit. Another edit may only have won if both
    were made between two runs and the history reports the value that was replaced.
    """
    last: dict[str, str] = dict(person.edits[key])
    newest = person.edits[key][-1][1]
    if value not in last.values():
        yield f"{person.note}: {key} is {value!r}, not one of {last}"
    elif value != newest and not any(newest in text for text in reported):
        yield f"{person.note}: {key} {newest!r} is lost to {value!r}"


def _rows(env: Environment, person: Person) -> list[dict[str, str]]:
    ids = partners_of(env, person)
    return [
        {key: without_scheme(row[ODOO_FIELDS[key]] or "") for key in FIELDS}
        for row in env["res.partner"].browse(ids)
    ]


def _reported_values(env: Environment) -> Counter[str]:
    env.cr.execute(
        "SELECT old_value FROM exchange_sync_line WHERE action = 'conflict'"
        " UNION ALL SELECT new_value FROM exchange_sync_line WHERE action = 'conflict'"
    )
    return Counter(text for (text,) in env.cr.fetchall() if text)
