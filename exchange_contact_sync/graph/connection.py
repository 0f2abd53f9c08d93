# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Send requests to one mailbox, one at a time.

Nothing is repeated, except for a request that the server did not accept because the
access token is no longer valid (401): it is sent once more with a new token.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

import requests

from ..core import limits
from ..core.errors import (
    AnswerMalformed,
    AuthenticationFailed,
    NotAMailServer,
    SyncError,
    Unreachable,
)
from ..core.hosts import keeps_secrets
from ..network.errors import network_error
from ..network.session import bare_session
from ..network.sockets import Allowance
from ..network.tls import AllowedServers
from ..outlook.batches import RequestSize
from . import batch
from .errors import BUSY, back_off, request_error
from .message import Answer, Request

JSON = "application/json"
THROTTLED = 429
SHORT = 5.0
"""Seconds: a server that asks to wait no longer than this refused a request only
because of the other requests of the batch.
"""
NO_HEADERS: Mapping[str, str] = {}
USUAL_PORTS = {"https": 443, "http": 80}


class TokenSource(Protocol):
    """A source of access tokens."""

    def token(self, refused: str = "") -> str:
        """Return an access token.

        :param refused: a token that the server no longer accepts, so that another one
            is needed
        :raises AuthenticationFailed: the owner has to sign in again
        """


class GraphConnection:
    """Requests to one mailbox.

    :param base: URL of the service with its version: ``https://…/v1.0``
    :param owner: the beginning of all paths: ``/me`` or ``/users/…``
    :param timeout: seconds to wait for the beginning of an answer
    """

    def __init__(
        self,
        base: str,
        owner: str,
        tokens: TokenSource,
        servers: AllowedServers,
        timeout: float = 30.0,
    ) -> None:
        self.base = base.rstrip("/")
        self.owner = owner
        self._tokens = tokens
        self._token = ""
        self._timeout = timeout
        self._allowance = Allowance()
        self._session = bare_session(self.base, servers, self._allowance)
        self._session.headers["Accept"] = JSON

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def send(self, request: Request) -> Answer:
        """Send one request.

        :return: the answer of the server, which may be an error
        :raises SyncError: there is no answer, or it is not an answer of Graph
        """
        return self._send(request, f"{self.base}{self.owner}{request.path}")

    def follow(self, link: str, headers: Mapping[str, str] = NO_HEADERS) -> Answer:
        """Request a link of an earlier answer.

        :param link: from :meth:`path_of_link`
        """
        return self._send(Request("GET", "", headers=headers), f"{self.root}{link}")

    def path_of_link(self, url: object) -> str:
        """Return the path and the query of a link that leads to this server.

        :raises AnswerMalformed: it is a link to another server, to which the access
            token must not be sent
        """
        try:
            parts = urlsplit(url if isinstance(url, str) else "")
            is_own = _origin(parts) == _origin(urlsplit(self.root))
        except ValueError as error:
            raise AnswerMalformed(
                f"A link of the answer is invalid: {error}"
            ) from error
        if not is_own or not keeps_secrets(self.root) or not parts.path.startswith("/"):
            raise AnswerMalformed("A link of the answer leads to another server.")
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    @property
    def root(self) -> str:
        """Return scheme and host of the service."""
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.base))

    def batch(self, requests_: Sequence[Request]) -> list[Answer]:
        """Send up to ``batch.MAX_REQUESTS`` requests as one.

        :return: as many answers, errors included
        :raises SyncError: the batch as a whole was not answered
        """
        return self._in_rounds(requests_)[0]

    def batch_adapting(
        self, requests_: Sequence[Request], size: RequestSize
    ) -> list[Answer]:
        """Send a batch as :meth:`batch` does, and reduce ``size`` to the number of
        requests that the server processed at once.
        """
        answers, at_once = self._in_rounds(requests_)
        if 0 < at_once < len(requests_):
            size.served(at_once)
        return answers

    def _in_rounds(self, requests_: Sequence[Request]) -> tuple[list[Answer], int]:
        """Send a batch, and send the requests that it had too many of in further
        batches.

        For one mailbox, a server may process only four requests of a batch ("Known
        limitations" of JSON batching, gsexdev.blogspot.com 2020). The others are not
        accepted (429), so sending them again at once repeats no write. This ends when
        none of a batch is processed, or when the server asks to wait for longer.

        :return: answers, and how many requests of the first batch were processed
        """
        answers = self._accepted(requests_)
        left = list(range(len(requests_)))
        at_once = number = _served(answers)
        while number and (left := [n for n in left if _is_refused_now(answers[n])]):
            part = left[:number]
            try:
                again = self._accepted([requests_[n] for n in part])
            except SyncError:
                break  # the other requests stay refused because the server is busy
            for n, answer in zip(part, again, strict=True):
                answers[n] = answer
            number = _served(again)
        return answers, at_once

    def _accepted(self, requests_: Sequence[Request]) -> list[Answer]:
        """Send a batch, and send the requests that need a new access token once
        more.
        """
        answers = self._batch(requests_)
        expired = [n for n, answer in enumerate(answers) if answer.status == 401]
        if expired:
            self._renew()
            again = self._batch([requests_[n] for n in expired])
            for number, answer in zip(expired, again, strict=True):
                answers[number] = answer
        return answers

    def _batch(self, requests_: Sequence[Request]) -> list[Answer]:
        body = batch.packed(requests_, self.owner)
        url = f"{self.base}{batch.PATH}"
        answer = self._send(Request("POST", "", body), url)
        if not answer.is_success:
            raise request_error(answer)
        answers = batch.unpacked(answer, len(requests_))
        reads = all(request.method == "GET" for request in requests_)
        if reads and not all(one.status for one in answers):
            raise AnswerMalformed("$batch: some requests are not answered")
        return answers

    def _renew(self) -> None:
        self._token = self._tokens.token(refused=self._token)

    def _send(self, request: Request, url: str) -> Answer:
        self._token = self._token or self._tokens.token()
        answer = self._once(request, url)
        if answer.status == 401:
            self._renew()
            answer = self._once(request, url)
            if answer.status == 401:
                raise AuthenticationFailed(request_error(answer).detail)
        return answer

    def _once(self, request: Request, url: str) -> Answer:
        self._allowance.start(limits.ANSWER_TIMES * self._timeout)
        headers = {**request.headers, "Authorization": f"Bearer {self._token}"}
        data = request.body
        if data is not None and not isinstance(data, bytes):
            headers["Content-Type"] = JSON
            data = json.dumps(data).encode()
        try:
            response = self._session.request(
                request.method,
                url,
                data=data,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            )
            return answer_of(response)
        except SyncError:
            raise
        except (OSError, UnicodeError) as error:
            raise network_error(error) or SyncError(type(error).__name__) from error


def _served(answers: Sequence[Answer]) -> int:
    return sum(answer.status not in BUSY for answer in answers)


def _is_refused_now(answer: Answer) -> bool:
    """Return whether a request was not accepted, but may be accepted at once."""
    if answer.status != THROTTLED:
        return False
    return (back_off(answer) or 0.0) <= SHORT


def _origin(parts: SplitResult) -> tuple[str, str, str, int | None]:
    """Return scheme, user, host and port of a URL.

    :raises ValueError: the port is not a number
    """
    user = parts.netloc.rpartition("@")[0]
    port = parts.port or USUAL_PORTS.get(parts.scheme)
    return parts.scheme, user, parts.hostname or "", port


def answer_of(response: requests.Response) -> Answer:
    """Return the answer of a response.

    :raises NotAMailServer: it is a redirection, such as to the login page of a network
    :raises AnswerMalformed: it was successful and is declared as JSON, but is not JSON
    """
    headers = {name.lower(): value for name, value in response.headers.items()}
    content, status = response.content, response.status_code
    if 300 <= status < 400:
        raise NotAMailServer(f"HTTP {status}, to another address")
    if JSON not in headers.get("content-type", "").lower():
        return Answer(status, headers, None, content)
    if not content:
        return Answer(status, headers)
    try:
        return Answer(status, headers, json.loads(content))
    except (ValueError, RecursionError) as error:
        if status >= 400:  # the answer of a proxy; the status is enough
            return Answer(status, headers, None, content)
        if not content.rstrip().endswith(b"}"):
            raise Unreachable("The answer is incomplete.") from error
        raise AnswerMalformed(f"The answer is not JSON: {error}") from error
