# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count what a piece of work calls, with Python's profiling hook."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType

FILES, SWITCHES = "files of core/ and engine/ entered", "calls from one into another"
COMMITS, CANONICAL, LINKS = (
    "transactions committed",
    "calls of core.normalize.canonical",
    "link rows read",
)
COUNTED = {
    ("commit", "sql_db.py"): COMMITS,
    ("canonical", "normalize.py"): CANONICAL,
    ("to_link", "link_rows.py"): LINKS,
}
"""Functions by name and file."""


class Tracer:
    """A profiling function that counts calls.

    :param package: folder of the addon, without symbolic links
    :ivar files: calls by file of core/ and engine/
    """

    def __init__(self, package: Path) -> None:
        self.files: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._package = package
        self._names: dict[CodeType | None, str] = {None: ""}

    def __call__(self, frame: FrameType, event: str, _arg: object) -> None:
        if event != "call":
            return
        code, caller = frame.f_code, frame.f_back.f_code if frame.f_back else None
        counted = COUNTED.get((code.co_name, code.co_filename.rpartition("/")[2]))
        # Cursors of their own (the lease, the bus) commit when they close.
        if counted and not (caller and caller.co_name == "__exit__"):
            self._counts[counted] += 1
        name, origin = self._name(code), self._name(caller)
        self.files.update([name] if name else [])
        self._counts[SWITCHES] += bool(name and origin and name != origin)

    def _name(self, code: CodeType | None) -> str:
        """The file that a function is in; "" if it is not in core/ or engine/."""
        if code not in self._names:
            path = Path(code.co_filename).resolve() if code else Path()
            inside = path.is_relative_to(self._package)
            name = path.relative_to(self._package).as_posix() if inside else ""
            self._names[code] = name if name.startswith(("core/", "engine/")) else ""
        return self._names[code]

    def numbers(self) -> dict[str, int]:
        """What was counted, by label."""
        labels = (SWITCHES, COMMITS, CANONICAL, LINKS)
        return {
            FILES: len(self.files),
            **{label: self._counts[label] for label in labels},
        }


@contextmanager
def traced(package: Path) -> Iterator[Tracer]:
    """Trace what is done within the context, in this thread."""
    tracer = Tracer(package)
    sys.setprofile(tracer)
    try:
        yield tracer
    finally:
        sys.setprofile(None)
