# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""exchangelib recognizes the faults of the simulator."""

from __future__ import annotations

import pytest
from exchangelib import Contact
from exchangelib.errors import (
    ErrorServerBusy,
    ErrorTimeoutExpired,
    MalformedResponseError,
    UnauthorizedError,
)

from exchange_server import ExchangeServer, faults


@pytest.fixture
def folder(account):
    return account.contacts


def test_busy(server: ExchangeServer, folder):
    server.faults.add(faults.busy("GetFolder", back_off_ms=2500))
    with pytest.raises(ErrorServerBusy) as caught:
        folder.refresh()
    assert caught.value.back_off == 2.5


def test_service_unavailable(server: ExchangeServer, folder):
    server.faults.add(faults.http_status(503, "GetFolder"))
    with pytest.raises(ErrorServerBusy, match="Caused by HTTP 503 response"):
        folder.refresh()


def test_internal_server_error(server: ExchangeServer, folder):
    server.faults.add(faults.http_status(500, "GetFolder"))
    with pytest.raises(MalformedResponseError):
        folder.refresh()


def test_unauthorized(server: ExchangeServer, folder):
    server.faults.add(faults.http_status(401, "GetFolder", times=3))
    with pytest.raises(UnauthorizedError):
        folder.refresh()


def test_dropped_after_the_change(server: ExchangeServer, folder, mailbox):
    server.faults.add(faults.drop_after("CreateItem"))
    contact = Contact(account=folder.account, folder=folder, display_name="Ada")
    with pytest.raises(ErrorTimeoutExpired):
        contact.save()
    names = [item.values["contacts:DisplayName"] for item in mailbox.contacts()]
    assert names == ["Ada"]


def test_truncated(server: ExchangeServer, folder):
    server.faults.add(faults.truncated("GetFolder"))
    with pytest.raises(Exception, match="Reraised|IncompleteRead"):
        folder.refresh()
    folder.refresh()
