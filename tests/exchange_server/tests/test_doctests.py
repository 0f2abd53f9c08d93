# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples in the simulator's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import exchange_server

OTHERS = ("exchange_server.tests", "exchange_server.clients")


def modules() -> Iterator[ModuleType]:
    """All modules of the simulator but the one that starts it."""
    found = pkgutil.walk_packages(exchange_server.__path__, "exchange_server.")
    for each in found:
        if not each.name.endswith("__main__") and not each.name.startswith(OTHERS):
            yield importlib.import_module(each.name)


def test_examples():
    results = {module.__name__: doctest.testmod(module) for module in modules()}

    assert sum(result.attempted for result in results.values())
    assert {name for name, result in results.items() if result.failed} == set()
