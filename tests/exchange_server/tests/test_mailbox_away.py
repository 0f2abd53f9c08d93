# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mailbox that is not available: every operation reports it until it is back."""

from __future__ import annotations

import pytest

from exchange_server.exchange import Exchange
from exchange_server.tests.soap_bodies import (
    CONTACTS,
    contact,
    create_item,
    get_folder,
    sync_items,
)
from exchange_server.tests.test_schema_mutilation import MESSAGES
from exchange_server.tests.wire import soap

NOT_ABOUT_A_MAILBOX = {"GetServerTimeZones"}


@pytest.mark.parametrize("operation", sorted(set(MESSAGES) - NOT_ABOUT_A_MAILBOX))
def test_every_operation_reports_an_unavailable_mailbox(schemas, operation):
    exchange = Exchange(schemas=schemas)
    mailbox = exchange.add_mailbox("a@example.com", "password")
    item = mailbox.add_contact(mailbox.folder("contacts"), {})
    folder = mailbox.create_folder("Folder")
    mailbox.disable()

    request = soap(MESSAGES[operation](item, folder)).encode()
    answer = exchange.answer(request, mailbox, {})

    assert answer.status == 200
    assert b"NoError" not in answer.body
    assert b"ErrorNonExistentMailbox" in answer.body


def test_each_requested_thing_gets_a_message(post, mailbox):
    mailbox.disable()

    reply = post(create_item(contact(), contact(), contact()))

    assert reply.codes == ["ErrorNonExistentMailbox"] * 3
    assert mailbox.contacts() == []


def test_store_that_is_unavailable_stops_the_batch(post, mailbox):
    mailbox.disable("ErrorMailboxStoreUnavailable")

    reply = post(get_folder(CONTACTS, CONTACTS))

    assert reply.codes == [
        "ErrorMailboxStoreUnavailable",
        "ErrorBatchProcessingStopped",
    ]


def test_the_mailbox_is_unchanged_when_it_is_available_again(post, mailbox):
    mailbox.add_contact(mailbox.folder("contacts"), {})
    state = post(sync_items()).one(".//m:SyncState").text
    mailbox.disable()
    assert post(sync_items(state)).one(".//m:SyncState").text is None
    mailbox.enable()

    reply = post(sync_items(state))

    assert reply.codes == ["NoError"]
    assert reply.all(".//m:Changes/*") == []
