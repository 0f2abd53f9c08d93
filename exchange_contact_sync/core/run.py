# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parts of a run: phases, steps, counters and lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from .errors import SyncError


class Phase(str, Enum):
    """The phases of a run, in order; a run may start over. A slice continues in the
    phase in which the last one ended."""

    COLLECT = "collect"
    GUARD = "guard"
    WORK = "work"


class Step(str, Enum):
    """The steps of a run as shown to people: the phases, and the steps of the last."""

    COLLECT = "collect"
    GUARD = "guard"
    WORK = "work"
    APPLY = "apply_changes"
    USER_REQUESTS = "user_requests"
    PUSH = "push"
    EXPORT = "export"
    PHOTOS = "photos"


class Way(str, Enum):
    """The directions of a line."""

    PULL = "pull"
    PUSH = "push"


class LineAction(str, Enum):
    """What happened to the contact of a line."""

    CREATE = "create"
    UPDATE = "update"
    LINK = "link"
    ARCHIVE = "archive"
    DELETE = "delete"
    REVIVE = "revive"
    STOP = "stop"
    START = "start"
    CONFLICT = "conflict"
    AMBIGUOUS = "ambiguous"
    SKIP = "skip"
    ERROR = "error"


CHANGES = (
    LineAction.CREATE,
    LineAction.UPDATE,
    LineAction.LINK,
    LineAction.ARCHIVE,
    LineAction.DELETE,
    LineAction.REVIVE,
    LineAction.START,
)
"""The actions that changed a side or linked a contact."""

OF_CONTENT = (LineAction.CREATE, LineAction.UPDATE)
"""The actions that wrote values to a side."""

OF_PAIRS = (*CHANGES, LineAction.STOP, LineAction.CONFLICT)
"""The actions of linked pairs only: the lines with these actions had a partner."""


class Counter(str, Enum):
    """The counters of a run; each is a field of ``exchange.sync.run``."""

    IMPORTED_CREATED = "imported_created"
    IMPORTED_UPDATED = "imported_updated"
    IMPORTED_ARCHIVED = "imported_archived"
    EXPORTED_CREATED = "exported_created"
    EXPORTED_UPDATED = "exported_updated"
    EXPORTED_DELETED = "exported_deleted"
    CONFLICTS = "conflict_count"
    ERRORS = "error_count"
    UNCHANGED = "unchanged_count"
    SKIPPED = "skipped_count"
    WAITING = "waiting_count"


COUNTERS = tuple(counter.value for counter in Counter)
IMPORTED = tuple(name for name in COUNTERS if name.startswith("imported_"))
EXPORTED = tuple(name for name in COUNTERS if name.startswith("exported_"))
COUNTED = {
    "came_in": IMPORTED,
    "went_out": EXPORTED,
    "problems": (Counter.ERRORS.value,),
}
"""The few numbers shown during a run, each the sum of these counters."""


@dataclass(frozen=True)
class Line:
    """One thing that happened in a run, for people to read.

    :param name: of the contact
    :param partner: 0 if there is none
    :param link: 0 if there is none
    :param field: field key; "" for the whole contact
    :param remote: id of the item
    :param candidates: the partners that the contact may be
    """

    direction: Way
    action: LineAction
    name: str = ""
    partner: int = 0
    link: int = 0
    field: str = ""
    old: str = ""
    new: str = ""
    error: SyncError | None = None
    remote: str = ""
    candidates: tuple[int, ...] = ()


def changed_by(
    lines: Iterable[Line], direction: Way, links: Collection[int]
) -> set[int]:
    """See ``core.ports.RunLog.changed``."""
    found = (line for line in lines if line.direction is direction)
    return {line.link for line in found if line.action in OF_CONTENT} & set(links)


def is_remark(line: Line, code: str) -> bool:
    """Return whether a line is about no contact and has this error."""
    return bool(line.error and line.error.code == code) and not line.name
