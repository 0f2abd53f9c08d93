# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Contacts of one call, asked for batch by batch.

A server may serve only a part of a batch: it is busy after so many contacts, it does
not answer in time, or it refuses the request as a whole. What it answered is kept, and
it is asked for fewer contacts from then on, as Microsoft recommends (https://
learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/
ews-throttling-in-exchange, "Throttling implications for EWS batch requests").
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from ...core import limits
from ...core.errors import (
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
from .errors import AnswerTooLarge, Kind
from .response_codes import RequestRefused, RequestTooLarge

T = TypeVar("T")
A = TypeVar("A")

SLOW_REQUESTS = 10
"""The most requests of one call to a server that serves small batches only. The rest is
asked for by another call, so that what was answered is made durable in between."""

MALFORMED_REQUESTS = 64
"""The most answers one after the other that cannot be read before it is the server's
problem and not that of contacts; one contact among 500 is found in 10."""

SMALL_BATCH = 100
"""A batch smaller than this is not the reason for an answer that does not come."""


class RequestSize:
    """How many contacts go into one request.

    :param most: as long as the server serves all of them
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.now = most

    @property
    def is_reduced(self) -> bool:
        """Whether the server served less than it was asked for."""
        return self.now < self._most

    def served(self, number: int) -> None:
        """Remember how many contacts of a batch the server served."""
        self.now = max(1, min(self.now, number))


class Batches(Generic[T, A]):
    """One call for many contacts.

    :param size: of the connection
    :param ask: callable that sends one request for some of the things and gives as many
        answers: values or ContactError (``errors.settled``)
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
        """UserRequest, until all is answered or the server serves no more.

        :param things: what is asked for
        :return: as many answers; ``Unanswered`` for what was not served
        :raises SyncError: nothing was answered; of a single thing that the server is
            too busy for, it is not known whether it is busy for others, too
        """
        results: list[A | ContactError] = []
        waiting = deque([things] if things else [])
        left = Unanswered(ServerBusy("The server serves few at once."), again=True)
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
        alone = len(things) == 1 and left.again
        if results and all(isinstance(r, Unanswered) for r in results) and not alone:
            raise left.cause
        return results

    def _request(
        self, part: Sequence[T], *, is_first: bool
    ) -> tuple[list[A | ContactError], list[Sequence[T]]]:
        """Answers to the first things, and the others to be asked for again."""
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
        """The one that a request is refused for is found by asking for fewer. Reading
        one contact takes hardly a byte: it is not what is too large then.
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
        """Ask for fewer from now on. What was written is not written again."""
        if self._kind is not Kind.READ:
            return _unless_first(error, part, is_first), []
        if len(part) == 1:
            return [ContactTooLarge(error.detail)], []
        self._size.served(len(part) // 4)
        return [], [part]

    def _malformed_again(
        self, error: AnswerMalformed, part: Sequence[T], is_first: bool
    ) -> tuple[list[A | ContactError], list[Sequence[T]]]:
        """What is said of one contact may have spoilt the answer for all: it is found
        by asking for fewer. What was written is not written again.
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
        """What one contact stopped is asked for once more, without that one; when the
        next one stops it again for the same reason, that holds for all of them.
        """
        self._malformed = 0
        left = [(n, a) for n, a in enumerate(answers) if isinstance(a, Unanswered)]
        if not left:
            self._stopper = None
            return answers, []
        at, first = left[0]
        cause = first.cause
        if not isinstance(cause, ContactError):
            if first.again:
                self._size.served(len(answers) - len(left))
            return answers, []
        if at == 1 and self._stopper is type(cause):
            return [cause] * len(part), []
        self._stopper = type(cause)
        return answers[:at], [part[at:]]


def _next(waiting: deque[Sequence[T]], size: int) -> Sequence[T]:
    """Take the next part, no larger than the server serves."""
    part = waiting.popleft()
    if len(part) > size:
        waiting.appendleft(part[size:])
    return part[:size]


def _unless_first(
    error: SyncError, part: Sequence[T], is_first: bool
) -> list[A | ContactError]:
    """A request that fails as a whole fails the call, unless something was answered."""
    if is_first:
        raise error
    return [Unanswered(error)] * len(part)
