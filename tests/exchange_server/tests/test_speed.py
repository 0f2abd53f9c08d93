# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The simulator serves thousands of contacts a second, so it is not a bottleneck.

The limits are a tenth of what two slow cores reach, so that only large mistakes exceed
them.
"""

from __future__ import annotations

import re
import time

import pytest

from exchange_server.exchange import Exchange
from exchange_server.tests.soap_bodies import field, get_item, shape, sync_items
from exchange_server.tests.wire import soap

COUNT = 5_000
URIS = (
    "contacts:GivenName contacts:Surname contacts:CompanyName contacts:JobTitle "
    "contacts:EmailAddresses contacts:PhoneNumbers contacts:PhysicalAddresses "
    "contacts:BusinessHomePage item:Categories item:LastModifiedTime"
).split()
WANTED = shape("IdOnly", *map(field, URIS))


@pytest.fixture
def mailbox():
    exchange = Exchange()
    box = exchange.add_mailbox("anna@example.com", "password")
    box.bulk_add_contacts(
        box.folder("contacts"),
        (
            {
                "contacts:GivenName": "Ann",
                "contacts:Surname": f"Lee & {number}",
                "contacts:CompanyName": "Example",
                "contacts:EmailAddress:EmailAddress1": f"a{number}@example.com",
                "contacts:PhoneNumber:MobilePhone": "+1 555 0100",
                "contacts:PhysicalAddress:Business:City": "Springfield",
            }
            for number in range(COUNT)
        ),
    )
    return exchange, box


def test_synchronization_and_reading(mailbox):
    exchange, box = mailbox
    started = time.perf_counter()
    state, identifiers = None, []
    while True:
        request = soap(sync_items(state, wanted=WANTED)).encode()
        text = exchange.answer(request, box, {}).body.decode()
        identifiers += re.findall('<t:ItemId Id="([^"]+)"', text)
        state = re.search("<m:SyncState>([^<]+)<", text)[1]
        if "<m:IncludesLastItemInRange>true" in text:
            break
    synchronized = time.perf_counter() - started

    started = time.perf_counter()
    for place in range(0, COUNT, 250):
        request = soap(get_item(identifiers[place : place + 250], WANTED)).encode()
        assert exchange.answer(request, box, {}).body.count(b"NoError") == 250
    read = time.perf_counter() - started

    assert len(set(identifiers)) == COUNT
    assert COUNT / synchronized > 2_000
    assert COUNT / read > 2_000
