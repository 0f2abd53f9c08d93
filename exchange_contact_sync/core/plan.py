# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One decision table: what each side did with a pair, and what becomes of it.

Facts are two enumerations, decisions a third; ``LINKED`` and ``DELETED`` are
the policy between them. Read the table, not the code.
"""

from __future__ import annotations

from enum import Enum

from .matching import Found
from .policy import DeletionPolicy, Policy


class Theirs(Enum):
    """What happened to the contact in Exchange since the pair agreed."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "deleted, or moved out of the chosen folders"
    PRIVATE = "marked private"


class Ours(Enum):
    """What happened to the partner in Odoo since the pair agreed."""

    SAME = "same"
    CHANGED = "changed"
    ARCHIVED = "archived"
    GONE = "deleted"
    LEFT = "left the export choice"


class Action(Enum):
    """What becomes of a pair."""

    NOTHING = "nothing to do"
    MERGE = "merge the three versions"
    STOP = "both stay as they are, the pair is no longer synchronized"
    ARCHIVE_OURS = "archive the partner"
    DELETE_THEIRS = "delete the contact in Exchange"
    REVIVE_OURS = "bring the archived partner back, then merge"
    CREATE_OURS = "create the partner"
    CREATE_THEIRS = "create the contact in Exchange"
    FORGET = "neither side is there: forget the pair"
    LINK = "link to the partner that matched, then merge"
    WAIT = "ambiguous: a person decides"
    SKIP = "not for us"
    PARK = "not imported; looked at again before anything is exported"


K, D = DeletionPolicy.KEEP, DeletionPolicy.DELETE

LINKED: dict[tuple[Theirs, Ours], Action] = {
    (Theirs.SAME, Ours.SAME): Action.NOTHING,
    (Theirs.SAME, Ours.CHANGED): Action.MERGE,
    (Theirs.CHANGED, Ours.SAME): Action.MERGE,
    (Theirs.CHANGED, Ours.CHANGED): Action.MERGE,
    (Theirs.GONE, Ours.ARCHIVED): Action.STOP,
    (Theirs.GONE, Ours.LEFT): Action.STOP,
    (Theirs.GONE, Ours.GONE): Action.FORGET,
    (Theirs.PRIVATE, Ours.SAME): Action.STOP,
    (Theirs.PRIVATE, Ours.CHANGED): Action.STOP,
    (Theirs.PRIVATE, Ours.ARCHIVED): Action.STOP,
    (Theirs.PRIVATE, Ours.GONE): Action.STOP,
    (Theirs.PRIVATE, Ours.LEFT): Action.STOP,
}
"""A linked pair, where no deletion policy is asked."""

DELETED: dict[tuple[Theirs, Ours, DeletionPolicy], Action] = {
    (Theirs.GONE, Ours.SAME, K): Action.STOP,
    (Theirs.GONE, Ours.SAME, D): Action.ARCHIVE_OURS,
    (Theirs.GONE, Ours.CHANGED, K): Action.STOP,
    (Theirs.GONE, Ours.CHANGED, D): Action.CREATE_THEIRS,
    (Theirs.SAME, Ours.ARCHIVED, K): Action.STOP,
    (Theirs.SAME, Ours.ARCHIVED, D): Action.DELETE_THEIRS,
    (Theirs.SAME, Ours.GONE, K): Action.STOP,
    (Theirs.SAME, Ours.GONE, D): Action.DELETE_THEIRS,
    (Theirs.SAME, Ours.LEFT, K): Action.STOP,
    (Theirs.SAME, Ours.LEFT, D): Action.DELETE_THEIRS,
    (Theirs.CHANGED, Ours.ARCHIVED, K): Action.STOP,
    (Theirs.CHANGED, Ours.ARCHIVED, D): Action.REVIVE_OURS,
    (Theirs.CHANGED, Ours.GONE, K): Action.STOP,
    (Theirs.CHANGED, Ours.GONE, D): Action.CREATE_OURS,
    (Theirs.CHANGED, Ours.LEFT, K): Action.STOP,
    (Theirs.CHANGED, Ours.LEFT, D): Action.STOP,
}
"""A linked pair that one side deleted. "Keep" leaves both sides as they are;
under "delete" an edit on the other side beats the deletion."""

UNLINKED: dict[tuple[Found, bool], Action] = {
    (Found.NOBODY, True): Action.CREATE_OURS,
    (Found.NOBODY, False): Action.PARK,
    (Found.ONE, True): Action.LINK,
    (Found.ONE, False): Action.LINK,
    (Found.SEVERAL, True): Action.WAIT,
    (Found.SEVERAL, False): Action.PARK,
    (Found.TAKEN, True): Action.WAIT,
    (Found.TAKEN, False): Action.PARK,
}
"""A contact of Exchange without a link: what matching found, and whether its
folder is imported."""


def decide_linked(
    theirs: Theirs, ours: Ours, policy: Policy, *, created_by_us: bool
) -> Action:
    """What becomes of a linked pair.

    :param theirs: Theirs
    :param ours: Ours
    :param policy: Policy
    :param created_by_us: bool, whether the contact in Exchange is one this addon
        created; others are never deleted there
    :return: Action
    """
    if (theirs, ours) in LINKED:
        return LINKED[theirs, ours]
    gone = theirs is Theirs.GONE
    deletion = policy.exchange_deletion if gone else policy.odoo_deletion
    allowed = policy.pull if gone else policy.push
    action = DELETED[theirs, ours, deletion if allowed else K]
    if action is Action.DELETE_THEIRS and not created_by_us:
        return Action.STOP
    if action is Action.CREATE_THEIRS and not policy.push:
        return Action.STOP
    if action in (Action.REVIVE_OURS, Action.CREATE_OURS) and not policy.pull:
        return Action.STOP
    return action


def decide_unlinked(found: Found, *, imported: bool, private: bool) -> Action:
    """What becomes of a contact of Exchange that has no link.

    :param found: Found, what matching came to
    :param imported: bool, its folder is imported
    :param private: bool, it is private and private contacts stay out
    :return: Action
    """
    return Action.SKIP if private else UNLINKED[found, imported]
