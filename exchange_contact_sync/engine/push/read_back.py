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
from ..session import Slice


@dataclass(frozen=True)
class _Found:
    """A contact that nobody wrote but us.

    :param link: Link, as it is stored but for the version
    :param found: ReadBack
    """

    link: Link
    found: ReadBack


def read_back(work: Slice, links: Sequence[Link]) -> None:
    """Read contacts that were just written, as far as that has to be.

    :param work: Slice
    :param links: sequence of Link, as they are to be afterwards
    """
    wanted = [link for link in links if is_doubtful(work, link)]
    if not wanted:
        return
    first = _look(work, wanted)
    stuck = [one for one in first if one.found.stuck]
    again = _clear_again(work, stuck) if stuck else []
    behavior = work.behavior.learned(_seen(first))
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
    work.durably(lambda: _keep(work, settled, behavior))


def is_doubtful(work: Slice, link: Link) -> bool:
    """:param work: Slice
    :param link: Link
    :return: bool, whether the contact has to be read because of what was sent
    """
    base = link.base
    return base is not None and doubtful(base, work.behavior, work.words)


def until_seen(work: Slice, link: Link) -> Link:
    """The link of a contact that was just written, as it is kept until it is read: who
    dies in between leaves one that is looked at again.

    :param work: Slice
    :param link: Link, as it is to be afterwards
    :return: Link
    """
    return replace(link, stamp=UNSENT) if is_doubtful(work, link) else link


def _look(work: Slice, links: Sequence[Link]) -> list[_Found]:
    """Those that are in the version that we made; the others are read later anyway."""
    answers = work.parts.remote.fetch([ref_of(link) for link in links])
    return [
        _Found(link, compare(link.base, answer.contact, work.words))
        for link, answer in zip(links, answers, strict=True)
        if isinstance(answer, RemoteContact)
        and answer.ref.version == link.version
        and link.base
    ]


def _clear_again(work: Slice, stuck: Sequence[_Found]) -> list[_Found]:
    changes = []
    for one in stuck:
        keys = frozenset(one.found.stuck)
        blank = dict.fromkeys(sorted(keys), "")
        changes.append(RemoteChange(ref_of(one.link), blank, keys))
    answers = work.parts.remote.update(changes)
    done = [
        one.link.at(answer)
        for one, answer in zip(stuck, answers, strict=True)
        if not isinstance(answer, Exception)
    ]
    return _look(work, done) if done else []


def _seen(found: Iterable[_Found]) -> list[tuple[str, Seen]]:
    return [pair for one in found for pair in one.found.seen.items()]


def _keep(work: Slice, found: Sequence[_Found], behavior: Behavior) -> None:
    report = Report()
    work.learn(behavior)
    links = [replace(one.link, base=one.found.base) for one in found]
    work.parts.links.save(links)
    for one, link in zip(found, links, strict=True):
        report.apart(link.name, link, one.link, {})
    report.hand_over(work)
