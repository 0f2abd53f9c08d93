# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Plain HTTP to the simulator's Graph, as tests send it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

import requests

from exchange_server import ExchangeServer

SYNC_KEY = "String {f407b534-755b-4644-8a3a-a59961e7d1cf} Name OdooContactSync"


def expand(*ids: str) -> str:
    """The value of $expand for extended properties."""
    terms = " or ".join(f"id eq '{each}'" for each in ids)
    return f"singleValueExtendedProperties($filter={terms})"


def any_extended(extended_id: str, value: str) -> str:
    """A $filter for contacts with a value of an extended property."""
    return (
        f"singleValueExtendedProperties/Any(ep: ep/id eq '{extended_id}'"
        f" and ep/value eq '{value}')"
    )


def single(extended_id: str, value: str | None) -> dict[str, object]:
    """The part of a body that sets one extended property."""
    return {"singleValueExtendedProperties": [{"id": extended_id, "value": value}]}


def extended_of(contact: Mapping[str, object]) -> dict[str, str]:
    """The expanded extended properties of a contact by id."""
    listed = contact.get("singleValueExtendedProperties", [])
    return {each["id"]: each["value"] for each in listed}


class Graph:
    """A signed-in client.

    :param token: by default one of the user for contacts
    """

    def __init__(
        self, server: ExchangeServer, address: str, token: str | None = None
    ) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False
        self.token = token or server.exchange.tenant.token_for(address)

    def send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        json: object = None,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        url = path if path.startswith("http") else self.server.graph_url + path
        return self.session.request(
            method,
            url,
            params=params,
            json=json,
            data=data,
            headers={"Authorization": f"Bearer {self.token}", **(headers or {})},
            timeout=30,
        )

    def get(self, path: str, **options) -> dict:
        """The JSON of a GET that must succeed."""
        answer = self.send("GET", path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def create(self, folder: str | None = None, **values) -> dict:
        """A new contact."""
        home = "/me/contacts"
        if folder is not None:
            home = f"/me/contactFolders/{quote(folder)}/contacts"
        answer = self.send("POST", home, json=values)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def update(self, contact_id: str, **values) -> dict:
        """A changed contact."""
        answer = self.send("PATCH", f"/me/contacts/{contact_id}", json=values)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def batch(self, *requests_: Mapping[str, object]) -> dict[str, dict]:
        """The inner answers of a batch, by id."""
        numbered = [{"id": str(n), **each} for n, each in enumerate(requests_, 1)]
        answer = self.send("POST", "/$batch", json={"requests": numbered})
        assert answer.status_code == 200, answer.text
        return {each["id"]: each for each in answer.json()["responses"]}


def code_of(answer: requests.Response) -> tuple[int, str]:
    """Status and code of an answer that refuses."""
    return answer.status_code, answer.json()["error"]["code"]
