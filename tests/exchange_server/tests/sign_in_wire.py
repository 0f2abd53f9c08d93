# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A browser and an application that sign in on the simulator, by plain HTTP."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import parse_qsl, urlsplit

import requests
from lxml import html

from exchange_server import ExchangeServer
from exchange_server.sign_in import Application

REDIRECT = "https://odoo.example.com/exchange_contact_sync/microsoft/answer"
SCOPE = "Contacts.ReadWrite User.Read offline_access openid profile email"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-it-is"


def challenge(verifier: str = VERIFIER) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Browser:
    """A person with a browser at the sign-in's pages."""

    def __init__(self, server: ExchangeServer) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False
        self.answer: requests.Response | None = None

    def open(self, client: Application, **parameters) -> Browser:
        """Go where an application sends a person; None leaves a parameter out."""
        usual = {
            "client_id": client.client_id,
            "response_type": "code",
            "redirect_uri": REDIRECT,
            "scope": SCOPE,
            "state": "state-1",
            "nonce": "nonce-1",
            "code_challenge": challenge(),
            "code_challenge_method": "S256",
        }
        query = {k: v for k, v in {**usual, **parameters}.items() if v is not None}
        url = f"{self.server.authority_url}/oauth2/v2.0/authorize"
        self.answer = self.session.get(url, params=query, allow_redirects=False)
        return self

    def submit(self, number: int = -1, **fields: str) -> Browser:
        """Send one of the page's forms."""
        form = html.fromstring(self.answer.text).forms[number]
        data = {**dict(form.fields), **fields}
        url = self.server.base_url + form.action
        self.answer = self.session.post(url, data=data, allow_redirects=False)
        return self

    def sign_in(self, address: str, password: str) -> Browser:
        return self.submit(address=address, password=password)

    def choose(self, choice: str) -> Browser:
        """Accept or cancel on the page of consent."""
        return self.submit(choice=choice)

    @property
    def title(self) -> str:
        return html.fromstring(self.answer.text).findtext(".//h1")

    @property
    def sent_back(self) -> dict[str, str]:
        """What the redirect URI gets."""
        assert self.answer.status_code == 302, self.answer.text
        location = self.answer.headers["Location"]
        assert location.startswith(f"{REDIRECT}?")
        return dict(parse_qsl(urlsplit(location).query))


def token(
    server: ExchangeServer, client: Application, **form: str
) -> requests.Response:
    """A request to the token endpoint with the application's secret."""
    usual = {"client_id": client.client_id, "client_secret": client.secret}
    data = {k: v for k, v in {**usual, **form}.items() if v is not None}
    url = f"{server.authority_url}/oauth2/v2.0/token"
    return requests.post(url, data=data, timeout=30)


def redeem(
    server: ExchangeServer, client: Application, code: str, **form: str
) -> requests.Response:
    """The token request for a code."""
    usual = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    return token(server, client, **{**usual, **form})


def claims(id_token: str) -> dict[str, object]:
    """The claims of a token, unchecked."""
    part = id_token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def refusal(answer: requests.Response) -> tuple[str, list[int]]:
    """The error of the token endpoint and its codes."""
    data = answer.json()
    return data["error"], data["error_codes"]
