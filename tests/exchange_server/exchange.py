# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Exchange organization: its mailboxes, and the handling of requests."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from .clock import Clock, utc_now
from .ews import absence, soap
from .ews.call import Call
from .ews.errors import SoapFault
from .ews.headers import acting_mailbox
from .ews.operations import OPERATIONS
from .ews.xmltext import without_illegal_references
from .fault_queue import Behaviors
from .graph.schema import GraphTypes
from .schema import Schemas
from .sign_in import Tenant
from .store.mailbox import Mailbox
from .store.samples import add_samples


@dataclass(frozen=True)
class Answer:
    """What goes back over HTTP.

    :param status: the HTTP status: 200, or 500 for a SOAP fault
    :param body: the complete SOAP envelope in UTF-8
    :param operation: which operation it answers, "" for what could not be read
    :param writes: whether the operation may have changed the mailbox
    """

    status: int
    body: bytes
    operation: str
    writes: bool


class Exchange:
    """An organisation with mailboxes. All methods may be called from any thread.

    :param clock: the time when something was created or changed
    :param schemas: the published schemas; with them each request is validated on
        arrival and each answer before it leaves
    :param graph_types: the same for Microsoft Graph
    :ivar tenant: what the sign-in with Microsoft knows of the organisation
    """

    def __init__(
        self,
        *,
        clock: Clock = utc_now,
        schemas: Schemas | None = None,
        graph_types: GraphTypes | None = None,
    ):
        self.clock = clock
        self.schemas = schemas
        self.graph_types = graph_types
        self.lock = threading.RLock()
        self.tenant = Tenant(clock)
        self._mailboxes: dict[str, Mailbox] = {}

    def add_mailbox(
        self, address: str, password: str, display_name: str | None = None
    ) -> Mailbox:
        """Make a mailbox with the folders and the few items that each has.

        :raises ValueError: when the address has a mailbox
        """
        with self.lock:
            if address.lower() in self._mailboxes:
                raise ValueError(f"{address} has a mailbox")
            made = Mailbox(address, password, display_name, self.clock, self.lock)
            add_samples(made)
            self._mailboxes[address.lower()] = made
            return made

    def replace_mailbox(self, address: str) -> Mailbox:
        """Give an address a new mailbox, as after a move to another organisation: no
        identifier of the old one means anything there.

        :raises KeyError: when the address has none
        """
        with self.lock:
            old = self.mailbox(address)
            made = Mailbox(
                address,
                old.password,
                old.display_name,
                self.clock,
                self.lock,
                old.number + 1,
            )
            add_samples(made)
            self._mailboxes[address.lower()] = made
            return made

    def mailbox(self, address: str) -> Mailbox:
        """The mailbox with that address; case does not matter.

        :raises KeyError: when there is none
        """
        return self._mailboxes[address.lower()]

    def mailboxes(self) -> list[Mailbox]:
        """All mailboxes in the order in which they were made."""
        return list(self._mailboxes.values())

    def find_user(self, username: str) -> Mailbox | None:
        """The mailbox of a user who logs on.

        :param username: ``a@b.example``, ``DOMAIN\\a`` or ``a``
        """
        name = username.rpartition("\\")[2].lower()
        if name in self._mailboxes:
            return self._mailboxes[name]
        for address, mailbox in self._mailboxes.items():
            if address.partition("@")[0] == name:
                return mailbox
        return None

    def check_password(self, username: str, password: str) -> Mailbox | None:
        """The mailbox of a user who knows the password, else None."""
        found = self.find_user(username)
        if found is None:
            return None
        if hmac.compare_digest(found.password.encode(), password.encode()):
            return found
        return None

    def password_of(self, username: str) -> str | None:
        """The password of a user, for the server's side of NTLM; None: no such user."""
        found = self.find_user(username)
        return None if found is None else found.password

    def operation_of(self, body: bytes) -> str:
        """The operation that a request asks for, "" when it cannot be read."""
        return soap.operation_of(body)

    def answer(
        self,
        body: bytes,
        caller: Mailbox,
        headers: Mapping[str, str],
        behaviors: Behaviors | None = None,
    ) -> Answer:
        """Do what a request asks for.

        :param body: the SOAP envelope as it arrived
        :param caller: the mailbox of the user who logged on
        :param headers: the HTTP headers; nothing in them changes the answer
        :param behaviors: what is done differently than documented
        :raises InvalidAnswer: when the answer does not follow the schema: a bug
        """
        try:
            return self._answer(soap.parse(body), caller, behaviors or Behaviors())
        except SoapFault as fault:
            return _fault(fault, self.operation_of(body))

    def fault_answer(
        self,
        code: str,
        message: str | None = None,
        operation: str = "",
        values: Mapping[str, str] | None = None,
    ) -> Answer:
        """A SOAP fault, such as ErrorServerBusy.

        :param values: for ``MessageXml``, such as BackOffMilliseconds
        """
        return _fault(SoapFault(code, message, values), operation)

    def _answer(
        self, request: soap.Request, caller: Mailbox, behaviors: Behaviors
    ) -> Answer:
        operation = OPERATIONS.get(request.operation)
        if operation is None:
            text = f"This server does not offer the operation {request.operation}."
            raise SoapFault("ErrorInvalidRequest", text)
        if self.schemas is not None:
            self.schemas.check_request(request.element)
        with self.lock:
            mailbox = acting_mailbox(request.header, caller, self._mailboxes)
            call = Call(
                request.operation,
                request.element,
                mailbox,
                self._mailboxes,
                request.version,
                behaviors,
            )
            away_with = mailbox.away_with
            if away_with is not None and absence.is_about_a_mailbox(request.operation):
                content = absence.answer(call, away_with)
            else:
                content = operation.answer(call)
        body = soap.answer_envelope(f"{request.operation}Response", content)
        if self.schemas is not None:
            self.schemas.check_answer(_operation_element(body))
        return Answer(200, body, request.operation, operation.writes)


def _fault(fault: SoapFault, operation: str) -> Answer:
    return Answer(500, soap.fault_envelope(fault), operation, writes=False)


def _operation_element(envelope: bytes) -> etree._Element:
    parser = etree.XMLParser(huge_tree=True)
    text = without_illegal_references(envelope.decode())
    return etree.fromstring(text.encode(), parser)[-1][0]
