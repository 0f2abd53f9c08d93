# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make the addon importable by its own name, with and without Odoo.

``exchange_contact_sync/__init__.py`` imports the models, and the models import Odoo.
``core``, ``engine``, ``outlook`` and ``ews`` need neither of them, and their tests must
prove it. So this module registers an empty package with the same name and folder:
Python finds ``exchange_contact_sync.core.merge`` in it, but never runs ``__init__.py``.

With Odoo, the addon is ``odoo.addons.exchange_contact_sync``. Tests that run both ways
(``tests/contract``) import ``exchange_contact_sync``, and get the modules that Odoo
loaded: otherwise each class would exist twice.
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
    """Register the empty package, unless it is registered already."""
    if ADDON in sys.modules:
        return
    package = ModuleType(ADDON, "The addon's folder, without its __init__.py.")
    package.__path__ = [str(FOLDER)]
    sys.modules[ADDON] = package


def use_that_of_odoo() -> None:
    """Make the modules that Odoo loaded importable by the addon's own name."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder):
    """Finds each module of the addon in ``odoo.addons``."""

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
    """Returns the module that Odoo loaded."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """See ``Loader``."""
        module = import_module(f"odoo.addons.{spec.name}")
        self._spec = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Restore the module's own specification, which Python replaced."""
        module.__spec__ = self._spec
