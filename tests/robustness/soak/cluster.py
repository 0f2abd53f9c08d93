# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A separate PostgreSQL that can be restarted, since others use that of ``./dev``."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 300
# There is no power failure here, but committed data has to survive the server.
fsync = off
synchronous_commit = on
"""


class OwnPostgres:
    """A server with a copy of one database; while it runs, connections go to it.

    :param database: name of the database on the server in PGHOST
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._other = os.environ["PGHOST"]
        self._folder = Path(tempfile.mkdtemp(prefix="soak_"))

    def __enter__(self) -> OwnPostgres:
        self._folder.chmod(0o755)
        if os.getuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        user = os.environ.get("PGUSER", "odoo")
        self._run("initdb", "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = SETTINGS.format(folder=self._folder)
        with (self._folder / "data/postgresql.conf").open("a") as file:
            file.write(settings)
        self._control("start")
        os.environ["PGHOST"] = str(self._folder)
        subprocess.run(["createdb", self._database], check=True)
        dump = ["pg_dump", "-h", self._other, self._database]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as source:
            restore = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", self._database]
            subprocess.run(
                restore, stdin=source.stdout, stdout=subprocess.DEVNULL, check=True
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.environ["PGHOST"] = self._other
        self._control("stop", "-m", "immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def restart(self) -> None:
        """Restart it as after a crash, without waiting for clients."""
        self._control("restart", "-m", "immediate")

    def _control(self, *what: str) -> None:
        self._run("pg_ctl", "-w", "-l", str(self._folder / "log"), *what)

    def _run(self, program: str, *arguments: str) -> None:
        """Run it as the owner of the files, since PostgreSQL refuses to run as root."""
        command = [str(shutil.which(program)), "-D", str(self._folder / "data")]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        log = self._folder / "control.log"
        with log.open("ab") as file:
            subprocess.run(
                [*command, *arguments], cwd="/", stdout=file, stderr=file, check=True
            )
