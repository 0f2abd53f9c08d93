# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The three ways in which programs talk to Odoo, each answering in the same words."""

from __future__ import annotations

import itertools
import re
import xmlrpc.client
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import requests

REFUSED, REACHED, BROKEN = "refused", "reached", "broken"
"""Nothing was done for want of a right; the method was carried out, or had a reason of
its own not to; it failed in a way nobody thought of."""

_REFUSALS = {"AccessError", "AccessDenied", "SessionExpiredException", "Forbidden"}
_REASONS = {"UserError", "ValidationError", "MissingError", "RedirectWarning"}


@dataclass(frozen=True)
class Call:
    """A call of a method.

    :param ids: tuple of int, records; None for a method of the model
    :param named: arguments by name
    """

    model: str
    method: str
    ids: tuple[int, ...] | None
    named: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came back.

    :param outcome: ``REFUSED``, ``REACHED`` or ``BROKEN``
    :param done: whether no error came back
    :param value: the result
    :param text: all that was sent, to look for secrets
    """

    outcome: str
    done: bool
    value: Any
    text: str


class Door(Protocol):
    """One user at one door."""

    def call(self, call: Call) -> Answer:
        """:returns: what came back, errors too"""


class JsonRpc:
    """As Odoo's own web client does it."""

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
    """The external API of all versions."""

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
                return Answer(REACHED, True, None, self._keep.text)  # Odoo's own limit
            names = {2: "UserError", 3: "AccessDenied", 4: "AccessError"}
            name = names.get(fault.faultCode, "")
            return _refusal(name, self._keep.text)
        return Answer(REACHED, True, value, self._keep.text)


class _KeepingTransport(xmlrpc.client.Transport):
    """Keeps the text of the last answer."""

    text = ""

    def parse_response(self, response: Any) -> Any:
        data = response.read()
        self.text = data.decode()
        parser, unmarshaller = self.getparser()
        parser.feed(data)
        parser.close()
        return unmarshaller.close()


def _positional(call: Call) -> tuple[list[Any], dict[str, Any]]:
    """Records, and the values of ``create``, have no name at these doors."""
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
