# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes wrong on the way to a mailbox, on demand."""

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
        """Count a call; whether it is one of those to be hit."""
        if method != self.method or not self.times:
            return False
        self.nth -= 1
        if self.nth > 0:
            return False
        self.times -= 1
        return True


def too_busy() -> Unanswered:
    """The answer of a server that may serve a smaller batch at once."""
    return Unanswered(ServerBusy("busy"), again=True)


class Faults:
    """Failures that wait for their calls, and counts of the calls.

    :ivar calls: calls by method
    :ivar writes: contacts created, changed or deleted by us
    :ivar never_kept: rows whose values are acknowledged and not kept
    :ivar stays: rows whose values are not deleted, though that is acknowledged; whether
        they are when all they consist of is deleted
    :ivar longest: characters of a text that are kept; 0 for all
    :ivar refused: tells of a row and its text whether the contact is refused for it
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
        """Calls raise an error, and nothing is done.

        :param nth: the first call to be hit, counted from now
        :param times: how many in a row
        """
        self._faults.append(_Fault(method, error, False, nth, times))

    def drop_after(
        self, method: str, error: SyncError | None = None, *, nth: int = 1
    ) -> None:
        """A call does its work, and its answer is lost."""
        self._faults.append(_Fault(method, error or Unreachable(), True, nth, 1))

    def spoil(
        self,
        method: str,
        item: str,
        error: Callable[[], ContactError] = ContactError,
    ) -> None:
        """A contact always fails.

        :param item: its id; for ``create`` the identity it is to get
        """
        self._spoilt[method, item] = error

    def serve(self, method: str, number: int) -> None:
        """Each call serves so many contacts, and is too busy for those after them."""
        self._limits[method] = number

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self._faults, self._spoilt, self._limits = [], {}, {}

    def kept(
        self, values: Mapping[str, str], thorough: Collection[str] = ()
    ) -> dict[str, str]:
        """What is done of what is acknowledged."""
        return {
            key: text[: self.longest or None]
            for key, text in values.items()
            if (key not in self.never_kept if text else self._is_deleted(key, thorough))
        }

    def _is_deleted(self, key: str, thorough: Collection[str]) -> bool:
        return key not in self.stays or (self.stays[key] and key in thorough)

    def refusal(self, values: Mapping[str, str]) -> ContactError | None:
        """Why a contact with such values is refused."""
        bad = any(self.refused(key, text) for key, text in values.items() if text)
        return ContactInvalid("refused") if bad else None

    def spoilt(self, method: str, item: str) -> ContactError | None:
        """The failure of a contact that always fails, or is not served in this call."""
        self._asked += 1
        if self._asked > self._limits.get(method, self._asked):
            return too_busy()
        error = self._spoilt.get((method, item))
        return error() if error else None

    def begin(self, method: str) -> None:
        """A call begins."""
        self.calls[method] += 1
        self._asked = 0

    def struck(self, method: str) -> _Fault | None:
        """The fault that hits a call now; all that wait for it count it."""
        hits = [fault for fault in self._faults if fault.strikes(method)]
        return hits[0] if hits else None


def faulty(method: Callable) -> Callable:
    """A method of the store: it is counted, and faults may strike it."""

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
