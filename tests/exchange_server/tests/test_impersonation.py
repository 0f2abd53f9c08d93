# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""ExchangeImpersonation: which users may act for other users."""

from __future__ import annotations

import pytest

from exchange_server.tests.soap_bodies import (
    CONTACTS,
    contact,
    create_item,
    get_folder,
    get_item,
)

SERVICE = "service@example.com"


@pytest.fixture(autouse=True)
def service(exchange):
    mailbox = exchange.add_mailbox(SERVICE, "secret")
    mailbox.may_impersonate = True
    return mailbox


def acting_for(address, name="PrimarySmtpAddress"):
    return (
        f"<t:ExchangeImpersonation><t:ConnectingSID><t:{name}>{address}</t:{name}>"
        "</t:ConnectingSID></t:ExchangeImpersonation>"
    )


@pytest.fixture
def post_as_service(post):
    def send(body, header):
        return post(body, header=header, user=SERVICE, password="secret")

    return send


@pytest.mark.parametrize("name", ["PrimarySmtpAddress", "SmtpAddress", "PrincipalName"])
def test_service_account_acts_for_a_user(post_as_service, mailbox, name):
    header = acting_for(mailbox.address.upper(), name)

    reply = post_as_service(
        create_item(contact("<t:DisplayName>New</t:DisplayName>")), header
    )

    assert reply.codes == ["NoError"]
    assert [each.values["contacts:DisplayName"] for each in mailbox.contacts()] == [
        "New"
    ]


def test_without_the_header_the_service_account_uses_its_own_mailbox(
    post, mailbox, service
):
    item = mailbox.add_contact(mailbox.folder("contacts"), {})

    reply = post(get_item(item.id), user=SERVICE, password="secret")

    assert reply.codes == ["ErrorItemNotFound"]


def test_ordinary_users_may_not_impersonate(post, exchange):
    exchange.add_mailbox("other@example.com", "secret")

    reply = post(get_folder(CONTACTS), header=acting_for("other@example.com"))

    assert (reply.status, reply.fault_code) == (500, "ErrorImpersonateUserDenied")


def test_users_may_impersonate_themselves(post, mailbox):
    reply = post(get_folder(CONTACTS), header=acting_for(mailbox.address))

    assert reply.codes == ["NoError"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (acting_for("nobody@example.com"), "ErrorNonExistentMailbox"),
        (
            acting_for("nobody@example.com", "PrincipalName"),
            "ErrorInvalidUserPrincipalName",
        ),
        (acting_for("S-1-5-21-1-2-3-1001", "SID"), "ErrorInvalidUserSid"),
        (acting_for(""), "ErrorInvalidExchangeImpersonationHeaderData"),
        (
            "<t:ExchangeImpersonation/>",
            "ErrorInvalidExchangeImpersonationHeaderData",
        ),
        (acting_for(SERVICE) * 2, "ErrorMoreThanOneAccessModeSpecified"),
    ],
)
def test_headers_with_an_unknown_user_are_refused(post_as_service, header, code):
    reply = post_as_service(get_folder(CONTACTS), header)

    assert (reply.status, reply.fault_code) == (500, code)


def test_exchangelib_impersonates(server, mailbox):
    from exchangelib import IMPERSONATION, Account, Configuration, Contact, Credentials

    account = Account(
        mailbox.address,
        config=Configuration(
            service_endpoint=server.url, credentials=Credentials(SERVICE, "secret")
        ),
        access_type=IMPERSONATION,
        autodiscover=False,
    )
    try:
        Contact(
            account=account, folder=account.contacts, display_name="From far"
        ).save()
    finally:
        account.protocol.close()

    (made,) = mailbox.contacts()
    assert made.values["contacts:DisplayName"] == "From far"
