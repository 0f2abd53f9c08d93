# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``./dev table`` writes the tables, ``./dev table --check`` tells which are old."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from support import bare_addon


def main() -> int:
    """:return: int, 1 when a document was not as it should be and may not be written"""
    parser = argparse.ArgumentParser(prog="./dev table", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    is_check = parser.parse_args().check
    bare_addon.make_importable()
    # Before this Odoo has no ``Command`` (Odoo 19, ``odoo/init.py``).
    import odoo.init  # noqa: F401

    from field_table.documents import wanted

    root = Path(__file__).resolve().parents[2]
    old = {
        path: text
        for path, text in wanted(root).items()
        if not path.exists() or path.read_text("utf-8") != text
    }
    for path, text in old.items():
        print(f"{path.relative_to(root)} is {'old' if is_check else 'written'}")
        if not is_check:
            path.write_text(text, "utf-8")
    return 1 if old and is_check else 0


if __name__ == "__main__":
    sys.exit(main())
