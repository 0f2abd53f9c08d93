# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which partners contacts without a link might be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..core.matching import Register
from .parts import Slice
from .recognise import may_have_moved


def candidates_for(work: Slice, contacts: Sequence[Mapping[str, str]]) -> Register:
    """Partners that might be these people; those of other contacts are marked so.

    :param work: Slice
    :param contacts: sequence of Mapping of field key to text, with ``name``
    :return: Register
    """
    candidates = work.parts.partners.candidates(contacts) if contacts else []
    links = work.parts.links.by_partner([one.id for one in candidates])
    homeless = work.parts.inbox.deleted() if links else set()
    taken = {
        partner
        for partner, link in links.items()
        if not may_have_moved(work, link, homeless)
    }
    return Register(replace(one, taken=one.id in taken) for one in candidates)
