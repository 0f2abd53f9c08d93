# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A person signs in on Microsoft's page and is redirected back with an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from contract.sign_in.conftest import ADDRESS, PASSWORD
from contract.sign_in.person import STATE, begun, signed_in
from exchange_contact_sync.sign_in import flow
from exchange_contact_sync.sign_in.errors import (
    AdminConsentNeeded,
    ConsentDeclined,
    ForeignAnswer,
    ProofNeeded,
    RedirectAddressUnknown,
    SignInExpired,
)
from exchange_contact_sync.sign_in.refusals import refusal
from exchange_server.tests.sign_in_wire import REDIRECT


def asked(url: str) -> dict[str, str]:
    """Return the parameters of a URL."""
    return {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}


def test_the_page_gets_all_that_protects_a_sign_in(application, server):
    kept = begun(application)
    sent = asked(kept["auth_uri"])
    assert kept["auth_uri"].startswith(f"{server.authority_url}/oauth2/v2.0/authorize?")
    assert sent["code_challenge_method"] == "S256"
    assert sent["state"] == STATE
    assert sent["login_hint"] == ADDRESS
    assert sent["redirect_uri"] == REDIRECT
    assert kept["code_verifier"] not in kept["auth_uri"]
    assert kept["nonce"] not in kept["auth_uri"]
    assert sorted(sent["scope"].split()) == [
        f"{server.base_url}/Contacts.ReadWrite",
        f"{server.base_url}/User.Read",
        "offline_access",
        "openid",
        "profile",
    ]
    other = asked(begun(application)["auth_uri"])
    assert sent["nonce"] != other["nonce"]
    assert sent["code_challenge"] != other["code_challenge"]


def test_a_person_signs_in(application, person, contacts, exchange):
    found = signed_in(application, person)
    assert found.addresses == {ADDRESS}
    assert found.tenant == exchange.tenant.id
    assert found.person == exchange.mailbox(ADDRESS).guid
    assert found.tokens.refresh
    assert contacts(found.tokens.access) == 200


def test_a_sign_in_is_kept_as_json(application, person):
    kept = json.loads(json.dumps(begun(application)))
    answer = person.accept(kept["auth_uri"])
    assert flow.complete(application, kept, answer).addresses == {ADDRESS}


def test_a_certificate_signs_people_in(by_certificate, person, contacts):
    assert contacts(signed_in(by_certificate, person).tokens.access) == 200


def test_any_organization_may_be_allowed(application, person, exchange):
    found = signed_in(replace(application, tenant="organizations"), person)
    assert found.tenant == exchange.tenant.id


@pytest.mark.parametrize(
    "change",
    [
        {"state": "another state"},
        {"state": ""},
        {"state": "é"},
        {"state": None},
        {"code": None},
    ],
)
def test_an_answer_to_another_flow_is_refused(application, person, server, change):
    kept = begun(application)
    answer = {**person.accept(kept["auth_uri"]), **change}
    answer = {name: value for name, value in answer.items() if value is not None}
    server.counters.reset()
    with pytest.raises(ForeignAnswer):
        flow.complete(application, kept, answer)
    assert server.counters.requests["Token"] == 0


def test_a_flow_without_a_state_accepts_no_answer(application):
    with pytest.raises(ForeignAnswer):
        flow.complete(application, {}, {"state": "", "code": "1"})


def test_the_code_of_another_flow_is_refused(application, person):
    """The verifier (PKCE) belongs to the other flow."""
    mine, other = begun(application), begun(application)
    code = person.accept(other["auth_uri"])["code"]
    with pytest.raises(SignInExpired, match="AADSTS501481"):
        flow.complete(application, mine, {"state": STATE, "code": code})


def test_an_identity_token_for_another_sign_in(application, person):
    """The nonce differs, as in a replayed token."""
    kept = begun(application)
    answer = person.accept(kept["auth_uri"])
    with pytest.raises(ForeignAnswer):
        flow.complete(application, {**kept, "nonce": "another"}, answer)


def test_an_identity_token_of_another_organization(application, person):
    kept = begun(application)
    answer = person.accept(kept["auth_uri"])
    tenant = "00000000-0000-0000-0000-000000000001"
    entered = replace(application, tenant="organizations")
    found = flow.complete(entered, kept, answer)
    claims = {"aud": application.client_id, "tid": found.tenant}
    with pytest.raises(ForeignAnswer, match="another organization"):
        flow._signed_in(replace(application, tenant=tenant), found.tokens, claims)


def test_a_code_can_be_used_once(application, person):
    kept = begun(application)
    answer = person.accept(kept["auth_uri"])
    flow.complete(application, kept, answer)
    with pytest.raises(SignInExpired):
        flow.complete(application, kept, answer)


def test_consent_is_declined_and_then_given(application, person):
    kept = begun(application)
    person.visit(kept["auth_uri"]).sign_in(ADDRESS, PASSWORD).choose("cancel")
    with pytest.raises(ConsentDeclined, match="AADSTS65004"):
        flow.complete(application, kept, person.sent_back)
    again = begun(application)
    person.visit(again["auth_uri"]).choose("accept")
    found = flow.complete(application, again, person.sent_back)
    assert found.addresses == {ADDRESS}


def test_only_an_administrator_may_consent(application, person, exchange):
    exchange.tenant.users_may_consent = False
    kept = begun(application)
    person.visit(kept["auth_uri"]).sign_in(ADDRESS, PASSWORD)
    link = html.fromstring(person.answer.text).get_element_by_id("return").get("href")
    with pytest.raises(AdminConsentNeeded):
        flow.complete(application, kept, asked(link))


def test_a_second_factor_is_required(application, person, exchange):
    exchange.tenant.refuse(ADDRESS, "interaction_required", 50076, "Use MFA.")
    kept = begun(application)
    person.visit(kept["auth_uri"]).sign_in(ADDRESS, PASSWORD)
    with pytest.raises(ProofNeeded):
        flow.complete(application, kept, person.sent_back)


def test_a_redirect_address_that_is_not_registered(
    application, registered, person, server
):
    kept = begun(application)
    answer = person.accept(kept["auth_uri"])
    changed = {**kept, "redirect_uri": "https://other.example/answer"}
    with pytest.raises(RedirectAddressUnknown):
        flow.complete(application, changed, answer)


def test_an_error_does_not_contain_tokens(application):
    kept = begun(application)
    answer = {"state": STATE, "error": "access_denied", "access_token": "planted"}
    with pytest.raises(ConsentDeclined) as caught:
        flow.complete(application, kept, answer)
    assert caught.value.detail == refusal({"error": "access_denied"}).detail
