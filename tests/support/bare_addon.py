# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the addon importable by its own name, with and without Odoo.

``exchange_contact_sync/__init__.py`` imports the models, and those import Odoo.
``core``, ``engine``, ``outlook`` and ``ews`` need neither, and their tests must show
it. So a bare package of the same name is registered that only knows its folder: Python
then finds ``exchange_contact_sync.core.merge`` in it and never runs ``__init__.py``.

With Odoo the addon is ``odoo.addons.exchange_contact_sync``. Tests that run both ways
(``tests/contract``) say ``exchange_contact_sync``, and get the modules Odoo has:
otherwise there would be two classes of each name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

ADDON = "exchange_contact_sync"
OF_ODOO = f"odoo.addons.{ADDON}"
FOLDER = Path(__file__).resolve().parents[2] / ADDON


def make_importable() -> None:
    """Register the bare package; doing it twice changes nothing."""
    if ADDON in sys.modules:
        return
    package = ModuleType(ADDON, "The addon's folder, without its __init__.py.")
    package.__path__ = [str(FOLDER)]
    sys.modules[ADDON] = package


def use_that_of_odoo() -> None:
    """Let the addon's own name lead to the modules that Odoo loaded."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds each module of the addon where Odoo has it."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """See ``MetaPathFinder``."""
        if fullname.partition(".")[0] != ADDON:
            return None
        return ModuleSpec(fullname, _Loader(), is_package=False)


class _Loader(Loader):
    """Hands out a module that is loaded under its name in Odoo."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """See ``Loader``."""
        module = import_module(f"odoo.addons.{spec.name}")
        self._spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Give the module back its own specification, which Python replaced."""
        module.__spec__ = self._spec
