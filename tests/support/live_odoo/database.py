# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database of one's own, with the addon, in a second."""

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
    """Copy a template that ``./dev`` keeps; the copy is dropped at the end.

    :param purpose: lower-case letters, part of the name; the process id follows, by
        which ``./dev`` finds copies that nobody dropped
    :param template: the variable that ``./dev`` tells its name in
    :returns: context manager of the copy's name
    """
    template = os.environ[template]
    name = f"{os.environ['EXCHANGE_CONTACT_SYNC_DB']}_{purpose}_{os.getpid()}"
    files = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "data", "filestore")
    _drop(name, files)
    subprocess.run(["createdb", "-T", template, name], check=True)
    # Files in a filestore never change, so the copy may share them.
    shutil.copytree(files / template, files / name, copy_function=os.link)
    try:
        yield name
    finally:
        _drop(name, files)


def _drop(name: str, files: Path) -> None:
    subprocess.run(["dropdb", "--if-exists", "--force", name], check=True)
    shutil.rmtree(files / name, ignore_errors=True)
