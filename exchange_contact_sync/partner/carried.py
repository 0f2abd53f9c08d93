# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of a partner is synchronized for one account."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..core.fields import ADDRESS_ROWS
from .mapping import CARRIES, TAGS


@dataclass(frozen=True)
class Carried:
    """What the owner chose to have carried, and what other addons added.

    :param tags: bool, tags
    :param addresses: bool, home and other addresses
    :param further: Mapping of key of a row to the field of ``res.partner`` it is
    """

    tags: bool = False
    addresses: bool = False
    further: Mapping[str, str] = field(default_factory=dict)

    @functools.cached_property
    def rows(self):
        """frozenset of str, see ``ports.PartnerStore.carries``."""
        tags = {TAGS} if self.tags else ()
        addresses = ADDRESS_ROWS if self.addresses else ()
        return CARRIES.union(tags, addresses, self.further)
