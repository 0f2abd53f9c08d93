# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of a partner is synchronized for one account."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from ..core.fields import ADDRESS_ROWS
from .mapping import CARRIES, TAGS


@dataclass(frozen=True)
class Carried:
    """What the owner chose to have carried, and what other addons added.

    :param tags: tags
    :param addresses: home and other addresses
    :param further: rows that are called as their field
    """

    tags: bool = False
    addresses: bool = False
    further: frozenset[str] = frozenset()

    @functools.cached_property
    def rows(self) -> frozenset[str]:
        """frozenset of str, see ``core.ports.PartnerStore.carries``."""
        tags = {TAGS} if self.tags else ()
        addresses = ADDRESS_ROWS if self.addresses else ()
        return CARRIES.union(tags, addresses, self.further)
