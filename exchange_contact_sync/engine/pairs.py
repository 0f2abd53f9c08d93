# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A linked pair with what is known of both sides, and what its merge comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..core.align import INVENTED, SLOT, Aligned, align, stand_in_name, to_odoo
from ..core.contact import Base, Contact
from ..core.fields import MAIN_PHONE
from ..core.merge import Merge, merge
from ..core.normalize import same
from ..core.plan import Ours, Theirs
from ..core.policy import Policy
from ..core.records import Entry, Link, LocalContact, RemoteRef
from ..core.vocabulary import Vocabulary


@dataclass(frozen=True)
class Pair:
    """A link and both its sides.

    :param link: Link
    :param ours: LocalContact, or None when the owner cannot see a partner
    :param theirs: Contact in Exchange; as last seen, if it was not read now
    :param ref: RemoteRef, where the contact is now; None if it was not read now
    :param modified: datetime of the contact in Exchange; None if not read now
    :param private: bool, the contact is private and such contacts stay out
    :param entry: Entry of the inbox this pair comes from, if it comes from there
    """

    link: Link
    ours: LocalContact | None
    theirs: Contact
    ref: RemoteRef | None = None
    modified: datetime | None = None
    private: bool = False
    entry: Entry | None = None

    @property
    def name(self) -> str:
        """What to call the contact in a line for people."""
        if self.ours:
            return self.ours.contact.get("name", "")
        known = self.link.base.values if self.link.base else {}
        return self.theirs.get("name") or known.get("name") or self.stand_in

    @property
    def stand_in(self) -> str:
        """What to call the contact as long as it has no name."""
        return self.theirs.get("display_name") or stand_in_name(self.theirs)


@dataclass(frozen=True)
class Reconciled:
    """A merge, in terms of both sides.

    :param pair: Pair
    :param aligned: Aligned
    :param merge: Merge
    :param to_odoo: Mapping of row to text, with ``fields.MAIN_PHONE``
    :param base: Base to keep once Odoo is written
    """

    pair: Pair
    aligned: Aligned
    merge: Merge
    to_odoo: Mapping[str, str]
    base: Base


def blank(carries: Iterable[str]) -> Contact:
    """:return: Contact, a partner that does not say anything yet"""
    return Contact({key: "" for key in carries})


def reconcile(
    pair: Pair, policy: Policy, words: Vocabulary, carries: Iterable[str]
) -> Reconciled:
    """Merge the three versions of a pair.

    :param pair: Pair; without a partner, one that is blank takes its place
    :param policy: Policy
    :param words: Vocabulary
    :param carries: iterable of str, rows a partner has a place for
    :return: Reconciled
    """
    base = pair.link.base
    ours = pair.ours.contact if pair.ours else blank(carries)
    slot = pair.ours.phone_slot if pair.ours else "phone_business"
    aligned = align(ours, pair.theirs, base, words, slot)
    newer = bool(pair.ours) and (
        pair.modified is None or pair.ours.modified > pair.modified
    )
    values = base.values if base else None
    merged = merge(
        values, aligned.ours, aligned.theirs, policy, words, ours_is_newer=newer
    )
    remembered = dict(aligned.remembered)
    pull = to_odoo(merged.pull, remembered[SLOT])
    if not pair.ours and not pull.get("name"):
        pull["name"] = remembered[INVENTED] = stand_in_name(
            {**aligned.theirs, "file_as": pair.theirs.get("file_as", "")}
        )
    new = Base(merged.base, merged.foreign, remembered)
    return Reconciled(pair, aligned, merged, pull, new)


def theirs_of(pair: Pair, policy: Policy, words: Vocabulary) -> Theirs:
    """What happened in Exchange, by content: a new version alone is no change.

    :param pair: Pair that was read now
    :return: Theirs
    """
    if pair.private:
        return Theirs.PRIVATE
    base = pair.link.base
    if base is None:
        return Theirs.CHANGED
    ours = Contact({**base.values})
    theirs = align(ours, pair.theirs, base, words, MAIN_PHONE).theirs
    before = base.theirs()
    keys = (key for key in {**base.values, **base.foreign} if key in theirs)
    if all(same(key, theirs, before, words) for key in keys):
        return Theirs.SAME
    return Theirs.CHANGED


def ours_of(
    pair: Pair,
    in_scope: bool,
    policy: Policy,
    words: Vocabulary,
    carries: Iterable[str],
) -> Ours:
    """What happened in Odoo, by content.

    :param pair: Pair
    :param in_scope: bool, the partner belongs to the export choice, or need not
    :return: Ours
    """
    if not pair.ours:
        return Ours.LEFT if pair.link.partner else Ours.GONE
    if not pair.ours.active:
        return Ours.ARCHIVED
    if not in_scope:
        return Ours.LEFT
    if pair.link.base is None:
        return Ours.CHANGED
    last_seen = replace(pair, theirs=pair.link.base.theirs(), modified=None)
    return (
        Ours.CHANGED
        if reconcile(last_seen, policy, words, carries).merge.push
        else Ours.SAME
    )
