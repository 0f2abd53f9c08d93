# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access tokens from refresh tokens, secrets and certificates."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from contract.sign_in.certificates import Certified
from contract.sign_in.conftest import ADDRESS
from contract.sign_in.person import begun, signed_in
from exchange_contact_sync.core.errors import ServerBusy, Unreachable
from exchange_contact_sync.core.handles import hold
from exchange_contact_sync.sign_in import flow, sources
from exchange_contact_sync.sign_in.errors import (
    AccessConditional,
    ApplicationUnknown,
    ConsentNeeded,
    ProofNeeded,
    SecretExpired,
    SecretWrong,
    SignInExpired,
    TenantUnknown,
)
from exchange_contact_sync.sign_in.tokens import of_application, refreshed
from exchange_server import faults


@pytest.fixture
def tokens(application, person):
    """The tokens of a first sign-in."""
    return signed_in(application, person).tokens


def test_refresh_tokens_rotate(application, tokens, exchange, contacts):
    exchange.tenant.grants.single_use = True
    kept = []
    source = sources.for_user(application, hold(tokens.refresh), kept.append)
    first = source.token()
    second = source.token(refused=first)
    third = source.token(refused=second)
    assert len({first, second, third}) == 3
    assert len({tokens.refresh, *kept}) == 4
    assert contacts(third) == 200


def test_an_access_token_is_used_until_it_is_refused(application, tokens, server):
    source = sources.for_user(application, hold(tokens.refresh), lambda token: None)
    server.counters.reset()
    first = source.token()
    assert source.token() == first
    assert source.token(refused="an older one") == first
    assert server.counters.requests["Token"] == 1
    assert source.token(refused=first) != first


def test_a_token_is_stored_before_it_is_used(application, tokens):
    """If it cannot be stored, the run does not continue with it."""

    def keep(token):
        raise RuntimeError("the disk is full")

    source = sources.for_user(application, hold(tokens.refresh), keep)
    with pytest.raises(RuntimeError, match="disk"):
        source.token()


def test_an_account_without_a_sign_in_has_no_token(application, server):
    with pytest.raises(SignInExpired):
        refreshed(application, hold(""))
    assert server.counters.total == 0


def test_revoked_tokens(application, tokens, exchange):
    exchange.tenant.revoke(ADDRESS)
    with pytest.raises(SignInExpired, match="AADSTS50173"):
        refreshed(application, hold(tokens.refresh))


def test_unused_tokens_expire(application, tokens, exchange):
    exchange.tenant.grants.expire()
    with pytest.raises(SignInExpired, match="AADSTS700082"):
        refreshed(application, hold(tokens.refresh))


def test_withdrawn_consent(application, tokens, exchange):
    exchange.tenant.withdraw_consent(ADDRESS)
    with pytest.raises(ConsentNeeded):
        refreshed(application, hold(tokens.refresh))


@pytest.mark.parametrize(
    ("error", "number", "meaning"),
    [
        ("interaction_required", 50079, ProofNeeded),
        ("invalid_grant", 53003, AccessConditional),
        ("invalid_grant", 99999999, SignInExpired),
    ],
)
def test_later_requirements_need_a_new_sign_in(
    application, tokens, exchange, error, number, meaning
):
    exchange.tenant.refuse(ADDRESS, error, number)
    with pytest.raises(meaning):
        refreshed(application, hold(tokens.refresh))
    exchange.tenant.admit(ADDRESS)
    assert refreshed(application, hold(tokens.refresh)).refresh


def test_a_refresh_works_after_a_lost_answer(application, tokens, server):
    server.faults.add(faults.drop_after("Token"))
    with pytest.raises(Unreachable):
        refreshed(application, hold(tokens.refresh))
    assert refreshed(application, hold(tokens.refresh)).refresh


def test_a_busy_server_says_how_long(application, tokens, server):
    server.faults.add(faults.http_status(429, "Token", retry_after=7))
    with pytest.raises(ServerBusy) as caught:
        refreshed(application, hold(tokens.refresh))
    assert caught.value.back_off == 7
    server.faults.add(faults.http_status(500, "OpenIdConfiguration"))
    with pytest.raises(Unreachable):
        refreshed(application, hold(tokens.refresh))


def test_a_secret_opens_all_mailboxes(application, contacts):
    token = sources.for_application(application).token()
    assert contacts(token, f"/users/{ADDRESS}") == 200


def test_a_certificate_opens_all_mailboxes(by_certificate, contacts, server):
    with server.recorder as recorder:
        token = of_application(by_certificate).access
    assert contacts(token, f"/users/{ADDRESS}") == 200
    (body,) = recorder.requests("Token")
    assert b"client_secret" not in body
    assert b"PRIVATE" not in body


def test_a_secret_expires(application, registered):
    registered.secret_expires = datetime.now(timezone.utc) - timedelta(days=1)
    with pytest.raises(SecretExpired):
        of_application(application)


def test_wrong_secrets(application, server):
    with pytest.raises(SecretWrong, match="AADSTS7000215"):
        of_application(replace(application, secret=hold("wrong")))
    server.counters.reset()
    with pytest.raises(SecretWrong):
        of_application(replace(application, secret=hold("")))
    assert server.counters.total == 0


def test_a_certificate_that_is_not_registered(by_certificate, registered):
    registered.certificates.clear()
    with pytest.raises(SecretWrong, match="AADSTS700027"):
        of_application(by_certificate)


def test_a_certificate_expires(by_certificate):
    old = Certified.made(days=-1)
    expired = replace(
        by_certificate, certificate=old.certificate, private_key=hold(old.key)
    )
    with pytest.raises(SecretExpired, match="expired at"):
        of_application(expired)


@pytest.mark.parametrize(
    "change",
    [
        {"certificate": "nonsense"},
        {"private_key": "nonsense"},
        {"private_key": ""},
        {"private_key": Certified.made().key},
        {"certificate": Certified.made(curve=True).certificate},
        {"private_key": Certified.made(curve=True).key},
    ],
)
def test_unusable_certificates(by_certificate, server, change):
    if "private_key" in change:
        change = {"private_key": hold(change["private_key"])}
    with pytest.raises(SecretWrong):
        of_application(replace(by_certificate, **change))
    assert server.counters.total == 0


def test_unknown_applications_and_organizations(application, server):
    with pytest.raises(ApplicationUnknown):
        of_application(replace(application, client_id="nobody"))
    with pytest.raises(TenantUnknown):
        of_application(replace(application, tenant="elsewhere.example"))


@pytest.mark.parametrize("tenant", ["", "a/b", "..", "a?b", "a@b", "é", "-"])
def test_a_tenant_cannot_lead_elsewhere(application, server, tenant):
    with pytest.raises(TenantUnknown):
        of_application(replace(application, tenant=tenant))
    assert server.counters.total == 0


def test_a_tenant_is_no_path(application, server):
    """Clients of HTTP shorten a path like this one before they send it."""
    with pytest.raises(TenantUnknown):
        of_application(replace(application, tenant=f"a/../{application.tenant}"))
    assert server.counters.total == 0


def test_no_secret_is_shown_or_logged(application, by_certificate, person, caplog):
    caplog.set_level(logging.DEBUG)
    kept = begun(application)
    answer = person.accept(kept["auth_uri"])
    found = flow.complete(application, kept, answer)
    newest = refreshed(application, hold(found.tokens.refresh))
    of_application(by_certificate)
    with pytest.raises(SecretWrong) as caught:
        of_application(replace(application, secret=hold("wrong-secret")))
    texts = "\n".join(
        [
            *(record.getMessage() for record in caplog.records),
            *map(repr, (found, newest, application, by_certificate, caught.value)),
        ]
    )
    assert "wrong-secret" not in texts
    assert application.client_id in texts  # something was logged
    for tokens in (found.tokens, newest):
        assert tokens.access not in texts
        assert tokens.refresh not in texts
    for secret in (kept["code_verifier"], kept["nonce"], answer["code"], "PRIVATE KEY"):
        assert secret not in texts


def test_a_broken_answer_is_not_logged(application, tokens, server, caplog):
    caplog.set_level(logging.DEBUG)
    server.faults.add(faults.replaced(r"\}$", "", "Token"))
    with server.recorder as recorder, pytest.raises(Exception, match="not JSON"):
        refreshed(application, hold(tokens.refresh))
    assert recorder.requests("Token")
    assert "access_token" not in caplog.text
    assert begun(application)["state"]  # and the next request works
