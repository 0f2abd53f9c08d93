# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three versions of a pair, as each side gives them, and what follows for each.

Around ``merge``, which compares rows, stand the things that are no rows: which slot
a number has, what a nameless contact is called, which places Odoo cannot hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .align import INVENTED, UNHELD, Aligned, align, stand_in_name, to_exchange, to_odoo
from .contact import Base, Contact
from .fields import NAME_EVIDENCE, PHONE_KEYS
from .merge import Merge, merge
from .places import COUNTRY_OF, is_unknown
from .policy import Policy
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Outcome:
    """What a merge comes to, in the terms of each side.

    :param aligned: Aligned
    :param merge: Merge
    :param to_odoo: Mapping of row to text, with ``fields.MAIN_PHONE``; "" clears
    :param to_exchange: Mapping of row or part of the name to text; "" clears
    :param base: Base to keep once Odoo is written
    """

    aligned: Aligned
    merge: Merge
    to_odoo: Mapping[str, str]
    to_exchange: Mapping[str, str]
    base: Base

    @property
    def base_when_sent(self) -> Base:
        """:return: Base to keep once Exchange has acknowledged ``to_exchange``"""
        parts = {k: v for k, v in self.to_exchange.items() if k in NAME_EVIDENCE}
        return self.base.after_sending(self.merge.push, parts)


def reconcile(
    base: Base | None,
    ours: Contact | None,
    theirs: Contact,
    policy: Policy,
    words: Vocabulary,
    *,
    carries: frozenset[str],
    preferred_slot: str,
    ours_is_newer: bool = False,
) -> Outcome:
    """Merge the three versions of a pair.

    :param base: Base, or None for a pair that never agreed
    :param ours: Contact, or None when the partner is still to be created
    :param theirs: Contact
    :param policy: Policy
    :param words: Vocabulary
    :param carries: frozenset of str, rows a partner has a place for
    :param preferred_slot: str, slot for a number of the partner's kind
    :param ours_is_newer: bool, for the policy "newest"
    :return: Outcome
    """
    mine = Contact(dict.fromkeys(carries, "")) if ours is None else ours
    aligned = align(mine, theirs, base, words, preferred_slot)
    merged = merge(
        aligned.base,
        aligned.ours,
        aligned.theirs,
        policy,
        words,
        ours_is_newer=ours_is_newer,
    )
    remembered = dict(aligned.remembered)
    pull = to_odoo(merged.pull, aligned.slot)
    _settle_name(pull, remembered, ours, aligned, theirs)
    _note_unheld(remembered, merged, aligned, words)
    kept = {} if base is None else _not_carried(base.foreign, aligned)
    return Outcome(
        aligned,
        merged,
        pull,
        to_exchange(merged.push, remembered),
        Base(merged.base, {**kept, **merged.foreign}, remembered),
    )


def _settle_name(
    pull: dict[str, str],
    remembered: dict[str, str],
    ours: Contact | None,
    aligned: Aligned,
    theirs: Contact,
) -> None:
    """Odoo's contacts have a name; those of Exchange need not.

    A new partner gets a stand-in; one that exists keeps its name when Exchange's is
    taken away. Both are remembered, so that they do not go out as a change.
    """
    if pull.get("name"):
        remembered.pop(INVENTED, None)
    elif ours is None:
        filed = theirs.get("file_as", "")
        stand_in = stand_in_name({**aligned.theirs, "file_as": filed})
        pull["name"] = remembered[INVENTED] = stand_in
    elif "name" in pull:
        del pull["name"]
        remembered[INVENTED] = ours["name"]


def _note_unheld(
    remembered: dict[str, str], merged: Merge, aligned: Aligned, words: Vocabulary
) -> None:
    unheld = set(remembered.get(UNHELD, "").split())
    unheld.update(
        key
        for key in COUNTRY_OF
        if key in merged.pull and is_unknown(key, aligned.theirs, words)
    )
    if unheld:
        remembered[UNHELD] = " ".join(sorted(unheld))


def _not_carried(foreign: Mapping[str, str], aligned: Aligned) -> dict[str, str]:
    """What is known of rows that one side does not carry at the moment."""
    return {
        key: text
        for key, text in foreign.items()
        if key not in PHONE_KEYS and not (key in aligned.ours and key in aligned.theirs)
    }
