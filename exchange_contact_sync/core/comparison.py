# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether somebody edited one side of a pair since both agreed.

Facts, not policy: an edit counts even where the owner's choices keep it from
travelling, because an edited contact is never taken away by the other side.
"""

from __future__ import annotations

from .align import Aligned, align, their_name
from .changes import Change, who_changed
from .contact import Base, Contact
from .fields import PHONE_KEYS, SETS
from .known import without_members
from .policy import Direction, Policy
from .reference_data import ReferenceData
from .typed import unedited

_OURS = frozenset(
    {
        Change.OURS,
        Change.BOTH_SAME,
        Change.BOTH_DIFFERENT,
        Change.FIRST_FILLS_THEIRS,
    }
)


def edited_in_odoo(
    base: Base, ours: Contact, words: ReferenceData, policy: Policy
) -> bool:
    """Compare a partner with what both sides agreed on.

    :param base: Base
    :param ours: Contact, the partner now
    :param words: ReferenceData
    :param policy: Policy; rows whose own rule keeps them from Exchange do not count
    :return: bool
    """
    last_seen = base.theirs()
    # Which slot a new number will go to makes no difference to its being new.
    aligned = align(ours, last_seen, base, words, PHONE_KEYS[0])
    keys = [
        key
        for key in words.rows
        if key in aligned.ours
        and key in aligned.theirs
        and policy.rules.get(key, Direction.BOTH).pushes
    ]
    mine = _without_barred(aligned)
    known = aligned.known
    found = who_changed(keys, aligned.base or {}, mine, aligned.theirs, words, known)
    return not _OURS.isdisjoint(found.values())


def _without_barred(aligned: Aligned) -> Contact:
    """Members of sets that Exchange refused are no edit."""
    barred = {key: "\n".join(aligned.known.barred(key)) for key in SETS}
    return aligned.ours.with_values(
        {
            key: without_members(aligned.ours[key], members)
            for key, members in barred.items()
            if members and key in aligned.ours
        }
    )


def edited_in_exchange(base: Base, theirs: Contact, words: ReferenceData) -> bool:
    """Compare a contact in Exchange with what it was when last looked at.

    :param base: Base
    :param theirs: Contact, as it is now
    :param words: ReferenceData
    :return: bool
    """
    before = base.theirs()
    now = theirs.with_values({"name": their_name(theirs, base)})
    if not unedited("name", before, now, words):
        return True
    keys = (key for key in words.rows if key in before and key in theirs)
    return any(not unedited(key, before, theirs, words) for key in keys)
