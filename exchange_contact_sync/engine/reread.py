# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Have contacts read again within the run, before the mailbox is told anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.link import Link
from ..core.mailbox import Entry, Mark, RemoteRef
from .session import Slice


def ref_of(link: Link) -> RemoteRef:
    """:return: RemoteRef, where the link's contact is as far as is known"""
    return RemoteRef(
        link.remote, link.version, link.folder, link.sync_key, link.search_key
    )


def read_first(work: Slice, links: Sequence[Link]) -> None:
    """Nothing is known of what these have in Exchange.

    :param work: Slice
    :param links: sequence of Link
    """
    for link in links:
        entry = Entry(replace(ref_of(link), version=""), Mark.CHANGED)
        work.parts.inbox.put(link.folder, [entry])


def look_again(work: Slice, link: Link, *, gone: bool) -> None:
    """Have a contact read again within this run.

    :param work: Slice
    :param link: Link
    :param gone: bool, it is not where it was; it may only be in another folder
    """
    mark = Mark.DELETED if gone else Mark.CHANGED
    ref = replace(ref_of(link), version="")
    work.parts.inbox.put(link.folder, [Entry(ref, mark)])
    work.refused_links.add(link.id)
    work.begin_again()
