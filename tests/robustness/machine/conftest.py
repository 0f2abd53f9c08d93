# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``./dev test machine --steps N``"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for the number of steps."""
    parser.addoption(
        "--steps", type=int, default=2000, help="moves of the machine, about"
    )
