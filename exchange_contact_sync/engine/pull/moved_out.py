# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find contacts that were moved to a folder that is not synchronized.

Such a contact counts as deleted. But if its partner was edited, it is not created
again: the mailbox has it.

Ports: remote, partners, links.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.errors import AnswerMalformed, FolderGone, StateUnknown
from ...core.link import Link
from ...core.mailbox import Entry
from ...core.partner import LocalContact
from ...core.plan import Ours
from ...core.policy import DeletionPolicy
from ..pairs import Pair, ours_of
from ..session import Session

PAGES = 20
"""The most pages of a folder in which a contact without sync key is looked for. In a
larger folder it may not be found; it is created again then, and no edit is lost."""


def moved_out(session: Session, entries: Sequence[Entry]) -> set[int]:
    """Return the links whose contact is in a folder that is not synchronized.

    Only contacts that would be created again are looked for, because each other folder
    costs a request or more.

    :param entries: deletions
    :return: ids of links
    """
    links = session.read(lambda: _may_be_recreated(session, entries))
    found: set[int] = set()
    for folder in _other_folders(session) if links else ():
        keys = _keys_in(session, folder, [k for k in links if k.id not in found])
        found |= {k.id for k in links if keys & {k.sync_key, k.search_key}}
    return found


def _may_be_recreated(session: Session, entries: Sequence[Entry]) -> list[Link]:
    """Return the links of contacts that are gone and whose partner was edited."""
    if session.policy.exchange_deletion is not DeletionPolicy.DELETE:
        return []
    links = [
        link
        for link in session.links.by_remote([e.ref.id for e in entries]).values()
        if link.is_active
        and not link.user_request
        and session.policy.of(link.pinned).push
    ]
    partners = session.partners.fetch([link.partner for link in links])
    return [k for k in links if _is_edited(session, k, partners.get(k.partner))]


def _is_edited(session: Session, link: Link, partner: LocalContact | None) -> bool:
    if not partner or not link.base or partner.change_token == link.change_token:
        return False
    pair = Pair(link, partner, link.base.theirs(), gone=True)
    return ours_of(session, pair, in_scope=True) is Ours.CHANGED


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
