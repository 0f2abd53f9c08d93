# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values for all rows of a contact."""

from __future__ import annotations

from collections.abc import Mapping

from exchange_contact_sync.core.fields import FIELDS, NAME_EVIDENCE, PHONE_KEYS
from exchange_contact_sync.core.normalize import visible_text

ROWS = tuple(key for key in (*FIELDS, *NAME_EVIDENCE) if key != "name")
"""The rows a contact of a mailbox carries."""

FULL: dict[str, str] = {
    "title": "Dr.",
    "given_name": "Ida",
    "middle_name": "Luise",
    "surname": "van der Example",
    "suffix": "Jr.",
    "display_name": "Ida Luise van der Example",
    "file_as": "van der Example, Ida Luise",
    "company": "Example & Söhne <GmbH>",
    "job_title": "Head of “Examples”",
    "email": "ida@example.com",
    "email2": "ida.two@example.com",
    "email3": "ida.three@example.com",
    "business_street": "1 Example Street\nFloor 2",
    "business_city": "Пример",
    "business_state": "例",
    "business_zip": "01234",
    "business_country": "Germany",
    "website": "https://ida.example.com/page?a=1&b=2",
    "note": "First line<br/>Second <b>line</b>",
    "categories": "Chess\nRed category\nKunden & Partner / Süd",
    **{key: f"+49 30 5550{number:02}" for number, key in enumerate(PHONE_KEYS)},
}

OTHER: dict[str, str] = {
    **{row: f"Other {row}" for row in ROWS},
    "email": "other@example.org",
    "email2": "other.two@example.org",
    "email3": "other.three@example.org",
    "website": "http://other.example.org",
    "note": "Another note",
    "business_street": "2 Other Street",
    **{key: f"+1 555 01{number:02}" for number, key in enumerate(PHONE_KEYS)},
}


def shown(values: Mapping[str, str]) -> dict[str, str]:
    """Values as a reader sees them; notes may come back in other markup."""
    return {
        row: visible_text(text) if row == "note" else text
        for row, text in values.items()
    }
