# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Start, stop and kill an Odoo server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import requests

START_SECONDS = 120.0
STOP_SECONDS = 20.0


class OdooServer:
    """One server on a database, which runs scheduled actions.

    :param database: name of the database
    :param log: file to which Odoo's log is appended
    :param cron_threads: number of scheduled actions that run in parallel
    :param options: further options of Odoo's command line
    """

    def __init__(
        self,
        database: str,
        log: Path,
        cron_threads: int = 1,
        options: Sequence[str] = (),
    ) -> None:
        self.database = database
        self.log = log
        self._cron_threads = cron_threads
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def __enter__(self) -> OdooServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server, and wait until it answers.

        :raises RuntimeError: it does not start
        """
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "odoo", "server", "-d", self.database]
        command += ["--db-filter", f"^{self.database}$", "--http-port", str(port)]
        command += [f"--max-cron-threads={self._cron_threads}", "--workers=0"]
        command += self._options
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                requests.get(f"{self.url}/web/health", timeout=5).raise_for_status()
            except requests.RequestException:
                time.sleep(0.2)
            else:
                return
        self.stop()
        raise RuntimeError(f"Odoo does not start; see {self.log}")

    @property
    def is_running(self) -> bool:
        """Whether the process is running; it may be too busy to answer."""
        return self._process is not None and self._process.poll() is None

    def megabytes(self) -> float:
        """:returns: the memory of the process now"""
        assert self._process is not None
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text()
        except OSError:  # the process has just ended
            return 0.0
        found = status.partition("VmRSS:")[2].split()
        return int(found[0]) / 1024 if found else 0.0

    def stop(self) -> None:
        """Ask the server to end, and wait until it has."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """Kill the server, whatever it is doing."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
