# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Functions and files stay small enough to be read at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FUNCTION_LINES = 50
FILE_LINES = 400
VIEW_LINES = 650
"""Of XML: a model has one form view, and that is one file."""
CODE = {".py", ".sh", ".js", ".xml", ".scss", ""}


def long_file(path: Path, text: str) -> Iterator[str]:
    """A complaint when a file of code has too many lines."""
    lines = text.count("\n")
    most = VIEW_LINES if path.suffix == ".xml" else FILE_LINES
    if path.suffix in CODE and path.name != "LICENSE" and lines > most:
        yield f"{path}: {lines} lines, {most} at most"


def long_functions(path: Path, text: str) -> Iterator[str]:
    """A complaint for each function of a Python file that is too long."""
    if path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > FUNCTION_LINES:
            place = f"{path}:{node.lineno}"
            yield f"{place}: {node.name} has {lines} lines, {FUNCTION_LINES} at most"
