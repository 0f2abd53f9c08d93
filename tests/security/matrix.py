# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make all calls as all kinds of users, and record the results as in the table."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from security import values
from security.doors import BROKEN, REACHED, Answer, Call, Door
from security.roles import CANARIES
from security.world import OTHERS, SETS

SHOWN, ACTING, SPARE, *GONE = SETS
FOR_OTHERS = {ACTING: SHOWN, **dict(zip(GONE, OTHERS, strict=True))}
CHANGES_ALL = "administrator"
"""This role comes last, since its settings also change the results of the others."""

Row = tuple[str, str]
"""Name of a model, and the operation: ``create``, ``read``, ``write``, ``unlink``,
``method …()`` or ``field …``."""


@dataclass
class Matrix:
    """The results of all calls.

    :ivar cells: a mark by row, role and place: the API and, for a field, ``r`` or ``w``
    :ivar tried: the number of calls, by role and API
    :ivar refused: the number of calls that were refused, by role and API
    :ivar broken: calls that failed unexpectedly
    :ivar found: secrets that appeared in a response, with the call
    :ivar seconds: the duration of all calls
    """

    world: Mapping[str, Any]
    cells: dict[tuple[Row, str, str], str] = field(default_factory=dict)
    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def fill(self, doors: Mapping[tuple[str, str], Door]) -> None:
        """:param doors: clients by name of the API and role of the user"""
        begun = time.monotonic()
        with ThreadPoolExecutor(2) as pool:  # one sends, the other reads
            roles = dict.fromkeys(role for _name, role in doors if role != CHANGES_ALL)
            list(pool.map(lambda role: self._visit(doors, role), roles))
        self._visit(doors, CHANGES_ALL)
        self.seconds = time.monotonic() - begun

    def _visit(self, doors: Mapping[tuple[str, str], Door], role: str) -> None:
        names = list(dict.fromkeys(name for name, _role in doors))
        for number, name in enumerate(names):
            Visit(self, doors[name, role], name, role, number).everything()

    def marks(self) -> dict[Row, dict[str, str]]:
        """:returns: the marks by row and role, which are the same for each API

        :raises AssertionError: the results of two APIs differ
        """
        table: dict[tuple[Row, str], dict[str, str]] = {}
        differing = []
        for (row, role, place), mark in self.cells.items():
            aspect = place.partition("/")[2]
            known = table.setdefault((row, role), {}).setdefault(aspect, mark)
            if known != mark:
                differing.append((row, role, place, known, mark))
        assert not differing, differing
        marks: dict[Row, dict[str, str]] = {}
        for (row, role), found in table.items():
            marks.setdefault(row, {})[role] = "".join(found.values()) or "-"
        return marks


@dataclass
class Visit:
    """The calls of one user through one API."""

    matrix: Matrix
    door: Door
    name: str
    role: str
    number: int

    def everything(self) -> None:
        """First read, then write and call methods, and delete last, since each step
        needs what the next one changes."""
        models = self.matrix.world["models"].items()
        for model, surface in models:
            self._read(model, surface)
        for model, surface in models:
            self._write(model, surface)
            if surface["own"]:
                self._create(model)
        for model, surface in models:
            self._methods(model, surface)
        for model, surface in models:
            if surface["own"]:
                ids = self._ids(model, GONE[self.number])
                self._mark(model, "unlink", self._try(Call(model, "unlink", ids, {})))

    def _ids(self, model: str, which: str) -> tuple[int, ...]:
        """Return a record of the user, or else one of the owner. For records that are
        changed or deleted, other users get one that stays."""
        rows = self.matrix.world["rows"]
        if model in rows.get(self.role, {}).get(which, {}):
            return (rows[self.role][which][model],)
        return (rows["owner"][FOR_OTHERS.get(which, which)][model],)

    def _rows(self, which: str) -> Mapping[str, int]:
        rows = self.matrix.world["rows"]
        return {**rows["owner"][which], **rows.get(self.role, {}).get(which, {})}

    def _try(self, call: Call) -> Answer:
        answer = self.door.call(call)
        key = self.role, self.name
        self.matrix.tried[key] += 1
        self.matrix.refused[key] += answer.outcome not in (REACHED, BROKEN)
        shown = f"{self.role} at {self.name}: {call.model}.{call.method}{call.named}"
        if answer.outcome == BROKEN:
            self.matrix.broken.append(f"{shown}: {answer.text[:600]}")
        for canary in CANARIES:
            if canary in answer.text:
                self.matrix.found.append(f"{canary} in the answer to {shown}")
        return answer

    def _mark(self, model: str, what: str, answer: Answer) -> None:
        mark = "yes" if answer.outcome == REACHED else "-"
        self.matrix.cells[(model, what), self.role, f"{self.name}/"] = mark

    def _read(self, model: str, surface: Mapping[str, Any]) -> None:
        """Read all fields together. If that is refused, read the fields together that
        Odoo lists as readable, and each of the others alone."""
        ids, names = self._ids(model, SHOWN), list(surface["fields"])
        refused = self._refused(model, ids, names)
        readable = False
        if refused:
            readable = not self._refused(model, ids, ["create_date"])
        if surface["own"]:
            mark = "-" if refused and not readable else "yes"
            self.matrix.cells[(model, "read"), self.role, f"{self.name}/"] = mark
        if readable:
            call = Call(model, "fields_get", None, {"attributes": ["type"]})
            answer = self._try(call)
            open_ = [name for name in names if name in answer.value]
            refused = self._refused(model, ids, open_)
            for name in set(names) - set(open_):
                refused |= self._refused(model, ids, [name])
        for name in names:
            key = (model, f"field {name}"), self.role, f"{self.name}/r"
            self.matrix.cells[key] = "" if name in refused else "r"

    def _refused(self, model: str, ids: tuple[int, ...], names: list[str]) -> set[str]:
        """:returns: all names, if the fields cannot be read together"""
        answer = self._try(Call(model, "read", ids, {"fields": names}))
        return set() if answer.done else set(names)

    def _write(self, model: str, surface: Mapping[str, Any]) -> None:
        """Write each field through one of the APIs, if the record can be written at
        all."""
        call = Call(model, "write", self._ids(model, SHOWN), {"vals": {}})
        answer = self._try(call)
        if surface["own"]:
            self._mark(model, "write", answer)
        ids = self._ids(model, SPARE)
        for number, (name, about) in enumerate(surface["fields"].items()):
            key = (model, f"field {name}"), self.role, f"{number % 3}/w"
            if not (answer.done and about["kept"]):
                self.matrix.cells[key] = ""
            elif number % 3 == self.number:
                value = values.to_write(name, about, self._rows(SPARE))
                done = self._try(Call(model, "write", ids, {"vals": {name: value}}))
                self.matrix.cells[key] = "w" if done.done else ""

    def _create(self, model: str) -> None:
        known = self.matrix.world["values"]
        vals = known.get(self.role, known["owner"])[self.name][model]
        answer = self._try(Call(model, "create", None, {"vals_list": vals}))
        self._mark(model, "create", answer)

    def _methods(self, model: str, surface: Mapping[str, Any]) -> None:
        for name, about in surface["methods"].items():
            ids = None if about["model"] else self._ids(model, ACTING)
            named = values.ARGUMENTS.get(name, {})
            answer = self._try(Call(model, name, ids, named))
            self._mark(model, f"method {name}()", answer)


def rows(world: Mapping[str, Any]) -> Iterator[Row]:
    """Return the rows for everything in Odoo's registry, in the order of the table."""
    for model, surface in world["models"].items():
        if surface["own"]:
            yield from ((model, do) for do in ("create", "read", "write", "unlink"))
        yield from ((model, f"method {name}()") for name in surface["methods"])
        yield from ((model, f"field {name}") for name in surface["fields"])
