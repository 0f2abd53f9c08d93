# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mutant: one piece of text replaced in one file of the addon.

The tests named beside it are those that hold the rule; at least one has to fail.
"""

from __future__ import annotations

from dataclasses import dataclass

CORE, ENGINE = "tests/unit/core", "tests/unit/engine"
UNIT, CONTRACT, INTEGRATION = "tests/unit", "tests/contract", "tests/integration"


@dataclass(frozen=True)
class Mutant:
    """A rule and how it is taken out.

    :param rule: str, what no longer holds
    :param file: str, in the addon
    :param old: str, stands there once
    :param new: str
    :param tests: tuple of str, files of tests that hold the rule
    :param installed: bool, the database holds what the file says: the addon is
        installed anew
    """

    rule: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    installed: bool = False

    @property
    def in_odoo(self) -> bool:
        """Whether its tests run within Odoo."""
        return any(test.startswith(INTEGRATION) for test in self.tests)
