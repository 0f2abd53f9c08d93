# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates, categories, and contacts with all rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

from support.corpus.case import Case, called
from support.corpus.rows import MORE, PHONES, PLACES

DAYS = (
    "1604-02-29",
    "1604-01-01",
    "1604-12-31",
    "1900-01-01",
    "1900-02-28",
    "1900-03-01",
    "1601-01-02",
    "1969-12-31",
    "1970-01-01",
    "1980-02-29",
    "2000-02-29",
    "2038-01-19",
    "2999-12-31",
    "4500-12-31",
)
MOMENTS = (
    (1980, 3, 4, 23, 0),
    (1980, 3, 5, 0, 0),
    (1980, 3, 5, 11, 59),
    (1980, 2, 28, 18, 30),
    (1999, 12, 31, 13, 0),
)
"""Times of birthdays: midnight in different time zones, and noon from telephones."""

CATEGORIES = (
    "VIP",
    "VIP\nvip\nVip",
    "Red category\nBlue category",
    "Parent / Child",
    "Parent / Child / Grandchild",
    "parent / CHILD\nParent",
    "Parent/Child",
    "Parent /Child",
    "a / b / c / d / e / f",
    "/",
    "/ a",
    "a /",
    "a / / b",
    "a, b; c",
    "x" * 255,
    "Straße\nSTRASSE",
    "İ\ni",
    "Ame\u0301lie\nAmélie",
    "  blanks   within  ",
    "\n".join(f"Number {number}" for number in range(40)),
    "👩‍🔬\n例\nמשה",
    "%\n_\n\\",
)


def cases() -> Iterator[Case]:
    """:return: iterator of Case"""
    for day in DAYS:
        yield called(f"day {day}", birthday=day, anniversary=day)
    for moment in MOMENTS:
        at = datetime(*moment, tzinfo=timezone.utc)
        days = {"contacts:Birthday": at, "contacts:WeddingAnniversary": at}
        name = {"display_name": f"Moment {at:%H %M %Y}"}
        yield Case(f"moment {moment}", name, beside=days)
    for number, text in enumerate(CATEGORIES):
        yield called(f"categories {number}", categories=text)
    yield Case("all there is", _everything("Ida"))
    yield Case("all there is, once more", _everything("Ola"))
    yield called("all of More", **_more("Eva"))


def _more(text: str) -> dict[str, str]:
    days = {"birthday": "1980-02-29", "anniversary": "1604-02-29"}
    return {**{row: f"{text}'s {row}" for row in MORE}, **days}


def _everything(text: str) -> dict[str, str]:
    """Return a contact with every row filled."""
    address = {
        f"{where}_{part}": f"{text} {where}\n{part}" if part == "street" else text
        for where in PLACES
        for part in ("street", "city", "zip")
    }
    numbers = {key: f"+1 555 555 04{n:02}" for n, key in enumerate(PHONES)}
    return {
        "title": "Dr.",
        "given_name": text,
        "middle_name": "Luise",
        "surname": "van der Example",
        "suffix": "Jr.",
        "display_name": f"Dr. {text} Luise van der Example Jr.",
        "file_as": f"Example, {text}",
        "company": f"{text}'s & Söhne <GmbH>",
        "job_title": f"Head of “{text}”",
        **{f"email{n or ''}": f"{text}{n}@example.com" for n in ("", 2, 3)},
        **numbers,
        **{f"im{n}": f"sip:{text}{n}@example.com" for n in (1, 2, 3)},
        **address,
        **{f"{where}_country": "Germany" for where in PLACES},
        **{f"{where}_state": "Bavaria" for where in PLACES},
        "website": f"https://{text}.example.com/page?a=1&b=2",
        "personal_page": f"https://{text}.example.org/",
        **_more(text),
        "note": f"<p>First line of <b>{text}</b></p><ul><li>Second</li></ul>",
        "categories": f"{text} / Friends\nRed category\nChess",
    }
