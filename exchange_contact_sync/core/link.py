# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A pair of an Odoo contact and an Exchange contact, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from .contact import Base
from .mailbox import RemoteRef
from .photo import PhotoBase
from .plan import Reason
from .user_requests import FieldOverride, UserRequest

UNSENT = "unsent"
"""The change token of a link whose contact in the mailbox has to be told of the
partner."""


ERASED = "erased"
"""Among the facts of a link whose partner was deleted: hashes of what the contact said
(``erased.py``)."""


class LinkState(Enum):
    """Where a pair stands."""

    PENDING = "pending"
    SYNCED = "synced"
    STOPPED = "stopped"
    ERROR = "error"


@dataclass(frozen=True)
class Link:
    """A pair of partner and contact of the mailbox.

    :param id: int, 0 before it is stored
    :param partner: int, 0 when the partner was deleted
    :param folder: str, id of the mailbox's folder
    :param remote: str, id of the contact; "" while pending
    :param version: str, the version both sides agreed on
    :param sync_key: str, our identity
    :param base: Base or None
    :param change_token: str, of the partner when it was last looked at; ``UNSENT`` as
        long as Exchange has to be told; "" to look at everything again, refused values
        included
    :param state: LinkState
    :param created_by_us: bool, the contact was created by this addon
    :param marked: bool, a person said that the contact may be treated as ours
    :param pinned: bool, a person asked for the contact: it stays in the mailbox
        whatever the export choice
    :param user_request: UserRequest or None, what a person asked for the pair
    :param field_overrides: Mapping of field key to FieldOverride, values a person
        decided on
    :param reason: Reason why the pair is stopped, or why the mailbox was asked to
        delete its contact, or None
    :param photo: PhotoBase, or None when the contact was never read for a photo
    :param search_key: str, see ``RemoteRef``; "" as long as the contact was not read
    :param facts: Mapping, ready for a JSON column: what the contact of a stopped pair
        is recognised by, where the base does not tell it (``evidence.evidence_kept``)
    """

    id: int
    partner: int
    folder: str
    remote: str
    version: str
    sync_key: str
    base: Base | None = None
    change_token: str = ""
    state: LinkState = LinkState.SYNCED
    created_by_us: bool = False
    marked: bool = False
    pinned: bool = False
    user_request: UserRequest | None = None
    field_overrides: Mapping[str, FieldOverride] = field(default_factory=dict)
    reason: Reason | None = None
    photo: PhotoBase | None = None
    search_key: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What both sides last agreed to call the contact, or else Odoo does; ""
        before that."""
        if not self.base:
            return ""
        return self.base.values.get("name") or self.base.known.ours.get("name", "")

    @property
    def is_erased(self) -> bool:
        """Whether the partner was deleted, and all that was known of the pair with it,
        before a run could see to it."""
        return not self.partner and self.base is None and ERASED in self.facts

    @property
    def may_be_deleted(self) -> bool:
        """Whether the contact may be deleted in the mailbox."""
        return self.created_by_us or self.marked

    @property
    def follows_choice(self) -> bool:
        """Whether the contact is in the mailbox because of the export choice only."""
        return self.created_by_us and not self.pinned

    @property
    def is_known_gone(self) -> bool:
        """Whether the pair was stopped and its contact was deleted since. It keeps the
        id: one that was stopped does not go on by itself when its contact comes back.
        """
        return self.state is LinkState.STOPPED and not self.version

    @property
    def is_being_deleted(self) -> bool:
        """Whether the mailbox was asked to delete the contact, and nobody heard yet
        that it did.
        """
        return self.state is not LinkState.STOPPED and self.reason is not None

    def settled(self) -> Link:
        """:return: Link, whatever a person asked for it is done or refused"""
        return replace(self, user_request=None, field_overrides={})

    def saw_photo(self, token: str | None) -> Link:
        """:param token: str, as the contact was read; None: nobody asked for it
        :return: Link
        """
        if token is None:
            return self
        return replace(self, photo=(self.photo or PhotoBase()).saw(token))

    def at(self, ref: RemoteRef) -> Link:
        """:return: Link, pointing to where the contact is now"""
        return replace(
            self,
            remote=ref.id,
            version=ref.version,
            folder=ref.folder or self.folder,
            search_key=ref.search_key or self.search_key,
        )
