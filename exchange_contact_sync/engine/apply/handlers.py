# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stop, archive or forget links, or request the deletion of a contact.

Ports: partners, links.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...core.align import with_name
from ...core.errors import ContactError, Remark
from ...core.link import Link
from ...core.plan import Action
from ...core.run import LineAction, Way
from ..evidence import evidence_for, last_seen
from ..pairs import Pair
from ..pull.deferred import to_keep
from ..report import Report
from ..session import Session
from .merge import Todo, failed


def _stopped(session: Session, pair: Pair) -> Link:
    """Return the link of a pair that is no longer synchronized.

    While the contact exists, the link keeps what identifies it. So the contact is not
    imported as a new person, and a partner entered in Odoo with the contact's current
    values is not exported.
    """
    link = pair.current_link.settled().stopped(pair.reason)
    if pair.gone:
        return link.without_item()
    return replace(link, facts=_facts(session, pair))


def _facts(session: Session, pair: Pair) -> Mapping[str, object]:
    if not pair.ref:
        return pair.link.facts
    contact = with_name(pair.theirs)
    now, before = evidence_for(session, contact), last_seen(session, pair.link)
    if now.to_json() == before.to_json():
        return pair.link.facts
    deleted = not pair.link.partner
    return to_keep(session, contact, private=pair.private or deleted)


def stop(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Stop the links, and leave both sides as they are.

    :return: always empty
    """
    for pair in pairs:
        direction = Way.PULL if pair.entry else Way.PUSH
        why = Remark(f"stopped_{pair.reason.value}") if pair.reason else None
        report.contact(
            direction, LineAction.STOP, pair.name, pair.current_link, why=why
        )
    session.links.save([_stopped(session, pair) for pair in pairs])
    return []


def archive(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Archive partners whose contact was deleted.

    :return: always empty
    """
    answers = session.partners.set_active([p.link.partner for p in pairs], False)
    archived = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            failed(session, pair, answer, report)
            continue
        archived.append(_stopped(session, pair))
        report.contact(Way.PULL, LineAction.ARCHIVE, pair.name, pair.link)
        report.count("imported_archived")
    session.links.save(archived)
    return []


def bring_back(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Unarchive partners that a run archived; their links stay stopped.

    :return: always empty
    """
    answers = session.partners.set_active([p.link.partner for p in pairs], True)
    unarchived = []
    for pair, answer in zip(pairs, answers, strict=True):
        if isinstance(answer, ContactError):
            report.failure(Way.PULL, pair.name, answer, pair.link)
            continue
        unarchived.append(_stopped(session, pair))
        report.contact(Way.PULL, LineAction.REVIVE, pair.name, pair.link)
        report.count("imported_updated")
    session.links.save(unarchived)
    return []


def leave(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Keep stopped links stopped, regardless of the user request.

    :return: always empty
    """
    session.links.save([replace(p.link, reason=p.reason) for p in pairs])
    return []


def forget(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Forget links whose partner and contact no longer exist.

    :return: always empty
    """
    session.links.forget([pair.link for pair in pairs])
    return []


def delete_theirs(session: Session, pairs: list[Pair], report: Report) -> list[Todo]:
    """Return the deletions for the mailbox; the push step carries them out."""
    session.links.save([pair.current_link for pair in pairs])
    return [
        Todo(replace(pair, link=pair.current_link), Action.DELETE_THEIRS)
        for pair in pairs
    ]
