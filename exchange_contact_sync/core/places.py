# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Countries and states that Exchange keeps as text and Odoo as records.

A text that names none of Odoo's records cannot come in. The blank it leaves in
Odoo is no change, and must not go out as if the text had been cleared; the text
comes in once Odoo has a record for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .reference_data import Vocabulary
from .text import line

COUNTRY_OF = {
    row: country
    for where in ("business", "home", "other")
    for row, country in (
        (f"{where}_country", ""),
        (f"{where}_state", f"{where}_country"),
    )
}
"""What Odoo keeps as a record, and the row that says where it is looked for."""


def is_unknown(key: str, values: Mapping[str, str], words: Vocabulary) -> bool:
    """:param key: str, a key of ``COUNTRY_OF``
    :param values: Mapping of field key to text
    :param words: Vocabulary
    :return: bool, whether there is a text and Odoo has no record for it
    """
    text = values.get(key) or ""
    if not text.strip():
        return False
    if COUNTRY_OF[key]:
        return not words.state(text, values.get(COUNTRY_OF[key]) or "")
    return not words.country(text)


@dataclass(frozen=True)
class Blanks:
    """What Odoo's blanks stand for, where a text could not be held last time.

    :param untouched: frozenset of str, keys nobody has touched: nothing to compare
    :param afresh: frozenset of str, keys to compare as if Odoo had agreed to a blank
    """

    untouched: frozenset[str] = frozenset()
    afresh: frozenset[str] = frozenset()


def look_at(
    unheld: frozenset[str],
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    agreed: Mapping[str, str],
    words: Vocabulary,
) -> Blanks:
    """Find out what the blanks on Odoo's side stand for.

    :param unheld: frozenset of str, keys of texts that Odoo could not hold last time
    :param ours: Mapping of field key to text
    :param theirs: Mapping of field key to text
    :param agreed: Mapping of field key to text
    :param words: Vocabulary
    :return: Blanks
    """
    blank = {key for key in unheld if key in theirs and ours.get(key) == ""}
    untouched = {
        key
        for key in blank
        if line(theirs[key]) == line(agreed.get(key, ""))
        and is_unknown(key, theirs, words)
        and is_unknown(key, {**ours, key: theirs[key]}, words)
    }
    return Blanks(frozenset(untouched), frozenset(blank - untouched))


def cannot_hold(
    pull: Mapping[str, str], ours: Mapping[str, str], words: Vocabulary
) -> set[str]:
    """Which texts that come in will leave a blank in Odoo.

    :param pull: Mapping of field key to text, what comes in
    :param ours: Mapping of field key to text, what Odoo has now
    :param words: Vocabulary
    :return: set of str, keys
    """
    found = {key for key in COUNTRY_OF if pull.get(key)}
    if not found:
        return found
    after = {**ours, **pull}
    return {key for key in found if is_unknown(key, after, words)}
