# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults and behaviors that wait for their requests."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from .behaviors import USUAL_LIMITS, Behavior
from .fault_effects import Effect
from .refusal import ResponseError
from .store.values import Values

if TYPE_CHECKING:
    from .properties.changes import Changes

_ids = itertools.count(1)


@dataclass
class Fault:
    """One effect or behavior, and the requests that it affects.

    Attributes that change: ``seen``, the number of matching requests so far, and
    ``hits``, the number of requests that the fault or behavior changed. Tests should
    check ``hits``: a fault that did not occur proves nothing.
    """

    effect: Effect | Behavior
    operation: str | None = None
    user: str | None = None
    nth: int = 1
    times: int | None = 1
    seen: int = 0
    hits: int = 0
    id: int = field(default_factory=lambda: next(_ids))

    def __post_init__(self) -> None:
        if self.nth < 1:
            raise ValueError(f"nth counts from 1, not from {self.nth}")
        if self.times is not None and self.times < 1:
            raise ValueError(f"times must be at least 1 or None, not {self.times}")

    @property
    def spent(self) -> bool:
        """Whether it can never hit again."""
        return self.times is not None and self.hits >= self.times

    def matches(self, operation: str, user: str) -> bool:
        """Whether a request is of the kind that the fault is for."""
        if self.operation not in (None, operation):
            return False
        return self.user is None or self.user.lower() == user.lower()

    def as_dict(self) -> dict[str, object]:
        """All its values as plain data, for the control interface."""
        return {
            "id": self.id,
            "kind": self.effect.kind,
            **asdict(self.effect),
            "operation": self.operation,
            "user": self.user,
            "nth": self.nth,
            "times": self.times,
            "seen": self.seen,
            "hits": self.hits,
        }


class Faults:
    """The faults that wait for their requests, in the order they were added.

    :param operations: all that the server offers; a fault for another is a mistake
    """

    def __init__(self, operations: Collection[str]) -> None:
        self._operations = frozenset(operations)
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Add a fault that waits for its requests.

        :returns: the same fault; its ``hits`` show later whether it occurred
        :raises ValueError: the server does not offer the fault's operation
        """
        if fault.operation is not None and fault.operation not in self._operations:
            raise ValueError(f"no operation {fault.operation}")
        with self._lock:
            self._faults.append(fault)
        return fault

    def remove(self, fault_id: int) -> None:
        """Remove one fault.

        :raises KeyError: when there is none with that id
        """
        with self._lock:
            kept = [fault for fault in self._faults if fault.id != fault_id]
            if len(kept) == len(self._faults):
                raise KeyError(fault_id)
            self._faults = kept

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults = []

    def all(self) -> list[Fault]:
        """Return all faults, including those that are used up."""
        with self._lock:
            return list(self._faults)

    def strike(self, operation: str, user: str) -> Effect | None:
        """Return the fault that applies to a request, and count the request.

        The first fault that is due applies. The others count the request as seen, but
        keep their hits for later requests.
        """
        struck: Effect | None = None
        with self._lock:
            for fault in self._waiting(operation, user):
                if isinstance(fault.effect, Behavior):
                    continue
                fault.seen += 1
                if struck is None and fault.seen >= fault.nth:
                    fault.hits += 1
                    struck = fault.effect
        return struck

    def behaviors(self, operation: str, user: str) -> Behaviors:
        """The behaviors that apply to a request that is about to be carried out."""
        due = []
        with self._lock:
            for fault in self._waiting(operation, user):
                if isinstance(fault.effect, Behavior):
                    fault.seen += 1
                    if fault.seen >= fault.nth:
                        due.append(fault)
        return Behaviors(due)

    def _waiting(self, operation: str, user: str) -> list[Fault]:
        return [
            fault
            for fault in self._faults
            if not fault.spent and fault.matches(operation, user)
        ]


class Behaviors:
    """The behaviors that apply to one request, in the order they were added.

    Each adds one to its fault's hits when it made a difference, however many items
    of the request it concerned.

    :param due: faults whose effects are behaviors
    """

    def __init__(self, due: Iterable[Fault] = ()) -> None:
        self._due = [(fault, fault.effect) for fault in due]
        self._hit: set[int] = set()

    def refuse(self, operation: str, position: int) -> None:
        """Refuse the item at a position, counted from 1, if a behavior does.

        :raises ResponseError: for an item that is refused
        """
        for fault, behavior in self._due:
            code = behavior.refusal(operation, position)
            if code is not None:
                self._count(fault)
                raise ResponseError(code)

    def kept(self, values: Values) -> Values:
        """The values of a request that the server keeps.

        :raises ResponseError: when it refuses one of them
        """
        for fault, behavior in self._due:
            try:
                kept = behavior.kept(values)
            except ResponseError:
                self._count(fault)
                raise
            if kept != values:
                self._count(fault)
            values = kept
        for limit in USUAL_LIMITS:
            values = limit.kept(values)
        return values

    def limit(self, changes: Changes) -> None:
        """Let an update set and delete what the server does set and delete.

        :raises ResponseError: when it refuses a value
        """
        changes.sets = self.kept(changes.sets)
        for fault, behavior in self._due:
            deleted = behavior.deleted(changes)
            if deleted != changes.deletes:
                self._count(fault)
                changes.deletes = set(deleted)

    def resolution(self, wanted: str) -> str:
        """The conflict resolution that the server applies."""
        for fault, behavior in self._due:
            applied = behavior.resolution(wanted)
            if applied != wanted:
                self._count(fault)
            wanted = applied
        return wanted

    def has_root(self, found: int) -> bool:
        """Whether a search that found so many entries is answered with RootFolder."""
        for fault, behavior in self._due:
            if not behavior.has_root(found):
                self._count(fault)
                return False
        return True

    def _count(self, fault: Fault) -> None:
        if fault.id not in self._hit:
            self._hit.add(fault.id)
            fault.hits += 1
