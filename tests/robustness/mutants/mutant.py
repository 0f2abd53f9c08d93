# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mutant: one text in one file of the addon is replaced.

The named tests check the rule; at least one of them must fail.
"""

from __future__ import annotations

from dataclasses import dataclass

CORE, ENGINE = "tests/unit/core", "tests/unit/engine"
UNIT, CONTRACT, INTEGRATION = "tests/unit", "tests/contract", "tests/integration"


@dataclass(frozen=True)
class Mutant:
    """A rule, and the change that removes it.

    :param rule: str, the rule that no longer holds
    :param file: str, in the addon
    :param old: str, occurs once in the file
    :param new: str
    :param tests: tuple of str, files of tests that check the rule
    :param installed: bool, the database contains what the file defines, so the addon
    is installed again
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
