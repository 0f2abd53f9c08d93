# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Programs that a test starts and ends, with everything they have started."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
SECONDS_TO_END = 10
# Of a test's own environment a client gets no more than these.
KEPT = ("PATH", "NODE_PATH", "TMPDIR")
ALL_HAVE = {"LANG": "C.UTF-8"}


class StepError(Exception):
    """A client reports that a step failed.

    :ivar code: the response code the server gave, if the client tells it
    :ivar status: the HTTP status the server gave, if the client tells it
    """

    def __init__(self, text: str, code: str | None = None, status: int | None = None):
        super().__init__(text)
        self.code = code
        self.status = status


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path, **streams: Any
) -> Iterator[subprocess.Popen]:
    """Run a program for as long as the block lasts.

    :param environment: variables besides those that are kept
    :param log: where its errors go, and its output if no stream takes it
    :param streams: of Popen: ``stdin``, ``stdout``, ``text``

    Afterwards no process is left, also none that the program put in the background: its
    orphans become children of this process. It ends with this process in any case.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    with log.open("w") as errors:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command],
            env=kept | ALL_HAVE | dict(environment),
            stderr=errors,
            **{"stdin": subprocess.DEVNULL, "stdout": errors, **streams},
        )
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen) -> None:
    """End a program that ends by itself with its input; kill what does not."""
    if process.stdin:
        with suppress(BrokenPipeError):  # it has ended already
            process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_TO_END)
    _signal_all("terminate")
    _signal_all("kill")
    process.wait()


def _signal_all(signal: str) -> None:
    """End the children of this process, which are those of one client at a time."""
    children = psutil.Process().children(recursive=True)
    for child in children:
        with suppress(psutil.NoSuchProcess):
            getattr(child, signal)()
    psutil.wait_procs(children, SECONDS_TO_END)


class Steps:
    """A client that carries out steps by name: a line of JSON in, one out."""

    def __init__(self, process: subprocess.Popen):
        self._process = process

    def __call__(self, step: str, **arguments: Any) -> Any:
        """Carry out a step.

        :raises StepError: when it fails
        """
        line = json.dumps({"step": step, "arguments": arguments})
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise StepError(f"the client ended in the step {step!r}")
        reply = json.loads(answer)
        if "error" in reply:
            raise StepError(reply["error"], reply.get("code"), reply.get("status"))
        return reply["result"]


@contextmanager
def steps_of(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[Steps]:
    """Run a client program that carries out steps; parameters as of :func:`running`."""
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with running(command, environment, log, **streams) as process:
        yield Steps(process)
