# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Request that contacts are read again within the run, before they are written.

Ports: inbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.link import Link
from ..core.mailbox import ChangeType, Entry, RemoteRef
from .session import Session


def ref_of(link: Link) -> RemoteRef:
    """Return where the link's contact is, as far as is known."""
    return RemoteRef(
        link.remote, link.version, link.folder, link.sync_key, link.search_key
    )


def request_reading(session: Session, links: Sequence[Link]) -> None:
    """Have contacts read whose values in Exchange are unknown."""
    for link in links:
        entry = Entry(replace(ref_of(link), version=""), ChangeType.CHANGED)
        session.inbox.put(link.folder, [entry])


def request_rereading(session: Session, link: Link, *, gone: bool) -> None:
    """Have a contact read again within this run.

    :param gone: the contact is not where it was; it may only have moved
    """
    change_type = ChangeType.DELETED if gone else ChangeType.CHANGED
    ref = replace(ref_of(link), version="")
    session.inbox.put(link.folder, [Entry(ref, change_type)])
    session.links_to_reread.add(link.id)
    session.collect_again()
