# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Requests and answers that break the published schema are refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from exchange_server.exchange import Exchange
from exchange_server.schema import InvalidAnswer, Schemas
from exchange_server.tests.soap_bodies import (
    CONTACTS,
    change,
    contact,
    create_item,
    field,
    get_item,
    item_id,
    set_field,
    shape,
    update_item,
)
from exchange_server.tests.wire import soap
from support.rows import for_each_row

FAULT = ".//s:Fault/detail/t:MessageXml/t:{}"

INVALID = [
    "<m:GetItem/>",
    f"<m:GetItem>{shape('Everything')}<m:ItemIds>{item_id('x')}</m:ItemIds></m:GetItem>",
    f"<m:GetItem>{shape()}<m:ItemIds/></m:GetItem>",
    f"<m:GetItem><m:ItemIds>{item_id('x')}</m:ItemIds>{shape()}</m:GetItem>",
    get_item("x", shape("IdOnly", field("contacts:Nonsense"))),
    create_item(contact("<t:Surname>A</t:Surname><t:GivenName>B</t:GivenName>")),
    create_item(contact("<t:Shoes>43</t:Shoes>")),
    create_item(contact("<t:Birthday>yesterday</t:Birthday>")),
    create_item(contact("<t:Sensitivity>Secret</t:Sensitivity>")),
    create_item(
        contact('<t:PhoneNumbers><t:Entry Key="Red">1</t:Entry></t:PhoneNumbers>')
    ),
    create_item(contact("<t:PhoneNumbers/>")),
    '<m:DeleteItem DeleteType="Shred"><m:ItemIds><t:ItemId Id="x"/></m:ItemIds>'
    "</m:DeleteItem>",
    f"<m:DeleteItem><m:ItemIds>{item_id('x')}</m:ItemIds></m:DeleteItem>",
    update_item(
        change(
            item_id("x"),
            set_field(field("contacts:GivenName"), "<t:GivenName>a</t:GivenName>"),
        ),
        resolution="Sometimes",
    ),
    "<m:FindItem Traversal='Deep'>" + shape() + f"<m:ParentFolderIds>{CONTACTS}"
    "</m:ParentFolderIds></m:FindItem>",
]


@pytest.mark.parametrize("body", INVALID)
def test_invalid_requests(post, mailbox, body):
    reply = post(body)

    assert (reply.status, reply.fault_code) == (500, "ErrorSchemaValidation")
    assert int(reply.one(FAULT.format("LineNumber")).text) >= 1
    assert int(reply.one(FAULT.format("LinePosition")).text) >= 1
    assert reply.one(FAULT.format("Violation")).text
    assert mailbox.contacts() == []


@pytest.mark.parametrize("body", [b"hello", b"<a", b"<?xml version='1.0'?>"])
def test_invalid_xml_is_refused(post, body):
    assert post(body).fault_code == "ErrorSchemaValidation"


def test_xml_without_an_envelope_is_refused(post):
    assert post(b"<a/>").fault_code == "ErrorInvalidRequest"


def test_empty_body(post):
    """ "ErrorInvalidRequest" on the EWS page "ResponseCode"."""
    assert post("").fault_code == "ErrorInvalidRequest"


@pytest.mark.parametrize("body", ["<t:GetItem/>", "<m:Anything/>", "<m:FindPeople/>"])
def test_unknown_elements(post, body):
    assert post(body).fault_code == "ErrorInvalidRequest"


def test_an_address_of_a_page_may_be_any_text(post, mailbox):
    page = "a.example/some page:with [all]"
    homepage = f"<t:BusinessHomePage>{page}</t:BusinessHomePage>"
    assert post(create_item(contact(homepage))).codes == ["NoError"]
    (item,) = mailbox.contacts()
    assert item.values == {"contacts:BusinessHomePage": page}
    assert post(get_item(item.id)).texts(".//t:BusinessHomePage") == [page]
    homepage = "<t:BusinessHomePage>http://[no host</t:BusinessHomePage>"
    assert post(create_item(contact(homepage))).fault_code == "ErrorSchemaValidation"


def test_an_unsupported_operation_is_refused(post):
    body = (
        "<m:ExpandDL><m:Mailbox><t:EmailAddress>a@example.com</t:EmailAddress>"
        "</m:Mailbox></m:ExpandDL>"
    )

    reply = post(body)

    assert (reply.status, reply.fault_code) == (500, "ErrorInvalidRequest")


def test_document_type_definitions_are_refused(post):
    body = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
        + soap(create_item(contact("<t:Surname>&b;</t:Surname>"))).partition("?>")[2]
    )

    assert post(body).fault_code == "ErrorSchemaValidation"


def test_faults_carry_the_servers_version(post):
    reply = post("<m:GetItem/>")

    assert reply.one(".//s:Header/t:ServerVersionInfo").get("MajorVersion") == "15"
    assert reply.one(".//s:Fault/faultcode").text == "a:ErrorSchemaValidation"


def test_an_answer_that_violates_the_schema_raises(schemas):
    answer = etree.fromstring(
        '<m:GetItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/'
        '2006/messages"><m:Nonsense/></m:GetItemResponse>'
    )

    with pytest.raises(InvalidAnswer, match="Nonsense"):
        schemas.check_answer(answer)


def test_many_requests_at_the_same_time(schemas):
    exchange = Exchange(schemas=schemas)
    mailbox = exchange.add_mailbox("anna@example.com", "password")
    wanted = [contact("<t:Surname>A</t:Surname>"), contact("<t:Shoes>43</t:Shoes>")]
    requests = [soap(create_item(each)).encode() for each in wanted] * 100

    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda r: exchange.answer(r, mailbox, {}), requests)
        statuses = [answer.status for answer in answers]

    assert statuses == [200, 500] * 100
    assert len(mailbox.contacts()) == 100


def test_directory_without_schemas(tmp_path):
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        Schemas(tmp_path)


LOOSE = [
    "<m:GetItem/>",
    f"<m:GetItem>{shape()}<m:ItemIds/></m:GetItem>",
    create_item(contact("<t:Shoes>43</t:Shoes>")),
    create_item(contact("<t:Birthday>yesterday</t:Birthday>")),
    create_item(contact("<t:Sensitivity>Secret</t:Sensitivity>")),
    create_item(
        contact('<t:PhoneNumbers><t:Entry Key="Red">1</t:Entry></t:PhoneNumbers>')
    ),
    f"<m:DeleteItem><m:ItemIds>{item_id('x')}</m:ItemIds></m:DeleteItem>",
    "<m:SyncFolderItems>" + shape() + f"<m:SyncFolderId>{CONTACTS}</m:SyncFolderId>"
    "<m:MaxChangesReturned>1000</m:MaxChangesReturned></m:SyncFolderItems>",
]


@for_each_row("body", LOOSE)
def test_worst_requests_are_refused_without_the_schemas_too(body):
    """A simulator started without the schema files still says what is wrong."""
    exchange = Exchange()
    mailbox = exchange.add_mailbox("anna@example.com", "password")

    answer = exchange.answer(soap(body).encode(), mailbox, {})

    assert answer.status == 500
    assert b"ErrorSchemaValidation" in answer.body
