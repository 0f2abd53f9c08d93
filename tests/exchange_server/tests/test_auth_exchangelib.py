# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Logging on with plain exchangelib, which guesses the scheme by itself."""

from __future__ import annotations

import pytest
from exchangelib import BASIC, DELEGATE, NTLM, Account, Configuration, Credentials
from exchangelib.errors import UnauthorizedError
from exchangelib.protocol import CachingProtocol

from exchange_server import Exchange, ExchangeServer
from exchange_server.tests.wire import ADDRESS, PASSWORD


@pytest.fixture(autouse=True)
def no_protocols_of_other_tests():
    """exchangelib keeps protocols by endpoint, and ports are used again."""
    yield
    CachingProtocol.clear_cache()


def account(server: ExchangeServer, password: str = PASSWORD, **config) -> Account:
    return Account(
        ADDRESS,
        config=Configuration(
            service_endpoint=server.url,
            credentials=Credentials(ADDRESS, password),
            **config,
        ),
        access_type=DELEGATE,
        autodiscover=False,
    )


@pytest.mark.parametrize(
    ("schemes", "guessed"),
    [(("basic",), BASIC), (("ntlm",), NTLM), (("basic", "ntlm"), NTLM)],
)
def test_exchangelib_guesses_the_scheme(exchange: Exchange, schemes, guessed):
    with ExchangeServer(exchange, auth=schemes) as server:
        mine = account(server)
        assert mine.protocol.auth_type == guessed
        assert mine.contacts.name == "Contacts"


@pytest.mark.parametrize("scheme", [BASIC, NTLM])
def test_the_scheme_may_be_given(server: ExchangeServer, scheme):
    mine = account(server, auth_type=scheme)
    assert mine.contacts.name == "Contacts"


@pytest.mark.parametrize("scheme", [BASIC, NTLM])
def test_a_wrong_password_is_reported_as_such(server: ExchangeServer, scheme):
    mine = account(server, "wrong", auth_type=scheme)
    with pytest.raises(UnauthorizedError, match="Invalid credentials"):
        mine.contacts.refresh()
    assert server.counters.total == 0
