# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The evidence by which the item of a link is recognized when its partner differs."""

from __future__ import annotations

from collections.abc import Mapping

from .align import with_name
from .link import Link, LinkState
from .matching import facts


def facts_known(link: Link) -> Mapping[str, object]:
    """Return the evidence of an item as of when it was last read.

    :return: see ``evidence.evidence_kept``; empty if nothing is known
    """
    if link.facts or not link.base:
        return link.facts
    return facts(with_name(link.base.theirs()))


def may_be_unlike(link: Link) -> bool:
    """Decide whether the item may permanently differ from the partner: the link is
    stopped, or a side refuses a value of the other.
    """
    if link.state is LinkState.STOPPED:
        return True
    return bool(link.base and link.base.differences.reasons)
