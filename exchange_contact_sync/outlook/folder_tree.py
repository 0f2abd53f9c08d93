# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Order the contact folders of a mailbox: parents before children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..core import limits
from ..core.mailbox import RemoteFolder
from ..core.text import line
from .folder_classes import is_technical

NAMELESS = "?"
"""The name for a folder without a name."""


@dataclass(frozen=True)
class FoundFolder:
    """A contact folder as a server describes it.

    :param parent: id of the folder it is in; "" if that is unknown
    :param folder_class: PidTagContainerClass
    :param hidden: PidTagAttributeHidden
    """

    id: str
    parent: str
    name: str
    folder_class: str
    count: int
    hidden: bool

    @property
    def technical(self) -> bool:
        """Return whether the folder is used by programs and not by people."""
        return self.hidden or is_technical(self.folder_class)


def folder_name(text: str) -> str:
    """Return the name of a folder as people see it."""
    return line(text)[: limits.FOLDER_NAME_CHARACTERS] or NAMELESS


def folder_tree(
    found: Mapping[str, FoundFolder], deleted: Collection[str], default: str
) -> list[RemoteFolder]:
    """Return the folders in which people keep contacts.

    :param found: by id
    :param deleted: ids of deleted folders
    :param default: id of the default folder
    :return: parents before children, the default folder first
    """
    left_out = _left_out(found, deleted)
    return list(_tree({i: f for i, f in found.items() if i not in left_out}, default))


def _left_out(found: Mapping[str, FoundFolder], deleted: Collection[str]) -> set[str]:
    """Return the ids of deleted folders, and of folders for programs with all their
    subfolders.
    """
    return {
        folder.id
        for folder in found.values()
        if any(one.technical or one.id in deleted for one in _upwards(folder, found))
    }


def _upwards(
    folder: FoundFolder, found: Mapping[str, FoundFolder]
) -> Iterator[FoundFolder]:
    """Yield a folder and its parents; in a circle of folders, each of them once."""
    seen: set[str] = set()
    above: FoundFolder | None = folder
    while above and above.id not in seen and len(seen) <= limits.FOLDER_LEVELS:
        yield above
        seen.add(above.id)
        above = found.get(above.parent)


def _tree(kept: Mapping[str, FoundFolder], default: str) -> Iterator[RemoteFolder]:
    """Yield parents before children.

    One folder of a circle is at the top, and so is a folder that is nested too deeply.
    """

    def place(folder: FoundFolder) -> tuple[bool, str, str]:
        return folder.id != default, folder.name.casefold(), folder.id

    children: dict[str, list[FoundFolder]] = defaultdict(list)
    for folder in sorted(kept.values(), key=place, reverse=True):
        children[folder.parent if folder.parent in kept else ""].append(folder)
    placed: set[str] = set()
    # First the folders below the top, then those that cannot be reached from there.
    for top in (*reversed(children[""]), *sorted(kept.values(), key=place)):
        waiting = [(top, "", 1)]
        while waiting:
            folder, parent, level = waiting.pop()
            if folder.id in placed:
                continue
            placed.add(folder.id)
            yield RemoteFolder(
                folder.id, folder.name, parent, folder.count, folder.id == default
            )
            above, below = (
                (folder.id, level + 1) if level < limits.FOLDER_LEVELS else ("", 1)
            )
            waiting += [(child, above, below) for child in children[folder.id]]
