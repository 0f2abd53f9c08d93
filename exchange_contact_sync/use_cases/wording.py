# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fit texts of Odoo or a server into a sentence."""

from __future__ import annotations

SHOWN = 200
"""The most characters of such a text that a sentence shows."""


def as_sentence(text: str) -> str:
    """Return a text in one line, with a full stop; "" if it is blank."""
    text = shortened(text)
    return text if not text or text[-1] in ".!?…" else f"{text}."


def shortened(text: str, characters: int = SHOWN) -> str:
    """Return a text in one line, cut to a number of characters."""
    text = " ".join(text.split())
    if len(text) > characters:
        text = text[: characters - 1].rstrip() + "…"
    return text
