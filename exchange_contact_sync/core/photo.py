# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who changed a contact's photo.

Both sides keep a photo as they like: Odoo makes it smaller and encodes it anew, and so
do we before it is sent. The two are therefore never compared with each other, but each
with what its own side had when both agreed.
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
    """:return: str, "" for no photo"""
    return hashlib.blake2b(content, digest_size=16).hexdigest() if content else ""


@dataclass(frozen=True)
class RemotePhoto:
    """A photo as the mailbox has it.

    :param token: str, opaque: the same token means the same photo; "" for none
    :param content: bytes, b"" for none
    :param modified: datetime, aware, or None if the mailbox does not tell
    """

    token: str = ""
    content: bytes = b""
    modified: datetime | None = None


@dataclass(frozen=True)
class Picture:
    """A partner's picture.

    :param mark: str, opaque: the same mark means the same picture; "" for none
    :param content: bytes, as it is sent; b"" for none
    :param modified: datetime, aware, or None if there is none
    :param change_token: str, of the partner
    :param original: str, digest of the picture as Odoo keeps it: one that was small
        enough is kept as it came
    :param problem: ContactError, why the picture cannot be read; None for all others
    """

    mark: str = ""
    content: bytes = b""
    modified: datetime | None = None
    change_token: str = ""
    original: str = ""
    problem: ContactError | None = None


@dataclass(frozen=True)
class NewPhoto:
    """What became of a photo that the mailbox was asked to take, or to take away.

    :param token: str, of the photo the contact has now; "" for none
    :param refused: ContactError, why the contact has no photo now although it was to
        get one; None when all was done
    """

    token: str
    refused: ContactError | None = None


@dataclass(frozen=True)
class Pictured:
    """A partner whose picture was written.

    :param id: int
    :param change_token: str, its change token afterwards
    :param mark: str, of the picture; "" for none
    """

    id: int
    change_token: str
    mark: str


@dataclass(frozen=True)
class PhotoBase:
    """What is remembered of a pair's photo.

    :param ours: str, Odoo's mark when both agreed
    :param theirs: str, the mailbox's token when both agreed
    :param digest: str, of what the mailbox had when both agreed
    :param seen: str, the mailbox's token when the contact was last read
    :param sent: str, digest of what the mailbox was asked to take and has not
        acknowledged; it may have taken the old photo away already
    :param sent_mark: str, Odoo's mark of that
    """

    ours: str = ""
    theirs: str = ""
    digest: str = ""
    seen: str = ""
    sent: str = ""
    sent_mark: str = ""

    def saw(self, token: str) -> PhotoBase:
        """:return: PhotoBase, once the contact was read"""
        return replace(self, seen=token)

    def heard(self, found: RemotePhoto) -> PhotoBase:
        """:param found: RemotePhoto, as the mailbox has it now
        :return: PhotoBase, what was sent or written anew is no change that somebody
            made there
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
        """:return: PhotoBase, before the mailbox is asked to take a picture"""
        return replace(self, sent=digest(picture.content), sent_mark=picture.mark)

    def agreed(self, mark: str, token: str, content: bytes) -> PhotoBase:
        """:param mark: str, of what Odoo has now
        :param token: str, of what the mailbox has now
        :param content: bytes, what the mailbox has now
        :return: PhotoBase
        """
        return PhotoBase(mark, token, digest(content), token)

    def to_json(self) -> dict[str, str]:
        """:return: dict, ready for a JSON column"""
        return {key: text for key, text in asdict(self).items() if text}

    @classmethod
    def from_json(cls, data: object) -> PhotoBase | None:
        """:param data: what the column holds (``shape.py``)
        :return: PhotoBase, or None when the contact was never read for it
        """
        if not isinstance(data, Mapping):
            return None
        known = {one.name for one in fields(cls)}
        return cls(**{k: text for k, text in texts(data).items() if k in known})


def change_of(base: PhotoBase, picture: Picture, found: RemotePhoto) -> Change:
    """Who changed the photo since both agreed.

    :param base: PhotoBase, once it heard of ``found``
    :param picture: Picture, as Odoo has it now
    :param found: RemotePhoto, as the mailbox has it now
    :return: Change
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
    """What becomes of a photo: a conflict goes to the winner, as far as the direction
    of photos allows.

    :param base: PhotoBase, once it heard of ``found``
    :param picture: Picture, as Odoo has it now
    :param found: RemotePhoto, as the mailbox has it now
    :param policy: Policy
    :return: Fate, never ``CONFLICT``
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
