# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which function serves which path of a mailbox, and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from ..http_message import HttpAnswer
from . import contacts, delta, folders, listing, people, photos
from .errors import GraphError, not_supported

READ, WRITE, USER = "Contacts.Read", "Contacts.ReadWrite", "User.Read"
Handler = Callable[..., HttpAnswer]


@dataclass(frozen=True)
class Route:
    """One operation.

    :param steps: of the path behind the mailbox; "{id}" matches anything
    :param scope: the least permission that it needs
    :param name: of the operation, for counters and faults
    """

    method: str
    steps: tuple[str, ...]
    name: str
    scope: str
    handler: Handler

    @property
    def writes(self) -> bool:
        return self.scope == WRITE

    def match(self, steps: tuple[str, ...]) -> dict[str, str] | None:
        """Return the values of the names in braces, None for another path."""
        if len(steps) != len(self.steps):
            return None
        found = {}
        for expected, step in zip(self.steps, steps, strict=True):
            if expected.startswith("{"):
                found[expected.strip("{}")] = step
            elif expected.lower() != step.lower():
                return None
        return found


def _of_contacts(at: str) -> tuple[tuple[str, str, str, str, Handler], ...]:
    one = f"{at}/{{id}}"
    photo = f"{one}/photo"
    return (
        ("GET", at, "ListContacts", READ, listing.contacts),
        ("POST", at, "CreateContact", WRITE, contacts.create),
        ("GET", f"{at}/$count", "CountContacts", READ, listing.count),
        ("GET", f"{at}/delta", "ContactsDelta", READ, delta.contacts),
        ("GET", f"{at}/delta()", "ContactsDelta", READ, delta.contacts),
        ("GET", one, "GetContact", READ, contacts.get),
        ("PATCH", one, "UpdateContact", WRITE, contacts.update),
        ("DELETE", one, "DeleteContact", WRITE, contacts.delete),
        (
            "POST",
            f"{one}/permanentDelete",
            "PermanentlyDeleteContact",
            WRITE,
            contacts.permanently_delete,
        ),
        ("GET", photo, "GetContactPhoto", READ, photos.describe),
        ("DELETE", photo, "DeleteContactPhoto", WRITE, photos.delete),
        ("GET", f"{photo}/$value", "GetContactPhotoContent", READ, photos.content),
        ("PUT", f"{photo}/$value", "SetContactPhoto", WRITE, photos.set_content),
        ("PATCH", f"{photo}/$value", "SetContactPhoto", WRITE, photos.set_content),
        ("DELETE", f"{photo}/$value", "DeleteContactPhoto", WRITE, photos.delete),
    )


_FOLDERS = "contactFolders"
_FOLDER = f"{_FOLDERS}/{{folder}}"
_CHILDREN = f"{_FOLDER}/childFolders"
_TABLE: tuple[tuple[str, str, str, str, Handler], ...] = (
    ("GET", "", "GetUser", USER, people.user),
    (
        "POST",
        "translateExchangeIds",
        "TranslateExchangeIds",
        USER,
        people.translate_exchange_ids,
    ),
    ("GET", _FOLDERS, "ListContactFolders", READ, folders.folders),
    ("POST", _FOLDERS, "CreateContactFolder", WRITE, folders.create),
    ("GET", f"{_FOLDERS}/$count", "CountContactFolders", READ, folders.count),
    ("GET", f"{_FOLDERS}/delta", "ContactFoldersDelta", READ, delta.contact_folders),
    ("GET", f"{_FOLDERS}/delta()", "ContactFoldersDelta", READ, delta.contact_folders),
    ("GET", _FOLDER, "GetContactFolder", READ, folders.get),
    ("PATCH", _FOLDER, "UpdateContactFolder", WRITE, folders.update),
    ("DELETE", _FOLDER, "DeleteContactFolder", WRITE, folders.delete),
    ("GET", _CHILDREN, "ListContactFolders", READ, folders.folders),
    ("POST", _CHILDREN, "CreateContactFolder", WRITE, folders.create),
    ("GET", f"{_CHILDREN}/$count", "CountContactFolders", READ, folders.count),
    *_of_contacts("contacts"),
    *_of_contacts(f"{_FOLDER}/contacts"),
)
ROUTES = tuple(
    Route(method, tuple(filter(None, path.split("/"))), name, scope, handler)
    for method, path, name, scope, handler in _TABLE
)
_NO_IDS = frozenset({"delta", "delta()", "$count"})
BATCH = "Batch"
OPERATIONS = frozenset({route.name for route in ROUTES} | {BATCH})


def find(method: str, steps: tuple[str, ...]) -> tuple[Route, Mapping[str, str]]:
    """The route for a path, and what its names stand for.

    :param steps: of the path behind the mailbox, decoded
    :raises GraphError: for a path or a method that there is not
    """
    is_path = False
    for route in ROUTES:
        found = route.match(steps)
        if found is None or _NO_IDS & set(found.values()):
            continue
        is_path = True
        if route.method == method:
            return route, found
    if is_path:
        raise not_supported()
    name = "/".join(steps[-1:])
    message = f"Resource not found for the segment '{name}'."
    raise GraphError(400, "BadRequest", message)


def nearest(
    steps: tuple[str, ...],
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The path of a folder without the folders that it is in.

    ``contactFolders/{id}/childFolders/{id}/…/contacts`` is documented for any depth
    ("Get contact"), and means the same as with the last folder only.

    :return: the steps, and pairs of a folder and one that has to be in it
    """
    pairs = []
    while len(steps) > 3 and steps[0].lower() == _FOLDERS.lower():
        if steps[2].lower() != "childfolders" or steps[3].lower() in _NO_IDS:
            break
        pairs.append((steps[1], steps[3]))
        steps = (steps[0], *steps[3:])
    return steps, tuple(pairs)


def steps_of(path: str) -> tuple[str, ...]:
    """The steps of a path, percent-decoded one by one."""
    return tuple(unquote(step) for step in path.split("/") if step)
