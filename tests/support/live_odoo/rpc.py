# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's JSON-RPC, as its own web client uses it."""

from __future__ import annotations

import itertools
from typing import Any

import requests


class RpcError(Exception):
    """Odoo refused a call; the text is the message for the user."""


class Rpc:
    """A session of one user.

    :param url: address of the Odoo server
    :param database: name of the database
    :param login: of the user
    :param password: of the user
    :raises RpcError: Odoo refuses the login
    """

    def __init__(self, url: str, database: str, login: str, password: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._numbers = itertools.count(1)
        params = {"db": database, "login": login, "password": password}
        self.uid: int = self._post("/web/session/authenticate", params)["uid"]

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a public method of a model.

        :returns: the result of the method; recordsets as lists of ids
        :raises RpcError: the method raised an error
        """
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self._post(f"/web/dataset/call_kw/{model}/{method}", params)

    def get(self, path: str, params: dict[str, str]) -> None:
        """Open a page, and follow where it leads to."""
        url = f"{self._url}{path}"
        self._http.get(url, params=params, timeout=600).raise_for_status()

    def _post(self, path: str, params: dict[str, Any]) -> Any:
        body = {
            "jsonrpc": "2.0",
            "id": next(self._numbers),
            "method": "call",
            "params": params,
        }
        answer = self._http.post(f"{self._url}{path}", json=body, timeout=600)
        answer.raise_for_status()
        content = answer.json()
        if "error" in content:
            data = content["error"].get("data", {})
            raise RpcError(data.get("message") or content["error"].get("message"))
        return content["result"]
