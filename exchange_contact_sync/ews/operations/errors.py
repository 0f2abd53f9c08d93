# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What exchangelib and requests raise, in the words of ``core.errors``.

Translated here, once; nothing above this room sees their exceptions. Texts are the
server's own and never hold a password: exchangelib puts none into its exceptions,
and what requests says of a URL is not passed on.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

import requests
from exchangelib.errors import EWSError, ResponseMessageError
from spnego.exceptions import SpnegoError

from ...core.errors import (
    AnswerMalformed,
    AuthenticationFailed,
    CertificateNotTrusted,
    ContactError,
    HostNotAllowed,
    NotAMailServer,
    ServerBusy,
    ServerNotFound,
    SyncError,
    Unanswered,
    Unreachable,
)
from ..connection.sockets import NotAllowed, TooLarge, TooSlow
from .response_codes import (
    FOLDER,
    ITEM,
    MAILBOX,
    NEW_FOLDER,
    NEW_ITEM,
    REQUEST,
    SERVED_IN_PART,
    SERVER,
    STOPPED,
    TOO_SLOW,
)

DEFAULT_BACK_OFF = 60.0
"""Seconds to stay away from a server that is busy and does not say for how long."""

NOTHING_SAID = "NoError, without what was asked for"
"""The schema lets a server acknowledge with no more than that."""


class AnswerTooLarge(Unreachable):
    """The answer has more bytes than are taken; to less there may be fewer."""


class NameLookupFailed(Unreachable):
    """The name of the server could not be looked up now."""


class LoginPage(AuthenticationFailed):
    """Somebody wants to be signed in to, but it is not Exchange that says so: it names
    no way to sign in, as RFC 9110 (15.5.2) demands. The password may be right.
    """

    may_pass = True


@contextmanager
def translated() -> Iterator[None]:
    """What is raised inside leaves as an error of ``core.errors``.

    :raises SyncError: for whatever the server or the way there did
    """
    try:
        yield
    except (EWSError, OSError, SpnegoError, UnicodeError) as error:
        # All that requests raises is an OSError, but for names no host can have.
        raise translate(error) from error


class Kind(Enum):
    """What a batch of contacts asks for."""

    READ = "nothing is changed, so it can be asked again"
    CHANGE = "contacts that exist are changed"
    CREATE = "contacts are created in a folder"


class OtherCode(ResponseMessageError):
    """An answer with a response code that exchangelib has no class for.

    :param text: in the server's words
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def code_of(error: Exception) -> str:
    """The response code, "" for what is no answer of the server."""
    if isinstance(error, OtherCode):
        return error.code
    return type(error).__name__ if isinstance(error, ResponseMessageError) else ""


def translate(error: Exception) -> SyncError:
    """The meaning of a failure that concerns the whole request."""
    network = _network_error(error)
    if network:
        return network
    code = code_of(error)
    if code in REQUEST:
        return REQUEST[code](_said(error))
    if not code.startswith("Error"):  # as all codes of the schema but "NoError" do
        return AnswerMalformed(_said(error))
    return _of_server(error) or SyncError(_said(error))


def item_error(error: Exception, kind: Kind = Kind.CHANGE) -> ContactError:
    """The meaning of a failure that the server reported of one contact.

    :param error: as the service gave it in the contact's place
    :param kind: of the batch
    :return: ``Unanswered`` when it holds for more than this contact
    """
    code = code_of(error)
    if kind is Kind.CREATE and code in NEW_ITEM:
        return Unanswered(NEW_ITEM[code](_said(error)))
    if code in ITEM:
        return ITEM[code](_said(error))
    cause = _of_server(error)
    if cause is None:
        return ContactError(_said(error))
    repeatable = kind is Kind.READ and code in TOO_SLOW
    told = getattr(error, "back_off", None)
    again = (code in SERVED_IN_PART or repeatable) and not told
    return Unanswered(cause, again=again)


def settled(
    answers: Iterable[object],
    kind: Kind = Kind.CHANGE,
    empty: type[ContactError] = ContactError,
) -> list[Any]:
    """What became of each contact of a batch.

    What the server did not try is unanswered, for the same cause as what stopped it.

    :param answers: as a service gave them
    :param empty: type of ContactError, what it means when the server acknowledged
        without saying what was asked for
    :return: with a ContactError in the place of each exception
    """
    results: list[object] = []
    last: ContactError | None = None
    for answer in answers:
        if isinstance(answer, ContactError):
            results.append(answer)
        elif isinstance(answer, Exception):
            if code_of(answer) == STOPPED:
                last = _not_tried(answer, last)
            else:
                last = item_error(answer, kind)
            results.append(last)
        else:
            results.append(empty(NOTHING_SAID) if answer is None else answer)
    return results


def _not_tried(error: Exception, last: ContactError | None) -> Unanswered:
    if isinstance(last, Unanswered):
        return last
    if last is None:
        return Unanswered(Unreachable(_said(error)))
    return Unanswered(last, again=True)


def mailbox_error(error: Exception) -> SyncError:
    """The meaning of a failure that the server reported of a mailbox's root."""
    meaning = MAILBOX.get(code_of(error))
    return meaning(_said(error)) if meaning else translate(error)


def folder_error(error: Exception) -> SyncError:
    """The meaning of a failure that the server reported of a folder."""
    meaning = FOLDER.get(code_of(error))
    return meaning(_said(error)) if meaning else translate(error)


def new_folder_error(error: Exception) -> SyncError:
    """The meaning of a failure that the server reported of a folder to be created."""
    meaning = NEW_FOLDER.get(code_of(error))
    return meaning(_said(error)) if meaning else translate(error)


def _said(error: Exception) -> str:
    code = code_of(error)
    return f"{code}: {error}" if code else f"{error}"


def _of_server(error: Exception) -> SyncError | None:
    code = code_of(error)
    meaning = SERVER.get(code)
    if meaning is ServerBusy:
        back_off = getattr(error, "back_off", None) or DEFAULT_BACK_OFF
        return ServerBusy(_said(error), float(back_off))
    if code == "ErrorTimeoutExpired":
        return Unreachable(_said(error), slow=True)
    return meaning(_said(error)) if meaning else None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and what it was caused by.

    exchangelib wraps what requests raises without naming it as the cause, and urllib3
    keeps the reason in an attribute or an argument.
    """
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop(0)
        if not isinstance(current, BaseException) or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__]
        waiting += [getattr(current, "reason", None), *current.args]


def _network_error(error: Exception) -> SyncError | None:
    """The meaning of a failure on the way to the server."""
    chain = list(_chain(error))
    for cause in chain:
        meaning = _tls_error(cause) or _lookup_error(cause) or _login_error(cause)
        if meaning:
            return meaning
    for cause in chain:
        if isinstance(cause, TooLarge):
            return AnswerTooLarge(str(cause))
        if isinstance(cause, TooSlow):
            return Unreachable(str(cause))
        if isinstance(cause, requests.Timeout):
            slow = not isinstance(cause, requests.ConnectTimeout)
            return Unreachable("The server did not answer in time.", slow=slow)
        if isinstance(cause, requests.exceptions.InvalidURL | requests.URLRequired):
            return ServerNotFound("The address of the server cannot be read.")
    if any(isinstance(cause, requests.RequestException | OSError) for cause in chain):
        return Unreachable(_innermost(chain))
    return None


def _tls_error(cause: BaseException) -> SyncError | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return CertificateNotTrusted(cause.verify_message)
    if isinstance(cause, ssl.SSLError) and cause.reason == "WRONG_VERSION_NUMBER":
        return NotAMailServer("The server does not encrypt on this port.")
    return None


def _lookup_error(cause: BaseException) -> SyncError | None:
    if isinstance(cause, UnicodeError):
        return ServerNotFound("The address of the server cannot be read.")
    if isinstance(cause, NotAllowed):
        return HostNotAllowed(cause.host)
    if not isinstance(cause, socket.gaierror):
        return None
    for_now = cause.errno == socket.EAI_AGAIN
    return (NameLookupFailed if for_now else ServerNotFound)(cause.strerror or "")


def _login_error(cause: BaseException) -> SyncError | None:
    """requests_ntlm raises PermissionError when no challenge comes, spnego its own."""
    if isinstance(cause, SpnegoError) or (
        isinstance(cause, PermissionError) and not cause.errno
    ):
        return AuthenticationFailed(f"{type(cause).__name__} in the NTLM handshake")
    return None


def _innermost(chain: list[BaseException]) -> str:
    """What the operating system said, without the URL that requests puts around it."""
    for cause in chain:
        if isinstance(cause, OSError) and cause.errno and cause.strerror:
            return cause.strerror
    return type(chain[-1]).__name__
