# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and write the table ``rights.txt``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from security.matrix import Row
from security.roles import ROLES

FILE = Path(__file__).with_name("rights.txt")
HEAD = """\
# What each kind of user may do, and with whose records. The tests find every model,
# public method and field of the addon in Odoo's registry, and try each as each user
# over JSON-RPC, JSON-2 and XML-RPC (./dev test security).
#
# The owner has a mailbox. The importer and the exporter have one too, but only one of
# the two rights; they use their own records. The colleague, who has both rights, the
# administrator, a portal user and the public (not signed in) use the owner's records.
#
#   yes  the call is carried out, or refused for a reason other than rights
#   r w  the field is read, written; invalid values are reported as invalid
#   -    the call is refused
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
