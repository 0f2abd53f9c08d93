# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CreateItem, with messages as "CreateItem operation (contact)" shows them."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    contact,
    create_item,
    distinguished,
    extended,
    folder_id,
    get_item,
)


def test_contact_is_there_afterwards(post, mailbox):
    content = (
        "<t:FileAs>Filed</t:FileAs><t:GivenName>Ines</t:GivenName>"
        "<t:CompanyName>Adegas &amp; Filhos</t:CompanyName>"
        '<t:EmailAddresses><t:Entry Key="EmailAddress1" Name="Ines" RoutingType="SMTP">'
        "ines@example.com</t:Entry></t:EmailAddresses>"
        '<t:PhysicalAddresses><t:Entry Key="Business"><t:Street>Rua 1</t:Street>'
        "<t:City>Porto</t:City></t:Entry></t:PhysicalAddresses>"
        '<t:PhoneNumbers><t:Entry Key="BusinessPhone">+351 1</t:Entry></t:PhoneNumbers>'
        "<t:JobTitle>Cooper</t:JobTitle><t:Surname>Lobo</t:Surname>"
    )

    reply = post(create_item(contact(content)))

    assert reply.codes == ["NoError"]
    answered = reply.one(".//t:Contact/t:ItemId")
    (made,) = mailbox.contacts()
    assert answered.get("Id") == made.id
    assert answered.get("ChangeKey") == made.change_key
    assert made.values == {
        "contacts:FileAs": "Filed",
        "contacts:GivenName": "Ines",
        "contacts:CompanyName": "Adegas & Filhos",
        "contacts:EmailAddress:EmailAddress1": "ines@example.com",
        "contacts:EmailAddress:EmailAddress1:Name": "Ines",
        "contacts:EmailAddress:EmailAddress1:RoutingType": "SMTP",
        "contacts:PhysicalAddress:Business:Street": "Rua 1",
        "contacts:PhysicalAddress:Business:City": "Porto",
        "contacts:PhoneNumber:BusinessPhone": "+351 1",
        "contacts:JobTitle": "Cooper",
        "contacts:Surname": "Lobo",
    }


def test_each_item_of_a_batch_has_its_answer(post, mailbox):
    good = contact("<t:DisplayName>Good</t:DisplayName>")
    bad = contact("<t:DisplayName>Bad</t:DisplayName><t:HasPicture>true</t:HasPicture>")

    reply = post(create_item(good, bad, good))

    assert reply.status == 200
    assert reply.codes == ["NoError", "ErrorInvalidPropertySet", "NoError"]
    assert len(reply.all(".//m:CreateItemResponseMessage/m:Items")) == 3
    assert len(mailbox.contacts()) == 2


def test_hundred_contacts_at_once(post, mailbox):
    wanted = [contact(f"<t:DisplayName>N{n}</t:DisplayName>") for n in range(100)]

    reply = post(create_item(*wanted))

    assert reply.codes == ["NoError"] * 100
    identifiers = [each.get("Id") for each in reply.all(".//t:ItemId")]
    assert [
        mailbox.item(each).values["contacts:DisplayName"] for each in identifiers
    ] == [f"N{n}" for n in range(100)]


def test_without_a_folder_each_kind_goes_home(post, mailbox):
    attributes = 'MessageDisposition="SaveOnly" SendMeetingInvitations="SendToNone"'
    items = (
        contact("<t:DisplayName>C</t:DisplayName>"),
        "<t:DistributionList><t:DisplayName>L</t:DisplayName></t:DistributionList>",
        "<t:Message><t:Subject>M</t:Subject></t:Message>",
        "<t:Task><t:Subject>T</t:Subject></t:Task>",
        "<t:CalendarItem><t:Subject>A</t:Subject></t:CalendarItem>",
    )

    reply = post(create_item(*items, folder=None, attributes=attributes))

    homes = [mailbox.item(e.get("Id")).folder for e in reply.all(".//t:ItemId")]
    assert [each.distinguished_id for each in homes] == [
        "contacts",
        "contacts",
        "drafts",
        "tasks",
        "calendar",
    ]


@pytest.mark.parametrize(
    ("item", "folder", "code"),
    [
        (contact(), "searchfolders", "ErrorCannotCreateContactInNonContactFolder"),
        (contact(), "inbox", "ErrorCannotCreateContactInNonContactFolder"),
        (
            "<t:DistributionList/>",
            "calendar",
            "ErrorCannotCreateContactInNonContactFolder",
        ),
        ("<t:Task/>", "contacts", "ErrorCannotCreateTaskInNonTaskFolder"),
        (
            "<t:CalendarItem/>",
            "contacts",
            "ErrorCannotCreateCalendarItemInNonCalendarFolder",
        ),
    ],
)
def test_folders_of_another_kind(post, item, folder, code):
    attributes = 'SendMeetingInvitations="SendToNone"'
    body = create_item(item, folder=distinguished(folder), attributes=attributes)

    assert post(body).codes == [code]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("<t:Message/>", "ErrorMessageDispositionRequired"),
        ("<t:CalendarItem/>", "ErrorSendMeetingInvitationsRequired"),
    ],
)
def test_attributes_that_some_items_need(post, item, code):
    assert post(create_item(item, folder=None)).codes == [code]


def test_folder_that_is_gone(post, mailbox):
    gone = mailbox.create_folder("Gone")
    mailbox.remove_folder(gone)

    reply = post(create_item(contact(), contact(), folder=folder_id(gone.id)))

    assert reply.codes == ["ErrorSavedItemFolderNotFound"] * 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<t:Notes>x</t:Notes>", "ErrorInvalidPropertyRequest"),
        ("<t:Photo>eA==</t:Photo>", "ErrorInvalidPropertyRequest"),
        (
            "<t:LastModifiedTime>2024-01-01T00:00:00Z</t:LastModifiedTime>",
            "ErrorInvalidPropertySet",
        ),
        (
            "<t:CompleteName><t:FirstName>x</t:FirstName></t:CompleteName>",
            "ErrorInvalidPropertySet",
        ),
        (
            '<t:MimeContent CharacterSet="UTF-8">eA==</t:MimeContent>',
            "ErrorUnsupportedMimeConversion",
        ),
        ("<t:ItemClass>IPM.Note</t:ItemClass>", "ErrorObjectTypeChanged"),
    ],
)
def test_what_a_client_cannot_set(post, mailbox, content, code):
    assert post(create_item(contact(content))).codes == [code]
    assert mailbox.contacts() == []


def test_a_custom_item_class(post, mailbox):
    content = "<t:ItemClass>IPM.Contact.Customer</t:ItemClass>"

    identifier = post(create_item(contact(content))).one(".//t:ItemId").get("Id")

    reply = post(get_item(identifier))
    assert reply.one(".//t:Contact/t:ItemClass").text == "IPM.Contact.Customer"


def extended_property(value: str, kind: str, many: bool = False) -> str:
    path = extended(
        DistinguishedPropertySetId="PublicStrings",
        PropertyName="ChangeType",
        PropertyType=kind,
    )
    content = f"<t:Value>{value}</t:Value>"
    if many:
        content = f"<t:Values>{content}{content}</t:Values>"
    return contact(f"<t:ExtendedProperty>{path}{content}</t:ExtendedProperty>")


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("String", "any text", "any text"),
        ("Integer", "-5", "-5"),
        ("Long", "5000000000", "5000000000"),
        ("Boolean", "1", "true"),
        ("Double", "1.5", "1.5"),
        ("SystemTime", "2024-02-29T10:00:00Z", "2024-02-29T10:00:00Z"),
        ("SystemTime", "2024-02-29T10:00:00.000Z", "2024-02-29T10:00:00Z"),
        ("SystemTime", "2024-02-29T23:30:00-01:00", "2024-03-01T00:30:00Z"),
        ("Binary", "AAEC", "AAEC"),
        ("CLSID", "6d1b2c3d-0001-4f4f-8a8a-123456789abc", None),
    ],
)
def test_extended_values_of_each_type(post, mailbox, kind, value, stored):
    assert post(create_item(extended_property(value, kind))).codes == ["NoError"]

    (made,) = mailbox.contacts()
    assert list(made.values.values()) == [stored or value]


@pytest.mark.parametrize(
    ("kind", "value", "many"),
    [
        ("Integer", "five", False),
        ("Integer", "5000000000", False),
        ("Short", "70000", False),
        ("Boolean", "maybe", False),
        ("Double", "much", False),
        ("SystemTime", "yesterday", False),
        ("SystemTime", "0001-01-01T00:00:00+01:00", False),
        ("CLSID", "nobody", False),
        ("Binary", "?", False),
        ("String", "text", True),
        ("StringArray", "text", False),
    ],
)
def test_extended_values_of_another_type(post, kind, value, many):
    reply = post(create_item(extended_property(value, kind, many)))

    assert reply.codes == ["ErrorInvalidExtendedPropertyValue"]


def test_attachments_come_with_the_item(post, mailbox):
    content = (
        "<t:Attachments><t:FileAttachment><t:Name>portrait.jpg</t:Name>"
        "<t:IsContactPhoto>true</t:IsContactPhoto><t:Content>eHl6</t:Content>"
        "</t:FileAttachment></t:Attachments>"
    )

    reply = post(create_item(contact(content)))

    assert len(reply.all(".//t:Contact/t:Attachments//t:AttachmentId")) == 1
    (made,) = mailbox.contacts()
    assert [each.content for each in made.attachments] == [b"xyz"]
    assert post(get_item(made.id)).texts(".//t:HasPicture") == ["true"]


def test_incomplete_attachment_makes_no_item(post, mailbox):
    content = (
        "<t:Attachments><t:FileAttachment><t:Content>eHl6</t:Content>"
        "</t:FileAttachment></t:Attachments>"
    )

    reply = post(create_item(contact(content)))

    assert reply.codes == ["ErrorRequiredPropertyMissing"]
    assert mailbox.contacts() == []


def test_dates_are_kept_in_utc(post):
    content = (
        "<t:Birthday>1980-03-01T01:30:00+02:00</t:Birthday>"
        "<t:WeddingAnniversary>2004-05-06T00:00:00Z</t:WeddingAnniversary>"
    )
    identifier = post(create_item(contact(content))).one(".//t:ItemId").get("Id")

    reply = post(get_item(identifier))

    assert reply.texts(".//t:Birthday") == ["1980-02-29T23:30:00Z"]
    assert reply.texts(".//t:WeddingAnniversary") == ["2004-05-06T00:00:00Z"]


def test_texts_come_back_as_they_were(post):
    text = "a &amp; b &lt;c&gt; \"d\" 'e' &#xD;&#xA; 名字 Имя 🙂"
    content = (
        f'<t:Body BodyType="Text">{text}</t:Body><t:DisplayName>{text}</t:DisplayName>'
    )
    identifier = post(create_item(contact(content))).one(".//t:ItemId").get("Id")

    reply = post(get_item(identifier))

    expected = "a & b <c> \"d\" 'e' \r\n 名字 Имя 🙂"
    assert reply.one(".//t:DisplayName").text == expected
    assert reply.one(".//t:Body").text == expected


@pytest.mark.parametrize("character", ["&#x1;", "\x0b", "&#xFFFF;"])
def test_characters_that_xml_forbids(post, mailbox, character):
    """ "Validation Errors When You Submit Exchange Web Services Requests"."""
    name = f"<t:DisplayName>a{character}b</t:DisplayName>"

    reply = post(create_item(contact(name)))

    assert (reply.status, reply.fault_code) == (500, "ErrorSchemaValidation")
    assert mailbox.contacts() == []
