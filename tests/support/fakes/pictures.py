# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pictures of partners in memory: ``core.ports.PictureStore``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from exchange_contact_sync.core.errors import ContactError
from exchange_contact_sync.core.link import Link, LinkState
from exchange_contact_sync.core.photo import Picture, Pictured, digest

from .database import Database
from .partners import FakePartnerStore, Partner

SMALLER = b" made smaller"
"""Odoo does not store the same bytes that are sent."""


class FakePictures:
    """The pictures of one owner's partners.

    :param database: Database
    :param partners: FakePartnerStore
    :param now: function that returns the time of a change
    """

    def __init__(
        self,
        database: Database,
        partners: FakePartnerStore,
        now: Callable[[], datetime],
    ) -> None:
        self._db = database
        self._partners = partners
        self._now = now

    def changed(
        self, limit: int, skip: Iterable[int], *, pull: bool, push: bool
    ) -> list[Link]:
        """See ``PictureStore``."""
        seen = set(skip)
        return [
            link
            for link in self._db.rows("link").values()
            if link.id not in seen
            and link.state is LinkState.SYNCED
            and link.remote
            and link.photo
            and link.partner in self._partners.rows
            and (
                (pull and link.photo.seen != link.photo.theirs)
                or (push and (link.photo.sent or link.photo.ours != self._mark(link)))
            )
        ][:limit]

    def _mark(self, link: Link) -> str:
        return _mark_of(self._partners.rows[link.partner])

    def fetch(self, ids: Sequence[int]) -> dict[int, Picture]:
        """See ``PictureStore``."""
        rows = self._partners.rows
        return {i: _picture(rows[i]) for i in ids if i in rows and not rows[i].hidden}

    def save(
        self, pictures: Sequence[tuple[int, bytes]]
    ) -> list[Pictured | ContactError]:
        """See ``PictureStore``."""
        return [self._save(*picture) for picture in pictures]

    def _save(self, partner: int, content: bytes) -> Pictured | ContactError:
        refusal = self._partners._refusal(partner)
        if refusal:
            return refusal
        self._set(partner, content)
        row = self._partners.rows[partner]
        return Pictured(partner, row.change_token, _mark_of(row))

    def set_picture(self, partner: int, content: bytes) -> None:
        """Give a partner a picture as a person would, or remove it (b"")."""
        self._db.by_somebody_else(lambda: self._set(partner, content))

    def _set(self, partner: int, content: bytes) -> None:
        change_token = f"s{self._db.next_id()}"
        row = self._partners.rows[partner]
        changed = replace(
            row, picture=content, picture_changed=self._now(), change_token=change_token
        )
        self._db.set("partner", partner, changed)


def _mark_of(row: Partner) -> str:
    return f"mark of {row.picture!r}" if row.picture else ""


def _picture(row: Partner) -> Picture:
    sent = subject(row.picture) + SMALLER if row.picture else b""
    return Picture(
        _mark_of(row), sent, row.picture_changed, row.change_token, digest(row.picture)
    )


def subject(content: bytes) -> bytes:
    """Return the subject of a picture, independent of its encoding."""
    return content.removesuffix(SMALLER)
