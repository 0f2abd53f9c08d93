# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""See whether the mailbox did what it acknowledged.

A property is read back when it is written for the first time in an account, and when it
is cleared for the first time; a text that may be too long is read back each time. All
contacts of a batch are read in one request. A value that was not deleted is deleted
once more with everything that it consists of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...core.behavior import Behavior, Seen
from ...core.link import UNSENT, Link
from ...core.mailbox import RemoteChange, RemoteContact
from ...core.unread import ReadBack, doubtful
from ...core.unread import read_back as compare
from ..report import Report
from ..reread import ref_of
from ..session import Session


@dataclass(frozen=True)
class _Found:
    """A contact that nobody wrote but us.

    :param link: Link, as it is stored but for the version
    :param found: ReadBack
    """

    link: Link
    found: ReadBack


def read_back(session: Session, links: Sequence[Link]) -> None:
    """Read contacts that were just written, as far as that has to be.

    :param session: Session
    :param links: sequence of Link, as they are to be afterwards
    """
    wanted = [link for link in links if is_doubtful(session, link)]
    if not wanted:
        return
    first = _look(session, wanted)
    stuck = [one for one in first if one.found.stuck]
    again = _clear_again(session, stuck) if stuck else []
    behavior = session.known_behavior.learned(_seen(first))
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
    session.transaction(lambda: _keep(session, settled, behavior))


def is_doubtful(session: Session, link: Link) -> bool:
    """:param session: Session
    :param link: Link
    :return: bool, whether the contact has to be read because of what was sent
    """
    base = link.base
    return base is not None and doubtful(base, session.known_behavior, session.words)


def until_seen(session: Session, link: Link) -> Link:
    """The link of a contact that was just written, as it is kept until it is read: who
    dies in between leaves one that is looked at again.

    :param session: Session
    :param link: Link, as it is to be afterwards
    :return: Link
    """
    return replace(link, change_token=UNSENT) if is_doubtful(session, link) else link


def _look(session: Session, links: Sequence[Link]) -> list[_Found]:
    """Those that are in the version that we made; the others are read later anyway."""
    answers = session.remote.fetch([ref_of(link) for link in links])
    return [
        _Found(link, compare(link.base, answer.contact, session.words))
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
    return _look(session, done) if done else []


def _seen(found: Iterable[_Found]) -> list[tuple[str, Seen]]:
    return [pair for one in found for pair in one.found.seen.items()]


def _keep(session: Session, found: Sequence[_Found], behavior: Behavior) -> None:
    report = Report()
    session.learn(behavior)
    links = [replace(one.link, base=one.found.base) for one in found]
    session.links.save(links)
    for one, link in zip(found, links, strict=True):
        report.apart(link.name, link, one.link, {})
    report.hand_over(session)
