# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Build blank contacts, and pairs whose contact is gone.

Ports: partners.
"""

from __future__ import annotations

from collections.abc import Collection

from ..core.contact import Contact
from ..core.fields import PHONE_KEYS
from ..core.link import Link
from ..core.mailbox import Entry
from ..core.multi_value import rows_of
from ..core.partner import LocalContact
from .pairs import Pair
from .session import Session


def blank_contact(session: Session) -> Contact:
    """Return a contact in which each row is blank."""
    rows = rows_of(session.partners.carries)
    return Contact(dict.fromkeys([*rows, *PHONE_KEYS], ""))


def last_contact(session: Session, link: Link) -> Contact:
    """Return a link's contact as both sides last agreed on it; blank before that."""
    return link.base.theirs() if link.base else blank_contact(session)


def pair_without_contact(
    session: Session,
    link: Link,
    ours: LocalContact | None,
    moved: Collection[int] = (),
    entry: Entry | None = None,
) -> Pair:
    """Return the pair of a contact that is gone.

    :param moved: ids of links whose contact is in a folder that is not synchronized
    """
    theirs = last_contact(session, link)
    out = link.id in moved
    return Pair(link, ours, theirs, entry=entry, gone=True, moved_out=out)
