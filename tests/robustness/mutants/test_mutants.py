# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""For each rule, a test fails when the rule is removed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from robustness.mutants import in_odoo
from robustness.mutants.mutant import Mutant
from robustness.mutants.mutants import MUTANTS
from robustness.mutants.of_answers import OF_ANSWERS
from robustness.mutants.of_contacts import OF_CONTACTS
from robustness.mutants.of_forms import OF_FORMS
from robustness.mutants.of_graph import OF_GRAPH
from robustness.mutants.of_sign_in import OF_SIGN_IN
from robustness.mutants.of_trust import OF_TRUST

ROOT = Path(__file__).parents[3]
CLOUD = (*OF_GRAPH, *OF_SIGN_IN)
ALL = (*MUTANTS, *OF_ANSWERS, *OF_CONTACTS, *OF_FORMS, *CLOUD, *OF_TRUST)
TESTS_FAILED = 1  # https://docs.pytest.org/en/stable/reference/exit-codes.html


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the checkout that the tests change."""
    for name in ("exchange_contact_sync", "tests", "tools", "pyproject.toml"):
        source, target = ROOT / name, tmp_path / name
        if source.is_file():
            shutil.copy(source, target)
        else:
            left_out = shutil.ignore_patterns("__pycache__", "i18n")
            shutil.copytree(source, target, ignore=left_out)
    return tmp_path


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.rule)
def test_tests_fail_without_the_rule(mutant: Mutant, checkout: Path):
    file = checkout / "exchange_contact_sync" / mutant.file
    source = file.read_text()
    assert source.count(mutant.old) == 1, f"{mutant.old!r} in {mutant.file}"
    file.write_text(source.replace(mutant.old, mutant.new))

    ran = _tested(mutant, checkout)

    assert ran.returncode == TESTS_FAILED, f"{mutant.rule}: survived\n{ran.stdout}"


def _tested(mutant: Mutant, checkout: Path) -> subprocess.CompletedProcess[str]:
    variables = in_odoo.environment(checkout)

    def run(options: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", *options, *mutant.tests],
            cwd=checkout,
            env=variables,
            capture_output=True,
            text=True,
        )

    if not mutant.in_odoo:
        return run()
    with in_odoo.database(checkout, variables, installed=mutant.installed) as name:
        return run(in_odoo.options(name))
