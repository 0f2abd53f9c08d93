# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the contact of a pair is recognised by when the pair is not synchronized."""

from __future__ import annotations

from collections.abc import Mapping

from .align import with_name
from .matching import facts
from .records import Link


def facts_known(link: Link) -> Mapping[str, object]:
    """What a contact said when it was last seen.

    :param link: Link
    :return: Mapping, see ``evidence.evidence_kept``; empty if nothing is known
    """
    if link.facts or not link.base:
        return link.facts
    return facts(with_name(link.base.theirs()))
