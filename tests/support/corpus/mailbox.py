# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The corpus in the simulator's mailboxes: the property of each row.

The mapping is written again here, so that the tests do not use the addon's own mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone

from support.corpus.case import Case
from support.corpus.rows import ADDRESS, DAYS, MORE, PHONES, PLACES

TEXTS = {
    "title": "extended:0x3a45:String",
    "given_name": "contacts:GivenName",
    "middle_name": "contacts:MiddleName",
    "surname": "contacts:Surname",
    "suffix": "contacts:Generation",
    "display_name": "contacts:DisplayName",
    "file_as": "contacts:FileAs",
    "company": "contacts:CompanyName",
    "job_title": "contacts:JobTitle",
    "email": "contacts:EmailAddress:EmailAddress1",
    "email2": "contacts:EmailAddress:EmailAddress2",
    "email3": "contacts:EmailAddress:EmailAddress3",
    **{row: f"contacts:PhoneNumber:{index}" for row, index in PHONES.items()},
    **{f"im{n}": f"contacts:ImAddress:ImAddress{n}" for n in (1, 2, 3)},
    **{
        f"{where}_{row}": f"contacts:PhysicalAddress:{where.capitalize()}:{part}"
        for where in PLACES
        for row, part in ADDRESS.items()
    },
    "website": "contacts:BusinessHomePage",
    "personal_page": "extended:0x3a50:String",
    **{row: f"contacts:{element}" for row, element in MORE.items()},
}
SMTP = {
    row: f"extended:00062004-0000-0000-c000-000000000046:#{number}:String"
    for row, number in {"email": 0x8084, "email2": 0x8094, "email3": 0x80A4}.items()
}
"""Properties of an address that is only valid within Exchange."""
NOTE, CATEGORIES = "item:Body", "item:Categories"

NOON = time(11, 59, tzinfo=timezone.utc)
NEAREST_MIDNIGHT = timedelta(hours=12)


def stored(case: Case) -> dict[str, object]:
    """:param case: Case
    :return: dict of the simulator's values, as a program would have written them
    """
    found: dict[str, object] = dict(case.beside)
    for row, text in case.values.items():
        if row in DAYS:
            found[DAYS[row]] = datetime.combine(datetime.fromisoformat(text), NOON)
        elif row == "note":
            found[NOTE] = ("Text" if case.plain else "HTML", text)
        elif row == "categories":
            found[CATEGORIES] = text.split("\n")
        else:
            found[TEXTS[row]] = text
    return found


def read(values: Mapping[str, object]) -> dict[str, str]:
    """:param values: Mapping, the simulator's values of a contact
    :return: dict of text by row or part of the name, without blank ones
    """
    found = {row: str(values.get(key) or "") for row, key in TEXTS.items()}
    for row, key in DAYS.items():
        if key in values:
            found[row] = (values[key] + NEAREST_MIDNIGHT).date().isoformat()
    for row in ("email", "email2", "email3"):
        if values.get(f"{TEXTS[row]}:RoutingType") == "EX":
            found[row] = str(values.get(SMTP[row]) or "")
    kind, body = values.get(NOTE) or ("Text", "")
    found["note"] = body if kind == "HTML" else _as_markup(body)
    found["categories"] = "\n".join(values.get(CATEGORIES) or ())
    return {row: text for row, text in found.items() if text.strip()}


def _as_markup(text: str) -> str:
    """Convert plain text to an HTML note."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return escaped.replace("\x85", "\n").replace("\n", "<br>")
