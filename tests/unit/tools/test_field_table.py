# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of what is synchronized, in the markup of the documents."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from docutils.core import publish_doctree

from field_table.markup import Table, markdown

README = Path(__file__).resolve().parents[3] / "README.rst"
TABLE = Table(
    ("Property", "Where"),
    (
        ("Birthday", "`exchange_birthday`, or *another*"),
        ("A word as long as it takes to be the widest", "`x`: y"),
    ),
)


def test_a_row_is_a_line_in_markdown():
    assert markdown(TABLE).splitlines() == [
        "| Property | Where |",
        "| --- | --- |",
        "| Birthday | `exchange_birthday`, or *another* |",
        "| A word as long as it takes to be the widest | `x`: y |",
    ]


def test_the_readme_has_no_markup_errors():
    document = publish_doctree(README.read_text("utf-8"))

    found = [m.astext() for m in document.findall(nodes.system_message)]
    assert found == []
