# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a test of a port of Odoo's side needs, whatever is behind the port."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from exchange_contact_sync.core import ports
    from exchange_contact_sync.core.link import Link
    from exchange_contact_sync.core.mailbox import Entry
    from exchange_contact_sync.core.run import Line
    from exchange_contact_sync.core.user_requests import UserRequest

FOLDER, OTHER_FOLDER = "folder-1", "folder-2"
"""Contact folders of the account that are known from the beginning."""


class StoresWorld(Protocol):
    """An account, its stores, and people who work in Odoo meanwhile.

    The account exports contacts that belong to a choice. Each call of a store is
    durable when it returns.
    """

    links: ports.LinkStore
    inbox: ports.Inbox
    behavior: ports.BehaviorStore
    log: ports.RunLog
    progress: ports.Progress
    partners: ports.PartnerStore
    pictures: ports.PictureStore

    def reopen(self) -> None:
        """Replace the stores by new ones, which know nothing but what was stored."""

    def add_partner(self, values: Mapping[str, str], *, chosen: bool = True) -> int:
        """Create a partner by hand.

        :param chosen: it belongs to the export choice
        :return: its id
        """

    def edit_partner(self, partner: int, values: Mapping[str, str]) -> None:
        """Change a partner by hand."""

    def archive(self, partner: int, *, active: bool = False) -> None:
        """Archive a partner, or bring it back."""

    def delete_partner(self, partner: int) -> None:
        """Delete a partner."""

    def hide(self, partner: int) -> None:
        """Take a partner out of the account owner's sight."""

    def choose(self, partner: int, *, chosen: bool) -> None:
        """Put a partner into the export choice, or take it out."""

    def ask(self, link: Link, request: UserRequest) -> None:
        """Ask something for a pair, as a person does on the screen."""

    def answer(self, entry: Entry, partner: int) -> None:
        """Say which partner a contact is; 0 for somebody new."""

    def change_token(self, partner: int) -> str:
        """The partner's change token now."""

    def recorded(self) -> list[Line]:
        """The lines of the run, in the order in which they are shown."""

    def watched(self) -> set[str]:
        """The steps whose progress a person who watches the run has seen."""

    def counted(self) -> dict[str, int]:
        """The counters of the run that are not 0."""
