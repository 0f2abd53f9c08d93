# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Let one fault occur in one phase of a run.

The run must end and report the fault, what it did must be kept, and the next runs must
do the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from odoo.exceptions import UserError

from exchange_server.behaviors import Behavior
from robustness.machine.stage import Stage

from .kinds import Kind, kinds
from .phases import PHASES, UNEXPECTED, Scene, has_photo_on_both_sides

TOUCHED = ["name", "job", "company"]
"""A value that a person enters again once the server stores it."""


@dataclass(frozen=True)
class Cell:
    """A fault at one operation of a phase; None: at every operation that it affects."""

    phase: str
    operation: str | None
    kind: Kind

    def __str__(self) -> str:
        return f"{self.phase}: {self.kind.name} at {self.operation or 'all'}"


@dataclass
class Tally:
    """The cells that were tried, by phase."""

    tried: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    unstruck: Counter[str] = field(default_factory=Counter)
    failures: dict[Cell, str] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return the lines of a table for the terminal."""
        rows = [
            f"{phase:24} {self.survived[phase]:4} / {self.tried[phase]:4}"
            f"   {self.unstruck[phase]:4} without effect"
            for phase in PHASES
            if self.tried[phase] or self.unstruck[phase]
        ]
        whole = f"{self.survived.total()} / {self.tried.total()}"
        return ["faults, survived / tried", *rows, f"{'all':24} {whole}"]


def cells(stage: Stage, phases: Iterable[str] = PHASES) -> Iterator[Cell]:
    """Return every fault at every operation that a phase requests.

    The operations are recorded in a phase without faults.
    """
    for phase in phases:
        scene = Scene(stage)
        PHASES[phase].prepare(scene)
        stage.server.counters.reset()
        assert not PHASES[phase].act(scene), phase
        asked = sorted({entry.operation for entry in stage.server.counters.log})
        for kind in kinds():
            for operation in asked if kind.is_for_operations else [None]:
                yield Cell(phase, operation, kind)


def survive(stage: Stage, cell: Cell) -> bool:
    """Let a fault occur, and check the rules.

    :returns: whether it occurred
    """
    phase, scene = PHASES[cell.phase], Scene(stage)
    phase.prepare(scene)
    fault = stage.server.faults.add(cell.kind.make(cell.operation))
    said = phase.act(scene)
    struck = bool(fault.hits)
    assert UNEXPECTED not in said or "InternalServer" in cell.kind.name, said
    _what_was_there_is_there(scene)
    stage.server.faults.clear()
    another = isinstance(fault.effect, Behavior)
    _sign_in_again(scene, another_server=another)
    if phase.act is not PHASES["nothing to do"].act:
        assert not phase.act(scene), "it does not heal"
    _heals(scene, enter_anew=another)
    return struck


def _what_was_there_is_there(scene: Scene) -> None:
    scene.laws.no_person_is_duplicated()
    scene.laws.what_is_not_modelled_is_untouched()
    here, there = scene.people.partners(), scene.people.items()
    for person in scene.people.all:
        if person.seen and not person.ever_lost:
            assert here[person.number] and there[person.number], f"{person} is gone"


def _sign_in_again(scene: Scene, *, another_server: bool) -> None:
    """Sign in again after a fault that needs the owner.

    Then the server may behave in another way than before, so what was learned about it
    is deleted.
    """

    def authorize(account):
        if another_server or account.state != "connected":
            account.action_authorize()
        if account.state != "connected":
            raise UserError(account.message)

    assert not scene.as_anna(authorize), "cannot sign in again"


def _heals(scene: Scene, *, enter_anew: bool) -> None:
    """Check that both sides are equal after the next runs, that no contact is there
    twice, no edit is lost, and nothing is left to do.
    """
    scene.sync()
    if enter_anew:
        for person in scene.people.all:
            if scene.people.partner(person):
                scene.actions.edit_partner(person, TOUCHED)
    for _run in range(2):
        assert not (said := scene.sync()), said
    idle = scene.actions.run(scene.stage.sync)
    assert (idle.state, idle.writes, idle.lines) == ("done", 0, ()), idle
    scene.laws.no_person_is_duplicated()
    scene.laws.what_is_not_modelled_is_untouched()
    scene.laws.all_when_quiet()
    for person in scene.with_photos:
        assert has_photo_on_both_sides(scene, person), f"{person} has no photo"


def try_all(stage: Stage, chosen: Iterable[Cell], tally: Tally) -> None:
    """Try all cells one after the other, also if some of them fail."""
    for cell in chosen:
        try:
            struck = survive(stage, cell)
        except Exception as failure:  # of any kind: it is reported with the cell
            tally.tried[cell.phase] += 1
            tally.failures[cell] = f"{type(failure).__name__}: {failure}"
            continue
        if struck:
            tally.tried[cell.phase] += 1
            tally.survived[cell.phase] += 1
        else:
            tally.unstruck[cell.phase] += 1
