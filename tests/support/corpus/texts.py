# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts that are difficult for programs, in each kind of row, and long values."""

from __future__ import annotations

from collections.abc import Iterator

from support.corpus.case import Case

LONG = "Extraordinarily long indeed " * 12
# Exchange refuses more than 255 characters in a part of a name, and all parts may be
# combined in one: so all parts together have no more characters.
LONG_NAME, LONG_PART = 250, 120
SHARP = {
    "commas": "Ida, Luise,, Komma,",
    "semicolons": "Ida; Luise;; Strichpunkt;",
    "blanks": "  Ida \t  Luise\N{NO-BREAK SPACE}\N{EM SPACE}Example \r\n ",
    "separators": "Ida\N{LINE SEPARATOR}Luise\N{PARAGRAPH SEPARATOR}Example\x85Nord",
    "controls": "\x7fIda\x80Lotte\x9fExample",
    "invisible": "\ufeffIda\N{SOFT HYPHEN}Luise\N{ZERO WIDTH SPACE}\N{WORD JOINER}Nord",
    "markup": "<b>Ida</b> &amp; <script>alert(1)</script> ]]> <!-- x -->",
    "quotes": 'O\'Neil "Shaq" ‹Ida› «Nord» `x` ´y´',
    "wildcards": "100% _Ida_ \\ [a-z]* ? %s %(x)s {0} ${x}",
    "formula": "=HYPERLINK(1)",
    "injection": "'; DROP TABLE res_partner; --",
    "slashes": "a/b\\c / d \\ e",
    "long": LONG,
    "long word": "x" * 300,
    "long beyond the basic plane": "😀" * 256,
    "long marks": "e" + "\u0301" * 260,
}
ROWS = (
    "display_name company job_title business_city business_zip home_city home_zip"
    " other_city im1 im2 nickname initials department office profession manager"
    " assistant spouse categories phone_pager email3"
).split()
LONGEST = {
    "email": "a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example.com",
    "phone_mobile": "+1 555 0100 " * 25,
    "website": "https://example.com/" + "path/" * 60,
    "personal_page": "example.org/" + "x" * 400,
    "business_street": "\n".join([LONG] * 3),
    "home_street": LONG,
    "business_country": LONG,
    "business_state": LONG,
    "title": LONG[:LONG_NAME],
    "given_name": LONG[:LONG_NAME],
    "middle_name": LONG[:LONG_NAME],
    "surname": LONG[:LONG_NAME],
    "suffix": LONG[:LONG_NAME],
    "file_as": LONG,
}


def cases() -> Iterator[Case]:
    """:return: iterator of Case"""
    for about, text in SHARP.items():
        everywhere = {**dict.fromkeys(ROWS, text), "display_name": text[:LONG_NAME]}
        yield Case(f"{about} everywhere", {**everywhere, "note": text}, plain=True)
        yield Case(
            f"{about} in parts of a name and streets",
            {
                "given_name": text[:LONG_PART],
                "surname": text[:LONG_PART],
                "business_street": f"{text}\n{text}",
                "home_street": text,
            },
        )
    for row, text in LONGEST.items():
        yield Case(f"long {row}", {"display_name": f"Long {row}", row: text})
