# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mailbox that is read but never written.

Writes are kept in memory and answered as if the mailbox had accepted all of them; later
reads include them.
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
"""The prefix of invented ids and versions. Those of a mailbox are opaque, but servers
write them without a space.
"""

BLANK = {key: "" for key in (*FIELDS, *NAME_EVIDENCE) if key != "name"}


def is_made_up(remote: str) -> bool:
    """Return whether a contact's id was invented by a preview and is in no mailbox."""
    return remote.startswith(MADE_UP)


@dataclass(frozen=True)
class _Written:
    """A contact of the mailbox that was written in this preview.

    :param seen: the real contact at that time
    :param values: the values written since
    :param modified: aware
    """

    seen: Contact
    values: Mapping[str, str]
    version: str
    modified: datetime

    def over(self, real: RemoteContact) -> RemoteContact:
        """Return the real contact with the written values.

        Values that a person has edited in the mailbox since then take precedence.
        """
        ref = replace(real.ref, version=self.version_of(real.ref))
        contact = real.contact.with_values(self.lasting(real.contact))
        modified = max(self.modified, real.modified)
        return replace(real, ref=ref, contact=contact, modified=modified)

    def lasting(self, real: Contact) -> dict[str, str]:
        """Return the written values that nothing has changed in the mailbox since."""
        return {
            key: text
            for key, text in self.values.items()
            if real.get(key) == self.seen.get(key)
        }

    def version_of(self, real: RemoteRef) -> str:
        """Return the version to show; it changes when the real contact is edited."""
        return f"{self.version} {real.version}"


class DryRunMailbox:
    """A ``RemoteStore`` that reads the mailbox and keeps writes in memory.

    The mailbox would refuse to write a contact that has changed or is gone, so each
    contact is read before a write is recorded.

    :param mailbox: the real mailbox
    :param now: returns the time, aware
    :ivar photos: tokens of the photos written in this preview, by id of the contact
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
        """See the port. Contacts deleted in this preview are left out, because the run
        already knows about its own writes.
        """
        try:
            page = self._mailbox.changes(folder, state)
        except FolderGone:
            self._gone_folders.add(folder)
            raise
        listed = [ref for ref in page.changed if ref.id not in self._deleted]
        return replace(page, changed=tuple(self._as_written(ref) for ref in listed))

    def fetch(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """See the port."""
        return [self._shown(answer) for answer in self._read(refs)]

    def read_evidence(self, refs: Sequence[RemoteRef]) -> dict[str, RemoteContact]:
        """See the port. The run asks only for contacts without a link, which it does
        not write.
        """
        return self._mailbox.read_evidence(refs)

    def find(self, sync_keys: Sequence[str], folder: str) -> dict[str, RemoteRef]:
        """See the port. A run calls this before it writes anything (``recover.py``)."""
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
        """See the port. A run reads the contacts right before (``push/delete.py``)."""
        self._deleted.update(ref.id for ref in refs)
        return [None for _ref in refs]

    def _read(self, refs: Sequence[RemoteRef]) -> list[RemoteContact | ContactError]:
        """Return the real contacts, and those created in this preview as created."""
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
        """Record a write; if the contact cannot be read, answer with that error."""
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
