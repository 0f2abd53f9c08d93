# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sign-in: discovery, accounts, consent, codes, refresh tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import html

from exchange_server import faults
from exchange_server.sign_in import jwt
from exchange_server.tests.graph_wire import Graph, code_of
from exchange_server.tests.sign_in_wire import (
    REDIRECT,
    Browser,
    claims,
    redeem,
    refusal,
    token,
)
from exchange_server.tests.wire import ADDRESS, PASSWORD


@pytest.fixture
def client(exchange):
    return exchange.tenant.add_application(redirect_uris=[REDIRECT])


@pytest.fixture
def browser(server):
    made = Browser(server)
    yield made
    made.session.close()


@pytest.fixture
def tokens(server, client, browser):
    """The answer to a first sign-in."""
    browser.open(client).sign_in(ADDRESS, PASSWORD).choose("accept")
    return redeem(server, client, browser.sent_back["code"]).json()


def test_discovery_lists_the_addresses(server):
    path = "/v2.0/.well-known/openid-configuration"
    found = requests.get(server.authority_url + path, timeout=30).json()
    assert found["issuer"] == f"{server.authority_url}/v2.0"
    at = f"{server.authority_url}/oauth2/v2.0"
    assert found["authorization_endpoint"] == f"{at}/authorize"
    assert found["token_endpoint"] == f"{at}/token"
    any_tenant = requests.get(f"{server.base_url}/common{path}", timeout=30).json()
    assert any_tenant["issuer"] == f"{server.base_url}/{{tenantid}}/v2.0"
    assert (
        requests.get(f"{server.authority_url}/nonsense", timeout=30).status_code == 404
    )


@pytest.mark.parametrize("version", ["", "/v2.0"])
def test_instance_discovery_trusts_the_server(server, version):
    """MSAL asks one of Microsoft's hosts whether it may trust a host."""
    url = f"{server.base_url}/common/discovery/instance"
    for base in (server.base_url, "https://login.windows.net"):
        endpoint = f"{base}/common/oauth2{version}/authorize"
        asked = {"api-version": "1.1", "authorization_endpoint": endpoint}
        found = requests.get(url, params=asked, timeout=30).json()
        expected = f"{base}/common{version}/.well-known/openid-configuration"
        assert found["tenant_discovery_endpoint"] == expected
        assert any(
            base.partition("://")[2] in entry["aliases"] for entry in found["metadata"]
        )


def test_an_unknown_instance_is_refused(server):
    url = f"{server.base_url}/common/discovery/instance"
    endpoint = "https://login.example.com/common/oauth2/v2.0/authorize"
    asked = {"authorization_endpoint": endpoint}
    answer = requests.get(url, params=asked, timeout=30)
    assert answer.status_code == 400
    assert refusal(answer) == ("invalid_instance", [50049])


def test_a_person_signs_in_and_consents(server, client, browser, tokens):
    assert browser.sent_back["state"] == "state-1"
    assert tokens["token_type"] == "Bearer"
    assert "Contacts.ReadWrite" in tokens["scope"].split()
    found = claims(tokens["id_token"])
    assert found["aud"] == client.client_id
    assert found["nonce"] == "nonce-1"
    assert found["preferred_username"] == found["email"] == ADDRESS
    graph = Graph(server, ADDRESS, tokens["access_token"])
    assert graph.get("/me")["mail"] == ADDRESS
    assert graph.create(givenName="Ada")["givenName"] == "Ada"


def test_identity_tokens_are_signed_with_the_published_key(server, exchange, tokens):
    url = f"{server.authority_url}/discovery/v2.0/keys"
    (key,) = requests.get(url, timeout=30).json()["keys"]
    header = tokens["id_token"].split(".")[0]
    assert key["kid"].encode() in jwt.decode(header)
    n, e = (int.from_bytes(jwt.decode(key[name]), "big") for name in "ne")
    head, _, signature = tokens["id_token"].rpartition(".")
    public = rsa.RSAPublicNumbers(e, n).public_key()
    public.verify(
        jwt.decode(signature), head.encode(), padding.PKCS1v15(), hashes.SHA256()
    )


def test_a_wrong_password_is_asked_for_again(client, browser):
    browser.open(client, login_hint=ADDRESS).sign_in(ADDRESS, "wrong")
    page = html.fromstring(browser.answer.text)
    assert "incorrect" in page.get_element_by_id("error").text
    assert page.get_element_by_id("address").value == ADDRESS
    browser.sign_in(ADDRESS, PASSWORD)
    assert browser.title == "Permissions requested"


def test_consent_is_refused_and_then_given(client, browser):
    browser.open(client).sign_in(ADDRESS, PASSWORD).choose("cancel")
    assert browser.sent_back["error"] == "access_denied"
    assert browser.sent_back["error_description"].startswith("AADSTS65004:")
    assert browser.sent_back["state"] == "state-1"
    browser.open(client).choose("accept")  # the browser knows who it is
    assert browser.sent_back["code"]
    browser.open(client)  # and the consent is remembered
    assert browser.sent_back["code"]


def test_a_form_can_be_submitted_once(client, browser):
    browser.open(client).sign_in(ADDRESS, PASSWORD)
    page = browser.answer
    browser.choose("accept")
    browser.answer = page
    browser.choose("accept")
    assert browser.answer.status_code == 400


def test_accounts_are_chosen(exchange, client, browser):
    exchange.add_mailbox("bea@example.com", "secret")
    browser.open(client).sign_in(ADDRESS, PASSWORD).choose("accept")
    browser.open(client, prompt="select_account")
    assert browser.title == "Pick an account"
    browser.sign_in("bea@example.com", "secret").choose("accept")
    browser.open(client)
    assert browser.title == "Pick an account"
    browser.submit(0)  # the first account, without a password
    assert browser.sent_back["code"]
    browser.open(client, login_hint="bea@example.com")
    assert browser.sent_back["code"]
    browser.open(client, prompt="login")
    assert browser.title == "Sign in"


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": None}, "invalid_request"),
        ({"scope": "Planets.Read"}, "invalid_client"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"code_challenge_method": "md5"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_errors_are_returned_to_the_application(client, browser, parameters, error):
    assert browser.open(client, **parameters).sent_back["error"] == error


@pytest.mark.parametrize(
    "parameters",
    [{"client_id": "nobody"}, {"redirect_uri": f"{REDIRECT}/"}, {"redirect_uri": None}],
)
def test_errors_about_the_application_are_shown_on_the_page(
    client, browser, parameters
):
    answer = browser.open(client, **parameters).answer
    assert answer.status_code == 400
    assert "AADSTS" in html.fromstring(answer.text).get_element_by_id("error").text


def test_answers_by_post(client, browser):
    browser.open(client, response_mode="form_post").sign_in(ADDRESS, PASSWORD)
    browser.choose("accept")
    (form,) = html.fromstring(browser.answer.text).forms
    assert form.action == REDIRECT
    assert form.fields["state"] == "state-1" and form.fields["code"]


def test_only_an_administrator_may_consent(exchange, client, browser):
    exchange.tenant.users_may_consent = False
    browser.open(client).sign_in(ADDRESS, PASSWORD)
    assert browser.title == "Need admin approval"
    link = html.fromstring(browser.answer.text).get_element_by_id("return").get("href")
    assert "error=access_denied" in link and "state=state-1" in link
    scopes = ["Contacts.ReadWrite", "User.Read"]
    exchange.tenant.consent(client.client_id, "", scopes)
    assert browser.open(client).sent_back["code"]


@pytest.mark.parametrize(
    ("form", "error", "number"),
    [
        ({"client_secret": "wrong"}, "invalid_client", 7000215),
        ({"client_secret": None}, "invalid_client", 7000218),
        ({"client_id": "nobody"}, "unauthorized_client", 700016),
        ({"code": "nonsense"}, "invalid_grant", 9002313),
        ({"code_verifier": "wrong"}, "invalid_grant", 501481),
        ({"code_verifier": None}, "invalid_grant", 501481),
        ({"redirect_uri": "https://other.example"}, "invalid_grant", 50011),
        ({"grant_type": "password"}, "unsupported_grant_type", 70003),
        ({"scope": "Contacts.Read"}, "invalid_grant", 65001),
    ],
)
def test_codes_that_are_refused(server, client, browser, form, error, number):
    browser.open(client).sign_in(ADDRESS, PASSWORD).choose("accept")
    form = {"code": browser.sent_back["code"], **form}
    assert refusal(redeem(server, client, **form)) == (error, [number])


def test_a_code_can_be_used_once(server, client, browser):
    browser.open(client).sign_in(ADDRESS, PASSWORD).choose("accept")
    code = browser.sent_back["code"]
    assert redeem(server, client, code).status_code == 200
    assert refusal(redeem(server, client, code)) == ("invalid_grant", [54005])


def test_scopes_come_back_with_their_resource_when_they_are_asked_for_with_it(
    server, client, tokens
):
    names = {"Contacts.ReadWrite", "User.Read"}
    assert names < set(tokens["scope"].split())
    graph = "https://graph.microsoft.com/"
    full = {f"{graph}{name}" for name in names}
    asked = " ".join([*full, "openid"])
    answer = refreshed(server, client, tokens["refresh_token"], scope=asked).json()
    assert set(answer["scope"].split()) == {*full, "openid"}


def test_access_tokens_expire(server, exchange, client, tokens):
    assert tokens["expires_in"] == 3599
    exchange.tenant.access.life = timedelta(0)
    answer = refreshed(server, client, tokens["refresh_token"]).json()
    assert answer["expires_in"] == 0
    graph = Graph(server, ADDRESS, answer["access_token"])
    assert code_of(graph.send("GET", "/me")) == (401, "InvalidAuthenticationToken")
    graph = Graph(server, ADDRESS, tokens["access_token"])
    assert graph.send("GET", "/me").status_code == 200


def refreshed(server, client, text, **form):
    form = {"grant_type": "refresh_token", "refresh_token": text, **form}
    return token(server, client, **form)


def test_refresh_tokens_rotate_and_old_ones_stay(server, exchange, client, tokens):
    first = tokens["refresh_token"]
    second = refreshed(server, client, first).json()
    assert second["refresh_token"] != first
    assert second["access_token"] != tokens["access_token"]
    assert refreshed(server, client, first).status_code == 200
    exchange.tenant.grants.single_use = True
    assert refreshed(server, client, first).status_code == 200
    assert refusal(refreshed(server, client, first)) == ("invalid_grant", [50173])


def test_refresh_tokens_are_revoked_and_expire(server, exchange, client, tokens):
    tenant, text = exchange.tenant, tokens["refresh_token"]
    tenant.revoke(ADDRESS.upper())
    assert refusal(refreshed(server, client, text)) == ("invalid_grant", [50173])
    graph = Graph(server, ADDRESS, tokens["access_token"])
    assert graph.send("GET", "/me").status_code == 200
    tenant.revoke(ADDRESS, at_once=True)
    assert graph.send("GET", "/me").status_code == 401


def test_unused_refresh_tokens_expire(server, exchange, client, tokens):
    exchange.tenant.grants.expire()
    answer = refreshed(server, client, tokens["refresh_token"])
    assert refusal(answer) == ("invalid_grant", [700082])


def test_withdrawn_consent(server, exchange, client, tokens):
    exchange.tenant.withdraw_consent(ADDRESS)
    answer = refreshed(server, client, tokens["refresh_token"])
    assert refusal(answer) == ("invalid_grant", [65001])


def test_a_second_factor_may_be_required(server, exchange, client, browser, tokens):
    exchange.tenant.refuse(ADDRESS, "interaction_required", 50076, "Use MFA.")
    answer = refreshed(server, client, tokens["refresh_token"])
    assert refusal(answer) == ("interaction_required", [50076])
    assert browser.open(client).sent_back["error"] == "interaction_required"
    exchange.tenant.admit(ADDRESS)
    assert refreshed(server, client, tokens["refresh_token"]).status_code == 200


def test_a_refresh_works_after_a_lost_answer_to_a_refresh(server, client, tokens):
    server.faults.add(faults.drop_after("Token"))
    with pytest.raises(requests.ConnectionError):
        refreshed(server, client, tokens["refresh_token"])
    assert refreshed(server, client, tokens["refresh_token"]).status_code == 200
    server.faults.add(faults.http_status(503, "Token"))
    answer = refreshed(server, client, tokens["refresh_token"])
    assert answer.json()["error"] == "temporarily_unavailable"
