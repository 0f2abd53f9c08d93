# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the time of a first import goes."""

from __future__ import annotations

import cProfile

from .mail_server import Site
from .stage import connected_account


def profiled_import(database: str, site: Site, file: str) -> None:
    """Import a mailbox under Python's profiler.

    :param database: name of a fresh one
    :param site: of the mail server
    :param file: path of the file to write
    """
    with connected_account(database, site) as account:
        from odoo.addons.exchange_contact_sync.use_cases import synchronize  # noqa: F401

        profile = cProfile.Profile()
        profile.runcall(account.sync)
    profile.dump_stats(file)
