# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translate exceptions of exchangelib and requests to errors of ``core.errors``.

Code above this package never sees those exceptions. Error texts come from the server
and never contain a password: exchangelib puts none into its exceptions, and URLs in
texts of requests are not passed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from exchangelib.errors import EWSError, ResponseMessageError
from spnego.exceptions import SpnegoError

from ...core.errors import (
    AnswerMalformed,
    AuthenticationFailed,
    ContactError,
    ServerBusy,
    SyncError,
    Unanswered,
    Unreachable,
)
from ...network.back_off import DEFAULT_BACK_OFF
from ...network.errors import chain_of, network_error
from ...outlook.failures import Kind
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

NO_RESULT = "NoError, without the requested value"
"""The schema allows a server to acknowledge a request and return no value."""


class SignInPage(AuthenticationFailed):
    """A server asks for a login, but does not offer an authentication scheme, which
    RFC 9110 (15.5.2) requires and Exchange does. The password may be correct.
    """

    may_pass = True


@contextmanager
def translating_errors() -> Iterator[None]:
    """Convert exceptions raised within this context to errors of ``core.errors``.

    :raises SyncError: the server or the network caused the exception
    """
    try:
        yield
    except (EWSError, OSError, SpnegoError, UnicodeError) as error:
        # All exceptions of requests are kinds of OSError, except for impossible host
        # names.
        raise translate(error) from error


class OtherCode(ResponseMessageError):
    """An answer with a response code for which exchangelib has no class.

    :param text: the server's text
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def code_of(error: Exception) -> str:
    """Return the response code; "" if the exception is not an answer of the server."""
    if isinstance(error, OtherCode):
        return error.code
    return type(error).__name__ if isinstance(error, ResponseMessageError) else ""


def translate(error: Exception) -> SyncError:
    """Return the error for a failure of the whole request."""
    network = _login_error(error) or network_error(error)
    if network:
        return network
    code = code_of(error)
    if code in REQUEST:
        return REQUEST[code](_detail_of(error))
    if not code.startswith("Error"):  # as all codes of the schema but "NoError" do
        return AnswerMalformed(_detail_of(error))
    return _of_server(error) or SyncError(_detail_of(error))


def item_error(error: Exception, kind: Kind = Kind.CHANGE) -> ContactError:
    """Return the error for a failure that the server reported for one contact.

    :param error: as the service returned it in the contact's place
    :param kind: of the batch
    :return: ``Unanswered`` if the failure concerns more than this contact
    """
    code = code_of(error)
    if kind is Kind.CREATE and code in NEW_ITEM:
        return Unanswered(NEW_ITEM[code](_detail_of(error)))
    if code in ITEM:
        return ITEM[code](_detail_of(error))
    cause = _of_server(error)
    if cause is None:
        return ContactError(_detail_of(error))
    repeatable = kind is Kind.READ and code in TOO_SLOW
    back_off = getattr(error, "back_off", None)
    again = (code in SERVED_IN_PART or repeatable) and not back_off
    return Unanswered(cause, retry_at_once=again)


def results_of(
    answers: Iterable[object],
    kind: Kind = Kind.CHANGE,
    empty: type[ContactError] = ContactError,
) -> list[Any]:
    """Return the result for each contact of a batch.

    Contacts that the server did not process are unanswered, with the error that stopped
    the batch.

    :param answers: as a service returned them
    :param empty: the error for an acknowledgment without the requested value
    :return: with a ContactError in place of each exception
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
            results.append(empty(NO_RESULT) if answer is None else answer)
    return results


def _not_tried(error: Exception, last: ContactError | None) -> Unanswered:
    if isinstance(last, Unanswered):
        return last
    if last is None:
        return Unanswered(Unreachable(_detail_of(error)))
    return Unanswered(last, retry_at_once=True)


def mailbox_error(error: Exception) -> SyncError:
    """Return the error for a failure that the server reported for a mailbox's root."""
    error_class = MAILBOX.get(code_of(error))
    return error_class(_detail_of(error)) if error_class else translate(error)


def folder_error(error: Exception) -> SyncError:
    """Return the error for a failure that the server reported for a folder."""
    error_class = FOLDER.get(code_of(error))
    return error_class(_detail_of(error)) if error_class else translate(error)


def new_folder_error(error: Exception) -> SyncError:
    """Return the error for a failure that the server reported for a folder to
    create.
    """
    error_class = NEW_FOLDER.get(code_of(error))
    return error_class(_detail_of(error)) if error_class else translate(error)


def _detail_of(error: Exception) -> str:
    code = code_of(error)
    return f"{code}: {error}" if code else f"{error}"


def _of_server(error: Exception) -> SyncError | None:
    code = code_of(error)
    error_class = SERVER.get(code)
    if error_class is ServerBusy:
        back_off = getattr(error, "back_off", None) or DEFAULT_BACK_OFF
        return ServerBusy(_detail_of(error), float(back_off))
    if code == "ErrorTimeoutExpired":
        return Unreachable(_detail_of(error), slow=True)
    return error_class(_detail_of(error)) if error_class else None


def _login_error(error: Exception) -> SyncError | None:
    """Return the error for a failed NTLM handshake.

    requests_ntlm raises PermissionError if no challenge arrives; spnego raises its own
    exceptions.
    """
    for cause in chain_of(error):
        is_login = isinstance(cause, PermissionError) and not cause.errno
        if isinstance(cause, SpnegoError) or is_login:
            name = type(cause).__name__
            return AuthenticationFailed(f"{name} in the NTLM handshake")
    return None
