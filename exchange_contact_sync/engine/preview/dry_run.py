# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mailbox that is read, and only seems to be written.

What would be sent to it is remembered here and answered as a mailbox would that takes
everything; whoever reads again sees it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ...core.contact import Contact
from ...core.errors import ContactChanged, ContactError, ContactGone, FolderGone
from ...core.fields import FIELDS, NAME_EVIDENCE
from ...core.mailbox import (
    ChangePage,
    RemoteChange,
    RemoteContact,
    RemoteFolder,
    RemoteRef,
)
from ...core.ports import RemoteStore

MADE_UP = "previewed "
"""How ids and versions begin that are made up. Those of a mailbox are opaque, but
servers write them without a blank."""

BLANK = {key: "" for key in (*FIELDS, *NAME_EVIDENCE) if key != "name"}


def is_made_up(remote: str) -> bool:
    """:param remote: str, id of a contact
    :return: bool, whether it is in no mailbox
    """
    return remote.startswith(MADE_UP)


@dataclass(frozen=True)
class _Written:
    """A contact of the mailbox that was written in this preview.

    :param seen: Contact, as it really was then
    :param values: Mapping, what it says since
    :param version: str
    :param modified: datetime, aware
    """

    seen: Contact
    values: Mapping[str, str]
    version: str
    modified: datetime

    def over(self, real: RemoteContact) -> RemoteContact:
        """:return: RemoteContact; what somebody really edited since came later"""
        ref = replace(real.ref, version=self.version_of(real.ref))
        contact = real.contact.with_values(self.lasting(real.contact))
        modified = max(self.modified, real.modified)
        return replace(real, ref=ref, contact=contact, modified=modified)

    def lasting(self, real: Contact) -> dict[str, str]:
        """:return: dict of what was written and not edited since"""
        return {
            key: text
            for key, text in self.values.items()
            if real.get(key) == self.seen.get(key)
        }

    def version_of(self, real: RemoteRef) -> str:
        """:return: str, another one when somebody really edits the contact"""
        return f"{self.version} {real.version}"


class DryRunMailbox:
    """A mailbox that is read, and seems to be written: ``RemoteStore``.

    Before a contact seems to be written it is read, because the mailbox would refuse
    to write one that changed or is gone.

    :param mailbox: RemoteStore, the real one
    :param now: callable giving the time, aware
    :ivar photos: dict of token by id of the contact, photos that seem to be written
    """

    def __init__(self, mailbox: RemoteStore, now: Callable[[], datetime]) -> None:
        self._mailbox = mailbox
        self._now = now
        self._numbers = itertools.count(1)
        self._made: dict[str, RemoteContact] = {}
        self._written: dict[str, _Written] = {}
        self._deleted: set[str] = set()
        self.photos: dict[str, str] = {}
        self._gone_folders: set[str] = set()

    def folders(self) -> list[RemoteFolder]:
        """See the port."""
        return self._mailbox.folders()

    def changes(self, folder: str, state: str) -> ChangePage:
        """See the port. Of what seems to be written a run only hears what it knows, so
        that is left out."""
        try:
            page = self._mailbox.changes(folder, state)
        except FolderGone:
            self._gone_folders.add(folder)
            raise
        told = [ref for ref in page.changed if ref.id not in self._deleted]
        return replace(page, changed=tuple(self._as_written(ref) for ref in told))

    def fetch(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """See the port."""
        return [self._shown(answer) for answer in self._read(refs)]

    def glance(self, refs: Sequence[RemoteRef]) -> dict[str, RemoteContact]:
        """See the port. Only strangers are asked for, which a run does not write."""
        return self._mailbox.glance(refs)

    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """See the port. A run asks this before it writes anything (``recover.py``)."""
        return self._mailbox.find(sync_keys, folder)

    def create(
        self, folder: str, drafts: Sequence[tuple[str, Mapping[str, str]]]
    ) -> list[RemoteRef | ContactError]:
        """See the port."""
        if folder in self._gone_folders:
            raise FolderGone()
        return [self._make(folder, key, values) for key, values in drafts]

    def update(self, changes: Sequence[RemoteChange]) -> list[RemoteRef | ContactError]:
        """See the port."""
        answers = self._read([change.ref for change in changes])
        return [
            self._write(change, answer)
            for change, answer in zip(changes, answers, strict=True)
        ]

    def delete(self, refs: Sequence[RemoteRef]) -> list[None | ContactError]:
        """See the port. A run has just read them (``deleting.py``)."""
        self._deleted.update(ref.id for ref in refs)
        return [None for _ref in refs]

    def _read(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """As it really is, and what was created in this preview as it was then."""
        known = self._made.keys() | self._deleted
        asked = [ref for ref in refs if ref.id not in known]
        answers = iter(self._mailbox.fetch(asked) if asked else [])
        return [
            self._known(ref.id) if ref.id in known else next(answers) for ref in refs
        ]

    def _known(self, remote: str) -> RemoteContact | ContactGone:
        return ContactGone() if remote in self._deleted else self._made[remote]

    def _shown(
        self, answer: RemoteContact | ContactError
    ) -> RemoteContact | ContactError:
        if isinstance(answer, ContactError):
            return answer
        photo = self.photos.get(answer.ref.id, answer.photo)
        answer = replace(answer, photo=photo)
        written = self._written.get(answer.ref.id)
        return written.over(answer) if written else answer

    def _as_written(self, ref: RemoteRef) -> RemoteRef:
        written = self._written.get(ref.id)
        return replace(ref, version=written.version_of(ref)) if written else ref

    def _make(self, folder: str, key: str, values: Mapping[str, str]) -> RemoteRef:
        made_up = f"{MADE_UP}{next(self._numbers)}"
        ref = RemoteRef(made_up, made_up, folder, key)
        contact = Contact({**BLANK, **values})
        self._made[made_up] = RemoteContact(ref, contact, self._now())
        return ref

    def _write(
        self, change: RemoteChange, real: RemoteContact | ContactError
    ) -> RemoteRef | ContactError:
        """One that cannot be read will hardly be written."""
        if isinstance(real, ContactError):
            return real
        if self._as_written(real.ref).version != change.ref.version:
            return ContactChanged()
        before = self._written.get(real.ref.id)
        self._written[real.ref.id] = _Written(
            real.contact,
            {**(before.lasting(real.contact) if before else {}), **change.values},
            f"{MADE_UP}{next(self._numbers)}",
            self._now(),
        )
        return replace(change.ref, version=self._as_written(real.ref).version)
