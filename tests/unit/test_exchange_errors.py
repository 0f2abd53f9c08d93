# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the exceptions of the client mean."""

from __future__ import annotations

import socket
import ssl

import pytest
import requests
from exchangelib import errors as ews

from exchange_contact_sync.core import errors as core
from exchange_contact_sync.core.errors import (
    AccessDenied,
    AuthenticationFailed,
    CertificateNotTrusted,
    ContactChanged,
    ContactForbidden,
    ContactGone,
    ContactInvalid,
    FolderGone,
    MailboxNotFound,
    NotAMailServer,
    ServerBusy,
    ServerNotFound,
    StateUnknown,
    SyncError,
    Unreachable,
)
from exchange_contact_sync.exchange.errors import (
    NameLookupFailed,
    folder_error,
    item_error,
    mailbox_error,
    settled,
    translate,
    translated,
)
from exchange_contact_sync.exchange.response_codes import FOLDER, ITEM, MAILBOX, SERVER
from exchange_contact_sync.exchange.services import one_each


def wrapped(cause):
    """As exchangelib does it: another exception, without "from"."""
    try:
        try:
            raise cause
        except Exception as error:
            raise ews.ErrorTimeoutExpired(f"Reraised from {error}")  # noqa: B904
    except ews.ErrorTimeoutExpired as error:
        return error


def caused(error, cause):
    error.__cause__ = cause
    return error


def certificate_error():
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"
    return error


def tls_error(reason):
    error = ssl.SSLError(1, f"[SSL: {reason}]")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("cause", "meaning"),
    [
        (requests.exceptions.SSLError(certificate_error()), CertificateNotTrusted),
        (
            requests.exceptions.SSLError(tls_error("WRONG_VERSION_NUMBER")),
            NotAMailServer,
        ),
        (requests.exceptions.SSLError(tls_error("UNEXPECTED_EOF")), Unreachable),
        (requests.ConnectTimeout("slow"), Unreachable),
        (requests.ReadTimeout("slow"), Unreachable),
        (requests.ConnectionError(ConnectionRefusedError(111, "refused")), Unreachable),
        (requests.exceptions.ChunkedEncodingError("cut off"), Unreachable),
        (requests.exceptions.InvalidURL("?"), ServerNotFound),
        (
            caused(
                requests.ConnectionError("x"),
                socket.gaierror(socket.EAI_NONAME, "unknown"),
            ),
            ServerNotFound,
        ),
        (
            caused(
                requests.ConnectionError("x"),
                socket.gaierror(socket.EAI_AGAIN, "later"),
            ),
            NameLookupFailed,
        ),
        (PermissionError("Access denied: no challenge"), AuthenticationFailed),
    ],
)
def test_failures_on_the_way_are_told_by_their_cause(cause, meaning):
    assert type(translate(wrapped(cause))) is meaning
    assert type(translate(cause)) is meaning


@pytest.mark.parametrize(("code", "meaning"), sorted(SERVER.items()))
def test_codes_about_the_server_mean_the_same_everywhere(code, meaning):
    error = getattr(ews, code)("said the server")

    assert type(translate(error)) is meaning
    assert "said the server" in translate(error).detail
    with pytest.raises(meaning):
        item_error(error)
    if code not in FOLDER:
        assert type(folder_error(error)) is meaning


@pytest.mark.parametrize(
    ("code", "meaning"), [*ITEM.items(), ("ErrorQuotaExceeded", ContactInvalid)]
)
def test_codes_about_a_contact_concern_the_contact(code, meaning):
    error = item_error(getattr(ews, code)("said the server"))

    assert type(error) is meaning
    assert error.detail == f"{code}: said the server"


def test_codes_about_folders_and_mailboxes():
    denied = ews.ErrorAccessDenied("no")

    assert {type(folder_error(getattr(ews, code)("x"))) for code in FOLDER} == {
        FolderGone,
        AccessDenied,
    }
    assert {type(mailbox_error(getattr(ews, code)("x"))) for code in MAILBOX} == {
        AccessDenied
    }
    assert type(item_error(denied)) is ContactForbidden
    assert type(folder_error(ews.ErrorInvalidSyncStateData("x"))) is StateUnknown
    assert type(mailbox_error(ews.ErrorNonExistentMailbox("x"))) is MailboxNotFound


def test_no_code_stands_for_two_things():
    assert not SERVER.keys() & ITEM.keys()


def test_unknown_codes_are_unexpected_and_keep_their_text():
    error = translate(ews.TransportError("Unknown ResponseCode: ErrorBrandNew"))

    assert type(error) is SyncError
    assert "ErrorBrandNew" in error.detail
    assert type(item_error(ews.TransportError("ErrorBrandNew"))) is ContactInvalid


def test_a_busy_server_is_left_alone_for_a_while():
    assert translate(ews.ErrorServerBusy("x", back_off=3.5)).back_off == 3.5
    assert translate(ews.ErrorServerBusy("x")).back_off > 0
    assert type(translate(ews.ErrorTooManyObjectsOpened("x"))) is ServerBusy


def test_what_was_not_tried_failed_like_what_stopped_it():
    stopped = ews.ErrorBatchProcessingStopped("stopped")
    full = ews.ErrorQuotaExceeded("The mailbox is full.")

    first, second, third = settled(["done", full, stopped])

    assert first == "done"
    assert type(second) is ContactInvalid
    assert third.detail == second.detail
    with pytest.raises(Unreachable):
        settled([stopped])
    with pytest.raises(Unreachable):
        settled(["done", ews.ErrorMailboxStoreUnavailable("x"), stopped])


def test_failures_stand_where_their_contacts_stood():
    gone, conflict = ews.ErrorItemNotFound("x"), ews.ErrorIrresolvableConflict("y")

    results = settled([1, gone, 2, conflict])

    assert results[0::2] == [1, 2]
    assert [type(result) for result in results[1::2]] == [ContactGone, ContactChanged]


def test_a_failure_of_all_may_be_said_once():
    with pytest.raises(AccessDenied, match="once"):
        one_each([ews.ErrorImpersonationFailed("once")], 5, "GetItem")
    with pytest.raises(SyncError, match="2 answers to 3"):
        one_each(["a", "b"], 3, "GetItem")
    assert one_each(["a", "b"], 2, "GetItem") == ["a", "b"]


def test_our_own_errors_pass_and_bugs_are_not_hidden():
    with pytest.raises(core.FolderGone), translated():
        raise core.FolderGone()
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError
