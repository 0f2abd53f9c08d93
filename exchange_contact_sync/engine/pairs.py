# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A link with its partner and its contact, and the merge of both.

Ports: partners.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..core import reconcile as core
from ..core.align import stand_in_name
from ..core.behavior import Behavior
from ..core.comparison import Comparison, compare
from ..core.contact import Base, Contact
from ..core.differences import REFUSED, DifferenceReason
from ..core.erased import was_edited
from ..core.link import Link
from ..core.mailbox import Entry, RemoteRef
from ..core.outcome import Outcome
from ..core.partner import LocalContact
from ..core.plan import Ours, Reason, Theirs
from ..core.policy import Policy
from .session import Session


@dataclass(frozen=True)
class _Inputs:
    """The input of a comparison."""

    base: Base | None
    ours: LocalContact | None
    theirs: Contact
    read: bool
    behavior: Behavior

    def same(self, other: _Inputs) -> bool:
        """Return whether both consist of the very same objects."""
        mine, theirs = vars(self), vars(other)
        return all(mine[name] is theirs[name] for name in mine)


class _Memory:
    """The last comparison of a pair, shared by all copies of the pair."""

    def __init__(self) -> None:
        self._last: tuple[_Inputs, Comparison] | None = None

    def get(self, session: Session, pair: Pair) -> Comparison:
        """Return the comparison of a pair in its current state."""
        read, behavior = pair.ref is not None, session.known_behavior
        inputs = _Inputs(pair.link.base, pair.ours, pair.theirs, read, behavior)
        if self._last and self._last[0].same(inputs):
            return self._last[1]
        found = compare(
            pair.link.base,
            pair.ours.contact if pair.ours else None,
            pair.theirs,
            session.reference_data,
            carries=session.partners.carries,
            preferred_slot=pair.phone_slot,
            behavior=behavior,
            read=read,
        )
        self._last = inputs, found
        return found


@dataclass(frozen=True)
class Pair:
    """A link with its partner and its contact.

    :param ours: None if the owner cannot see a partner
    :param theirs: the contact in Exchange; as last seen if it was not read now
    :param ref: where the contact is now; None if it was not read now
    :param modified: when the contact was modified in Exchange; None if not read now
    :param private: the contact is private, and private contacts are not synchronized
    :param entry: the inbox entry this pair comes from, if any
    :param returned: the contact was gone before, and the link was stopped for that
    :param gone: the contact no longer exists, or is not synchronized any more
    :param moved_out: it is in a folder that is not synchronized
    :param reason: why the link is stopped, if it is
    :param photo: token of the photo in Exchange; None if it was not requested
    :param memory: the last comparison; ``dataclasses.replace`` passes it on
    """

    link: Link
    ours: LocalContact | None
    theirs: Contact
    ref: RemoteRef | None = None
    modified: datetime | None = None
    private: bool = False
    entry: Entry | None = None
    returned: bool = False
    gone: bool = False
    moved_out: bool = False
    reason: Reason | None = None
    photo: str | None = None
    memory: _Memory = field(default_factory=_Memory, compare=False, repr=False)

    def __post_init__(self) -> None:
        unreadable = self.ours.unreadable if self.ours else ()
        base = self.link.base
        if unreadable and base:
            link = replace(self.link, base=base.with_blank_rows(unreadable))
            object.__setattr__(self, "link", link)

    @property
    def name(self) -> str:
        """Return the contact's name for the lines of a run."""
        if self.link.is_erased:
            return ""
        if self.ours:
            return self.ours.contact.get("name", "")
        known = self.link.base.values if self.link.base else {}
        return self.theirs.get("name") or known.get("name") or self.stand_in

    @property
    def stand_in(self) -> str:
        """Return the text to show for a contact without a name."""
        return self.theirs.get("display_name") or stand_in_name(self.theirs)

    @property
    def phone_slot(self) -> str:
        """Return the key of the phone slot that fits the partner's kind."""
        return self.ours.phone_slot if self.ours else "phone_business"

    @property
    def current_link(self) -> Link:
        """Return the link with the contact's current location, as far as it is
        known.
        """
        if not self.ref:
            return self.link
        return self.link.at(self.ref).saw_photo(self.photo)


@dataclass(frozen=True)
class Reconciled:
    """A pair and the result of its merge."""

    pair: Pair
    outcome: Outcome


def reconcile(session: Session, pair: Pair, policy: Policy | None = None) -> Reconciled:
    """Merge the three versions of a pair.

    :param pair: without a partner, a blank one is used
    :param policy: used instead of the owner's policy
    """
    newer = pair.ours is not None and (
        pair.modified is None or pair.ours.modified > pair.modified
    )
    outcome = core.reconcile(
        comparison_of(session, pair),
        policy or session.policy.of(pair.link.pinned),
        ours_is_newer=newer,
        field_overrides=pair.link.field_overrides,
        behavior=session.known_behavior,
        retry=_to_be_tried(pair),
    )
    return Reconciled(pair, outcome)


def comparison_of(session: Session, pair: Pair) -> Comparison:
    """Return the comparison of the three versions of a pair.

    The result is kept: the same versions are not compared twice, even if other
    attributes of the link have changed.
    """
    return pair.memory.get(session, pair)


def _to_be_tried(pair: Pair) -> Collection[DifferenceReason]:
    """Return which kinds of values to try again.

    A value that a side refused is tried again after any change to the record on that
    side, because a change of access rights is not visible in the contact's values.
    Without a change token, all values are tried again.
    """
    if not pair.link.change_token:
        return frozenset(DifferenceReason)
    if pair.ours and pair.ours.change_token != pair.link.change_token:
        return REFUSED
    read = pair.ref is not None and pair.ref.version != pair.link.version
    return frozenset({DifferenceReason.REFUSED_BY_ODOO}) if read else frozenset()


def theirs_of(session: Session, pair: Pair) -> Theirs:
    """Return what happened in Exchange, by content.

    A new version with the same content is not a change. A contact that was not read
    counts as unchanged, and one that came back as changed.
    """
    if pair.gone:
        return Theirs.GONE
    if pair.link.has_returned:
        return Theirs.CHANGED  # it came back in an earlier run
    if pair.ref is None:
        return Theirs.SAME
    if pair.private:
        return Theirs.PRIVATE
    if pair.link.is_erased and not pair.returned:
        same = pair.ref.version == pair.link.version
        edited = not same and was_edited(pair.link, pair.theirs, session.blind)
        return Theirs.CHANGED if edited else Theirs.SAME
    if pair.link.base is None or pair.returned:
        return Theirs.CHANGED
    comparison = comparison_of(session, pair)
    edited = comparison.edited_in_exchange or _has_new_photo(pair)
    return Theirs.CHANGED if edited else Theirs.SAME


def _has_new_photo(pair: Pair) -> bool:
    known = pair.link.photo
    return known is not None and pair.photo not in (None, known.theirs)


def ours_of(session: Session, pair: Pair, in_scope: bool) -> Ours:
    """Return what happened in Odoo, by content.

    :param in_scope: the partner is selected for export, or does not have to be
    """
    if not pair.ours:
        return Ours.LEFT if pair.link.partner else Ours.GONE
    if not pair.ours.active:
        return Ours.ARCHIVED
    if not in_scope:
        return Ours.LEFT
    edited = pair.link.base is None or comparison_of(session, pair).edited_in_odoo(
        session.policy.of(pair.link.pinned)
    )
    return Ours.CHANGED if edited else Ours.SAME
