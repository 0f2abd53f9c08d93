# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Measure a first import against plain download and create, then all kinds of runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from support.live_odoo import database_copy

from .cost import Cost
from .mail_server import EWS, PROTOCOLS, MailServer, Site
from .plain import plain_import
from .profiled import profiled_import
from .runs import all_phases, first_import
from .table import (
    LIMIT,
    SCALE_LIMIT,
    show_comparison,
    show_costs,
    show_memory,
    show_requests,
    show_scale,
)

T = TypeVar("T")


def main() -> int:
    """:returns: the exit status: 0 when the first import is fast enough"""
    options = _options()
    if options.scale:
        return _scale(options.contacts, options.provider)
    with MailServer(options.contacts, options.provider) as server:
        if options.profile:
            _apart(profiled_import, server.site, str(options.profile))
            return 0
        ratio = _compare(server.site, options.rounds)
        costs = _apart(all_phases, server.site)
    show_costs(costs)
    show_requests(costs)
    if ratio > LIMIT:
        print(f"the first import takes {ratio:.2f} times as long, over {LIMIT}")
    return 1 if ratio > LIMIT else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--contacts", type=int, default=10_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument(
        "--provider",
        choices=PROTOCOLS,
        default=EWS,
        help="synchronize over Exchange Web Services (ews) or Microsoft Graph (graph)",
    )
    parser.add_argument(
        "--profile",
        type=Path,
        metavar="FILE",
        help="measure nothing, write a profile of the first import (see pstats)",
    )
    parser.add_argument(
        "--scale",
        action="store_true",
        help="what a contact costs in a first import, and in one ten times as large",
    )
    return parser.parse_args()


def _scale(contacts: int, protocol: str) -> int:
    """:returns: the exit status: 0 when a contact of a large import costs no more"""
    costs = []
    for number in (contacts, 10 * contacts):
        with MailServer(number, protocol) as server:
            cost, _peak = _apart(first_import, server.site)
            costs.append(cost)
    ratio = show_scale(*costs)
    return 1 if ratio > SCALE_LIMIT else 0


def _compare(site: Site, rounds: int) -> float:
    """Both ways by turns, so that a busy machine is busy for both.

    :returns: how many times longer the addon takes
    """
    plain: list[Cost] = []
    addon: list[Cost] = []
    memory: dict[str, float] = {}
    for number in range(rounds):
        ways = [(plain_import, plain), (first_import, addon)]
        for way, costs in ways if number % 2 == 0 else reversed(ways):
            cost, peak = _apart(way, site)
            costs.append(cost)
            memory[way.__name__] = max(peak, memory.get(way.__name__, 0.0))
    _same_work(plain + addon)
    ratio = show_comparison(plain, addon)
    show_memory(memory["plain_import"], memory["first_import"])
    return ratio


def _same_work(costs: list[Cost]) -> None:
    counts = {cost.contacts for cost in costs}
    if len(counts) > 1:
        raise RuntimeError(f"not the same work: {sorted(counts)} contacts")


def _apart(measure: Callable[..., T], site: Site, *more: str) -> T:
    """Do it in a new process, on a new database."""
    with (
        database_copy("benchround") as database,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process,
    ):
        return process.submit(measure, database, site, *more).result()


if __name__ == "__main__":
    sys.exit(main())
