# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which hosts connections may be opened to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_contact_sync.core.errors import HostNotAllowed, ServerNotFound
from exchange_contact_sync.core.hosts import (
    Hosts,
    domain_of,
    hosts_of,
    keeps_secrets,
    named_hosts,
)
from support.rows import for_each_row

EXAMPLE = Hosts(domain="example.com")
NAMED = Hosts(frozenset({"mail.example.net", "*.hoster.example", "10.0.0.5", "::1"}))


@for_each_row(
    ("address", "domain"),
    [
        ("anna@example.com", "example.com"),
        (" Anna@Example.COM. ", "example.com"),
        ("o'brien+x@a.b.example", "a.b.example"),
        ("anna@company.local", "company.local"),
        ("anna@bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_an_address_has_a_domain(address, domain):
    assert domain_of(address) == domain


@for_each_row(
    "address",
    [
        "",
        "anna",
        "@example.com",
        "anna@",
        "x@127.0.0.1:18095/path?",
        "x@127.0.0.1",
        "x@[127.0.0.1]",
        "x@[::1]",
        "x@::1",
        "x@localhost",
        "x@anything.localhost",
        "x@0x7f.1",
        "x@2130706433",
        "x@example.com:443",
        "x@example.com/path",
        "x@example.com?",
        "x@example.com#",
        "x@user@example.com",
        "x@exa mple.com",
        "x@example..com",
        "x@-example.com",
        "x@example.com\r\nHost: other",
        f"x@{'a' * 64}.com",
        f"x@{'a' * 300}.com",
        f"x@{'ü' * 70}.com",
        f"{'x' * 65}@example.com",
        f"x@{'.'.join(['abc'] * 90)}",
        "x y@example.com",
        "<x>@example.com",
    ],
)
def test_a_text_without_an_address(address):
    assert domain_of(address) == ""


@given(st.text(max_size=60))
def test_each_text_is_either_an_address_or_not(text):
    domain = domain_of(f"x@{text}")

    assert domain == "" or Hosts(domain=domain).check(f"https://{domain}/") is None


@for_each_row(
    "url",
    [
        "https://example.com/a",
        "https://autodiscover.example.com/autodiscover/autodiscover.svc",
        "https://mail.example.com:443/EWS/Exchange.asmx",
        "https://MAIL.Example.com./EWS/Exchange.asmx",
        "http://autodiscover.example.com/autodiscover/autodiscover.svc",
    ],
)
def test_the_domain_of_the_address_may_be_asked(url):
    EXAMPLE.check(url)


@for_each_row(
    "url",
    [
        "https://example.com.evil.example/",
        "https://notexample.com/",
        "https://com/",
        "https://mail.example.com:8443/",
        "http://mail.example.com:22/",
        "https://mail.example.com:0/",
        "https://mail.example.com:99999/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "ftp://mail.example.com/",
        "file:///etc/passwd",
        "https://",
        "https://[",
        "",
    ],
)
def test_other_places_may_not(url):
    with pytest.raises(HostNotAllowed) as refused:
        EXAMPLE.check(url)

    assert refused.value.code == ServerNotFound.code


def test_without_a_domain_and_a_name_no_host_is_allowed():
    with pytest.raises(HostNotAllowed):
        Hosts().check("https://example.com/")


@for_each_row(
    "url",
    [
        "https://mail.example.net:8443/",
        "http://mail.example.net/",
        "https://a.hoster.example/",
        "https://b.a.hoster.example/",
        "https://10.0.0.5/",
        "https://[::1]:8443/",
        "https://[0:0::1]/",
    ],
)
def test_a_host_that_was_named_may_be_asked_on_any_port(url):
    NAMED.check(url)


@for_each_row(
    "url",
    ["https://hoster.example/", "https://10.0.0.6/", "https://a.mail.example.net/"],
)
def test_the_canonical_form_of_a_name_is_stable(url):
    with pytest.raises(HostNotAllowed):
        NAMED.check(url)


@for_each_row("number", ["93.184.215.14", "2606:2800:21f::1"])
def test_the_internet_may_be_reached(number):
    assert EXAMPLE.may_reach("mail.example.com", number)


@for_each_row(
    "number",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2001:db8::1",
        "no number",
    ],
)
def test_other_networks_may_not_unless_the_host_was_named(number):
    assert not EXAMPLE.may_reach("mail.example.com", number)
    assert NAMED.may_reach("mail.example.net", number)


def test_hosts_are_listed_one_a_line():
    text = " Mail.Example.com \n\n*.bücher.example\n[::1]\n10.0.0.5\n"

    assert hosts_of(text) == {
        "mail.example.com",
        "*.xn--bcher-kva.example",
        "::1",
        "10.0.0.5",
    }


@for_each_row(
    "line", ["https://a.example", "a.example:443", "*", "*.10.0.0.5", "a b", "10.0.0"]
)
def test_a_line_that_names_no_host_is_reported(line):
    with pytest.raises(ValueError, match="^" + line.replace("*", r"\*")):
        hosts_of(f"mail.example.com\n{line}")


def test_the_host_of_the_address_of_the_server_is_named_with_it():
    named = named_hosts(["https://Mail.Example.net:444/EWS"], {"other.example"})

    assert named == {"mail.example.net", "other.example"}


@for_each_row(
    ("url", "keeps"),
    [
        ("https://mail.example.com/", True),
        ("http://127.0.0.1:8080/", True),
        ("http://localhost/", True),
        ("http://mail.example.com/", False),
        ("http://10.0.0.5/", False),
        ("http://127.0.0.1.evil.example/", False),
    ],
)
def test_passwords_go_over_encrypted_connections_or_nowhere(url, keeps):
    assert keeps_secrets(url) is keeps
