# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The project's own checks, on every file git knows or would add.

Run by ``./dev lint`` as ``python -m lint.house_rules`` in the checkout.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lint import conventions, engine_ports, glossary, places, sizes

Check = Callable[[Path, str], Iterable[str]]
CHECKS: tuple[Check, ...] = (
    conventions.license_line,
    conventions.relative_imports,
    conventions.no_ews_words,
    conventions.tests_run,
    engine_ports.ports_named,
    glossary.abandoned_words,
    places.named_places,
    sizes.long_file,
    sizes.long_functions,
)


def files() -> list[Path]:
    """Tracked files and new ones that are not ignored, relative to the checkout."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = sorted(set(listing.stdout.split("\0")) - {""})
    return [Path(name) for name in names if Path(name).is_file()]


def complaints() -> Iterator[str]:
    """All complaints about all text files; pictures and the like have none."""
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for check in CHECKS:
            yield from check(path, text)


def main() -> int:
    found = list(complaints())
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
