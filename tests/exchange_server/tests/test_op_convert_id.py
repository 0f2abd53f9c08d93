# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ConvertId, which some clients also send as their first request."""

from __future__ import annotations

import pytest

from exchange_server.tests.wire import ADDRESS

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
def test_conversion_in_both_directions(post, mailbox, item, target):
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


def test_the_true_owner_is_named(exchange, post, item):
    exchange.add_mailbox("bert@example.com", "password")
    for named in ("bert@example.com", "nobody@example.com", "DUMMY"):
        reply = post(convert(item.id, mailbox=named))
        assert reply.one(".//m:AlternateId").get("Mailbox") == ADDRESS


def test_an_identifier_of_a_mailbox_that_was_replaced(exchange, post, item):
    exchange.replace_mailbox(ADDRESS)
    assert post(convert(item.id)).codes == ["ErrorNonExistentMailbox"]


def test_public_folders_are_not_offered(post):
    body = (
        '<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternatePublicFolderId'
        ' Format="EwsId" FolderId="x"/></m:SourceIds></m:ConvertId>'
    )

    assert post(body).codes == ["ErrorInvalidOperation"]
