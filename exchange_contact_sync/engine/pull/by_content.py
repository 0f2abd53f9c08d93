# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Recognise contacts that moved by what they say, where the mailbox has no key.

Who has gone is read once a slice, however many batches there are: whole folders are
emptied into others.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from ...core.align import with_name
from ...core.contact import Contact
from ...core.evidence import PRIVATE, Evidence
from ...core.fields import SETS
from ...core.last_known import facts_known
from ...core.matching import Candidate, Found, Register, assign
from ...core.names import full_name
from ...core.normalize import canonical
from ...core.records import Entry, Link, RemoteContact
from ...core.reference_data import Vocabulary
from ..evidence import as_candidates, evidence_for, last_seen
from ..session import Slice
from .deferred import hidden

Read = tuple[Entry, RemoteContact]


class Gone:
    """Contacts that are no longer where they were, as they were last seen.

    :param work: Slice
    """

    def __init__(self, work: Slice) -> None:
        self._work = work
        self._remotes: dict[int, str] = {}
        self._known: set[str] = set()
        self._register = Register(())

    def near(self, evidence: Collection[Evidence], homeless: set[str]) -> list[Link]:
        """:param evidence: collection of Evidence
        :param homeless: set of str, ids of contacts that are gone by now
        :return: list of Link, whose contact may be one of these
        """
        new = homeless - self._known
        self._known |= new
        for link in self._links(new):
            self._remotes[link.id] = link.remote
            self._register.add(Candidate(link.id, last_seen(self._work, link)))
        found = {
            self._remotes[candidate.id]
            for one in evidence
            for candidate, _likeness in self._register.near(one)
        }
        return self._links(found & homeless)

    def _links(self, remotes: Collection[str]) -> list[Link]:
        links = self._work.parts.links.by_remote(sorted(remotes)) if remotes else {}
        return list(links.values())


def by_content(
    work: Slice, read: Sequence[Read], homeless: set[str], claimed: Collection[int]
) -> Iterator[tuple[Entry, RemoteContact, Link]]:
    """Contacts that say what one said that has gone; nobody guesses between two that
    are equally alike.

    :param work: Slice
    :param read: sequence of (Entry, RemoteContact), without a link
    :param homeless: set of str, ids of contacts that are gone
    :param claimed: collection of int, links that other contacts have
    :return: iterator of Entry, RemoteContact and Link
    """
    contacts = {entry.id: (entry, contact) for entry, contact in read}
    evidence = {
        i: evidence_for(work, with_name(contact.contact))
        for i, (_entry, contact) in contacts.items()
    }
    unreadable = hidden(work, evidence)
    everything = [*evidence.values(), *unreadable.values()]
    work.gone = work.gone or Gone(work)
    gone = [k for k in work.gone.near(everything, homeless) if k.id not in claimed]
    found = _assigned(work, contacts, evidence, [k for k in gone if not _private(k)])
    left = {i: one for i, one in unreadable.items() if i not in found}
    found |= _assigned(work, contacts, left, [k for k in gone if _private(k)])
    for i, link in found.items():
        yield (*contacts[i], link)


def _private(link: Link) -> bool:
    return PRIVATE in facts_known(link)


def _assigned(
    work: Slice,
    contacts: Mapping[int, Read],
    evidence: Mapping[int, Evidence],
    gone: Sequence[Link],
) -> dict[int, Link]:
    links = {link.id: link for link in gone}
    register = as_candidates({i: last_seen(work, link) for i, link in links.items()})

    def says_the_same(entry: int, link: int) -> bool:
        theirs = _fingerprint(contacts[entry][1].contact, work.words)
        return theirs == _told(links[link], work.words)

    matches = assign(evidence, register, says_the_same)
    return {i: links[m.ids[0]] for i, m in matches.items() if m.found is Found.ONE}


def _told(link: Link, words: Vocabulary) -> str:
    return _fingerprint(link.base.theirs() if link.base else Contact({}), words)


def _fingerprint(contact: Contact, words: Vocabulary) -> str:
    named = contact.with_values({"name": full_name(contact, {})})
    # Of a set that the owner keeps out nothing is known.
    rows = [key for key in words.rows if key not in SETS]
    return json.dumps([canonical(key, named, words) for key in rows])
