# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the addon's pure parts importable without Odoo.

``exchange_contact_sync/__init__.py`` imports the models, and those import Odoo.
``core``, ``engine`` and ``exchange`` need neither, and their tests must show it. So
a bare package of the same name is registered that only knows its folder: Python
then finds ``exchange_contact_sync.core.merge`` in it and never runs ``__init__.py``.

Not for tests with Odoo: there the addon is ``odoo.addons.exchange_contact_sync``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

ADDON = "exchange_contact_sync"
FOLDER = Path(__file__).resolve().parents[2] / ADDON


def make_importable() -> None:
    """Register the bare package; doing it twice changes nothing."""
    if ADDON in sys.modules:
        return
    package = ModuleType(ADDON, "The addon's folder, without its __init__.py.")
    package.__path__ = [str(FOLDER)]
    sys.modules[ADDON] = package
