# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""FIELDS.md lists what is synchronized, with Odoo's labels.

The table is made in a process of its own: as ``./dev table`` makes it, without a
database and with the addon's package registered bare.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from support.cases.odoo_case import OdooCase

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import json, odoo.init
from support import bare_addon
bare_addon.make_importable()
from field_table import places
print(json.dumps([places.LABELS, places.KINDS, sorted(places.extra_fields.KEYS)]))
"""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT / "tools"), os.environ["PYTHONPATH"]])
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )


class TestFieldTable(OdooCase):
    def test_document_matches_the_code(self):
        done = python("-m", "field_table", "--check")

        self.assertEqual((done.stdout, done.returncode), ("", 0), done.stderr)

    def test_labels_match_odoos_screens(self):
        done = python("-c", SCRIPT)
        self.assertFalse(done.returncode, done.stderr)
        labels, kinds, more = json.loads(done.stdout)

        fields = self.env["res.partner"]._fields
        self.assertEqual({name: fields[name].string for name in labels}, labels)
        kind = self.env["res.partner.communication"]._fields["kind"]
        self.assertEqual(dict(kind.selection), kinds)
        self.assertLessEqual({f"exchange_{key}" for key in more}, fields.keys())
        settings = self.env["exchange.account"]._fields.values()
        self.assertIn("Synchronize categories with tags", [f.string for f in settings])
