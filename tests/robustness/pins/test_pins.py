# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon's requirements do not change Odoo's pinned versions, and all packages work.

These tests download packages, so they only run when named: ``./dev test pins``. Each
pin set is installed with the current Python, even if it belongs to another version: its
packages for Python 3.10 to 3.13 are the same code, except those with parts in C. For
its own version of Python, the test asks pip whether all packages are compatible.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from robustness.pins.environment import (
    HERE,
    REQUIREMENTS,
    Environment,
    resolves_for,
)
from robustness.pins.pin_sets import OPENSSL, PIN_SETS, PinSet

BUILT_FOR_ITS_PYTHON = ("lxml",)
"""A package without wheels for other versions of Python."""


def installable(pins: PinSet) -> list[str]:
    """Return the pins that can be installed with the current Python."""
    return [
        pin
        for pin in pins.pins
        if pins.python == HERE or pin.split("==")[0] not in BUILT_FOR_ITS_PYTHON
    ]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("pins", PIN_SETS, ids=lambda pins: pins.name)
def test_no_package_pinned_by_odoo_is_replaced(pins: PinSet, tmp_path: Path) -> None:
    environment = Environment(tmp_path / "venv")
    environment.install(*installable(pins))
    before = environment.installed()
    environment.install("-r", str(REQUIREMENTS))
    after = environment.installed()
    changed = {name for name, version in before.items() if after[name] != version}
    assert changed == set(pins.raised)
    assert changed.isdisjoint(OPENSSL)
    assert environment.conflicts() == ""
    environment.work()


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("pins", PIN_SETS, ids=lambda pins: pins.name)
def test_pip_finds_a_solution_for_its_python(pins: PinSet, tmp_path: Path) -> None:
    left_out = {*pins.raised, *pins.built}
    kept = [pin for pin in pins.pins if pin.split("==")[0] not in left_out]
    assert resolves_for(pins.python, *kept, folder=tmp_path / "target") == ""
