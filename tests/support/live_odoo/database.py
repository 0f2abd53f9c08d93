# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create a new database with the addon within a second."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database_copy(
    purpose: str, template: str = "EXCHANGE_CONTACT_SYNC_TEMPLATE"
) -> Iterator[str]:
    """Copy a template database of ``./dev``; the copy is dropped at the end.

    :param purpose: lower-case letters, part of the name; it is followed by the process
    id, by which ``./dev`` finds copies that were not dropped
    :param template: the environment variable in which ``./dev`` names the template
    :returns: context manager that returns the name of the copy
    """
    template = os.environ[template]
    name = f"{os.environ['EXCHANGE_CONTACT_SYNC_DB']}_{purpose}_{os.getpid()}"
    files = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "data", "filestore")
    _drop(name, files)
    subprocess.run(["createdb", "-T", template, name], check=True)
    # Files in a filestore never change, so the copy can share them.
    shutil.copytree(files / template, files / name, copy_function=os.link)
    try:
        yield name
    finally:
        _drop(name, files)


def _drop(name: str, files: Path) -> None:
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    shutil.rmtree(files / name, ignore_errors=True)
