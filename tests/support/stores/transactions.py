# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a test of a unit of work needs from any implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from exchange_contact_sync.core.ports import UnitOfWork


class TransactionsWorld(Protocol):
    """One stored text, a unit of work, and another process.

    :ivar work: the unit of work
    """

    work: UnitOfWork

    def text(self) -> str:
        """Return the text as the unit of work sees it; "" at the beginning."""

    def write(self, text: str) -> None:
        """Change the text within a batch."""

    def flush(self) -> None:
        """Send all changes so far to the database."""

    def committed(self) -> str:
        """Return the text as the other process sees it."""

    def write_elsewhere(self, text: str) -> None:
        """Let the other process change the text, while no transaction is open."""

    def collide(self, text: str, times: int = 1) -> None:
        """Let the other process change the text during the next attempts of a batch
        that writes it."""

    def is_open(self) -> bool:
        """Return whether a transaction of the unit of work is open."""
