# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Request the contacts of one call in batches.

A server may serve only a part of a batch: it is busy after a number of contacts, it
does not answer in time, or it refuses the request as a whole. The answers it gave are
kept, and later requests have fewer contacts, as Microsoft recommends ("Throttling
implications for EWS batch requests", https://learn.microsoft.com/en-us/exchange/
client-developer/exchange-web-services/ews-throttling-in-exchange).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ..core import limits
from ..core.errors import (
    AnswerMalformed,
    ContactDamaged,
    ContactError,
    ContactInvalid,
    ContactTooLarge,
    ServerBusy,
    SyncError,
    Unanswered,
    Unreachable,
)
from .failures import AnswerTooLarge, Kind, RequestRefused, RequestTooLarge

T = TypeVar("T")
A = TypeVar("A")

SLOW_REQUESTS = 10
"""The most requests of one call to a server that serves small batches only. Another
call requests the rest, so that the answers so far are committed in between.
"""

MALFORMED_REQUESTS = 64
"""The most consecutive unreadable answers before the cause is the server and not single
contacts; one bad contact among 500 is found in 10 requests.
"""

SMALL_BATCH = 100
"""A batch smaller than this is not the reason for a missing answer."""


class RequestSize:
    """How many contacts go into one request.

    :param most: the size as long as the server serves all of them
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.now = most

    @property
    def is_reduced(self) -> bool:
        """Return whether the server served less than requested."""
        return self.now < self._most

    def served(self, number: int) -> None:
        """Store how many contacts of a batch the server served."""
        self.now = max(1, min(self.now, number))


class Batches(Generic[T, A]):
    """One call for many contacts.

    :param size: of the connection
    :param ask: sends one request for some of the items and returns as many answers:
        values or ContactError
    """

    def __init__(
        self,
        size: RequestSize,
        kind: Kind,
        ask: Callable[[Sequence[T]], list[A | ContactError]],
    ) -> None:
        self._size = size
        self._kind = kind
        self._ask = ask
        self._stopper: type[SyncError] | None = None
        self._malformed = 0

    def answers(self, things: Sequence[T]) -> list[A | ContactError]:
        """Send requests until all items are answered or the server serves no more.

        :param things: the requested items
        :return: as many answers; ``Unanswered`` for items that were not served
        :raises SyncError: nothing was answered. Not raised for a single item for which
            the server is too busy, because it may not be busy for others
        """
        results: list[A | ContactError] = []
        waiting = deque([things] if things else [])
        left = Unanswered(
            ServerBusy("The server serves few at once."), retry_at_once=True
        )
        requests, until = 0, time.monotonic() + limits.BATCH_SECONDS
        while waiting and not (
            self._size.is_reduced
            and (requests >= SLOW_REQUESTS or time.monotonic() > until)
        ):
            part = _next(waiting, self._size.now)
            requests += 1
            answers, rest = self._request(part, is_first=not results)
            waiting.extendleft(reversed(rest))
            results += answers
            unanswered = [one for one in answers if isinstance(one, Unanswered)]
            if unanswered:
                left = unanswered[-1]
                break
        results += [left] * sum(map(len, waiting))
        alone = len(things) == 1 and left.retry_at_once
        if results and all(isinstance(r, Unanswered) for r in results) and not alone:
            raise left.cause
        return results

    def _request(
        self, part: Sequence[T], *, is_first: bool
    ) -> tuple[list[A | ContactError], list[Sequence[T]]]:
        """Return answers to the first items, and the other items to request again."""
        try:
            return self._understood(part, self._ask(part))
        except RequestRefused as error:
            return self._refused(error, part, is_first)
        except AnswerMalformed as error:
            return self._malformed_again(error, part, is_first)
        except AnswerTooLarge as error:
            return self._fewer(error, part, is_first)
        except Unreachable as error:
            if error.slow and len(part) >= SMALL_BATCH:
                return self._fewer(error, part, is_first)
            return _unless_first(error, part, is_first), []
        except SyncError as error:
            return _unless_first(error, part, is_first), []

    def _refused(
        self, error: RequestRefused, part: Sequence[T], is_first: bool
    ) -> tuple[list[A | ContactError], list[Sequence[T]]]:
        """Find the item for which a request is refused by requesting fewer.

        A request that reads one contact is very small, so its size is then not the
        reason.
        """
        too_large = isinstance(error, RequestTooLarge)
        if len(part) > 1:
            half = len(part) // 2
            return [], [part[:half], part[half:]]
        if too_large and self._kind is Kind.READ:
            return _unless_first(error, part, is_first), []
        return [(ContactTooLarge if too_large else ContactInvalid)(error.detail)], []

    def _fewer(
        self, error: Unreachable, part: Sequence[T], is_first: bool
    ) -> tuple[list[A | ContactError], list[Sequence[T]]]:
        """Request fewer items from now on; writes are not repeated."""
        if self._kind is not Kind.READ:
            return _unless_first(error, part, is_first), []
        if len(part) == 1:
            return [ContactTooLarge(error.detail)], []
        self._size.served(len(part) // 4)
        return [], [part]

    def _malformed_again(
        self, error: AnswerMalformed, part: Sequence[T], is_first: bool
    ) -> tuple[list[A | ContactError], list[Sequence[T]]]:
        """Find the contact that makes the whole answer unreadable by requesting fewer.

        Writes are not repeated.
        """
        self._malformed += 1
        if self._kind is not Kind.READ or self._malformed > MALFORMED_REQUESTS:
            return _unless_first(error, part, is_first), []
        if len(part) == 1:
            return [ContactDamaged(error.detail)], []
        half = len(part) // 2
        return [], [part[:half], part[half:]]

    def _understood(
        self, part: Sequence[T], answers: list[A | ContactError]
    ) -> tuple[list[A | ContactError], list[Sequence[T]]]:
        """Return the answers, and the items to request again because one contact
        stopped the batch.

        If the next contact stops it again for the same reason, the reason applies to
        all of them.
        """
        self._malformed = 0
        left = [(n, a) for n, a in enumerate(answers) if isinstance(a, Unanswered)]
        if not left:
            self._stopper = None
            return answers, []
        at, first = left[0]
        cause = first.cause
        if not isinstance(cause, ContactError):
            if first.retry_at_once:
                self._size.served(len(answers) - len(left))
            return answers, []
        if at == 1 and self._stopper is type(cause):
            return [cause] * len(part), []
        self._stopper = type(cause)
        return answers[:at], [part[at:]]


def _next(waiting: deque[Sequence[T]], size: int) -> Sequence[T]:
    """Remove and return the next part, no larger than the server serves."""
    part = waiting.popleft()
    if len(part) > size:
        waiting.appendleft(part[size:])
    return part[:size]


def _unless_first(
    error: SyncError, part: Sequence[T], is_first: bool
) -> list[A | ContactError]:
    """Return unanswered items, or raise the error if nothing was answered before."""
    if is_first:
        raise error
    return [Unanswered(error)] * len(part)
