# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Conventions of this project that no linter of the shelf knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

LICENSE_LINE = "# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl)."
ADDON = "exchange_contact_sync"
# An absolute import of ourselves would not be seen by the import contracts.
OWN_NAME = re.compile(rf"^\s*(from|import)\s+odoo\.addons\.{ADDON}\b")
# What is above the rooms "ews" and "graph" must not be written for one of them.
EWS_WORD = re.compile(r"change_?key|\bsoap\b|distinguished", re.IGNORECASE)
GRAPH_WORD = "changeKey"
NOT_RUN = re.compile(
    r"^\s*@?(pytest|unittest)\.(mark\.)?(skip\w*|xfail|importorskip)\b"
)


def license_line(path: Path, text: str) -> Iterator[str]:
    """Python and shell files begin with the licence, after a "#!" line if any."""
    if path.suffix not in {".py", ".sh"}:
        return
    lines = text.splitlines()[:2]
    if lines and lines[0].startswith("#!"):
        lines = lines[1:]
    if lines[:1] != [LICENSE_LINE]:
        yield f"{path}: the first line is not {LICENSE_LINE!r}"


def relative_imports(path: Path, text: str) -> Iterator[str]:
    """Inside the addon its own modules are imported relatively; Odoo loads scripts of
    an upgrade as modules outside any package."""
    if path.suffix != ".py" or path.parts[0] != ADDON or "migrations" in path.parts:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if OWN_NAME.match(line):
            yield f"{path}:{number}: import this relatively"


def no_ews_words(path: Path, text: str) -> Iterator[str]:
    """Words of EWS stay in the room that speaks EWS."""
    if path.suffix not in {".py", ".xml", ".js"} or path.parts[0] != ADDON:
        return
    if path.parts[1] == "ews":
        return
    for number, line in enumerate(text.splitlines(), start=1):
        found = EWS_WORD.search(line)
        in_graph = path.parts[1] == "graph" and found and found.group() == GRAPH_WORD
        if found and not in_graph:
            yield f"{path}:{number}: {found.group()} is a word of ews/ only"


def tests_run(path: Path, text: str) -> Iterator[str]:
    """No test is skipped or expected to fail."""
    if path.suffix != ".py" or path.parts[0] != "tests":
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if NOT_RUN.match(line):
            yield f"{path}:{number}: a test that does not run proves nothing"
