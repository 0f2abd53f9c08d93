# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ResolveNames: the directory, the Contacts folder, none, one and many."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def people(exchange, mailbox):
    exchange.add_mailbox("bert@example.com", "secret", "Bert Sand")
    mailbox.add_contact(
        mailbox.folder("contacts"),
        {
            "contacts:DisplayName": "Berta Moor",
            "contacts:EmailAddress:EmailAddress1": "moor@example.org",
        },
    )
    mailbox.add_contact(
        mailbox.folder("contacts"), {"contacts:DisplayName": "Bernd without address"}
    )


def resolve(entry, attributes='ReturnFullContactData="true"'):
    return (
        f"<m:ResolveNames {attributes}><m:UnresolvedEntry>{entry}"
        "</m:UnresolvedEntry></m:ResolveNames>"
    )


def names(reply):
    return reply.texts(".//t:Resolution/t:Mailbox/t:Name")


def response_class(reply):
    return reply.one(".//m:ResolveNamesResponseMessage").get("ResponseClass")


def test_one_of_the_directory(post):
    reply = post(resolve("sand"))

    assert (reply.codes, response_class(reply)) == (["NoError"], "Success")
    assert names(reply) == ["Bert Sand"]
    assert reply.texts(".//t:Mailbox/t:MailboxType") == ["Mailbox"]
    assert reply.texts(".//t:Contact/t:ContactSource") == ["ActiveDirectory"]
    assert reply.one(".//m:ResolutionSet").get("TotalItemsInView") == "1"


def test_directory_entry_without_full_data(post):
    reply = post(resolve("sand", 'ReturnFullContactData="false"'))

    assert reply.all(".//t:Contact") == []


def test_one_of_the_contacts_folder_can_be_fetched(post, mailbox):
    reply = post(resolve("moor@"))

    assert names(reply) == ["Berta Moor"]
    identifier = reply.one(".//t:Mailbox/t:ItemId").get("Id")
    assert mailbox.item(identifier).values["contacts:DisplayName"] == "Berta Moor"


def test_several_are_a_warning(post):
    reply = post(resolve("bert"))

    assert reply.codes == ["ErrorNameResolutionMultipleResults"]
    assert response_class(reply) == "Warning"
    assert names(reply) == ["Bert Sand", "Berta Moor"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("ActiveDirectory", ["Bert Sand"]),
        ("Contacts", ["Berta Moor"]),
        ("ActiveDirectoryContacts", ["Bert Sand", "Berta Moor"]),
        ("ContactsActiveDirectory", ["Berta Moor", "Bert Sand"]),
    ],
)
def test_scopes(post, scope, expected):
    attributes = f'ReturnFullContactData="false" SearchScope="{scope}"'

    assert names(post(resolve("bert", attributes))) == expected


def test_none_is_an_error(post):
    reply = post(resolve("nobody"))

    assert reply.codes == ["ErrorNameResolutionNoResults"]
    assert response_class(reply) == "Error"


@pytest.mark.parametrize("entry", [" ", ",", "-"])
def test_invalid_names(post, entry):
    assert post(resolve(entry)).codes == ["ErrorInvalidNameForNameResolution"]


def test_at_most_a_hundred(post, mailbox):
    mailbox.bulk_add_contacts(
        mailbox.folder("contacts"),
        (
            {"contacts:EmailAddress:EmailAddress1": f"many{number}@example.com"}
            for number in range(120)
        ),
    )

    reply = post(resolve("many"))

    assert len(names(reply)) == 100
    assert reply.one(".//m:ResolutionSet").get("IncludesLastItemInRange") == "false"
