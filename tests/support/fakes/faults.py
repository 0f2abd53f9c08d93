# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults of calls of a mailbox, on demand."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from exchange_contact_sync.core.errors import (
    ContactError,
    ContactInvalid,
    ServerBusy,
    SyncError,
    Unanswered,
    Unreachable,
)


@dataclass
class _Fault:
    method: str
    error: SyncError
    after: bool
    nth: int
    times: int

    def strikes(self, method: str) -> bool:
        """Count a call, and return whether the fault affects it."""
        if method != self.method or not self.times:
            return False
        self.nth -= 1
        if self.nth > 0:
            return False
        self.times -= 1
        return True


def too_busy() -> Unanswered:
    """Return the error of a busy server that may serve a smaller batch immediately."""
    return Unanswered(ServerBusy("busy"), retry_at_once=True)


class Faults:
    """Faults that wait for their calls, and counters of the calls.

    :ivar calls: number of calls by method
    :ivar writes: number of contacts that we created, changed or deleted
    :ivar never_kept: rows whose values are acknowledged but not stored
    :ivar stays: rows whose deletion is acknowledged but not carried out; the value says
    whether they are deleted when all their parts are deleted
    :ivar longest: number of characters of a text that are stored; 0 for all
    :ivar refused: function that returns for a row and its text whether the contact is
    refused
    """

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.writes = 0
        self._faults: list[_Fault] = []
        self._spoilt: dict[tuple[str, str], Callable[[], ContactError]] = {}
        self._limits: dict[str, int] = {}
        self._asked = 0
        self.never_kept: set[str] = set()
        self.stays: dict[str, bool] = {}
        self.longest = 0
        self.refused: Callable[[str, str], bool] = lambda _key, _text: False

    def fail_next(
        self, method: str, error: SyncError, *, nth: int = 1, times: int = 1
    ) -> None:
        """Let calls raise an error without doing anything.

        :param nth: the first call that fails, counted from now
        :param times: the number of calls in a row that fail
        """
        self._faults.append(_Fault(method, error, False, nth, times))

    def drop_after(
        self, method: str, error: SyncError | None = None, *, nth: int = 1
    ) -> None:
        """Let a call do its work, but lose the answer."""
        self._faults.append(_Fault(method, error or Unreachable(), True, nth, 1))

    def spoil(
        self,
        method: str,
        item: str,
        error: Callable[[], ContactError] = ContactError,
    ) -> None:
        """Let a contact fail always.

        :param item: its id; for ``create`` the sync key that it gets
        """
        self._spoilt[method, item] = error

    def serve(self, method: str, number: int) -> None:
        """Let each call serve so many contacts, and be too busy for the others."""
        self._limits[method] = number

    def heal(self) -> None:
        """Remove all faults."""
        self._faults, self._spoilt, self._limits = [], {}, {}

    def kept(
        self, values: Mapping[str, str], thorough: Collection[str] = ()
    ) -> dict[str, str]:
        """Return the part of the acknowledged values that is stored."""
        return {
            key: text[: self.longest or None]
            for key, text in values.items()
            if (key not in self.never_kept if text else self._is_deleted(key, thorough))
        }

    def _is_deleted(self, key: str, thorough: Collection[str]) -> bool:
        return key not in self.stays or (self.stays[key] and key in thorough)

    def refusal(self, values: Mapping[str, str]) -> ContactError | None:
        """Return the reason why a contact with these values is refused."""
        bad = any(self.refused(key, text) for key, text in values.items() if text)
        return ContactInvalid("refused") if bad else None

    def spoilt(self, method: str, item: str) -> ContactError | None:
        """Return the error of a contact that fails always or is not served in this
        call."""
        self._asked += 1
        if self._asked > self._limits.get(method, self._asked):
            return too_busy()
        error = self._spoilt.get((method, item))
        return error() if error else None

    def begin(self, method: str) -> None:
        """Begin a call."""
        self.calls[method] += 1
        self._asked = 0

    def struck(self, method: str) -> _Fault | None:
        """Return the fault that affects this call; all waiting faults count the
        call."""
        hits = [fault for fault in self._faults if fault.strikes(method)]
        return hits[0] if hits else None


def faulty(method: Callable) -> Callable:
    """Decorate a method of the store: count its calls, and apply faults."""

    @functools.wraps(method)
    def wrapped(store: Faults, *args: object, **kwargs: object) -> object:
        store.begin(method.__name__)
        fault = store.struck(method.__name__)
        if fault and not fault.after:
            raise fault.error
        result = method(store, *args, **kwargs)
        if fault:
            raise fault.error
        return result

    return wrapped
