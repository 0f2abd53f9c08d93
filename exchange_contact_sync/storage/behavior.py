# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is known of an account's mail server: the engine's ``BehaviorStore``."""

from ..core.behavior import NOTHING_KNOWN, Behavior
from ..core.shape import mapping

VERSION = "version"


def product(version):
    """What a server's habits depend on: its product and update, such as "15.2.1748".

    :param version: str, of ``exchange.session.Connection``
    :return: str, "" while the version is not known
    """
    return ".".join(version.partition(" ")[0].split(".")[:3])


class OdooBehaviorStore:
    """Keeps on the account what was seen of its server.

    :param account: record of ``exchange.account``
    :param version: str, of the server as it was known when the slice began
    """

    def __init__(self, account, version):
        self._account = account.sudo()
        self._product = product(version)

    def known(self):
        """See the port. Another server, or an updated one, may do otherwise."""
        kept = mapping(self._account.server_behavior)
        if kept.get(VERSION) != self._product:
            return NOTHING_KNOWN
        return Behavior.from_json(kept)

    def keep(self, behavior):
        """See the port."""
        kept = {VERSION: self._product, **behavior.to_json()}
        self._account.server_behavior = kept


def note_version(account, version):
    """Keep the server's version once it is another one than that of the last run.

    :param account: record of ``exchange.account``
    :param version: str, of ``exchange.session.Connection``
    """
    account = account.sudo()
    if product(version) != product(account.connection_version or ""):
        account.connection_version = version
