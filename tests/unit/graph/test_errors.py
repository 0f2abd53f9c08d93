# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Errors of Graph become our errors; texts of OData are quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core import errors as core
from exchange_contact_sync.graph import ids
from exchange_contact_sync.graph.batch import packed, unpacked
from exchange_contact_sync.graph.errors import (
    folder_error,
    is_state_unknown,
    item_error,
    new_folder_error,
    request_error,
)
from exchange_contact_sync.graph.message import Answer, Request
from exchange_contact_sync.graph.odata import (
    extended_id,
    has_value,
    property_of,
    query,
)
from exchange_contact_sync.outlook.failures import Kind, RequestInvalid
from exchange_contact_sync.outlook.properties import (
    LOCAL_DAYS,
    SEARCH_KEY,
    SYNC_KEY,
    TITLE,
)
from support.rows import for_each_row


def answer(status, code="", inner="", **headers):
    error = {"code": code, "message": "said", "innerError": {"code": inner}}
    return Answer(status, headers, {"error": error} if code else None)


@for_each_row(
    ("status", "code", "expected"),
    [
        (404, "ErrorItemNotFound", core.ContactGone),
        (404, "unheard of", core.ContactGone),
        (400, "ErrorInvalidIdMalformed", core.ContactGone),
        (412, "ErrorIrresolvableConflict", core.ContactChanged),
        (412, "", core.ContactChanged),
        (409, "ErrorIrresolvableConflict", core.ContactChanged),
        (403, "ErrorAccessDenied", core.ContactProtected),
        (400, "ErrorInvalidProperty", core.ContactInvalid),
        (400, "unheard of", core.ContactInvalid),
        (413, "ErrorMessageSizeExceeded", core.ContactTooLarge),
        (500, "ErrorInternalServerError", core.ContactError),
    ],
)
def test_an_error_of_one_contact_is_recognized(status, code, expected):
    assert type(item_error(answer(status, code))) is expected


@for_each_row(
    ("status", "code", "cause", "again"),
    [
        (429, "ApplicationThrottled", core.ServerBusy, True),
        (429, "", core.ServerBusy, True),
        (429, "unheard of", core.ServerBusy, True),
        (503, "", core.ServerBusy, True),
        (504, "", core.ServerBusy, True),
        (403, "ErrorQuotaExceeded", core.MailboxFull, False),
        (507, "", core.MailboxFull, False),
        (401, "InvalidAuthenticationToken", core.AuthenticationFailed, False),
        (404, "MailboxNotEnabledForRESTAPI", core.MailboxNotFound, False),
        (424, "FailedDependency", core.Unreachable, True),
        (500, "", core.Unreachable, False),
    ],
)
def test_an_error_of_the_mailbox_leaves_a_contact_unanswered(
    status, code, cause, again
):
    error = item_error(answer(status, code))

    assert isinstance(error, core.Unanswered)
    assert (type(error.cause), error.retry_at_once) == (cause, again)


def test_the_delay_in_retry_after_is_kept():
    error = item_error(answer(429, "ApplicationThrottled", **{"retry-after": "7"}))

    assert isinstance(error, core.Unanswered)
    assert (error.cause.back_off, error.retry_at_once) == (7, False)


def test_the_code_of_the_inner_error_is_used():
    error = request_error(answer(404, "ResourceNotFound", "MailboxInactive"))

    assert type(error) is core.MailboxNotFound


@for_each_row(
    ("meaning", "status", "code", "expected"),
    [
        (folder_error, 404, "ErrorItemNotFound", core.FolderGone),
        (folder_error, 403, "ErrorAccessDenied", core.AccessDenied),
        (new_folder_error, 409, "ErrorFolderExists", core.FolderExists),
        (new_folder_error, 403, "ErrorAccessDenied", core.FolderForbidden),
        (new_folder_error, 404, "ErrorParentFolderNotFound", core.FolderGone),
        (new_folder_error, 400, "ErrorInvalidProperty", core.FolderRefused),
        (request_error, 400, "BadRequest", RequestInvalid),
        (request_error, 404, "", core.NotAMailServer),
        (request_error, 403, "ErrorAccessDenied", core.AccessDenied),
    ],
)
def test_an_error_of_a_request_depends_on_its_subject(meaning, status, code, expected):
    assert type(meaning(answer(status, code))) is expected


def test_a_folder_that_refuses_a_contact_refuses_all_contacts():
    for code, cause in (
        ("ErrorAccessDenied", core.FolderReadOnly),
        ("ErrorFolderNotFound", core.FolderGone),
    ):
        error = item_error(answer(403, code), Kind.CREATE)
        assert isinstance(error, core.Unanswered) and type(error.cause) is cause


@for_each_row(
    ("status", "code", "continued", "dead"),
    [
        (410, "", False, True),
        (410, "fullSyncRequired", True, True),
        (400, "ErrorInvalidIdMalformed", True, True),
        (404, "ErrorItemNotFound", True, True),
        (404, "ErrorItemNotFound", False, False),
        (404, "MailboxInactive", True, False),
        (404, "syncStateNotFound", False, True),
        (403, "ErrorQuotaExceeded", True, False),
    ],
)
def test_an_expired_delta_link_is_recognized(status, code, continued, dead):
    assert is_state_unknown(answer(status, code), continued=continued) is dead


@pytest.mark.parametrize("prop", [TITLE, SYNC_KEY, SEARCH_KEY, *LOCAL_DAYS.values()])
def test_an_extended_property_is_recognized_in_any_spelling(prop):
    text = extended_id(prop)

    assert property_of(text) == prop
    if prop is not SYNC_KEY:  # the case of a name counts
        assert property_of(text.lower()) == prop
    assert property_of(text.replace("0x0", "0x").replace("String", "string")) == prop


@for_each_row(
    "text", ["", "String", "String 3A45", "Nothing 0x3A45", "String {x} Id 0x1"]
)
def test_an_invalid_property_id_is_read_as_none(text):
    assert property_of(text) is None


def test_texts_in_a_query_are_quoted():
    assert "it''s" in has_value(TITLE, "it's")
    assert (
        query({"$filter": "a eq 'b&c'", "$top": "5"})
        == "?$filter=a%20eq%20'b%26c'&$top=5"
    )


@given(st.text("ABCabc019+/=", min_size=1, max_size=100))
def test_ids_are_converted_to_those_of_ews_and_back(text):
    written = text.replace("/", "-").replace("+", "_")

    assert ids.from_graph(written) == text
    assert ids.to_graph(text) == written.replace("=", "%3D")


def test_answers_of_a_batch_may_come_in_any_order():
    requests = [Request("GET", f"/{n}") for n in range(3)]
    body = packed(requests, "/me")
    assert [one["url"] for one in body["requests"]] == ["/me/0", "/me/1", "/me/2"]
    responses = [
        {"id": one["id"], "status": 200, "body": {"n": one["id"]}}
        for one in reversed(body["requests"])
    ]

    found = unpacked(Answer(200, {}, {"responses": responses}), 3)

    assert [one.data["n"] for one in found] == ["1", "2", "3"]


@for_each_row(
    "responses",
    [
        None,
        [],
        [{"id": "1"}],
        [{"id": "1", "status": "200"}],
        [{"id": "2", "status": 200}],
        [{"id": "1", "status": 200}, {"id": "1", "status": 200}],
    ],
)
def test_a_batch_without_valid_answers_is_malformed(responses):
    with pytest.raises(core.AnswerMalformed):
        unpacked(Answer(200, {}, {"responses": responses}), 1)
