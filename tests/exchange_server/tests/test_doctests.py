# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The examples in the simulator's docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import exchange_server

MODULES = [
    each.name
    for each in pkgutil.walk_packages(exchange_server.__path__, "exchange_server.")
    if not each.name.endswith("__main__")
    and not each.name.startswith(("exchange_server.tests", "exchange_server.clients"))
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    failed, _ = doctest.testmod(importlib.import_module(name))

    assert failed == 0
