# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo that is installed with one version of the addon and upgraded to another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from support.live_odoo import OdooServer

from .versions import ADDON

PROBLEM = re.compile(r"^[-\d]+ [:,\d]+ \d+ (WARNING|ERROR|CRITICAL) ")


class Site:
    """A database, and the processes that use it one after the other.

    :param database: with Odoo's contacts, without the addon
    :param logs: folder for the logs of the processes
    """

    def __init__(self, database: str, logs: Path) -> None:
        self.database, self._logs = database, logs

    def install(self, addons: Path, *apps: str) -> None:
        """Install the addon of a folder.

        :param apps: of Odoo, installed with it
        :raises AssertionError: it cannot be installed, or Odoo logs a warning
        """
        self._run("install", addons, "-i", ",".join((*apps, ADDON)))

    def upgrade(self, addons: Path) -> None:
        """Upgrade the installed addon to the one of a folder.

        :raises AssertionError: it cannot be upgraded, or Odoo logs a warning
        """
        self._run("upgrade", addons, "-u", ADDON)

    def server(self, name: str, addons: Path) -> OdooServer:
        """:param name: of the log
        :returns: a server with the addon of a folder; it is not started yet
        """
        return OdooServer(self.database, self._log(name), options=_from(addons))

    def problems(self, name: str) -> list[str]:
        """:returns: the warnings and errors in a log"""
        lines = self._log(name).read_text().splitlines()
        return [line for line in lines if PROBLEM.match(line)]

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def _run(self, name: str, addons: Path, *options: str) -> None:
        command = [sys.executable, "-m", "odoo", "-d", self.database, *options]
        command += [*_from(addons), "--stop-after-init", "--no-http"]
        command += ["--max-cron-threads=0"]
        with self._log(name).open("wb") as log:
            status = subprocess.run(command, stdout=log, stderr=log).returncode
        problems = self.problems(name)
        assert not status and not problems, "\n".join(
            [f"{name}: exit status {status}; see {self._log(name)}", *problems]
        )


def _from(addons: Path) -> list[str]:
    return ["--addons-path", f"{os.environ['ODOO_ADDONS']},{addons}"]
