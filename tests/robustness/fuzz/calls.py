# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The calls of the gateway, and the correct answers to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from exchange_contact_sync.core.mailbox import RemoteChange, RemoteRef
from exchange_contact_sync.ews.gateway import EwsGateway
from exchange_contact_sync.ews.session import Settings, open_gateway
from exchange_contact_sync.outlook.contents import Contents
from exchange_server import Exchange, ExchangeServer
from exchange_server.fault_effects import Process, Surroundings
from exchange_server.fault_queue import Fault
from exchange_server.http_message import XML, HttpAnswer
from exchange_server.schema import Schemas
from exchange_server.store.attachments import Attachment

ADDRESS, PASSWORD = "anna@example.com", "a secret for Anna"
CONTACTS = 4
PHOTO = b"\x89PNG and so on"


@dataclass(frozen=True)
class Said:
    """An answer that the server sends instead of its own; it carries nothing out."""

    kind: ClassVar[str] = "said"
    body: bytes

    def around(self, process: Process, around: Surroundings) -> HttpAnswer:
        """Called by the simulator."""
        return HttpAnswer(200, self.body, XML)


class Scene:
    """A mailbox with a few contacts, and a gateway to it."""

    def __init__(self, schemas: Schemas) -> None:
        exchange = Exchange(schemas=schemas)
        mailbox = exchange.add_mailbox(ADDRESS, PASSWORD, "Anna")
        self.mailbox = mailbox
        self.server = ExchangeServer(exchange, auth=("basic",))
        place = mailbox.folder("contacts")
        self.folder = place.id
        below = mailbox.create_folder("Friends")
        mailbox.create_folder("Old friends", below)
        items = [mailbox.add_contact(place, _values(n)) for n in range(CONTACTS)]
        for item in items:
            photo = Attachment(
                number=mailbox.next_number(),
                name="ContactPicture.jpg",
                modified=mailbox.clock(),
                content=PHOTO,
                content_type="image/jpeg",
                is_contact_photo=True,
            )
            mailbox.add_attachment(item, photo)
        self.refs = [RemoteRef(item.id, item.change_key, place.id) for item in items]

    @property
    def settings(self) -> Settings:
        """Anna's settings."""
        return Settings(ADDRESS, password=PASSWORD, server_url=self.server.url)

    def open(self) -> Any:
        """:returns: context manager of a gateway that reads photos, too"""
        return open_gateway(self.settings, Contents(photos=True))

    def saying(self, operation: str, body: bytes) -> Fault:
        """From now on, the server answers an operation with this text."""
        self.server.faults.clear()
        return self.server.faults.add(Fault(Said(body), operation, times=None))


def _values(number: int) -> dict[str, object]:
    return {
        "contacts:GivenName": f"Given{number}",
        "contacts:Surname": f"Surname{number}",
        "contacts:DisplayName": f"Given{number} Surname{number}",
        "contacts:CompanyName": "Berg & Sons",
        "contacts:EmailAddress:EmailAddress1": f"mail{number}@example.com",
        "contacts:PhoneNumber:MobilePhone": f"+49 151 {number}000",
        "contacts:PhysicalAddress:Business:Street": "First line\r\nSecond line",
        "contacts:PhysicalAddress:Business:City": "Berlin",
        "contacts:BusinessHomePage": "https://example.com",
        "extended:0x3a45:String": "Dr.",
        "item:Body": ("HTML", f"<html><body><p>Note {number}</p></body></html>"),
        "item:Categories": ["Red", f"Tag {number}"],
    }


Call = Callable[[Scene, EwsGateway], object]


def _update(scene: Scene, gateway: EwsGateway) -> object:
    return gateway.update([RemoteChange(ref, {"surname": "New"}) for ref in scene.refs])


def _create(scene: Scene, gateway: EwsGateway) -> object:
    drafts = [(f"key-{number}", {"surname": "New"}) for number in range(CONTACTS)]
    return gateway.create(scene.folder, drafts)


def _write_photos(scene: Scene, gateway: EwsGateway) -> object:
    tokens = [getattr(one, "token", "") for one in gateway.photos.read(scene.refs)]
    changes = zip(scene.refs, tokens, [b"new", b""] * CONTACTS, strict=False)
    return gateway.photos.write(list(changes))


def _sign_in(scene: Scene, gateway: EwsGateway) -> object:
    with scene.open() as another:
        return another.connection


CALLS: Mapping[str, tuple[str, Call]] = {
    "folders": ("FindFolder", lambda _s, g: g.folders()),
    "changes": ("SyncFolderItems", lambda s, g: g.changes(s.folder, "")),
    "fetch": ("GetItem", lambda s, g: g.fetch(s.refs)),
    "read_evidence": ("FindItem", lambda s, g: g.read_evidence(s.refs)),
    "find": ("FindItem", lambda s, g: g.find(["key-1", "key-2"], s.folder)),
    "create": ("CreateItem", _create),
    "update": ("UpdateItem", _update),
    "remove_sync_keys": ("UpdateItem", lambda s, g: g.remove_sync_keys(s.refs)),
    "delete": ("DeleteItem", lambda s, g: g.delete(s.refs)),
    "create folder": ("CreateFolder", lambda _s, g: g.create_folder("New", "")),
    "describe photos": ("GetItem", lambda s, g: g.photos.read(s.refs)),
    "read photos": ("GetAttachment", lambda s, g: g.photos.read(s.refs)),
    "take photos away": ("DeleteAttachment", _write_photos),
    "give photos": ("CreateAttachment", _write_photos),
    "sign in": ("GetFolder", _sign_in),
}
"""The calls, each with the operation that it requests."""


def recorded(scene: Scene, gateway: EwsGateway) -> dict[str, bytes]:
    """:returns: by call, the correct answer of the server"""
    answers: dict[str, bytes] = {}
    for name in sorted(CALLS, key=lambda name: name == "delete"):
        operation, call = CALLS[name]
        with scene.server.recorder as recorder:
            call(scene, gateway)
        found = [one for one in recorder.exchanged if one.operation == operation]
        answers[name] = found[0].answer or b""
    return answers
