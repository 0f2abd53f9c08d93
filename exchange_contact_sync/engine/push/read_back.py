# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read back written contacts, to check what the mailbox stored.

A property is read back when it is written for the first time in an account and when it
is cleared for the first time; a text that may be too long is read back each time. All
contacts of a batch are read in one request. If a cleared value is still there, it is
cleared again together with everything it consists of.

Ports: remote, links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...core.behavior import Behavior, Seen
from ...core.link import Link
from ...core.mailbox import RemoteChange, RemoteContact
from ...core.unread import ReadBack, doubtful
from ...core.unread import read_back as compare
from ..report import Report
from ..reread import ref_of
from ..session import Session


@dataclass(frozen=True)
class _Found:
    """A contact whose last change was our own.

    :param link: as stored, except for the version
    """

    link: Link
    found: ReadBack


def read_back(session: Session, links: Sequence[Link]) -> None:
    """Read the contacts that were just written, as far as necessary.

    :param links: as stored after reading
    """
    wanted = [link for link in links if is_doubtful(session, link)]
    if not wanted:
        return
    first = _read_unchanged(session, wanted)
    stuck = [one for one in first if one.found.stuck]
    again = _clear_again(session, stuck) if stuck else []
    behavior = session.known_behavior.learned(_observations(first))
    if again:
        tried = {one.link.id: set(one.found.stuck) for one in stuck}
        found = [
            (key, seen)
            for one in again
            for key, seen in one.found.seen.items()
            if key in tried[one.link.id]
        ]
        behavior = behavior.learned(found, thorough=True)
    unsettled = {one.link.id for one in stuck}
    settled = [one for one in first if one.link.id not in unsettled] + again
    session.transaction(lambda: _store(session, settled, behavior))


def is_doubtful(session: Session, link: Link) -> bool:
    """Return whether the contact has to be read because of what was sent."""
    base = link.base
    return base is not None and doubtful(
        base, session.known_behavior, session.reference_data
    )


def until_read_back(session: Session, link: Link) -> Link:
    """Return the link to store until its contact has been read back.

    If the process dies before that, the link is processed again.

    :param link: as stored after reading
    """
    return link.unsent() if is_doubtful(session, link) else link


def _read_unchanged(session: Session, links: Sequence[Link]) -> list[_Found]:
    """Read the contacts that still have the version we wrote.

    Contacts with another version are read later in any case.
    """
    answers = session.remote.fetch([ref_of(link) for link in links])
    return [
        _Found(link, compare(link.base, answer.contact, session.reference_data))
        for link, answer in zip(links, answers, strict=True)
        if isinstance(answer, RemoteContact)
        and answer.ref.version == link.version
        and link.base
    ]


def _clear_again(session: Session, stuck: Sequence[_Found]) -> list[_Found]:
    changes = []
    for one in stuck:
        keys = frozenset(one.found.stuck)
        blank = dict.fromkeys(sorted(keys), "")
        changes.append(RemoteChange(ref_of(one.link), blank, keys))
    answers = session.remote.update(changes)
    done = [
        one.link.at(answer)
        for one, answer in zip(stuck, answers, strict=True)
        if not isinstance(answer, Exception)
    ]
    return _read_unchanged(session, done) if done else []


def _observations(found: Iterable[_Found]) -> list[tuple[str, Seen]]:
    return [pair for one in found for pair in one.found.seen.items()]


def _store(session: Session, found: Sequence[_Found], behavior: Behavior) -> None:
    report = Report()
    session.learn(behavior)
    links = [replace(one.link, base=one.found.base) for one in found]
    session.links.save(links)
    for one, link in zip(found, links, strict=True):
        report.differences(link.name, link, one.link, {})
    report.store(session)
