# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run does and tells people: steps, counters and lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .errors import SyncError


class Phase(str, Enum):
    """What a run does, in this order; it may begin again. A slice that ends in one
    goes on in it."""

    COLLECT = "collect"
    GUARD = "guard"
    WORK = "work"


class Step(str, Enum):
    """What a person who watches is shown: the phases, and the steps of the last."""

    COLLECT = "collect"
    GUARD = "guard"
    WORK = "work"
    APPLY = "apply_changes"
    USER_REQUESTS = "user_requests"
    PUSH = "push"
    EXPORT = "export"
    PHOTOS = "photos"


class Way(str, Enum):
    """Which way a value went."""

    PULL = "pull"
    PUSH = "push"


class Happened(str, Enum):
    """What one line of a run is about."""

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


class Counter(str, Enum):
    """What a run counts; each is a field of ``exchange.sync.run``."""

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
"""The few numbers that are shown while a run goes on, and the counters in each."""


@dataclass(frozen=True)
class Line:
    """One thing that happened, for people to read.

    :param direction: value of a ``Way``
    :param action: value of a ``Happened``
    :param name: of the contact
    :param partner: 0 if there is none
    :param link: 0 if there is none
    :param field: field key; "" when the whole contact is meant
    :param remote: id of the contact in the mailbox
    :param candidates: partners it might be
    """

    direction: str
    action: str
    name: str = ""
    partner: int = 0
    link: int = 0
    field: str = ""
    old: str = ""
    new: str = ""
    error: SyncError | None = None
    remote: str = ""
    candidates: tuple[int, ...] = ()
