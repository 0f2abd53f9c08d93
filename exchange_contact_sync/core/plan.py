# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decision tables: what each side did with a pair, and what the run does about it.

The facts are two enumerations (``Theirs``, ``Ours``), the decisions a third
(``Action``). The tables between them, such as ``LINKED`` and ``DELETED``, are the
policy.
"""

from __future__ import annotations

from enum import Enum

from .matching import Found
from .policy import DeletionPolicy, Policy
from .user_requests import UserRequest


class Theirs(Enum):
    """What happened to the item since both sides last agreed."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "deleted, or moved out of the chosen folders"
    PRIVATE = "marked private"


class Ours(Enum):
    """What happened to the partner since both sides last agreed."""

    SAME = "same"
    CHANGED = "changed"
    ARCHIVED = "archived"
    GONE = "deleted"
    LEFT = "left the export choice"


class Action(Enum):
    """What the run does with a pair."""

    NOTHING = "nothing to do"
    MERGE = "merge the three versions"
    STOP = "both stay as they are, the pair is no longer synchronized"
    ARCHIVE_OURS = "archive the partner"
    DELETE_THEIRS = "delete the contact in Exchange"
    UNARCHIVE_OURS = "unarchive the partner, then merge"
    CREATE_OURS = "create the partner"
    CREATE_THEIRS = "create the contact in Exchange"
    FORGET = "neither side is there: forget the pair"
    LINK = "link to the partner that matched, then merge"
    WAIT = "ambiguous: a person decides"
    SKIP = "a private item: not imported"
    DEFER = "not imported; looked at again before anything is exported"
    UNARCHIVE_ONLY = "unarchive the partner; the link stays stopped"
    LEAVE = "a person made a request, but the contact changed since: do nothing"


class Reason(Enum):
    """Why a link is stopped."""

    GONE = "gone"
    """The item was deleted, or moved out of the chosen folders."""
    PRIVATE = "private"
    """The item was marked private."""
    ARCHIVED = "archived"
    """The partner was archived or deleted, or was archived from the start."""
    LEFT = "left"
    """The partner left the export choice."""
    PERSON = "person"
    """A person stopped the link."""
    DUPLICATE = "duplicate"
    """Another partner is the same person and is in the mailbox."""


REASON_THEIRS = {Theirs.GONE: Reason.GONE, Theirs.PRIVATE: Reason.PRIVATE}
REASON_OURS = {
    Ours.ARCHIVED: Reason.ARCHIVED,
    Ours.GONE: Reason.ARCHIVED,
    Ours.LEFT: Reason.LEFT,
}

RESUMABLE = (Reason.ARCHIVED, Reason.LEFT)
"""Reasons that can cease to apply without a user request: a person unarchives the
partner or widens the export choice. The link resumes then."""


def reason(theirs: Theirs, ours: Ours) -> Reason:
    """Return the reason to store when a link with these facts is stopped."""
    why = REASON_THEIRS.get(theirs) or REASON_OURS.get(ours)
    return why or Reason.PERSON


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
"""Linked pairs that need no deletion policy."""

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
    (Theirs.CHANGED, Ours.ARCHIVED, D): Action.UNARCHIVE_OURS,
    (Theirs.CHANGED, Ours.GONE, K): Action.STOP,
    (Theirs.CHANGED, Ours.GONE, D): Action.CREATE_OURS,
    (Theirs.CHANGED, Ours.LEFT, K): Action.STOP,
    (Theirs.CHANGED, Ours.LEFT, D): Action.STOP,
}
"""Linked pairs that one side deleted. The policy "keep" leaves both sides as they are;
under "delete", an edit on the other side takes precedence over the deletion."""

START: dict[tuple[Theirs, Ours], Action] = {
    (Theirs.SAME, Ours.SAME): Action.MERGE,
    (Theirs.SAME, Ours.CHANGED): Action.MERGE,
    (Theirs.CHANGED, Ours.SAME): Action.MERGE,
    (Theirs.CHANGED, Ours.CHANGED): Action.MERGE,
    (Theirs.GONE, Ours.SAME): Action.CREATE_THEIRS,
    (Theirs.GONE, Ours.CHANGED): Action.CREATE_THEIRS,
    (Theirs.SAME, Ours.GONE): Action.CREATE_OURS,
    (Theirs.CHANGED, Ours.GONE): Action.CREATE_OURS,
    (Theirs.GONE, Ours.GONE): Action.FORGET,
}
"""Stopped links to start again; facts that are not listed leave the pair unchanged."""

REQUESTED: dict[tuple[UserRequest, Theirs, Ours], Action] = {
    **{(UserRequest.START, *facts): action for facts, action in START.items()},
    **{(UserRequest.RESUME, *facts): action for facts, action in START.items()},
    (UserRequest.WITHDRAW, Theirs.SAME, Ours.SAME): Action.ARCHIVE_OURS,
    (UserRequest.WITHDRAW, Theirs.CHANGED, Ours.SAME): Action.ARCHIVE_OURS,
    (UserRequest.WITHDRAW, Theirs.GONE, Ours.SAME): Action.ARCHIVE_OURS,
    (UserRequest.WITHDRAW, Theirs.PRIVATE, Ours.SAME): Action.ARCHIVE_OURS,
    **{(UserRequest.REMOVE, Theirs.GONE, ours): Action.STOP for ours in Ours},
    (UserRequest.REMOVE, Theirs.SAME, Ours.SAME): Action.DELETE_THEIRS,
    (UserRequest.REMOVE, Theirs.SAME, Ours.CHANGED): Action.DELETE_THEIRS,
    (UserRequest.REMOVE, Theirs.SAME, Ours.ARCHIVED): Action.DELETE_THEIRS,
    (UserRequest.REMOVE, Theirs.SAME, Ours.GONE): Action.DELETE_THEIRS,
    (UserRequest.REMOVE, Theirs.SAME, Ours.LEFT): Action.DELETE_THEIRS,
    (UserRequest.RESTORE, Theirs.SAME, Ours.ARCHIVED): Action.UNARCHIVE_ONLY,
    (UserRequest.RESTORE, Theirs.CHANGED, Ours.ARCHIVED): Action.UNARCHIVE_ONLY,
    (UserRequest.RESTORE, Theirs.GONE, Ours.ARCHIVED): Action.UNARCHIVE_ONLY,
    (UserRequest.RESTORE, Theirs.PRIVATE, Ours.ARCHIVED): Action.UNARCHIVE_ONLY,
    **{
        (UserRequest.STOP, theirs, ours): Action.STOP
        for theirs in Theirs
        for ours in Ours
    },
    (UserRequest.SEPARATE, Theirs.SAME, Ours.SAME): Action.MERGE,
    (UserRequest.SEPARATE, Theirs.SAME, Ours.CHANGED): Action.MERGE,
    (UserRequest.SEPARATE, Theirs.CHANGED, Ours.SAME): Action.MERGE,
    (UserRequest.SEPARATE, Theirs.CHANGED, Ours.CHANGED): Action.MERGE,
}
"""User requests for a whole pair; facts that are not listed leave the pair unchanged.
No deletion policy applies, since a person made the request, but no edit is
overwritten."""

UNLINKED: dict[tuple[Found, bool], Action] = {
    (Found.NOBODY, True): Action.CREATE_OURS,
    (Found.NOBODY, False): Action.DEFER,
    (Found.ONE, True): Action.LINK,
    (Found.ONE, False): Action.LINK,
    (Found.SEVERAL, True): Action.WAIT,
    (Found.SEVERAL, False): Action.DEFER,
    (Found.LINKED, True): Action.WAIT,
    (Found.LINKED, False): Action.DEFER,
}
"""Items without a link, by the result of matching and whether the folder is
imported."""


def decide_linked(
    theirs: Theirs,
    ours: Ours,
    policy: Policy,
    *,
    may_be_deleted: bool,
    being_deleted: bool = False,
    moved_out: bool = False,
) -> Action:
    """Decide what the run does with a linked pair.

    :param may_be_deleted: the addon created the item, or the owner marked it; other
        items are never deleted in Exchange
    :param being_deleted: the mailbox was asked to delete the item. If it is gone, this
        addon deleted it and not a person; if the partner is back, it is created again.
    :param moved_out: the item is in a folder that is not synchronized, so it is not
        created again
    """
    if theirs is Theirs.GONE and being_deleted and ours in (Ours.SAME, Ours.CHANGED):
        return Action.CREATE_THEIRS if policy.push else Action.STOP
    if (theirs, ours) in LINKED:
        return LINKED[theirs, ours]
    gone = theirs is Theirs.GONE
    deletion = policy.exchange_deletion if gone else policy.odoo_deletion
    allowed = policy.pull if gone else policy.push
    action = DELETED[theirs, ours, deletion if allowed else K]
    if action is Action.DELETE_THEIRS and not may_be_deleted:
        return Action.STOP
    if action is Action.CREATE_THEIRS and (moved_out or not policy.push):
        return Action.STOP
    if action in (Action.UNARCHIVE_OURS, Action.CREATE_OURS) and not policy.pull:
        return Action.STOP
    return action


def decide_requested(
    request: UserRequest,
    theirs: Theirs,
    ours: Ours,
    policy: Policy,
    *,
    moved_out: bool = False,
) -> Action:
    """Decide what the run does with a pair for which a person made a request.

    :param policy: no contact is created on a side that receives no changes
    :param moved_out: the item is in a folder that is not synchronized, so it is not
        created again; the link continues once the item is moved back
    """
    action = REQUESTED.get((request, theirs, ours), Action.LEAVE)
    if action is Action.CREATE_THEIRS and moved_out:
        return Action.STOP
    if action is Action.CREATE_THEIRS and not policy.push:
        return Action.LEAVE
    if action is Action.CREATE_OURS and not policy.pull:
        return Action.LEAVE
    return action


def decide_unlinked(
    found: Found, *, imported: bool, private: bool, never: bool = False
) -> Action:
    """Decide what the run does with an item that has no link.

    :param found: the result of matching
    :param imported: the item's folder is imported
    :param private: the item is private and private items are excluded
    :param never: a person decided that the item is never imported
    """
    if private:
        return Action.SKIP
    return Action.DEFER if never else UNLINKED[found, imported]
