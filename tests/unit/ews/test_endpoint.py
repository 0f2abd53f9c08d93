# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses of servers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.errors import ServerNotFound
from exchange_contact_sync.ews.connection.endpoint import (
    Endpoint,
    endpoint_of,
    same_host,
    still_fits,
)
from support.rows import for_each_row

EWS = "https://mail.example.com/EWS/Exchange.asmx"


@for_each_row(
    "text",
    [
        "mail.example.com",
        "  mail.example.com/ ",
        "Mail.Example.COM",
        "https://mail.example.com",
        "https://mail.example.com/owa",
        "https://mail.example.com/owa/?path=/mail#top",
        "https://mail.example.com/ecp/",
        "https://mail.example.com/ews",
        "https://mail.example.com/EWS/Services.wsdl",
        "https://mail.example.com/EWS/Exchange.asmx",
        "https://anna:secret@mail.example.com/owa",
        "HTTPS://mail.example.com",
    ],
)
def test_a_host_or_page_leads_to_the_service_of_its_server(text):
    assert endpoint_of(text) == Endpoint(EWS)


@for_each_row(
    ("text", "url"),
    [
        ("http://mail.example.com", "http://mail.example.com/EWS/Exchange.asmx"),
        ("mail.example.com:8443", "https://mail.example.com:8443/EWS/Exchange.asmx"),
        ("https://[::1]:8443", "https://[::1]:8443/EWS/Exchange.asmx"),
        ("https://example.com/a/EWS/x.asmx", "https://example.com/a/EWS/x.asmx"),
    ],
)
def test_scheme_port_and_path_are_kept(text, url):
    assert endpoint_of(text) == Endpoint(url)


@for_each_row(
    "text",
    [
        "mail.example.com/autodiscover",
        "https://mail.example.com/Autodiscover/Autodiscover.xml",
        "https://mail.example.com/autodiscover/autodiscover.svc",
    ],
)
def test_an_autodiscover_address_uses_autodiscover(text):
    url = "https://mail.example.com/autodiscover/autodiscover.svc"

    assert endpoint_of(text) == Endpoint(url, autodiscover=True)


@for_each_row("text", ["https://", "ftp://a.example", "a b", "a:b", "://"])
def test_text_that_is_no_address_is_refused(text):
    with pytest.raises(ServerNotFound):
        endpoint_of(text)


@given(st.text(max_size=40))
def test_any_text_is_refused_or_has_a_stable_address(text):
    try:
        url = endpoint_of(text).url
    except ServerNotFound:
        return
    assert endpoint_of(url).url == url


@for_each_row(
    ("found", "asked", "fits"),
    [
        (EWS, EWS, True),
        (EWS, "http://mail.example.com/EWS/Exchange.asmx", True),
        ("http://mail.example.com/EWS/Exchange.asmx", EWS, False),
        (EWS, "https://mail.example.com:8443/EWS/Exchange.asmx", False),
        (EWS, "https://other.example.com/EWS/Exchange.asmx", False),
        ("", EWS, False),
    ],
)
def test_a_discovered_address_is_only_used_for_its_own_server(found, asked, fits):
    assert still_fits(found, asked) is fits


def test_a_host_is_the_same_on_any_port():
    assert same_host(EWS, "http://mail.example.com:8080/")
    assert not same_host(EWS, "https://mail.example.com.evil.example/")
