# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which contacts are customers, with the real apps Invoicing, Sales and CRM.

Each installation takes minutes, so these tests only run when
named: ``./dev test apps``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from robustness.upgrades.site import Site
from support.live_odoo import database_copy

ROOT = Path(__file__).parents[3]
SELLING = Path(__file__).with_name("selling.py")
MARK = "customers: "

INVOICED = {"Invoiced", "Invoiced Ltd", "Colleague at Invoiced Ltd"}
ORDERED = {"Ordered", "Buyer", "Ordered Ltd", "Colleague at Ordered Ltd"}
WON = {"Won", "Won Ltd", "Colleague at Won Ltd"}

INSTALLED = {
    # Sales installs Invoicing.
    "account": (INVOICED, INVOICED),
    "sale": (INVOICED, INVOICED | ORDERED),
    "crm": (set(), WON),
    "sale,crm": (INVOICED, INVOICED | ORDERED | WON),
}
"""By installed apps: the customers that an ordinary user and a salesperson see."""


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("apps", INSTALLED)
def test_customers_are_contacts_with_a_sale(apps: str, tmp_path: Path) -> None:
    ordinary, salesperson = INSTALLED[apps]
    with database_copy("apps") as database:
        Site(database, tmp_path).install(ROOT, *apps.split(","))
        found = customers_in(database)
    assert found["ordinary"] == ordinary
    assert found["salesperson"] == salesperson


def customers_in(database: str) -> dict[str, set[str]]:
    """Return by user the names of the customers after something was sold."""
    command = [sys.executable, "-m", "odoo", "shell", "-d", database, "--no-http"]
    command += ["--addons-path", f"{os.environ['ODOO_ADDONS']},{ROOT}"]
    with SELLING.open("rb") as script:
        shell = subprocess.run(
            command, stdin=script, stdout=subprocess.PIPE, text=True, check=True
        )
    answer = next(line for line in shell.stdout.splitlines() if line.startswith(MARK))
    found = json.loads(answer.removeprefix(MARK))
    return {login: set(names) for login, names in found.items()}
