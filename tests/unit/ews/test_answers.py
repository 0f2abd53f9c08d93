# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers of servers are read from XML and HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
import requests
from lxml import etree

from exchange_contact_sync.core.errors import (
    AuthenticationFailed,
    MailboxFull,
    NeedsTheUser,
    NotAMailServer,
    NotEncrypted,
    ServerBusy,
    ServiceDisabled,
    SyncError,
    Unreachable,
)
from exchange_contact_sync.ews.connection import http_status
from exchange_contact_sync.ews.connection.probe import Probe, login_schemes
from exchange_contact_sync.ews.connection.protocol import version_of, version_text
from exchange_contact_sync.ews.contacts.parse import remote_contact
from exchange_contact_sync.ews.operations.sync_page import read_page
from exchange_contact_sync.ews.operations.xml import MESSAGES, TYPES
from exchange_contact_sync.network.back_off import DEFAULT_BACK_OFF
from exchange_contact_sync.outlook.failures import RequestTooLarge
from support.rows import for_each_row

SPACES = f'xmlns:m="{MESSAGES}" xmlns:t="{TYPES}"'
SOAP = b'<?xml version="1.0"?><s:Envelope xmlns:s="x"><s:Body/></s:Envelope>\r\n'


def contact(content):
    return remote_contact(
        etree.fromstring(
            f'<t:Contact {SPACES}><t:ItemId Id="1" ChangeKey="a"/>{content}</t:Contact>'
        )
    )


@for_each_row(
    ("text", "moment"),
    [
        ("2026-03-29T01:59:59Z", datetime(2026, 3, 29, 1, 59, 59, tzinfo=timezone.utc)),
        ("2026-03-29T02:00:00.1234567Z", datetime(2026, 3, 29, 2, tzinfo=timezone.utc)),
    ],
)
def test_times_are_read_as_utc(text, moment):
    found = contact(f"<t:LastModifiedTime>{text}</t:LastModifiedTime>")

    assert found.modified == moment


@for_each_row(
    ("sensitivity", "private"),
    [("Normal", False), ("Private", True), ("Personal", True), ("Confidential", True)],
)
def test_every_sensitivity_but_normal_is_private(sensitivity, private):
    found = contact(f"<t:Sensitivity>{sensitivity}</t:Sensitivity>")

    assert found.private is private


def test_unrequested_properties_are_ignored():
    found = contact(
        "<t:Mileage>12</t:Mileage><t:PhoneNumbers>"
        '<t:Entry Key="NewKindOfPhone">1</t:Entry>'
        '<t:Entry Key="MobilePhone">2</t:Entry></t:PhoneNumbers>'
        '<t:PhysicalAddresses><t:Entry Key="Summer"><t:City>No</t:City></t:Entry>'
        '<t:Entry Key="Business"><t:City>Yes</t:City><t:County>?</t:County></t:Entry>'
        "</t:PhysicalAddresses><t:ExtendedProperty>"
        '<t:ExtendedFieldURI PropertyTag="0x3a46" PropertyType="String"/>'
        "<t:Value>No</t:Value></t:ExtendedProperty>"
    )

    filled = {row: text for row, text in found.contact.items() if text}
    assert filled == {"phone_mobile": "2", "business_city": "Yes"}


def page(content, folder="folder"):
    message = f"<m:SyncFolderItemsResponseMessage {SPACES}>{content}"
    element = etree.fromstring(f"{message}</m:SyncFolderItemsResponseMessage>")
    return read_page(element, folder)


def test_changes_of_a_page_are_grouped_by_type():
    item = '<t:ItemId Id="{0}" ChangeKey="v{0}"/>'
    found = page(
        "<m:SyncState>next</m:SyncState>"
        "<m:IncludesLastItemInRange>false</m:IncludesLastItemInRange><m:Changes>"
        f"<t:Create><t:Contact>{item.format(1)}</t:Contact></t:Create>"
        f"<t:Update><t:Contact>{item.format(2)}</t:Contact></t:Update>"
        f"<t:Delete>{item.format(3)}</t:Delete>"
        f"<t:Create><t:DistributionList>{item.format(4)}</t:DistributionList>"
        f"</t:Create><t:Create><t:Item>{item.format(5)}</t:Item></t:Create>"
        f"<t:ReadFlagChange>{item.format(6)}<t:IsRead>true</t:IsRead>"
        "</t:ReadFlagChange></m:Changes>"
    )

    assert [(ref.id, ref.version) for ref in found.changed] == [
        ("1", "v1"),
        ("2", "v2"),
    ]
    assert (found.deleted, found.skipped) == (("3",), 2)
    assert (found.state, found.complete) == ("next", False)


def test_a_page_without_a_state_raises():
    with pytest.raises(SyncError):
        page("<m:Changes/>")


def answer(status, body=b"", **headers):
    response = requests.Response()
    response.status_code = status
    response._content = body
    response.headers.update({k.replace("_", "-"): v for k, v in headers.items()})
    return response


@for_each_row("status", [200, 500])
def test_complete_soap_is_accepted_and_truncated_soap_is_not(status):
    http_status.check(answer(status, SOAP))

    with pytest.raises(Unreachable):
        http_status.check(answer(status, SOAP[:-20]))


@for_each_row(
    ("status", "error"),
    [
        (200, NotAMailServer),
        (204, NotAMailServer),
        (301, NotAMailServer),
        (400, NotAMailServer),
        (401, AuthenticationFailed),
        (403, ServiceDisabled),
        (404, NotAMailServer),
        (408, Unreachable),
        (413, RequestTooLarge),
        (425, Unreachable),
        (429, ServerBusy),
        (440, AuthenticationFailed),
        (500, Unreachable),
        (502, Unreachable),
        (503, ServerBusy),
        (504, Unreachable),
        (507, MailboxFull),
    ],
)
def test_each_http_status_without_soap_raises_its_error(status, error):
    with pytest.raises(error):
        http_status.check(answer(status, b"<html/>"))


def test_retry_after_is_read_as_seconds_or_as_a_date():
    later = datetime.now(timezone.utc) + timedelta(minutes=10)
    cases = {
        "120": 120,
        format_datetime(later, usegmt=True): 600,
        later.strftime("%A, %d-%b-%y %H:%M:%S GMT"): 600,
        "Sun, 06 Nov 1994 08:49:37 GMT": DEFAULT_BACK_OFF,
        "0": DEFAULT_BACK_OFF,
        "soon": DEFAULT_BACK_OFF,
        "": DEFAULT_BACK_OFF,
    }
    for value, seconds in cases.items():
        with pytest.raises(ServerBusy) as busy:
            http_status.check(answer(503, b"", Retry_After=value))
        assert busy.value.back_off == pytest.approx(seconds, abs=5), value


def test_a_locked_account_is_an_authentication_failure():
    text = b"The referenced account is currently locked out"

    with pytest.raises(AuthenticationFailed, match="locked"):
        http_status.check(answer(500, text))


@for_each_row(
    ("header", "schemes"),
    [
        ("", set()),
        ("NTLM", {"ntlm"}),
        (
            'Negotiate, NTLM, Basic realm="mail.example.com"',
            {"negotiate", "ntlm", "basic"},
        ),
        ('Basic realm="a, b", charset="UTF-8", NTLM', {"basic", "ntlm"}),
        ('Bearer client_id="x", trusted_issuers="y,z", token_types="a b"', {"bearer"}),
        ("NTLM TlRMTVNTUAACAAAA", {"ntlm"}),
    ],
)
def test_offered_schemes_are_read_from_the_challenge(header, schemes):
    response = answer(401, WWW_Authenticate=header)

    assert http_status.offered_schemes(response) == schemes


SECURE, OPEN = "https://mail.example.com/x", "http://mail.example.com/x"
HERE = "http://127.0.0.1:8080/x"


@for_each_row(
    ("endpoint", "offered", "schemes"),
    [
        (SECURE, {"basic", "ntlm"}, ["NTLM", "basic"]),
        (SECURE, {"basic"}, ["basic"]),
        (SECURE, {"negotiate"}, ["NTLM"]),
        (HERE, {"basic"}, ["basic"]),
    ],
)
def test_the_safer_scheme_comes_first(endpoint, offered, schemes):
    assert login_schemes(Probe(endpoint, frozenset(offered))) == schemes


@for_each_row("scheme", ["basic", "ntlm"])
def test_no_password_is_sent_without_encryption(scheme):
    with pytest.raises(NotEncrypted):
        login_schemes(Probe(OPEN, frozenset({scheme})))


@for_each_row(
    ("offered", "error"),
    [({"bearer"}, NeedsTheUser), ({"kerberos"}, AuthenticationFailed)],
)
def test_a_scheme_that_is_not_supported_is_reported(offered, error):
    with pytest.raises(error):
        login_schemes(Probe(SECURE, frozenset(offered)))


def test_a_version_is_kept_as_text():
    version = version_of("15.1.2507.6 Exchange2016")

    assert version_text(version) == "15.1.2507.6 Exchange2016"


@for_each_row("text", ["", "15.1", "15.1.2507.6", "a.b.c.d Exchange2016"])
def test_an_invalid_version_is_read_as_none(text):
    assert version_of(text) is None
