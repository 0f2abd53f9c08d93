# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run the tests of the storage ports on every implementation of these ports.

Without Odoo, that is the implementation in memory, which the unit tests of the engine
use. Within Odoo (``./dev test integration``), it is the tables and partners of a
database.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import bare_addon
from support.stores.transactions import TransactionsWorld
from support.stores.world import StoresWorld

KINDS = {
    "transactions": (["memory"], ["run", "preview"]),
    "committing": (["memory"], ["run"]),
    "history": (["memory", "preview"], ["run"]),
}
"""By fixture: the implementations without Odoo and within it."""


def pytest_configure(config: pytest.Config) -> None:
    """Within Odoo, make the loaded modules importable under the addon's own name."""
    if config.pluginmanager.hasplugin("odoo"):
        bare_addon.use_that_of_odoo()
    else:
        bare_addon.make_importable()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on each implementation that its fixture names."""
    in_odoo = metafunc.config.pluginmanager.hasplugin("odoo")
    for name, kinds in KINDS.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, kinds[in_odoo], indirect=True)


@pytest.fixture
def transactions(request: pytest.FixtureRequest) -> Iterator[TransactionsWorld]:
    """A unit of work, and the text that the tests change with it."""
    if request.param == "memory":
        from support.stores.in_memory import MemoryTransactions

        yield MemoryTransactions()
    else:
        from support.stores.transactions_in_odoo import odoo_transactions

        with odoo_transactions(commits=request.param == "run") as world:
            yield world


committing = transactions


@pytest.fixture
def history(request: pytest.FixtureRequest) -> Iterator[StoresWorld]:
    """The same as ``stores``, for a run or a preview, which have different logs."""
    if request.param == "preview":
        from support.stores.in_memory import PreviewWorld

        yield PreviewWorld()
    else:
        yield request.getfixturevalue("stores")


@pytest.fixture
def stores(request: pytest.FixtureRequest) -> Iterator[StoresWorld]:
    """An account, its stores, and the users who work with its contacts."""
    if request.config.pluginmanager.hasplugin("odoo"):
        from support.stores.in_odoo import odoo_world

        with odoo_world() as world:
            yield world
    else:
        from support.stores.in_memory import MemoryWorld

        yield MemoryWorld()
