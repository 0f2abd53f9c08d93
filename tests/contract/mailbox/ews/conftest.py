# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server that offers all authentication schemes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract.mailbox.conftest import running


@pytest.fixture
def server(exchange) -> Iterator[object]:
    """The organization's server over plain HTTP, with Basic and NTLM."""
    with running(exchange) as one:
        yield one
