# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of several clients look at."""

from __future__ import annotations

import pytest

from exchange_server.clients.processes import StepError, Steps
from exchange_server.store.item import Item
from exchange_server.store.mailbox import Mailbox


def only_item(mailbox: Mailbox) -> Item:
    """The contact of the mailbox, which has one."""
    [item] = mailbox.contacts()
    return item


def refused(client: Steps, step: str, **arguments) -> tuple[int, str]:
    """Status and code of the answer to a step that the server refuses."""
    with pytest.raises(StepError) as error:
        client(step, **arguments)
    return error.value.status, error.value.code
