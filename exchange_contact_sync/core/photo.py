# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find out who changed a contact's photo.

Both sides store a photo in their own way: Odoo scales it down and encodes it again, and
so does this addon before sending it. Therefore the photos of the two sides are never
compared with each other; each is compared with what its own side had when both agreed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from .changes import Change
from .errors import ContactError
from .fields import PHOTO
from .merge import ALLOWED, FATE, Fate, winner_of
from .policy import Policy, Side
from .shape import texts


def digest(content: bytes) -> str:
    """Return a digest of a photo, "" for no photo."""
    return hashlib.blake2b(content, digest_size=16).hexdigest() if content else ""


@dataclass(frozen=True)
class RemotePhoto:
    """A photo in the mailbox.

    :param token: opaque; the same token means the same photo; "" for none
    :param content: b"" for none
    :param modified: with time zone; None if the mailbox does not provide it
    """

    token: str = ""
    content: bytes = b""
    modified: datetime | None = None


@dataclass(frozen=True)
class Picture:
    """A partner's picture.

    :param mark: opaque; the same mark means the same picture; "" for none
    :param content: as it is sent; b"" for none
    :param modified: with time zone; None if there is no picture
    :param change_token: of the partner
    :param original: digest of the picture as Odoo stores it; Odoo stores a small
        picture unchanged
    :param problem: why the picture cannot be read; None if it can
    """

    mark: str = ""
    content: bytes = b""
    modified: datetime | None = None
    change_token: str = ""
    original: str = ""
    problem: ContactError | None = None


@dataclass(frozen=True)
class NewPhoto:
    """The result of setting or removing a photo in the mailbox.

    :param token: of the photo that the item has now; "" for none
    :param refused: why the item has no photo now although one was sent; None if the
        request succeeded
    """

    token: str
    refused: ContactError | None = None


@dataclass(frozen=True)
class Pictured:
    """A partner whose picture was written.

    :param change_token: the partner's token afterwards
    :param mark: of the picture; "" for none
    """

    id: int
    change_token: str
    mark: str


@dataclass(frozen=True)
class PhotoBase:
    """What both sides last agreed on about a pair's photo.

    :param ours: Odoo's mark when both agreed
    :param theirs: the mailbox's token when both agreed
    :param digest: of the mailbox's photo when both agreed
    :param seen: the mailbox's token when the item was last read
    :param sent: digest of the photo that was sent to the mailbox and not acknowledged
        yet; the mailbox may have removed the old photo already
    :param sent_mark: Odoo's mark of that photo
    """

    ours: str = ""
    theirs: str = ""
    digest: str = ""
    seen: str = ""
    sent: str = ""
    sent_mark: str = ""

    def saw(self, token: str) -> PhotoBase:
        """Return the base once the item's photo token was read."""
        return replace(self, seen=token)

    def after_reading(self, found: RemotePhoto) -> PhotoBase:
        """Return the base once the item's photo was read. A photo that this addon sent,
        or the same photo written again, does not count as an edit made in Exchange.

        :param found: the photo in the mailbox now
        """
        now, token = digest(found.content), found.token
        if now and now == self.sent:
            return PhotoBase(self.sent_mark, token, now, token)
        if self.sent and not now:
            return replace(self, theirs="", digest="", seen="")
        if now == self.digest:
            return replace(self, theirs=token, seen=token)
        return replace(self, seen=token)

    def sending(self, picture: Picture) -> PhotoBase:
        """Return the base before a picture is sent to the mailbox."""
        return replace(self, sent=digest(picture.content), sent_mark=picture.mark)

    def agreed(self, mark: str, token: str, content: bytes) -> PhotoBase:
        """Return the base once both sides agree.

        :param mark: of Odoo's picture now
        :param token: of the mailbox's photo now
        :param content: the mailbox's photo now
        """
        return PhotoBase(mark, token, digest(content), token)

    def to_json(self) -> dict[str, str]:
        """Return the base in a form that can be stored as JSON."""
        return {key: text for key, text in asdict(self).items() if text}

    @classmethod
    def from_json(cls, data: object) -> PhotoBase | None:
        """Read a stored base (``shape.py``).

        :return: None if the item was never read for a photo
        """
        if not isinstance(data, Mapping):
            return None
        known = {one.name for one in fields(cls)}
        return cls(**{k: text for k, text in texts(data).items() if k in known})


def change_of(base: PhotoBase, picture: Picture, found: RemotePhoto) -> Change:
    """Find out who changed the photo since both sides agreed.

    :param base: after :meth:`PhotoBase.after_reading` with ``found``
    :param picture: Odoo's picture now
    :param found: the mailbox's photo now
    """
    ours, theirs = picture.mark != base.ours, base.seen != base.theirs
    if ours and theirs:
        same = digest(found.content) in (digest(picture.content), picture.original)
        return Change.BOTH_SAME if same else Change.BOTH_DIFFERENT
    if ours:
        return Change.OURS
    return Change.THEIRS if theirs else Change.NOBODY


def fate_of(
    base: PhotoBase, picture: Picture, found: RemotePhoto, policy: Policy
) -> Fate:
    """Decide what happens to a photo. The winner of a conflict is written on the other
    side, as far as the direction of photos allows it.

    :param base: after :meth:`PhotoBase.after_reading` with ``found``
    :param picture: Odoo's picture now
    :param found: the mailbox's photo now
    :return: never ``CONFLICT``
    """
    direction = policy.direction(PHOTO.key)
    fate = FATE[change_of(base, picture, found)]
    fate = ALLOWED.get((fate, direction), fate)
    if fate is not Fate.CONFLICT:
        return fate
    ours, theirs = picture.modified, found.modified
    newer = ours is not None and (theirs is None or ours > theirs)
    if winner_of(policy, newer) is Side.ODOO:
        return Fate.SEND_OURS
    return Fate.TAKE_THEIRS if direction.pulls else Fate.LEAVE
