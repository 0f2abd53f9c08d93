# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the partners that contacts without a link may belong to.

Ports: partners, links, inbox.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ...core.evidence import Evidence
from ...core.link import Link
from ...core.mailbox import Entry, RemoteContact
from ...core.matching import Register
from ...core.partner import LocalContact
from ..evidence import keys_of
from ..pairs import Pair, reconcile
from ..session import Session


def candidates_for(
    session: Session,
    evidence: Collection[Evidence],
    given: Collection[int] = (),
    *,
    active: bool = False,
) -> Register:
    """Return the partners that may match; those linked to other contacts are marked.

    :param given: partners that are about to be linked to other contacts
    :param active: leave out archived partners
    """
    keys = keys_of(evidence)
    candidates = session.partners.candidates(keys) if keys else []
    candidates = [one for one in candidates if one.active or not active]
    links = session.links.by_partner([one.id for one in candidates])
    missing = session.inbox.deleted() if links else set()
    taken = set(given) | {
        partner
        for partner, link in links.items()
        if not session.may_have_moved(link, missing)
    }
    return Register(replace(one, linked=one.id in taken) for one in candidates)


class SameValues:
    """Decide whether a contact has the same values as a partner.

    With no base to go by, prefer the contact for which a merge changes neither side.

    :param read: pairs (Entry, RemoteContact)
    """

    def __init__(
        self, session: Session, read: Sequence[tuple[Entry, RemoteContact]]
    ) -> None:
        self._session = session
        self._read = {entry.id: (entry, contact) for entry, contact in read}
        self._partners: dict[int, LocalContact | None] = {}

    def __call__(self, entry: int, partner: int) -> bool:
        if partner not in self._partners:
            found = self._session.partners.fetch([partner])
            self._partners[partner] = found.get(partner)
        ours = self._partners[partner]
        if ours is None or ours.problem:
            return False
        inbox_entry, remote = self._read[entry]
        link = Link(0, partner, inbox_entry.ref.folder, "", "", "")
        pair = Pair(link, ours, remote.contact, remote.ref)
        outcome = reconcile(self._session, pair).outcome
        return not (outcome.to_odoo or outcome.merge.push)
