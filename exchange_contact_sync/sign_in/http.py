# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Provide the HTTP client with which MSAL sends its requests.

MSAL's own client would trust REQUESTS_CA_BUNDLE, follow redirections and read answers
of any size. Here each request is sent to the host of the sign-in, which OpenID
discovery cannot change, because the requests contain client secrets and refresh tokens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import requests

from ..core import limits
from ..core.errors import AnswerMalformed, ServerBusy, SyncError, Unreachable
from ..core.hosts import Hosts, named_hosts
from ..network.back_off import DEFAULT_BACK_OFF, retry_after
from ..network.errors import network_error
from ..network.session import bare_session
from ..network.sockets import Allowance
from ..network.tls import AllowedServers
from .errors import TenantUnknown
from .refusals import refusal

BUSY = frozenset({429, 503, 504})


@dataclass(frozen=True)
class HttpAnswer:
    """An answer as MSAL reads it (``msal.oauth2cli.http.Response``)."""

    status_code: int
    text: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


class HttpClient:
    """Requests to the sign-in of one cloud (``msal.oauth2cli.http.HttpClient``).

    :param login: URL of the sign-in, without a path
    :param authority: certificates in PEM to trust besides the usual ones; "" for none
    :param timeout: seconds to wait for the beginning of an answer
    """

    def __init__(self, login: str, authority: str = "", timeout: float = 30.0) -> None:
        self._root = f"{login.rstrip('/')}/"
        self._timeout = timeout
        self._allowance = Allowance()
        servers = AllowedServers(Hosts(named_hosts([login], ())), authority)
        self._session = bare_session(login, servers, self._allowance)
        # Otherwise requests would use a login for this host from ~/.netrc.
        self._session.auth = _no_login

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        """Request a document, such as that of OpenID discovery.

        :raises TenantUnknown: the document does not exist
        :raises SyncError: there is no usable answer
        """
        answer = self._send("GET", url, params, headers, None)
        if answer.status_code == 404:
            raise TenantUnknown(f"HTTP 404 at {url}")
        data = _json(answer)
        if answer.status_code >= 400:
            raise refusal(data)
        return answer

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> HttpAnswer:
        """Send a form.

        :return: an answer with a JSON object, also that of a refusal
        :raises SyncError: there is no usable answer
        """
        answer = self._send("POST", url, params, headers, data)
        _json(answer)
        return answer

    def _send(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        data: Mapping[str, str] | None,
    ) -> HttpAnswer:
        if not url.startswith(self._root):
            raise AnswerMalformed("The sign-in's metadata leads to another server.")
        self._allowance.start(limits.ANSWER_TIMES * self._timeout)
        try:
            response = self._session.request(
                method,
                url,
                params=params,
                headers=headers,
                data=data,
                timeout=self._timeout,
                allow_redirects=False,
            )
            answer = _answer(response)
        except SyncError:
            raise
        except (OSError, UnicodeError) as error:
            raise network_error(error) or SyncError(type(error).__name__) from error
        return _served(answer)


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _answer(response: requests.Response) -> HttpAnswer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    text = response.content.decode("utf-8", errors="replace")
    return HttpAnswer(response.status_code, text, headers)


def _served(answer: HttpAnswer) -> HttpAnswer:
    """Return the answer if the server processed the request.

    :raises ServerBusy: the server asks to wait
    :raises Unreachable: the server or a proxy failed
    """
    status = answer.status_code
    if status in BUSY:
        delay = retry_after(answer.headers.get("retry-after", ""))
        raise ServerBusy(f"HTTP {status}", delay or DEFAULT_BACK_OFF)
    if status >= 500:
        raise Unreachable(f"HTTP {status}")
    return answer


def _json(answer: HttpAnswer) -> Mapping[str, object]:
    """Return the object of an answer.

    MSAL writes answers that it cannot read to the log, so it must not get them.

    :raises AnswerMalformed: it has none, such as a page of a proxy or a network's login
    """
    try:
        data = json.loads(answer.text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise AnswerMalformed(f"HTTP {answer.status_code}: the answer is not JSON.")
    return data
