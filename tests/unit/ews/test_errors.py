# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Exceptions of exchangelib become our errors."""

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
    ContactError,
    ContactGone,
    ContactProtected,
    FolderGone,
    MailboxFull,
    MailboxNotFound,
    NotAMailServer,
    ServerBusy,
    ServerNotFound,
    StateUnknown,
    SyncError,
    Unanswered,
    Unreachable,
)
from exchange_contact_sync.ews.operations.errors import (
    OtherCode,
    folder_error,
    item_error,
    mailbox_error,
    results_of,
    translate,
    translating_errors,
)
from exchange_contact_sync.ews.operations.response_codes import (
    FOLDER,
    ITEM,
    MAILBOX,
    SERVED_IN_PART,
    SERVER,
    TOO_SLOW,
)
from exchange_contact_sync.ews.operations.services import one_each
from exchange_contact_sync.network.errors import NameLookupFailed
from exchange_contact_sync.outlook.failures import Kind
from support.rows import for_each_row


def wrapped(cause):
    """Return the exception that exchangelib raises instead, without "from"."""
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


@for_each_row(
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
def test_connection_failures_are_distinguished_by_their_cause(cause, meaning):
    assert type(translate(wrapped(cause))) is meaning
    assert type(translate(cause)) is meaning


def said(code):
    """Return exchangelib's exception for a code, or ours if it has no class for it."""
    known = getattr(ews, code, None)
    return known("said the server") if known else OtherCode(code, "said the server")


def test_codes_about_the_server_have_one_meaning_for_contacts_and_folders():
    for code, meaning in SERVER.items():
        error = said(code)
        assert type(translate(error)) is meaning
        assert "said the server" in translate(error).detail
        unanswered = item_error(error)
        assert isinstance(unanswered, Unanswered)
        assert type(unanswered.cause) is meaning
        if code not in FOLDER:
            assert type(folder_error(error)) is meaning


def test_codes_about_a_contact_raise_the_error_of_the_contact():
    for code, meaning in ITEM.items():
        error = item_error(said(code))
        assert type(error) is meaning
        assert error.detail == f"{code}: said the server"


def test_codes_about_folders_and_mailboxes_raise_their_errors():
    denied = ews.ErrorAccessDenied("no")

    assert {type(folder_error(said(code))) for code in FOLDER} == {
        FolderGone,
        AccessDenied,
    }
    assert {type(mailbox_error(getattr(ews, code)("x"))) for code in MAILBOX} == {
        AccessDenied
    }
    assert type(item_error(denied)) is ContactProtected
    assert type(folder_error(ews.ErrorInvalidSyncStateData("x"))) is StateUnknown
    assert type(mailbox_error(ews.ErrorNonExistentMailbox("x"))) is MailboxNotFound


def test_unknown_codes_are_unexpected_and_keep_their_text():
    error = translate(said("ErrorBrandNew"))

    assert type(error) is SyncError
    assert error.detail == "ErrorBrandNew: said the server"
    assert type(item_error(said("ErrorBrandNew"))) is ContactError
    assert type(item_error(ews.TransportError("no code"))) is ContactError


def test_a_busy_server_has_a_delay():
    assert translate(ews.ErrorServerBusy("x", back_off=3.5)).back_off == 3.5
    assert translate(ews.ErrorServerBusy("x")).back_off > 0
    assert type(translate(ews.ErrorTooManyObjectsOpened("x"))) is ServerBusy


def test_contacts_after_a_stopped_batch_are_unanswered_for_the_same_cause():
    stopped = ews.ErrorBatchProcessingStopped("stopped")
    full = ews.ErrorQuotaExceeded("The mailbox is full.")
    denied = ews.ErrorAccessDenied("no")

    first, second, third = results_of(["done", full, stopped])

    assert first == "done"
    assert type(second.cause) is type(third.cause) is MailboxFull
    assert not second.retry_at_once and not third.retry_at_once
    one, other = results_of([denied, stopped])
    assert type(one) is ContactProtected
    assert other.cause is one and other.retry_at_once
    (alone,) = results_of([stopped])
    assert type(alone.cause) is Unreachable and not alone.retry_at_once


def test_contacts_that_a_busy_server_did_not_serve_may_be_requested_at_once():
    for code in SERVED_IN_PART:
        assert item_error(said(code)).retry_at_once
        assert item_error(said(code), Kind.CREATE).retry_at_once
    for code in TOO_SLOW:
        assert item_error(said(code), Kind.READ).retry_at_once
        assert not item_error(said(code), Kind.CHANGE).retry_at_once, (
            "it may have been done"
        )
    busy = ews.ErrorServerBusy("x", back_off=3.5)
    assert not item_error(busy).retry_at_once
    assert item_error(busy).cause.back_off == 3.5


def test_an_empty_success_is_an_error_of_its_own_contact():
    one, two, three = results_of(["done", None, "done"])

    assert (one, type(two), three) == ("done", ContactError, "done")
    (changed,) = results_of([None], empty=ContactChanged)
    assert type(changed) is ContactChanged


def test_failures_keep_the_positions_of_their_contacts():
    gone, conflict = ews.ErrorItemNotFound("x"), ews.ErrorIrresolvableConflict("y")

    results = results_of([1, gone, 2, conflict])

    assert results[0::2] == [1, 2]
    assert [type(result) for result in results[1::2]] == [ContactGone, ContactChanged]


def test_one_error_may_answer_a_whole_request():
    with pytest.raises(AccessDenied, match="once"):
        one_each([ews.ErrorImpersonationFailed("once")], 5, "GetItem")
    with pytest.raises(SyncError, match="2 answers to 3"):
        one_each(["a", "b"], 3, "GetItem")
    assert one_each(["a", "b"], 2, "GetItem") == ["a", "b"]


def test_our_own_errors_and_bugs_are_not_translated():
    with pytest.raises(core.FolderGone), translating_errors():
        raise core.FolderGone()
    with pytest.raises(ZeroDivisionError), translating_errors():
        raise ZeroDivisionError
