# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Define which values of a partner are synchronized for an account."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from ..core.fields import ADDRESS_ROWS
from .mapping import CARRIES, TAGS


@dataclass(frozen=True)
class Carried:
    """The values the owner chose to synchronize, and rows added by other addons.

    :param tags: synchronize tags
    :param addresses: synchronize home and other addresses
    :param further: rows that have the same name as their field
    """

    tags: bool = False
    addresses: bool = False
    further: frozenset[str] = frozenset()

    @functools.cached_property
    def rows(self) -> frozenset[str]:
        """All synchronized rows; see ``core.ports.PartnerStore.carries``."""
        tags = {TAGS} if self.tags else ()
        addresses = ADDRESS_ROWS if self.addresses else ()
        return CARRIES.union(tags, addresses, self.further)
