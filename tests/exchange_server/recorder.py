# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Record requests and answers on demand."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from types import TracebackType


@dataclass(frozen=True)
class Exchanged:
    """One request and its answer; ``status`` and ``answer`` are what the server made,
    whether or not a fault kept them from the client (None: it made none)."""

    operation: str
    user: str
    request: bytes
    status: int | None
    answer: bytes | None


class Recorder:
    """Off at first: bodies of a large mailbox would fill the memory.

    Usable as a context manager: ``with server.recorder as recorder: …``.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.enabled = False
        self.exchanged: list[Exchanged] = []

    def start(self) -> None:
        """Forget what was kept and keep everything from now on."""
        with self._lock:
            self.exchanged = []
            self.enabled = True

    def stop(self) -> None:
        """Keep nothing further; what was kept stays readable."""
        self.enabled = False

    def __enter__(self) -> Recorder:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def keep(self, exchanged: Exchanged) -> None:
        """Keep one request and its answer if recording is on."""
        if self.enabled:
            with self._lock:
                self.exchanged.append(exchanged)

    def requests(self, operation: str | None = None) -> list[bytes]:
        """The kept request bodies, all or those of one operation, in order."""
        with self._lock:
            return [
                one.request
                for one in self.exchanged
                if operation in (None, one.operation)
            ]
