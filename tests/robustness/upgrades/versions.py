# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find the code of the addon before each change of its schema, in git's history.

Each folder of ``migrations`` belongs to a change of the schema. The version before it
is the code to which the folder was added. Only the first parents of merges are
considered, since single commits of a branch may be incomplete.
"""

from __future__ import annotations

import ast
import io
import os
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

ADDON = "exchange_contact_sync"
MIGRATIONS = f"{ADDON}/migrations"
ROOT = Path(os.environ["EXCHANGE_CONTACT_SYNC_ROOT"])


@dataclass(frozen=True)
class Version:
    """An older version of the addon.

    :ivar number: version in its manifest
    :ivar changed_in: number of the version that changed the schema
    :ivar commit: the commit with its code
    """

    number: str
    changed_in: str
    commit: str

    def unpack(self, folder: Path) -> None:
        """Write its code into an addons folder."""
        archive = _git("archive", "--format=zip", self.commit, ADDON)
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(folder)


def older_versions() -> list[Version]:
    """:returns: the version before each folder of ``migrations``, oldest first
    :raises RuntimeError: one of them is missing in git's history
    """
    if _git("rev-parse", "--is-shallow-repository").strip() == b"true":
        raise RuntimeError(
            "older versions need the whole history: git fetch --unshallow"
        )
    folders = [path for path in (ROOT / MIGRATIONS).iterdir() if path.is_dir()]
    if not folders:
        raise RuntimeError(f"{ROOT / MIGRATIONS} has no folders")
    return [_before(name) for name in sorted((p.name for p in folders), key=_parts)]


def _parts(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def _before(folder: str) -> Version:
    path = f"{MIGRATIONS}/{folder}"
    search = ("log", "--first-parent", "-m", "--diff-filter=A", "--format=%H")
    added = _git(*search, "--", path).decode().split()
    # A folder that is not committed yet changes the schema of the last commit.
    commit = f"{added[-1]}^1" if added else "HEAD"
    manifest = _git("show", f"{commit}:{ADDON}/__manifest__.py").decode()
    number = ast.literal_eval(manifest)["version"]
    if _parts(number) >= _parts(folder):
        raise RuntimeError(
            f"{path} was added after the manifest had version {number}: databases of"
            " that version may never run its scripts"
        )
    return Version(number, folder, commit)


def _git(*arguments: str) -> bytes:
    command = ["git", "-C", str(ROOT), *arguments]
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode()}")
    return done.stdout
