# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize many accounts while people edit and faults occur."""

from __future__ import annotations

import argparse
import logging
import os
import sys

from odoo.tools import config


def main() -> int:
    """:returns: the exit status: 0 if nothing was lost or duplicated"""
    options = _options()
    database = os.environ["EXCHANGE_CONTACT_SYNC_DATABASE"]
    config.parse_config(
        ["--database", database, "--log-level", "error", "--max-cron-threads", "0"],
        setup_logging=True,
    )
    logging.getLogger("exchange_server").setLevel(logging.WARNING)
    logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
    # The addons are found by Odoo's configuration.
    from .soak import soak

    seconds, protocols = options.minutes * 60, options.provider or ("ews", "graph")
    return soak(database, seconds, options.accounts, protocols, options.seed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, metavar="N")
    parser.add_argument("--accounts", type=int, default=30, metavar="N")
    parser.add_argument(
        "--provider",
        action="append",
        choices=("ews", "graph"),
        help="of all accounts; by default half of them have either",
    )
    parser.add_argument("--seed", type=int, default=11, metavar="N")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
