# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ConvertId, which clients also send as a first knock on the door."""

from __future__ import annotations

import pytest
from wire import ADDRESS

FORMATS = ["EwsId", "EwsLegacyId", "EntryId", "HexEntryId", "StoreId", "OwaId"]


def convert(identifier, source="EwsId", target="EntryId", mailbox=ADDRESS):
    return (
        f'<m:ConvertId DestinationFormat="{target}"><m:SourceIds><t:AlternateId'
        f' Format="{source}" Id="{identifier}" Mailbox="{mailbox}"/></m:SourceIds>'
        "</m:ConvertId>"
    )


@pytest.fixture
def item(mailbox):
    return mailbox.add_contact(mailbox.folder("contacts"), {})


@pytest.mark.parametrize("target", FORMATS)
def test_there_and_back(post, mailbox, item, target):
    for identifier in (item.id, item.folder.id):
        there = post(convert(identifier, "EwsId", target))
        assert there.codes == ["NoError"]
        found = there.one(".//m:AlternateId")
        assert (found.get("Format"), found.get("Mailbox")) == (target, ADDRESS)

        back = post(convert(found.get("Id"), target, "EwsId"))
        assert back.one(".//m:AlternateId").get("Id") == identifier


def test_formats_differ(post, item):
    written = {
        post(convert(item.id, "EwsId", each)).one(".//m:AlternateId").get("Id")
        for each in FORMATS
    }

    assert len(written) == len(FORMATS)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (convert("DUMMY", mailbox="DUMMY"), "ErrorInvalidIdMalformed"),
        (convert(""), "ErrorInvalidIdEmpty"),
        (convert("zz", "HexEntryId"), "ErrorInvalidIdMalformed"),
        (convert("AAAA", "EntryId"), "ErrorInvalidIdMalformed"),
    ],
)
def test_identifiers_that_are_none(post, body, code):
    reply = post(body)

    assert reply.status == 200
    assert reply.codes == [code]


@pytest.mark.parametrize("named", ["nobody@example.com", "DUMMY", ADDRESS.upper()])
def test_an_ews_id_tells_its_owner(post, item, named):
    for identifier in (item.id, item.folder.id):
        reply = post(convert(identifier, mailbox=named))

        assert reply.codes == ["NoError"]
        assert reply.one(".//m:AlternateId").get("Mailbox") == ADDRESS


def test_mailbox_that_does_not_exist(post, item):
    entry_id = post(convert(item.id)).one(".//m:AlternateId").get("Id")

    reply = post(convert(entry_id, "EntryId", "EwsId", mailbox="nobody@example.com"))

    assert reply.codes == ["ErrorNonExistentMailbox"]


def test_an_ews_id_of_a_mailbox_that_is_gone(post, exchange, item):
    exchange.replace_mailbox(ADDRESS)

    assert post(convert(item.id)).codes == ["ErrorNonExistentMailbox"]


def test_public_folders_are_not_offered(post):
    body = (
        '<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternatePublicFolderId'
        ' Format="EwsId" FolderId="x"/></m:SourceIds></m:ConvertId>'
    )

    assert post(body).codes == ["ErrorInvalidOperation"]
