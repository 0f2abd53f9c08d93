# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mutant: one piece of text replaced in one file of the addon.

The tests named beside it are those that hold the rule; at least one has to fail.
"""

from __future__ import annotations

from dataclasses import dataclass

CORE, ENGINE = "tests/unit/core", "tests/unit/engine"


@dataclass(frozen=True)
class Mutant:
    """A rule and how it is taken out.

    :param rule: str, what no longer holds
    :param file: str, in the addon
    :param old: str, stands there once
    :param new: str
    :param tests: tuple of str, files of tests that hold the rule
    """

    rule: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
