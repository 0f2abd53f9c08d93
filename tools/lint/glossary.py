# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words that were given up: one concept has one word everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ABANDONED = {
    r"brakes?|braked": "deletion guard (people: deletion limit)",
    r"wish|wishes|wished": "field override",
    r"parked|unpark": "deferred",
    r"rehears\w*": "preview or dry run",
    r"absorb\w*": "apply changes",
    r"durably": "session.read or session.transaction",
    r"newcomers?": "unlinked",
    r"bereft": "without partner",
    r"checkpoints?": "unit of work",
    r"partner stamps?": "change token",
    r"vocabulary": "reference data",
    r"obeys?": "carry out user requests",
    r"worked off|works? off": "process or apply",
    r"put aside|puts aside|resting|awake": "deferred, stopped or active",
    r"glances?": "evidence",
    r"likeness(?:es)?": "similarity",
    r"mended": "corrected",
    r"somebody's|whoever": "the person or record that is meant",
    r"lost pairs?": "affected links",
    r"unmark(?:ed|ing)": "remove sync keys",
    r"homeless": "missing",
    r"(?:un)?recognis\w*": "recognize (US spelling)",
    r"told": "notified, reported, said or expected text",
    r"deeds?": "action or change",
}
"""By pattern of whole words, what to say instead; "_" counts as a blank."""

WORDS = re.compile(
    "|".join(rf"\b(?:{pattern})\b" for pattern in ABANDONED), re.IGNORECASE
)
SUFFIXES = {".py", ".xml", ".js", ".md", ".rst", ".toml"}
FREE = (
    *("migrations", "upgrades", "HISTORY.md"),
    *("glossary.py", "test_house_rules.py", "test_words.py"),
)
"""Where older names are needed to find what they named."""


def abandoned_words(path: Path, text: str) -> Iterator[str]:
    """No file says an abandoned word, be it in a name or in a sentence."""
    if path.suffix not in SUFFIXES or any(part in FREE for part in path.parts):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for found in WORDS.finditer(line.replace("_", " ")):
            yield f"{path}:{number}: {found.group()!r}: say {instead(found.group())}"


def instead(word: str) -> str:
    """:return: what to say instead of an abandoned word"""
    return next(
        better
        for pattern, better in ABANDONED.items()
        if re.fullmatch(pattern, word, re.IGNORECASE)
    )
