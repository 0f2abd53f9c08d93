# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients for Odoo's three APIs, with the same interface."""

from __future__ import annotations

import itertools
import re
import xmlrpc.client
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import requests

REFUSED, REACHED, BROKEN = "refused", "reached", "broken"
"""The call was refused because of missing rights; the method ran, or raised an error
about its input; the method failed unexpectedly."""

_REFUSALS = {"AccessError", "AccessDenied", "SessionExpiredException", "Forbidden"}
_REASONS = {"UserError", "ValidationError", "MissingError", "RedirectWarning"}


@dataclass(frozen=True)
class Call:
    """A method call.

    :param ids: tuple of int, ids of the records; None for a method of the model
    :param named: keyword arguments
    """

    model: str
    method: str
    ids: tuple[int, ...] | None
    named: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """The result of a call.

    :param outcome: ``REFUSED``, ``REACHED`` or ``BROKEN``
    :param done: whether the call returned without an error
    :param value: the result
    :param text: the whole response, to search for secrets
    """

    outcome: str
    done: bool
    value: Any
    text: str


class Door(Protocol):
    """A client of one user for one API."""

    def call(self, call: Call) -> Answer:
        """:returns: the result, also if it is an error"""


class JsonRpc:
    """The JSON-RPC API that Odoo's web client uses."""

    def __init__(self, url: str, database: str, login: str, password: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._numbers = itertools.count(1)
        if login:
            who = {"db": database, "login": login, "password": password}
            self._post("/web/session/authenticate", who)

    def _post(self, path: str, params: Mapping[str, Any]) -> requests.Response:
        body = {"jsonrpc": "2.0", "id": next(self._numbers), "params": params}
        return self._http.post(self._url + path, json=body, timeout=120)

    def call(self, call: Call) -> Answer:
        """See :class:`Door`."""
        args, named = _positional(call)
        path = f"/web/dataset/call_kw/{call.model}/{call.method}"
        params = {"model": call.model, "method": call.method}
        response = self._post(path, {**params, "args": args, "kwargs": named})
        content = response.json()
        if "error" not in content:
            return Answer(REACHED, True, content.get("result"), response.text)
        name = content["error"].get("data", {}).get("name", "")
        return _refusal(name, response.text)


class Json2:
    """The external API of Odoo 19."""

    def __init__(self, url: str, database: str, key: str) -> None:
        self._url = url
        self._http = requests.Session()
        self._http.headers["X-Odoo-Database"] = database
        if key:
            self._http.headers["Authorization"] = f"Bearer {key}"

    def call(self, call: Call) -> Answer:
        """See :class:`Door`."""
        body = {**call.named, **({"ids": call.ids} if call.ids is not None else {})}
        url = f"{self._url}/json/2/{call.model}/{call.method}"
        response = self._http.post(url, json=body, timeout=120)
        if response.ok:
            return Answer(REACHED, True, response.json(), response.text)
        if response.status_code == 401:
            return Answer(REFUSED, False, None, response.text)
        return _refusal(response.json().get("name", ""), response.text)


class XmlRpc:
    """The external XML-RPC API of all versions."""

    def __init__(self, url: str, database: str, uid: int, password: str) -> None:
        self._who = (database, uid, password)
        self._keep = _KeepingTransport()
        self._object = xmlrpc.client.ServerProxy(
            f"{url}/xmlrpc/2/object", allow_none=True, transport=self._keep
        )

    def call(self, call: Call) -> Answer:
        """See :class:`Door`."""
        args, named = _positional(call)
        try:
            value = self._object.execute_kw(
                *self._who, call.model, call.method, args, named
            )
        except xmlrpc.client.Fault as fault:
            if "cannot marshal None" in fault.faultString:
                return Answer(REACHED, True, None, self._keep.text)  # a limit of Odoo
            names = {2: "UserError", 3: "AccessDenied", 4: "AccessError"}
            name = names.get(fault.faultCode, "")
            return _refusal(name, self._keep.text)
        return Answer(REACHED, True, value, self._keep.text)


class _KeepingTransport(xmlrpc.client.Transport):
    """Keeps the text of the last response."""

    text = ""

    def parse_response(self, response: Any) -> Any:
        data = response.read()
        self.text = data.decode()
        parser, unmarshaller = self.getparser()
        parser.feed(data)
        parser.close()
        return unmarshaller.close()


def _positional(call: Call) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments for APIs that take ids and the values of ``create`` by
    position.
    """
    named = dict(call.named)
    args: list[Any] = [] if call.ids is None else [list(call.ids)]
    if call.method == "create":
        args.append(named.pop("vals_list"))
    return args, named


def _refusal(name: str, text: str) -> Answer:
    kind = re.split(r"[.]", name)[-1]
    if kind in _REFUSALS:
        return Answer(REFUSED, False, None, text)
    return Answer(REACHED if kind in _REASONS else BROKEN, False, None, text)
