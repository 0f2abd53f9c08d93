# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Search for secrets where they could be stored: database, log and data folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from security.roles import CANARIES


def dump(database: str) -> str:
    """:returns: a dump of the database as text, including the messages of the bus"""
    command = ["pg_dump", "--no-owner", database]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def in_text(place: str, text: str) -> Iterator[str]:
    """:returns: a sentence for each secret in a text"""
    for canary in CANARIES:
        if canary in text:
            at = text.index(canary)
            yield f"{canary} in {place}: …{text[max(0, at - 200) : at + 60]}…"


def in_folder(folder: Path, since: float) -> Iterator[str]:
    """:param since: only files that were changed after this time are searched
    :returns: a sentence for each secret in a file
    """
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime >= since:
            text = path.read_bytes().decode(errors="replace")
            yield from in_text(str(path), text)
