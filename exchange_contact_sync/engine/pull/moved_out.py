# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find contacts that were moved to a folder that is not synchronized.

Such a contact counts as deleted. But it is not created again, not even for an edited
partner or if a person starts the pair: the mailbox has it.

Ports: remote, partners.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.errors import AnswerMalformed, FolderGone, StateUnknown
from ...core.link import Link, LinkState
from ...core.plan import Reason
from ...core.policy import DeletionPolicy
from ...core.user_requests import UserRequest
from ..apply.dispatch import to_be_recreated
from ..blank import pair_without_contact
from ..session import Session

PAGES = 20
"""The most pages of a folder in which a contact without sync key is looked for. In a
larger folder it may not be found; it is created again then, and no edit is lost."""


def moved_out(session: Session, links: Sequence[Link]) -> set[int]:
    """Return the links whose contact is in a folder that is not synchronized.

    Only contacts that would be created again are looked for, because each other folder
    costs a request or more.

    :param links: links whose contact is gone
    :return: ids of links
    """
    wanted = [link for link in links if _may_be_exported(session, link)]
    linked = [link for link in links if _may_be_recreated(session, link)]
    if linked:
        wanted += session.read(lambda: _to_be_recreated(session, linked))
    return in_other_folders(session, wanted)


def is_obsolete(link: Link) -> bool:
    """Return whether a stopped link whose contact is gone can be forgotten."""
    only_private = link.reason is Reason.PRIVATE and link.base is None
    return not link.partner or only_private


def in_other_folders(session: Session, links: Sequence[Link]) -> set[int]:
    """Ask each folder that is not synchronized for the contacts of links.

    :return: ids of the links whose contact was found
    """
    found: set[int] = set()
    for folder in _other_folders(session) if links else ():
        keys = _keys_in(session, folder, [k for k in links if k.id not in found])
        found |= {k.id for k in links if keys & {k.sync_key, k.search_key}}
    return found


def _may_be_exported(session: Session, link: Link) -> bool:
    """Return whether the partner is exported like a new one without this link."""
    stopped = link.state is LinkState.STOPPED and is_obsolete(link)
    return stopped and bool(link.partner) and session.policy.push


def _may_be_recreated(session: Session, link: Link) -> bool:
    """Return whether the contact may be created again, as far as the link tells."""
    if not session.policy.of(link.pinned).push:
        return False
    if link.user_request:
        return link.user_request in (UserRequest.START, UserRequest.RESUME)
    edits_survive = session.policy.exchange_deletion is DeletionPolicy.DELETE
    return link.is_active and (edits_survive or link.is_being_deleted)


def _to_be_recreated(session: Session, links: Sequence[Link]) -> list[Link]:
    partners = session.partners.fetch([link.partner for link in links if link.partner])
    pairs = [
        pair_without_contact(session, link, partners[link.partner])
        for link in links
        if link.partner in partners
    ]
    return [pair.link for pair in to_be_recreated(session, pairs)]


def _other_folders(session: Session) -> list[str]:
    synchronized = {folder.id for folder in session.folders}
    found = [folder.id for folder in session.remote.folders()]
    return [folder for folder in found if folder not in synchronized]


def _keys_in(session: Session, folder: str, links: Sequence[Link]) -> set[str]:
    """Return the sync keys and search keys of links that a folder contains.

    :return: none if the folder cannot be read: its contacts count as deleted then, and
        are created again, so that no edit is lost
    """
    sync_keys = [link.sync_key for link in links if link.sync_key]
    try:
        keys = set(session.remote.find(sync_keys, folder)) if sync_keys else set()
        left = {k.search_key for k in links if k.sync_key not in keys} - {""}
        return keys | (left & _search_keys(session, folder) if left else left)
    except (AnswerMalformed, FolderGone, StateUnknown):
        return set()


def _search_keys(session: Session, folder: str) -> set[str]:
    keys: set[str] = set()
    state = ""
    for _page in range(PAGES):
        page = session.remote.changes(folder, state)
        keys.update(ref.search_key for ref in page.changed)
        state = page.state
        if page.complete:
            break
    return keys
