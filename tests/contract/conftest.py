# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The worlds in which the ports of Odoo's side keep their promises.

Without Odoo that is the one in memory, which the unit tests of the engine use; within
Odoo, the tables and partners of a database (``./dev test integration``).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import bare_addon
from support.stores.world import StoresWorld


def pytest_configure(config: pytest.Config) -> None:
    """Within Odoo its modules are used under the addon's own name, too."""
    if config.pluginmanager.hasplugin("odoo"):
        bare_addon.use_that_of_odoo()
    else:
        bare_addon.make_importable()


@pytest.fixture
def stores(request: pytest.FixtureRequest) -> Iterator[StoresWorld]:
    """An account with its stores, and the people around it."""
    if request.config.pluginmanager.hasplugin("odoo"):
        from support.stores.in_odoo import odoo_world

        with odoo_world() as world:
            yield world
    else:
        from support.stores.in_memory import MemoryWorld

        yield MemoryWorld()
