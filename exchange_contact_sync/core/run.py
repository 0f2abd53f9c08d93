# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run tells people."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import SyncError


@dataclass(frozen=True)
class Line:
    """One thing that happened, for people to read.

    :param direction: str, ``pull`` or ``push``
    :param action: str, see ``exchange.sync.line``
    :param name: str, of the contact
    :param partner: int, 0 if there is none
    :param link: int, 0 if there is none
    :param field: str, field key; "" when the whole contact is meant
    :param old: str
    :param new: str
    :param error: SyncError or None
    :param remote: str, id of the contact in the mailbox
    :param candidates: tuple of int, partners it might be
    """

    direction: str
    action: str
    name: str = ""
    partner: int = 0
    link: int = 0
    field: str = ""
    old: str = ""
    new: str = ""
    error: SyncError | None = None
    remote: str = ""
    candidates: tuple[int, ...] = ()
