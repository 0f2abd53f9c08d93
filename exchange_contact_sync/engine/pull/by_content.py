# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Recognize moved contacts by their values, where the mailbox has no key.

The contacts that are gone are read once per slice, not once per batch, because users
move whole folders.

Ports: links.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from ...core.align import with_name
from ...core.contact import Contact
from ...core.evidence import PRIVATE, Evidence
from ...core.fields import SETS
from ...core.last_known import facts_known
from ...core.link import Link
from ...core.mailbox import Entry, RemoteContact
from ...core.matching import Candidate, Found, Register, assign
from ...core.names import full_name
from ...core.normalize import canonical
from ...core.reference_data import ReferenceData
from ..evidence import as_candidates, evidence_for, last_seen
from ..session import Session
from .deferred import hidden

Read = tuple[Entry, RemoteContact]


class GoneContacts:
    """Contacts that are no longer where they were, as last seen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._remotes: dict[int, str] = {}
        self._known: set[str] = set()
        self._register = Register(())

    def near(self, evidence: Collection[Evidence], missing: set[str]) -> list[Link]:
        """Return the links whose contact may be one of these.

        :param missing: ids of contacts that are gone by now
        """
        new = missing - self._known
        self._known |= new
        for link in self._links(new):
            self._remotes[link.id] = link.remote
            self._register.add(Candidate(link.id, last_seen(self._session, link)))
        found = {
            self._remotes[candidate.id]
            for one in evidence
            for candidate, _similarity in self._register.near(one)
        }
        return self._links(found & missing)

    def _links(self, remotes: Collection[str]) -> list[Link]:
        links = self._session.links.by_remote(sorted(remotes)) if remotes else {}
        return list(links.values())


def by_content(
    session: Session, read: Sequence[Read], missing: set[str], claimed: Collection[int]
) -> Iterator[tuple[Entry, RemoteContact, Link]]:
    """Match contacts with links whose contact is gone and had the same values.

    A contact that fits two links equally well is not matched.

    :param read: pairs (Entry, RemoteContact) without a link
    :param missing: ids of contacts that are gone
    :param claimed: ids of links that belong to other contacts
    """
    contacts = {entry.id: (entry, contact) for entry, contact in read}
    evidence = {
        i: evidence_for(session, with_name(contact.contact))
        for i, (_entry, contact) in contacts.items()
    }
    unreadable = hidden(session, evidence)
    everything = [*evidence.values(), *unreadable.values()]
    session.gone_contacts = session.gone_contacts or GoneContacts(session)
    gone = [
        k
        for k in session.gone_contacts.near(everything, missing)
        if k.id not in claimed
    ]
    found = _assigned(session, contacts, evidence, [k for k in gone if not _private(k)])
    left = {i: one for i, one in unreadable.items() if i not in found}
    found |= _assigned(session, contacts, left, [k for k in gone if _private(k)])
    for i, link in found.items():
        yield (*contacts[i], link)


def _private(link: Link) -> bool:
    return PRIVATE in facts_known(link)


def _assigned(
    session: Session,
    contacts: Mapping[int, Read],
    evidence: Mapping[int, Evidence],
    gone: Sequence[Link],
) -> dict[int, Link]:
    links = {link.id: link for link in gone}
    register = as_candidates({i: last_seen(session, link) for i, link in links.items()})

    def has_same_values(entry: int, link: int) -> bool:
        theirs = _fingerprint(contacts[entry][1].contact, session.reference_data)
        return theirs == _last_fingerprint(links[link], session.reference_data)

    matches = assign(evidence, register, has_same_values)
    return {i: links[m.ids[0]] for i, m in matches.items() if m.found is Found.ONE}


def _last_fingerprint(link: Link, reference_data: ReferenceData) -> str:
    return _fingerprint(
        link.base.theirs() if link.base else Contact({}), reference_data
    )


def _fingerprint(contact: Contact, reference_data: ReferenceData) -> str:
    named = contact.with_values({"name": full_name(contact, {})})
    # Sets (categories) that the owner does not synchronize are unknown, so they are not
    # compared.
    rows = [key for key in reference_data.rows if key not in SETS]
    return json.dumps([canonical(key, named, reference_data) for key in rows])
