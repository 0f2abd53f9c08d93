# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a test of a storage port needs from any implementation."""

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
"""The contact folders that the account has from the beginning."""


class StoresWorld(Protocol):
    """An account, its stores, and changes of people in Odoo.

    The account exports the contacts of an export choice. Each call of a store is
    committed when it returns.
    """

    links: ports.LinkStore
    inbox: ports.Inbox
    behavior: ports.BehaviorStore
    log: ports.RunLog
    progress: ports.Progress
    partners: ports.PartnerStore
    pictures: ports.PictureStore

    def reopen(self) -> None:
        """Replace the stores by new ones, which read everything from the database."""

    def add_partner(self, values: Mapping[str, str], *, chosen: bool = True) -> int:
        """Create a partner manually.

        :param chosen: whether it belongs to the export choice
        :return: its id
        """

    def edit_partner(self, partner: int, values: Mapping[str, str]) -> None:
        """Change a partner manually."""

    def archive(self, partner: int, *, active: bool = False) -> None:
        """Archive or unarchive a partner."""

    def delete_partner(self, partner: int) -> None:
        """Delete a partner."""

    def hide(self, partner: int) -> None:
        """Hide a partner from the account's owner."""

    def choose(self, partner: int, *, chosen: bool) -> None:
        """Add a partner to the export choice, or remove it."""

    def ask(self, link: Link, request: UserRequest) -> None:
        """Store a user request for a pair, as a person does on the screen."""

    def answer(self, entry: Entry, partner: int) -> None:
        """Decide which partner belongs to a contact; 0 for a new partner."""

    def change_token(self, partner: int) -> str:
        """Return the current change token of a partner."""

    def recorded(self) -> list[Line]:
        """Return the lines of the run in the order in which they are shown."""

    def watched(self) -> set[str]:
        """Return the steps whose progress was shown to a person who watches the run."""

    def counted(self) -> dict[str, int]:
        """Return the counters of the run that are not 0."""
