# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Difficult values that people and programs store in contacts."""

from __future__ import annotations

LONG = "Extraordinarily long " * 15
LONG_NOTE = "".join(f"Line {n}: the quick brown fox and so on.\n" for n in range(5000))
TEXTS = {
    "long": LONG,
    "emoji": "Ada 👩‍🔬🏳️‍🌈 Byron",
    "composed": "Ame\N{COMBINING ACUTE ACCENT}lie Poulain",
    "right to left": "\N{RIGHT-TO-LEFT MARK}משה כהן",
    "han": "黒岩 恵美",
    "blanks": "  Ada \t  Byron\N{NO-BREAK SPACE}King ",
    "markup": "<b>Ada</b> & Sons <script>alert(1)</script>",
    "quotes": 'O\'Neil "Shaq" ‹Ada› «Byron»',
    "wildcards": "100% _Ada_ \\ Byron",
    "zero width": "Ada\N{ZERO WIDTH SPACE}Byron",
}
CONTROLS = "\x01\x02\x0b\x0c\x1f￾"
MAILS = (
    '"Anna" <a@b.example>',
    "A.B@EXAMPLE.com",
    " anna@example.com ",
    "anna@example.com, ben@example.com",
    "not an address",
    "jörg@müller.example",
)
SITES = (
    "WWW.Example.com",
    "http://www.example.com/",
    "https://EXAMPLE.com/Path?a=b&c=d#e",
    "example.com",
    "//example.com/",
    "ftp://example.com",
    "müller.example/größe",
    "not a site",
)
PHONES = (
    "+49 (0)30 / 123 456-78",
    "0049 30 12345678",
    "030-12345678 ext. 12",
    "tel:+49-30-123",
    "after 6 p.m.",
    "☎ 123",
    "٠٣٠ ١٢٣٤٥",
)
STREETS = (
    "One\r\nTwo\r\nThree\r\nFour",
    "One,\r\n\r\n Two",
    "Hauptstr. 1, Hinterhaus",
    "\r\n",
    "One\rTwo",
)
NOTES = (
    "<p>Tea &amp; <b>milk</b></p>",
    "<ul><li>One</li><li>Two</li></ul>",
    "<p><br/></p>",
    "plain & <simple>",
    "line one\nline two\n\n\nline four",
    "<div style='color: red' onclick='x()'>red</div><script>alert(1)</script>",
    "<p>" + LONG * 20 + "</p>",
    "<table><tr><td>a</td><td>b</td></tr></table>",
    "<p>👩‍🔬 &nbsp; &#8203; &euro;</p>",
    "<a href='https://example.com?a=1&b=2'>link</a>",
    "<!-- comment --><p>after</p>",
    "<o:p>&nbsp;</o:p><p class='MsoNormal'>Word<o:p></o:p></p>",
)
PLACES = (
    {"country": "Deutschland"},
    {"country": "germany"},
    {"country": "DE"},
    {"country": "U.S.A.", "state": "Texas"},
    {"country": "United States", "state": "TX"},
    {"country": "United States", "state": "Nowhere"},
    {"state": "Texas"},
    {"country": "Middle-earth", "state": "The Shire"},
)
