# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a secret could lie after all that: the database, the log, the data folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from security.roles import CANARIES


def dump(database: str) -> str:
    """:returns: a dump of the database as text, the bus's messages in it too"""
    command = ["pg_dump", "--no-owner", database]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def in_text(place: str, text: str) -> Iterator[str]:
    """:returns: a sentence for each secret that is in a text"""
    for canary in CANARIES:
        if canary in text:
            at = text.index(canary)
            yield f"{canary} in {place}: …{text[max(0, at - 200) : at + 60]}…"


def in_folder(folder: Path, since: float) -> Iterator[str]:
    """:param since: files that were not changed after that are not looked at
    :returns: a sentence for each secret that is in a file
    """
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime >= since:
            text = path.read_bytes().decode(errors="replace")
            yield from in_text(str(path), text)
