# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""RequestServerVersion and ServerVersionInfo, and the probing that clients do first."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import CONTACTS, get_folder
from exchange_server.tests.wire import NAMESPACES

KNOWN = [
    "Exchange2007",
    "Exchange2007_SP1",
    "Exchange2010",
    "Exchange2010_SP1",
    "Exchange2010_SP2",
    "Exchange2013",
    "Exchange2013_SP1",
    "Exchange2016",
]


@pytest.mark.parametrize("version", KNOWN)
def test_known_versions_are_served(post, version):
    reply = post(get_folder(CONTACTS), version=version)

    assert reply.codes == ["NoError"]
    info = reply.one(".//s:Header/t:ServerVersionInfo")
    assert (info.get("MajorVersion"), info.get("MinorVersion")) == ("15", "1")
    assert info.get("Version").startswith("V20")


@pytest.mark.parametrize("version", ["Exchange2099", "", "exchange2013"])
def test_unknown_versions_are_refused(post, version):
    reply = post(get_folder(CONTACTS), version=version)

    assert (reply.status, reply.fault_code) == (500, "ErrorInvalidServerVersion")


def test_request_without_a_version(post):
    envelope = (
        f'<?xml version="1.0"?><s:Envelope xmlns:s="{NAMESPACES["s"]}"'
        f' xmlns:m="{NAMESPACES["m"]}" xmlns:t="{NAMESPACES["t"]}">'
        f"<s:Body>{get_folder(CONTACTS)}</s:Body></s:Envelope>"
    )

    assert post(envelope).codes == ["NoError"]


@pytest.mark.parametrize("api_version", [None, "Exchange2010_SP2"])
def test_exchangelib_finds_the_version(server, api_version):
    from exchangelib import (
        DELEGATE,
        Account,
        Build,
        Configuration,
        Credentials,
        Version,
    )

    from exchange_server.tests.wire import ADDRESS, PASSWORD

    given = Version(Build(15, 1), api_version) if api_version else None
    account = Account(
        ADDRESS,
        config=Configuration(
            service_endpoint=server.url,
            credentials=Credentials(ADDRESS, PASSWORD),
            version=given,
        ),
        access_type=DELEGATE,
        autodiscover=False,
    )
    try:
        assert account.contacts.name == "Contacts"
        assert account.version.build.major_version == 15
        assert account.version.api_version == (api_version or "Exchange2016")
    finally:
        account.protocol.close()
