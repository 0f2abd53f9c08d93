# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``./dev test faults --only TEXT``"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that selects cells."""
    parser.addoption("--only", default="", help="cells whose name contains this")
