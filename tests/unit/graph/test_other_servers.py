# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers in other forms than the simulator's are read with the same meaning."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from exchange_contact_sync.core import errors as core
from exchange_contact_sync.core.errors import AnswerMalformed
from exchange_contact_sync.core.hosts import Hosts, named_hosts
from exchange_contact_sync.core.mailbox import RemoteRef
from exchange_contact_sync.graph import ids
from exchange_contact_sync.graph.batch import unpacked
from exchange_contact_sync.graph.connection import GraphConnection, answer_of
from exchange_contact_sync.graph.contacts.parse import remote_contact
from exchange_contact_sync.graph.errors import (
    folder_error,
    is_state_unknown,
    item_error,
    new_folder_error,
    request_error,
)
from exchange_contact_sync.graph.message import Answer
from exchange_contact_sync.graph.odata import EXTENDED
from exchange_contact_sync.network.tls import AllowedServers
from exchange_contact_sync.outlook.failures import Kind
from support.rows import for_each_row

HEAD = {"id": "id", "@odata.etag": 'W/"1"', "parentFolderId": "folder"}


def answer(status, code=""):
    return Answer(status, {}, {"error": {"code": code, "message": "said"}})


@for_each_row(
    ("meaning", "status", "code", "expected"),
    [
        (item_error, 404, "ITEMNOTFOUND", core.ContactGone),
        (item_error, 404, "errorItemNotFound", core.ContactGone),
        (item_error, 409, "errorirresolvableconflict", core.ContactChanged),
        (item_error, 403, "accessDenied", core.ContactProtected),
        (folder_error, 404, "errorfoldernotfound", core.FolderGone),
        (folder_error, 403, "AccessDenied", core.AccessDenied),
        (new_folder_error, 409, "NameAlreadyExists", core.FolderExists),
        (request_error, 404, "mailboxNotEnabledForRestApi", core.MailboxNotFound),
        (request_error, 404, "ResourceNotFound", core.MailboxNotFound),
        (request_error, 403, "quotaLimitReached", core.MailboxFull),
        (request_error, 401, "unauthenticated", core.AuthenticationFailed),
        (request_error, 500, "ErrorServerBusy", core.ServerBusy),
        (request_error, 403, "activityLimitReached", core.ServerBusy),
        (request_error, 500, "serviceNotAvailable", core.ServerBusy),
        (request_error, 500, "ErrorTimeoutExpired", core.Unreachable),
    ],
)
def test_codes_are_read_in_any_case_and_with_any_status(
    meaning, status, code, expected
):
    assert type(meaning(answer(status, code))) is expected


@pytest.mark.parametrize("code", ["ErrorServerBusy", "ErrorTimeoutExpired"])
def test_an_overloaded_server_leaves_a_contact_unanswered(code):
    assert isinstance(item_error(answer(500, code)), core.Unanswered)


@pytest.mark.parametrize("code", ["SYNCSTATENOTFOUND", "SyncStateInvalid"])
def test_an_expired_link_is_recognized_in_any_case(code):
    assert is_state_unknown(answer(400, code), continued=False)


@pytest.mark.parametrize("code", ["itemNotFound", "unheard of"])
def test_a_contact_created_in_a_missing_folder_reports_the_folder(code):
    error = item_error(answer(404, code), Kind.CREATE)

    assert isinstance(error, core.Unanswered)
    assert type(error.cause) is core.FolderGone


@pytest.mark.parametrize(
    "text",
    ["AAMk/+=", "AAMk-_=", "a/b-c+d_e", "AQMkADAwATM0MDAAMS1", "=", "x" * 400],
)
def test_ids_with_any_characters_are_sent_back_unchanged(text):
    assert ids.to_graph(ids.from_graph(text)) == ids.quote(text, safe="")


@for_each_row(
    ("item", "version", "etag"),
    [
        ({"@odata.etag": 'W/"a"'}, "a", 'W/"a"'),
        ({"@odata.etag": '"a"'}, "a", '"a"'),  # a strong one
        ({"@odata.etag": 'W/"a"', "changeKey": "b"}, "a", 'W/"a"'),
        ({"changeKey": "a"}, "a", 'W/"a"'),
        ({"@odata.etag": None, "changeKey": "a"}, "a", 'W/"a"'),
    ],
)
def test_the_version_comes_from_the_etag_or_the_change_key(item, version, etag):
    assert (ids.version_of(item), ids.etag_of(item)) == (version, etag)


def test_an_item_without_a_version_raises():
    with pytest.raises(ValueError):
        ids.version_of({"id": "x"})


@pytest.fixture
def connection():
    base = "https://graph.example.com/v1.0"
    servers = AllowedServers(Hosts(named_hosts([base], ())))
    made = GraphConnection(base, "/me", None, servers)
    yield made
    made.close()


@for_each_row(
    ("url", "expected"),
    [
        ("https://graph.example.com/v1.0/a?$skiptoken=x", "/v1.0/a?$skiptoken=x"),
        ("https://graph.example.com/v1.0/a?%24skiptoken=x", "/v1.0/a?%24skiptoken=x"),
        ("https://graph.example.com:443/v1.0/a", "/v1.0/a"),
        ("HTTPS://Graph.Example.com/v1.0/a", "/v1.0/a"),
        ("https://graph.example.com/v1.0/a('b%2Fc')/d()", "/v1.0/a('b%2Fc')/d()"),
    ],
)
def test_a_link_to_the_same_server_is_followed_unchanged(connection, url, expected):
    assert connection.path_of_link(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://graph.example.com/v1.0/a",
        "https://graph.example.com:444/v1.0/a",
        "https://graph.example.com:x/v1.0/a",
        "https://graph.example.com.evil.example/v1.0/a",
        "https://graph.example.com@evil.example/v1.0/a",
        "https://evil@graph.example.com/v1.0/a",
        "https://[graph.example.com/v1.0/a",
        "//graph.example.com/v1.0/a",
        "/v1.0/a",
        "",
        None,
        5,
    ],
)
def test_a_link_to_another_address_is_malformed(connection, url):
    with pytest.raises(AnswerMalformed):
        connection.path_of_link(url)


def responses(*entries):
    return Answer(200, {}, {"responses": list(entries)})


def test_a_request_without_an_answer_in_a_batch_is_unanswered():
    found = unpacked(responses({"id": "2", "status": 204}), 2)

    assert [one.status for one in found] == [0, 204]
    error = item_error(found[0])
    assert isinstance(error, core.Unanswered) and not error.retry_at_once
    assert type(error.cause) is core.Unreachable


def test_ids_in_a_batch_may_be_numbers():
    found = unpacked(responses({"id": 2, "status": 204}, {"id": 1, "status": 200}), 2)

    assert [one.status for one in found] == [200, 204]


class Response:
    def __init__(self, status, content, **headers):
        self.status_code, self.content = status, content
        self.headers = {name.replace("_", "-"): text for name, text in headers.items()}


@pytest.mark.parametrize("content", [b"", b"<html>", b"{", b"null"])
@pytest.mark.parametrize("kind", ["application/json", "text/html", ""])
def test_an_error_is_recognized_without_a_readable_body(content, kind):
    response = Response(429, content, Content_Type=kind, Retry_After="7")

    error = request_error(answer_of(response))

    assert (type(error), error.back_off) == (core.ServerBusy, 7)


@pytest.mark.parametrize("status", [500, 502])
def test_an_error_page_of_a_proxy_is_temporary(status):
    page = b"<html><body>Bad Gateway</body></html>"

    error = request_error(answer_of(Response(status, page, Content_Type="text/html")))

    assert type(error) is core.Unreachable


@for_each_row(
    ("value", "text"),
    [(True, "true"), (False, "false"), (5, "5"), ("x", "x"), (None, "")],
)
def test_extended_values_of_other_json_types_are_read_as_text(value, text):
    extra = [{"id": "String 0x3A1C", "value": value, "@odata.type": "#a"}]

    found = remote_contact({**HEAD, EXTENDED: extra})

    assert found.contact["phone_mobile"] == text


@pytest.mark.parametrize("extra", [None, []])
def test_lists_may_be_null(extra):
    lists = ("emailAddresses", "businessPhones", "categories", "imAddresses")
    item = {**HEAD, **dict.fromkeys(lists, extra), EXTENDED: extra}

    found = remote_contact(item)

    assert not found.contact["categories"] and not found.unread


def test_unknown_properties_are_ignored():
    item = {**HEAD, "@odata.type": "#microsoft.graph.contact", "surname": "Lund"}
    item |= {"flag": {"flagStatus": "new"}, "gender": 7, "phones": [{"type": "x"}]}

    found = remote_contact(item)

    assert found.ref == RemoteRef("id", "1", "folder")
    assert found.contact["surname"] == "Lund"


@for_each_row(
    ("name", "value", "row"),
    [("surname", ["a", "list"], "surname"), ("categories", "a text", "categories")],
)
def test_an_unreadable_value_does_not_affect_the_others(name, value, row):
    found = remote_contact({**HEAD, "givenName": "Ida", name: value})

    assert found.contact["given_name"] == "Ida"
    assert row in found.unread and row not in found.contact


@for_each_row(
    "text",
    [
        "2026-11-30T10:00:00Z",
        "2026-11-30T10:00:00.1234567Z",
        "2026-11-30T12:00:00+02:00",
    ],
)
def test_the_time_of_the_last_change_is_read_as_utc(text):
    found = remote_contact({**HEAD, "lastModifiedDateTime": text})

    assert found.modified == datetime(2026, 11, 30, 10, tzinfo=timezone.utc)


@for_each_row(
    ("moment", "day"),
    [
        ("1974-07-22T00:00:00Z", "1974-07-22"),
        ("1974-07-22T11:59:00Z", "1974-07-22"),
        ("1974-07-22T11:59:00.0000000Z", "1974-07-22"),
        ("1974-07-21T22:00:00Z", "1974-07-22"),
        ("1974-07-22T00:00:00+02:00", "1974-07-22"),
        ("1974-07-22T00:00:00-08:00", "1974-07-22"),
        ("1974-07-22T13:59:00+02:00", "1974-07-22"),  # 11:59 UTC
        ("1974-07-22", "1974-07-22"),
        ("4501-01-01T00:00:00Z", ""),
        (None, ""),
    ],
)
def test_a_birthday_is_read_as_its_day(moment, day):
    assert remote_contact({**HEAD, "birthday": moment}).contact["birthday"] == day
