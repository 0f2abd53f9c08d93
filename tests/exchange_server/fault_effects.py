# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The effects of faults on one request, one class for each effect."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Protocol

from .http_message import HTML, Delivery, HttpAnswer

Process = Callable[[], HttpAnswer]


class Dialect(Protocol):
    """The form in which a protocol reports errors."""

    content_type: str

    def fault(
        self, operation: str, code: str, message: str, values: Mapping[str, str]
    ) -> HttpAnswer:
        """The answer that refuses a whole request.

        :param code: a value of ResponseCodeType
        :param values: more about it, such as BackOffMilliseconds
        """

    def status(self, status: int, headers: tuple[tuple[str, str], ...]) -> HttpAnswer:
        """The answer with an HTTP status from a server in front of the service."""


@dataclass(frozen=True)
class Surroundings:
    """What an effect may need of the server.

    :param dialect: of the protocol that the request speaks
    :param operation: the operation that the request asks for
    :param challenges: the WWW-Authenticate values a 401 carries
    :param wait: waits so many seconds, or until the server stops
    """

    dialect: Dialect
    operation: str
    challenges: tuple[str, ...]
    wait: Callable[[float], object]


class Effect(Protocol):
    """``around`` calls ``process`` (carry the request out, make the answer) or not."""

    kind: ClassVar[str]

    def around(self, process: Process, around: Surroundings) -> HttpAnswer: ...


@dataclass(frozen=True)
class SoapFault:
    """A fault with a response code instead of the operation: in EWS a SOAP fault.

    :param code: a value of ResponseCodeType
    :param values: name and value pairs for the fault's MessageXml
    """

    kind: ClassVar[str] = "soap_fault"
    code: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        return around.dialect.fault(
            around.operation, self.code, self.message, self.values
        )


@dataclass(frozen=True)
class Busy:
    """ErrorServerBusy; EWS page "EWS throttling in Exchange" for the back-off value.

    :param back_off_ms: milliseconds the client should wait, None to say nothing
    """

    kind: ClassVar[str] = "busy"
    back_off_ms: int | None

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        values = {}
        if self.back_off_ms is not None:
            values["BackOffMilliseconds"] = str(self.back_off_ms)
        message = "The server cannot service this request right now. Try again later."
        return SoapFault("ErrorServerBusy", message, values).around(process, around)


@dataclass(frozen=True)
class HttpStatus:
    """An answer of the web server in front of EWS, which never saw the request.

    :param retry_after: seconds for a Retry-After header, None for none
    :param body: the page's text, None for a page that says the status
    :param location: for a redirect
    """

    kind: ClassVar[str] = "http_status"
    status: int
    retry_after: int | None = None
    body: str | None = None
    location: str | None = None

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        headers: list[tuple[str, str]] = []
        if self.status == 401:
            headers += [("WWW-Authenticate", value) for value in around.challenges]
        if self.retry_after is not None:
            headers.append(("Retry-After", str(self.retry_after)))
        if self.location is not None:
            headers.append(("Location", self.location))
        if self.body is None:
            return around.dialect.status(self.status, tuple(headers))
        return HttpAnswer(self.status, self.body.encode(), HTML, tuple(headers))


@dataclass(frozen=True)
class Slow:
    """A delayed answer: the request is carried out immediately.

    :param seconds: how long the finished answer is held back
    """

    kind: ClassVar[str] = "slow"
    seconds: float

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        answer = process()
        around.wait(self.seconds)
        return answer


@dataclass(frozen=True)
class Dripping:
    """An answer that comes a byte at a time: the request is carried out at once.

    :param pause: seconds after each byte until the next one leaves
    """

    kind: ClassVar[str] = "dripping"
    pause: float

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        return replace(process(), pace=lambda: around.wait(self.pause))


@dataclass(frozen=True)
class Bomb:
    """An answer that is small until it is unpacked: the request is carried out.

    :param size: bytes that it is unpacked
    """

    kind: ClassVar[str] = "bomb"
    size: int

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        process()
        packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        whole, rest = divmod(self.size, len(_BLANKS))
        pieces = [packer.compress(_BLANKS) for _time in range(whole)]
        pieces += [packer.compress(_BLANKS[:rest]), packer.flush()]
        headers = (("Content-Encoding", "gzip"),)
        return HttpAnswer(200, b"".join(pieces), around.dialect.content_type, headers)


_BLANKS = b" " * 2**20


@dataclass(frozen=True)
class Truncated:
    """An answer that breaks off: Content-Length is honest, the body is not all there.

    :param sent: bytes of the body that are sent, None for half of them
    """

    kind: ClassVar[str] = "truncated"
    sent: int | None = None

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        answer = process()
        length = len(answer.body)
        sent = length // 2 if self.sent is None else min(self.sent, length)
        return replace(answer, delivery=Delivery.TRUNCATED, sent=sent)


@dataclass(frozen=True)
class Replaced:
    """An answer in which a text is replaced: the request is carried out.

    :param pattern: regular expression for what is replaced, in the answer's text
    :param text: the replacement, as in ``re.sub``
    :param count: how many places, 0 for all
    """

    kind: ClassVar[str] = "replaced"
    pattern: str
    text: str
    count: int = 0

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        answer = process()
        said = answer.body.decode()
        changed = re.sub(self.pattern, self.text, said, count=self.count)
        # Half of a surrogate pair is not a character, but is sent like one.
        return replace(answer, body=changed.encode(errors="surrogatepass"))


@dataclass(frozen=True)
class DropBefore:
    """The connection closes and the request was never carried out.

    :param reset: close with a TCP reset instead of an orderly end
    """

    kind: ClassVar[str] = "drop_before"
    reset: bool = False

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        return _dropped(self.reset)


@dataclass(frozen=True)
class DropAfter:
    """The connection closes after the request was carried out: its answer is lost.

    :param reset: close with a TCP reset instead of an orderly end
    """

    kind: ClassVar[str] = "drop_after"
    reset: bool = False

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        process()
        return _dropped(self.reset)


def _dropped(reset: bool) -> HttpAnswer:
    return HttpAnswer(0, delivery=Delivery.RESET if reset else Delivery.DROPPED)
