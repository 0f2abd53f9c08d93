# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Applications that sign in by themselves: with a secret or a certificate."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from exchange_server.sign_in.clients import ASSERTION
from exchange_server.sign_in.jwt import encode
from exchange_server.tests.graph_wire import Graph
from exchange_server.tests.sign_in_wire import refusal, token
from exchange_server.tests.wire import ADDRESS

DEFAULT = "https://graph.microsoft.com/.default"
CREDENTIALS = {"grant_type": "client_credentials", "scope": DEFAULT}
ROLES = ["Contacts.ReadWrite"]


@pytest.fixture(scope="module")
def certified():
    """A key and its certificate as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Contact sync")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return key, certificate.public_bytes(serialization.Encoding.PEM).decode()


def assertion(
    certified, client, audience: str, padding_: str = "", **claims: object
) -> str:
    """A signed assertion of an application.

    :param padding_: of the thumbprint
    """
    key, pem = certified
    der = x509.load_pem_x509_certificate(pem.encode()).public_bytes(
        serialization.Encoding.DER
    )
    header = {"alg": "PS256", "typ": "JWT"}
    header["x5t#S256"] = encode(hashlib.sha256(der).digest()) + padding_
    usual = {
        "aud": audience,
        "iss": client.client_id,
        "sub": client.client_id,
        "exp": int(time.time()) + 300,
        "jti": "1",
    }
    parts = (header, {**usual, **claims})
    text = ".".join(encode(json.dumps(part).encode()) for part in parts)
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
    return f"{text}.{encode(key.sign(text.encode(), scheme, hashes.SHA256()))}"


def test_a_secret_gives_a_token(server, exchange):
    client = exchange.tenant.add_application(roles=ROLES)
    answer = token(server, client, **CREDENTIALS).json()
    assert set(answer) == {"token_type", "expires_in", "ext_expires_in", "access_token"}
    graph = Graph(server, ADDRESS, answer["access_token"])
    assert graph.send("GET", f"/users/{ADDRESS}/contacts").status_code == 200


def test_a_secret_expires(server, exchange):
    client = exchange.tenant.add_application(roles=ROLES)
    client.secret_expires = datetime.now(timezone.utc) - timedelta(days=1)
    answer = token(server, client, **CREDENTIALS)
    assert answer.status_code == 401
    assert refusal(answer) == ("invalid_client", [7000222])


def test_single_permissions_are_not_for_applications(server, exchange):
    client = exchange.tenant.add_application(roles=ROLES)
    form = {**CREDENTIALS, "scope": "Contacts.ReadWrite"}
    answer = token(server, client, **form)
    assert refusal(answer) == ("invalid_scope", [1002012])


@pytest.mark.parametrize("padding_", ["", "="])
def test_a_certificate_gives_a_token(server, exchange, certified, padding_):
    client = exchange.tenant.add_application(roles=ROLES, certificates=[certified[1]])
    audience = f"{server.authority_url}/oauth2/v2.0/token"
    form = {
        **CREDENTIALS,
        "client_secret": None,
        "client_assertion_type": ASSERTION,
        "client_assertion": assertion(certified, client, audience, padding_),
    }
    assert token(server, client, **form).status_code == 200


@pytest.mark.parametrize(
    ("claims", "number"),
    [
        ({"aud": "https://other.example"}, 700023),
        ({"iss": "nobody"}, 700023),
        ({"exp": 1}, 700024),
    ],
)
def test_assertions_that_are_refused(server, exchange, certified, claims, number):
    client = exchange.tenant.add_application(certificates=[certified[1]])
    audience = f"{server.authority_url}/oauth2/v2.0/token"
    form = {
        **CREDENTIALS,
        "client_secret": None,
        "client_assertion_type": ASSERTION,
        "client_assertion": assertion(certified, client, audience, **claims),
    }
    assert refusal(token(server, client, **form)) == ("invalid_client", [number])


@pytest.mark.parametrize("text", ["nonsense", "a.b.c", None])
def test_malformed_assertions(server, exchange, certified, text):
    client = exchange.tenant.add_application(roles=ROLES)
    audience = f"{server.authority_url}/oauth2/v2.0/token"
    form = {
        **CREDENTIALS,
        "client_assertion_type": ASSERTION,
        "client_assertion": text or assertion(certified, client, audience),
    }
    assert refusal(token(server, client, **form)) == ("invalid_client", [700027])


def test_an_application_may_be_refused(server, exchange):
    client = exchange.tenant.add_application(roles=ROLES)
    exchange.tenant.refuse(client.client_id, "unauthorized_client", 700016)
    answer = token(server, client, **CREDENTIALS)
    assert refusal(answer) == ("unauthorized_client", [700016])
