# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run tests on a changed copy of the addon within Odoo, on a separate database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from configparser import RawConfigParser
from contextlib import contextmanager
from pathlib import Path

from support.live_odoo import database_copy

ADDON = "exchange_contact_sync"


def environment(checkout: Path) -> dict[str, str]:
    """:returns: the variables for a process that tests a copy of the checkout"""
    root = os.environ["EXCHANGE_CONTACT_SYNC_ROOT"]
    paths = os.environ["PYTHONPATH"].split(os.pathsep)
    ours = [str(checkout / "tests") if one == f"{root}/tests" else one for one in paths]
    return {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",  # no other process runs the copy
        "PYTHONPATH": os.pathsep.join(ours),
        "EXCHANGE_CONTACT_SYNC_ROOT": str(checkout),
        "ODOO_RC": str(_configured(checkout)),
    }


def _configured(checkout: Path) -> Path:
    """Odoo's configuration with the copy in place of the checkout."""
    config, path = RawConfigParser(), checkout / "odoo.conf"
    config.read(os.environ["ODOO_RC"])
    config["options"]["addons_path"] = f"{os.environ['ODOO_ADDONS']},{checkout}"
    with path.open("w") as file:
        config.write(file)
    return path


@contextmanager
def database(
    checkout: Path, variables: Mapping[str, str], *, installed: bool
) -> Iterator[str]:
    """Create a database with the addon; it is dropped at the end.

    :param installed: install the copy instead of the checkout
    :returns: context manager of its name
    """
    if not installed:
        with database_copy("mutants") as name:
            yield name
        return
    with database_copy("mutants", "EXCHANGE_CONTACT_SYNC_WITHOUT_ADDON") as name:
        command = [sys.executable, "-m", "odoo", "-d", name, "-i", ADDON]
        command += ["--stop-after-init", "--max-cron-threads=0", "--no-http"]
        done = subprocess.run(
            command, cwd=checkout, env=variables, capture_output=True, text=True
        )
        assert not done.returncode, done.stderr
        yield name


def options(name: str) -> list[str]:
    """:param name: of the database
    :returns: options for pytest
    """
    return ["-p", "odoo", "--odoo-http", f"--odoo-database={name}"] + [
        "--odoo-log-level=error"
    ]
