# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table at the end of a demo."""

from __future__ import annotations

from .rounds import Round

ROWS = (
    ("created in Odoo", "imported_created"),
    ("updated in Odoo", "imported_updated"),
    ("created in Exchange", "exported_created"),
    ("updated in Exchange", "exported_updated"),
    ("conflicts", "conflict_count"),
    ("problems", "error_count"),
)
MOST_PROBLEMS = 10


def show(rounds: list[Round], problems: list[str]) -> None:
    """Print what each synchronization did, and whether all is well."""
    _row("", [round.name for round in rounds])
    for label, counter in ROWS:
        _row(label, [str(round.counters[counter]) for round in rounds])
    _row("requests to Exchange", [str(round.requests) for round in rounds])
    _row("  of these, writes", [str(round.writes) for round in rounds])
    _row("contacts written in Odoo", [str(round.rows) for round in rounds])
    _row("seconds", [f"{round.seconds:.1f}" for round in rounds])
    for problem in problems[:MOST_PROBLEMS]:
        print(f"✗ {problem}")
    if len(problems) > MOST_PROBLEMS:
        print(f"✗ and {len(problems) - MOST_PROBLEMS} more")
    if not problems:
        print("✓ both sides agree, and the second run wrote nothing on either")


def _row(label: str, cells: list[str]) -> None:
    print(f"{label:26}" + "".join(f"{cell:>14}" for cell in cells), flush=True)
