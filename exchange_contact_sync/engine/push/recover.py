# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find out what became of contacts whose creation an earlier slice asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from ...core.errors import AnswerMalformed, ContactError, FolderGone
from ...core.link import Link, LinkState
from ...core.mailbox import RemoteRef
from ...core.plan import Ours
from ..apply.dispatch import chosen_for_export
from ..blank import blank_contact
from ..pairs import Pair, ours_of, reconcile
from ..report import Report
from ..session import Slice
from .create import created, group_by_folder

UNWANTED = (Ours.ARCHIVED, Ours.GONE, Ours.LEFT)


def recover(work: Slice) -> None:
    """Complete the links of contacts that were created; see about the others.

    :param work: Slice
    """
    parts = work.parts
    passed: set[int] = set()
    while links := work.durably(lambda: parts.links.pending(parts.sizes.push, passed)):
        for folder, group in group_by_folder(links).items():
            try:
                found = _find(work, group, folder)
            except AnswerMalformed as error:
                _not_known(work, group, error)
                continue
            work.durably(partial(_complete, work, group, found))
        passed.update(link.id for link in links)


def _find(work: Slice, links: Sequence[Link], folder: str) -> Mapping[str, RemoteRef]:
    try:
        return work.parts.remote.find([link.sync_key for link in links], folder)
    except FolderGone:
        return {}


def _not_known(work: Slice, links: Sequence[Link], error: AnswerMalformed) -> None:
    """Another slice finds out whether they are there; none is created before that."""
    report = Report()
    for link in links:
        report.failure("push", link.name, ContactError(error.detail), link)
    work.durably(lambda: report.hand_over(work))
    work.passed_links.update(link.id for link in links)


def _complete(
    work: Slice, links: Sequence[Link], found: Mapping[str, RemoteRef]
) -> None:
    """Somebody may have edited a contact between its creation and now. So no version
    of it is taken for known, and it is read when its folder tells of it as new.
    """
    report = Report()
    answers = [
        (link, replace(found[link.sync_key], version=""))
        for link in links
        if link.sync_key in found
    ]
    created(work, answers, report)
    see_about(work, [link for link in links if link.sync_key not in found])
    report.hand_over(work)


def see_about(work: Slice, links: Sequence[Link]) -> None:
    """What was never created is created where new contacts go now, or not at all.

    :param work: Slice
    :param links: sequence of Link
    """
    parts = work.parts
    partners = parts.partners.fetch([link.partner for link in links])
    blank = blank_contact(work)
    pairs = [
        Pair(link, partners.get(link.partner), blank.with_values(link.base.theirs()))
        for link in links
        if link.base
    ]
    chosen = chosen_for_export(work, pairs)
    wanted = {
        pair.link.id: _as_it_is_now(work, pair)
        for pair in pairs
        if parts.policy.push
        and ours_of(work, pair, pair.link.id in chosen) not in UNWANTED
    }
    parts.links.forget([link for link in links if link.id not in wanted])
    parts.links.save(list(wanted.values()))


def _as_it_is_now(work: Slice, pair: Pair) -> Link:
    """What was edited since is asked for with the edit: the value that the mailbox
    refused may just have been corrected.
    """
    link, ours = pair.link, pair.ours
    link = replace(link, folder=work.parts.export_folder, state=LinkState.PENDING)
    if ours is None or ours.problem or ours.stamp == link.stamp:
        return link
    base = reconcile(work, pair).outcome.base_when_sent
    return replace(link, base=base, stamp=ours.stamp)
