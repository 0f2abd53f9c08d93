# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Delete contacts in the mailbox, unless they were changed there.

Ports: remote, links.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...core.errors import ContactChanged, ContactError, ContactGone, Unanswered
from ...core.link import Link
from ...core.mailbox import RemoteContact, RemoteRef
from ...core.run import LineAction, Way
from ..apply.merge import Todo
from ..report import Report
from ..reread import ref_of, request_rereading
from ..session import Session
from ..unanswered import check_unanswered, to_ask_again

Verdicts = Mapping[int, ContactError | None]


def delete(session: Session, todos: list[Todo]) -> set[int]:
    """Delete the contacts of links.

    Unlike an update, a deletion does not check the version. So the contacts are read
    first; a contact that has changed or moved is compared again instead.

    :return: ids of links that the mailbox may answer for if it is asked again
    """
    remote = session.remote
    refs = {todo.pair.link.id: ref_of(todo.pair.link) for todo in todos}
    answers = remote.fetch(list(refs.values()))
    verdicts = {
        link: _verdict(ref, answer)
        for (link, ref), answer in zip(refs.items(), answers, strict=True)
    }
    doomed = [link for link, verdict in verdicts.items() if verdict is None]
    if doomed:
        session.transaction(lambda: _store_reasons(session, todos, doomed))
        results = remote.delete([refs[link] for link in doomed])
        verdicts.update(zip(doomed, results, strict=True))
    session.transaction(lambda: _store_results(session, todos, verdicts))
    check_unanswered(session, list(verdicts.values()))
    return to_ask_again(verdicts, list(verdicts.values()))


def _store_reasons(session: Session, todos: list[Todo], doomed: list[int]) -> None:
    """Store the reason for the deletions before they are requested.

    If the answer is lost, the contact's absence is then explained by this reason and
    not by a deletion in Exchange.
    """
    pairs = [todo.pair for todo in todos if todo.pair.link.id in doomed]
    session.links.save([pair.link.being_deleted(pair.reason) for pair in pairs])


def _verdict(
    ref: RemoteRef, answer: RemoteContact | ContactError
) -> ContactError | None:
    if isinstance(answer, ContactError):
        return answer
    return None if answer.ref.version == ref.version else ContactChanged()


def _store_results(session: Session, todos: list[Todo], verdicts: Verdicts) -> None:
    report, kept = Report(), list[Link]()
    stopped, obsolete = list[Link](), list[Link]()
    for todo in todos:
        link, verdict = todo.pair.link, verdicts[todo.pair.link.id]
        if isinstance(verdict, Unanswered):
            continue
        if isinstance(verdict, ContactChanged | ContactGone) and link.user_request:
            report.request_not_applied(todo.pair.name, link)
            kept.append(link.settled())
        elif isinstance(verdict, ContactGone):
            request_rereading(session, link, gone=True)
        elif verdict:
            if isinstance(verdict, ContactChanged):
                kept.append(link.not_deleted())
                request_rereading(session, link, gone=False)
            else:
                report.failure(Way.PUSH, todo.pair.name, verdict, link)
                kept.append(link.not_deleted().failed())
        else:
            link = link.settled().stopped(todo.pair.reason)
            (stopped if link.partner else obsolete).append(link)
            report.contact(Way.PUSH, LineAction.DELETE, todo.pair.name, link)
            report.count("exported_deleted")
    session.links.save([*(link.without_item() for link in stopped), *kept])
    session.links.forget(obsolete)
    report.store(session)
