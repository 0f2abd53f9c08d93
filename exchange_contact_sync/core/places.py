# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Countries and states that Exchange keeps as text and Odoo as records.

A text that names none of Odoo's records cannot come in. The blank it leaves in
Odoo is no change, and must not go out as if the text had been cleared; the text
comes in once Odoo has a record for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .vocabulary import Vocabulary

COUNTRY_OF = {"business_country": "", "business_state": "business_country"}
"""What Odoo keeps as a record, and the row that says where it is looked for."""


@dataclass(frozen=True)
class Places:
    """How a pair stands with its countries and states.

    :param ours: Mapping of field key to text that Odoo's blank stands for
    :param agreed: Mapping of field key to text to put in place of the base's
    :param unheld: frozenset of str, keys of the texts Odoo cannot hold
    """

    ours: Mapping[str, str] = field(default_factory=dict)
    agreed: Mapping[str, str] = field(default_factory=dict)
    unheld: frozenset[str] = frozenset()


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


def look_at(
    ours: Mapping[str, str],
    theirs: Mapping[str, str],
    agreed: Mapping[str, str],
    unheld: frozenset[str],
    words: Vocabulary,
) -> Places:
    """Find out what the blanks on Odoo's side stand for.

    :param ours: Mapping of field key to text
    :param theirs: Mapping of field key to text
    :param agreed: Mapping of field key to text, empty for a pair that never did
    :param unheld: frozenset of str, keys of texts that Odoo could not hold last time
    :param words: Vocabulary
    :return: Places
    """
    stand_for, instead, still = {}, {}, set()
    for key in COUNTRY_OF:
        if key not in theirs or ours.get(key) != "":
            continue
        if not (key in unheld or not agreed.get(key)):
            continue
        if is_unknown(key, theirs, words):
            stand_for[key] = theirs[key]
            still.add(key)
        elif key in unheld:
            instead[key] = ""
    return Places(stand_for, instead, frozenset(still))
