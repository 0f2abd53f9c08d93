# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules that hold whatever a server answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from exchange_contact_sync.core.errors import SyncError
from exchange_contact_sync.core.mailbox import (
    ChangePage,
    RemoteContact,
    RemoteFolder,
    RemoteRef,
)
from exchange_contact_sync.core.photo import RemotePhoto
from exchange_contact_sync.outlook.reading import LONGEST_ID, LONGEST_KEY
from robustness.fuzz.calls import CALLS, Scene

SECONDS = 10.0
"""No call takes longer, even on a busy machine."""

MEGABYTES = 300
"""All calls together take no more memory."""


def asked(name: str, scene: Scene, gateway: object) -> object:
    """Make a call.

    :returns: its result, or the error that it raises
    :raises AssertionError: the error has no text
    """
    try:
        return CALLS[name][1](scene, gateway)
    except SyncError as error:
        _is_said(error)
        return error


def _is_said(error: SyncError) -> None:
    """Only response codes that no documentation lists may be "unexpected"."""
    if error.code == SyncError.code:
        assert error.detail.startswith("Error"), repr(error)


def sound(scene: Scene, found: object) -> None:
    """Check that a result is what the rest of the addon relies on.

    :raises AssertionError: it is not
    """
    check = next((c for kind, c in CHECKS.items() if isinstance(found, kind)), None)
    if check:
        check(scene, found)
    elif isinstance(found, Mapping):
        sound(scene, [*found.keys(), *found.values()])
    elif isinstance(found, Collection):
        for one in found:
            sound(scene, one)
        _are_a_tree([one for one in found if isinstance(one, RemoteFolder)])


def _text(_scene: Scene, text: str) -> None:
    text.encode()


def _folder(_scene: Scene, folder: RemoteFolder) -> None:
    assert 0 < len(folder.id) <= LONGEST_ID and folder.name and folder.count >= 0


def _photo(_scene: Scene, photo: RemotePhoto) -> None:
    assert photo.token or not photo.content


def _page(scene: Scene, page: ChangePage) -> None:
    ids = [ref.id for ref in page.changed]
    assert len({*ids, *page.deleted}) == len(ids) + len(page.deleted)
    assert page.state
    for ref in page.changed:
        _ref(scene, ref)


def _ref(_scene: Scene, ref: RemoteRef) -> None:
    assert 0 < len(ref.id) <= LONGEST_ID and len(ref.version) <= LONGEST_ID
    assert max(len(ref.sync_key), len(ref.search_key)) <= LONGEST_KEY
    for text in (ref.id, ref.version, ref.folder, ref.sync_key, ref.search_key):
        text.encode()


def _contact(scene: Scene, contact: RemoteContact) -> None:
    _ref(scene, contact.ref)
    assert contact.ref.id in {ref.id for ref in scene.refs} and contact.ref.version
    assert contact.modified.tzinfo
    for key, value in contact.contact.items():
        assert isinstance(value, str), key
        value.encode()


def _are_a_tree(folders: list[RemoteFolder]) -> None:
    seen = {""}
    for folder in folders:
        assert folder.parent in seen and folder.id not in seen
        seen.add(folder.id)


def no_other_is_harmed(
    before: list[RemoteContact], found: object, untouched: Collection[str]
) -> None:
    """Check that contacts whose part of the answer was not changed are read as before,
    or not at all.

    :param before: the contacts from the correct answer
    :param found: the contacts from the changed answer
    :param untouched: ids of contacts whose part was not changed
    """
    known = {one.ref.id: one for one in before}
    for one in found if isinstance(found, list) else ():
        if isinstance(one, RemoteContact) and one.ref.id in untouched:
            assert one == known[one.ref.id]


CHECKS = {
    SyncError: lambda _scene, _error: None,
    str: _text,
    ChangePage: _page,
    RemoteContact: _contact,
    RemoteRef: _ref,
    RemoteFolder: _folder,
    RemotePhoto: _photo,
}
"""The check for each type of result."""
