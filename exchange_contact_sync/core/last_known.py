# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the contact of a pair is recognised by when its partner says something else."""

from __future__ import annotations

from collections.abc import Mapping

from .align import with_name
from .link import Link, LinkState
from .matching import facts


def facts_known(link: Link) -> Mapping[str, object]:
    """What a contact said when it was last seen.

    :param link: Link
    :return: Mapping, see ``evidence.evidence_kept``; empty if nothing is known
    """
    if link.facts or not link.base:
        return link.facts
    return facts(with_name(link.base.theirs()))


def may_be_unlike(link: Link) -> bool:
    """Whether the contact may say something else than the partner, with nobody about to
    change that: the pair is stopped, or a side refuses what the other has.

    :param link: Link
    :return: bool
    """
    if link.state is LinkState.STOPPED:
        return True
    return bool(link.base and link.base.known.apart)
