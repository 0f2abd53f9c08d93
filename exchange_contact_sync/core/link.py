# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A link: a partner paired with an item, and the state of the pair."""

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
"""The change token of a link whose item still has to receive the partner's values."""


ERASED = "erased"
"""The key in the facts of a link whose partner was deleted: hashes of the contact's
values (``erased.py``)."""


class LinkState(Enum):
    """The synchronization state of a link.

    A pending link has no item yet: the mailbox was or will be asked to create it.
    """

    PENDING = "pending"
    SYNCED = "synced"
    STOPPED = "stopped"
    ERROR = "error"


ACTIVE = (LinkState.SYNCED, LinkState.ERROR)
"""The states of links that are synchronized; those with an error are tried again."""

ACTIVE_STATES = tuple(state.value for state in ACTIVE)
"""``ACTIVE`` as they are stored."""


@dataclass(frozen=True)
class Link:
    """A pair of partner and item.

    :param id: 0 before the link is stored
    :param partner: 0 after the partner was deleted
    :param folder: id of the mailbox folder
    :param remote: id of the item; "" while the link is pending
    :param version: the item version that both sides agreed on
    :param sync_key: our identity on the item
    :param base: None before both sides agreed for the first time
    :param change_token: the partner's token when it was last compared; ``UNSENT`` while
        Exchange still has to receive its values; "" to compare everything again,
        including refused values
    :param created_by_us: this addon created the item
    :param marked: a person allowed the addon to treat the item as its own
    :param pinned: a person requested the contact: it stays in the mailbox regardless of
        the export choice
    :param user_request: what a person requested for the pair
    :param field_overrides: by field key, the values that a person decided on
    :param reason: why the link is stopped, or why the mailbox was asked to delete the
        item
    :param photo: None if the item was never read for a photo
    :param search_key: see ``RemoteRef``; "" until the item was read
    :param facts: the evidence by which the item of a stopped link is recognized, where
        the base does not contain it (``evidence.evidence_kept``); can be stored as JSON
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
        """The name that both sides last agreed on, or else the name in Odoo; "" before
        the first agreement."""
        if not self.base:
            return ""
        return self.base.values.get("name") or self.base.differences.ours.get(
            "name", ""
        )

    @property
    def is_active(self) -> bool:
        """Whether the pair is synchronized."""
        return self.state in ACTIVE

    @property
    def is_erased(self) -> bool:
        """Whether the partner was deleted, together with everything known about the
        pair, before a run processed the deletion."""
        return not self.partner and self.base is None and ERASED in self.facts

    @property
    def may_be_deleted(self) -> bool:
        """Whether the addon may delete the item in the mailbox."""
        return self.created_by_us or self.marked

    @property
    def follows_choice(self) -> bool:
        """Whether the item is in the mailbox only because of the export choice."""
        return self.created_by_us and not self.pinned

    @property
    def is_known_gone(self) -> bool:
        """Whether the link was stopped and its item was deleted afterwards. The link
        keeps the item's id, because a stopped link must not resume by itself when its
        item comes back.
        """
        return self.state is LinkState.STOPPED and not self.version

    @property
    def has_returned(self) -> bool:
        """Whether the item came back while the partner could not be restored."""
        return self.state is LinkState.ERROR and bool(self.remote) and not self.version

    @property
    def is_being_deleted(self) -> bool:
        """Whether the mailbox was asked to delete the item and has not confirmed it
        yet.
        """
        return self.state is not LinkState.STOPPED and self.reason is not None

    def pending(self, folder: str) -> Link:
        """Return the link whose item is to be created in a folder."""
        link = self.without_item()
        return replace(link, folder=folder, state=LinkState.PENDING, reason=None)

    def synced(self) -> Link:
        """Return the link as synchronized, without the reason of a stop."""
        return replace(self, state=LinkState.SYNCED, reason=None)

    def stopped(self, reason: Reason | None) -> Link:
        """Return the link as not synchronized any more."""
        return replace(self, state=LinkState.STOPPED, reason=reason)

    def failed(self) -> Link:
        """Return the link with an error, to be tried again."""
        return replace(self, state=LinkState.ERROR)

    def agreed(self, base: Base, change_token: str) -> Link:
        """Return the link once both sides have the values of a base.

        This carries out a user request, and only a stopped link needs facts.

        :param change_token: of the partner with these values
        """
        link = replace(self, base=base, change_token=change_token)
        parting = link.user_request is UserRequest.SEPARATE
        after = link.stopped(Reason.PERSON) if parting else link.synced()
        started = link.user_request is UserRequest.START
        pinned = link.pinned or started and link.created_by_us
        return replace(after.settled(), facts={}, pinned=pinned)

    def to_be_sent(self, base: Base) -> Link:
        """Return the link whose item still has to receive values of a base."""
        return replace(self.synced(), base=base).unsent()

    def unsent(self) -> Link:
        """Return the link to be compared and sent again, even if the partner does not
        change."""
        return replace(self, change_token=UNSENT)

    def without_version(self) -> Link:
        """Return the link of an item on whose values both sides never agreed."""
        return replace(self, version="")

    def being_deleted(self, reason: Reason | None) -> Link:
        """Return the link whose item the mailbox is about to be asked to delete.

        A stopped link stays stopped, for this reason.
        """
        return replace(self, reason=reason)

    def not_deleted(self) -> Link:
        """Return the link whose item the mailbox did not delete when it was asked; a
        stopped link keeps its reason.
        """
        if self.state is LinkState.STOPPED:
            return self
        return replace(self, reason=None)

    def without_item(self) -> Link:
        """Return the link without its item, which is gone or does not exist yet."""
        return replace(self, remote="", version="")

    def settled(self) -> Link:
        """Return the link without its user request and field overrides, once they are
        carried out or refused."""
        return replace(self, user_request=None, field_overrides={})

    def not_created_by_us(self) -> Link:
        """Return the link of an item that this addon did not create."""
        return replace(self, created_by_us=False)

    def for_another_item(self, sync_key: str, theirs: Mapping[str, str]) -> Link:
        """Return the link for another item than the one it had; it stays stopped until
        both are merged.

        The new item does not count as created by us, and values missing on it do not
        count as deleted.

        :param sync_key: of the new item
        :param theirs: the new item as it was read
        """
        base = None if self.state is LinkState.PENDING else self.base
        return replace(
            self.stopped(self.reason).not_created_by_us(),
            base=base and base.of_another_item(theirs),
            photo=None,
            sync_key=sync_key,
        )

    def of_partner(self, partner: int, facts: Mapping[str, object]) -> Link:
        """Return the link of the item with another partner; both are compared as if
        they had just been linked.

        :param partner: id of the partner
        :param facts: the evidence by which the item is recognized
        """
        return replace(
            self.settled(),
            partner=partner,
            base=None,
            photo=self.photo and PhotoBase().saw(self.photo.seen),
            change_token="",
            facts=facts,
        )

    def saw_photo(self, token: str | None) -> Link:
        """Return the link with the photo token that was read.

        :param token: None if the request did not ask for the photo
        """
        if token is None:
            return self
        return replace(self, photo=(self.photo or PhotoBase()).saw(token))

    def at(self, ref: RemoteRef) -> Link:
        """Return the link with the present place and version of its item."""
        return replace(
            self,
            remote=ref.id,
            version=ref.version,
            folder=ref.folder or self.folder,
            search_key=ref.search_key or self.search_key,
        )
