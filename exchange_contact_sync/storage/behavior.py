# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Store how an account's mail server behaves: the engine's ``BehaviorStore``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.behavior import NOTHING_KNOWN, Behavior
from ..core.shape import mapping

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..core.ports import BehaviorStore


VERSION = "version"


def product(version: str) -> str:
    """Return the server's product and update, such as "15.2.1748".

    The behavior of a server depends on these.

    :param version: of ``core.mailbox.Connection``
    :return: "" while the version is unknown
    """
    return ".".join(version.partition(" ")[0].split(".")[:3])


class OdooBehaviorStore:
    """Stores on the account how its server behaves.

    :param account: record of ``exchange.account``
    :param version: of the server, as known when the slice began
    """

    def __init__(self, account: BaseModel, version: str) -> None:
        self._account = account.sudo()
        self._product = product(version)

    def known(self) -> Behavior:
        """See the port. What another version of the server did is not returned, because
        the server may behave differently now.
        """
        kept = mapping(self._account.server_behavior)
        if kept.get(VERSION) != self._product:
            return NOTHING_KNOWN
        return Behavior.from_json(kept)

    def keep(self, behavior: Behavior) -> None:
        """See the port."""
        kept = {VERSION: self._product, **behavior.to_json()}
        self._account.server_behavior = kept


def note_version(account: BaseModel, version: str) -> None:
    """Store the server's version if it differs from that of the last run.

    :param account: record of ``exchange.account``
    :param version: of ``core.mailbox.Connection``
    """
    account = account.sudo()
    if product(version) != product(account.connection_version or ""):
        account.connection_version = version


if TYPE_CHECKING:
    _port: type[BehaviorStore] = OdooBehaviorStore
