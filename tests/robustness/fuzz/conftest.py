# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``./dev test fuzz --examples N``"""

from __future__ import annotations

import pytest

from support import bare_addon

bare_addon.make_importable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for the number of answers."""
    parser.addoption("--examples", type=int, default=10_000, help="answers to try")
