# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The throttling limits of one mailbox.

Source: "Microsoft Graph service-specific throttling limits", Outlook: 10,000 requests
in 10 minutes and 4 at the same time, for each application and mailbox.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import busy
from .switches import Switches

WINDOW = 600.0
_RETRY_AFTER = 1


class Throttle:
    """Counts the requests of each application and mailbox."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches
        self._lock = threading.Lock()
        self._now: Counter[str] = Counter()
        self._recent: defaultdict[str, deque[float]] = defaultdict(deque)

    @contextmanager
    def turn(self, whose: str) -> Iterator[None]:
        """A request under way.

        :param whose: application and mailbox
        :raises GraphError: 429 when as many as may be are under way
        """
        with self._lock:
            if self._now[whose] >= int(self._switches.concurrent):
                raise busy(_RETRY_AFTER)
            self._now[whose] += 1
        try:
            yield
        finally:
            with self._lock:
                self._now[whose] -= 1

    def count(self, whose: str) -> None:
        """One more request, inside a batch or outside; refused ones count, too.

        :raises GraphError: 429 when there were too many in ten minutes
        """
        now = time.monotonic()
        with self._lock:
            recent = self._recent[whose]
            while recent and recent[0] < now - WINDOW:
                recent.popleft()
            recent.append(now)
            if len(recent) <= int(self._switches.requests_in_ten_minutes):
                return
            left = WINDOW - (now - recent[0])
        message = "Application is over its request limit."
        raise busy(max(left, 1), message)
