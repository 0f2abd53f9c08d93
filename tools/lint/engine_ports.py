# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The docstring of an engine file names the ports of the session that it uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ENGINE = ("exchange_contact_sync", "engine")
PORTS = (
    *("remote", "partners", "links", "inbox", "unit_of_work", "clock", "log"),
    *("progress", "photos", "pictures", "behavior"),
)
"""Attributes of ``Session`` that are ports; the line names them in this order."""

SESSIONS = ("session", "_session")
"""Names of variables and attributes that hold a session."""

START = "Ports: "


def ports_named(path: Path, text: str) -> Iterator[str]:
    """Return complaints about ports that are used and not named, or the reverse."""
    if path.suffix != ".py" or path.parts[:2] != ENGINE:
        return
    tree = ast.parse(text)
    used = set(_ports_used(tree))
    expected = ", ".join(port for port in PORTS if port in used)
    line = f"{START}{expected}." if used else ""
    docstring = (ast.get_docstring(tree) or "").splitlines()
    named = [one for one in docstring if one.startswith(START)]
    if line and docstring[-1:] != [line]:
        yield f"{path}: the docstring does not end with the line {line!r}"
    if named != [line] * bool(used):
        yield f"{path}: the docstring names other ports than {expected or 'none'}"


def _ports_used(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node.attr not in PORTS:
            continue
        owner = node.value
        name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if name in SESSIONS:
            yield node.attr
