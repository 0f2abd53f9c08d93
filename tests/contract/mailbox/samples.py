# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values for all rows of a contact."""

from __future__ import annotations

from collections.abc import Mapping

from exchange_contact_sync.core.fields import (
    EMAIL_LABELS,
    FIELDS,
    LOCAL_DAY_ROWS,
    NAME_EVIDENCE,
    PHONE_KEYS,
)
from exchange_contact_sync.core.normalize import visible_text

BESIDE = {*EMAIL_LABELS.values(), *LOCAL_DAY_ROWS.values()}
ROWS = tuple(key for key in (*FIELDS, *NAME_EVIDENCE) if key != "name")
"""The rows that a contact of a mailbox has."""

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
    "im1": "ida@im.example.com",
    "im2": "sip:ida",
    "im3": "ида",
    "home_street": "3 Home Street",
    "home_city": "Heim",
    "home_state": "Bavaria",
    "home_zip": "80331",
    "home_country": "Германия",
    "other_street": "4 Otherwise Street\nBack door",
    "other_city": "Elsewhere",
    "other_state": "NY",
    "other_zip": "0",
    "other_country": "United States",
    "website": "https://ida.example.com/page?a=1&b=2",
    "personal_page": "https://ida.example.org/",
    "nickname": "Idchen",
    "initials": "I.L.v.d.E.",
    "department": "Examples & more",
    "office": "Room 7 <left>",
    "profession": "Экономист",
    "manager": "Ola Example",
    "assistant": "Per Example",
    "spouse": "Eva Example",
    "birthday": "1604-02-29",
    "anniversary": "1900-03-01",
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
    "personal_page": "http://own.example.org",
    "note": "Another note",
    "business_street": "2 Other Street",
    "birthday": "1984-12-31",
    "anniversary": "2001-01-01",
    **{key: f"+1 555 01{number:02}" for number, key in enumerate(PHONE_KEYS)},
}


def shown(values: Mapping[str, str]) -> dict[str, str]:
    """Return values as a reader sees them, since notes may come back in other markup.

    Labels of addresses and days without a time zone are not rows, so they are left out.
    """
    return {
        row: visible_text(text) if row == "note" else text
        for row, text in values.items()
        if row not in BESIDE
    }
