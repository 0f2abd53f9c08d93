# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table that people read: ``rights.txt``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from security.matrix import Row
from security.roles import ROLES

FILE = Path(__file__).with_name("rights.txt")
HEAD = """\
# Who may do what, and with whose records. Every model, public method and field of the
# addon is found in Odoo's registry and tried by each user over JSON-RPC, JSON-2 and
# XML-RPC (./dev test security).
#
# The owner has a mailbox. The importer and the exporter have one too, and only one of
# the two rights; they act on their own records. The colleague, who has both rights, the
# administrator, a portal user and the public (not signed in) act on the owner's.
#
#   yes  it is done, or refused for a reason that has nothing to do with rights
#   r w  the field is read, written; whoever writes a wrong value is told so
#   -    refused
#
# After a change of rights: ./dev test security --accept, then read the difference.
"""
WIDTH = 40


def text_of(marks: Mapping[Row, Mapping[str, str]]) -> str:
    """:param marks: by row and role
    :returns: the file's content
    """
    lines = [HEAD]
    before = ""
    for (model, what), by_role in marks.items():
        if model != before:
            names = "".join(f"{role:<14}" for role in ROLES)
            lines += ["", f"{model:<{WIDTH}}{names}".rstrip()]
            before = model
        cells = "".join(f"{by_role.get(role, '?'):<14}" for role in ROLES)
        lines.append(f"  {what:<{WIDTH - 3}} {cells}".rstrip())
    return "\n".join(lines) + "\n"


def marks_of(text: str) -> dict[Row, dict[str, str]]:
    """:param text: the file's content
    :returns: by row and role
    """
    marks: dict[Row, dict[str, str]] = {}
    model = ""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        words = line.split()
        cells = words[-len(ROLES) :]
        if not line.startswith(" "):
            model = words[0]
            continue
        marks[model, " ".join(words[: -len(ROLES)])] = dict(
            zip(ROLES, cells, strict=True)
        )
    return marks
