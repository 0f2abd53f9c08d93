# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Notes: plain text, HTML of editors and programs, and a very long one."""

from __future__ import annotations

from collections.abc import Iterator

from support.corpus.case import Case

LONG = "".join(
    f"Line {number}: the quick brown fox & co.\r\n" for number in range(5000)
)
"""200 kB."""

TEXTS = (
    "one line",
    "line one\r\nline two\r\n\r\n\r\nline five",
    "  indented\n\ttabbed\n    code  with   blanks",
    "a < b && c > d; <b>not bold</b> &amp; &nbsp;",
    "https://example.com/?a=1&b=2 ida@example.com",
    "\N{ZERO WIDTH SPACE}",
    "Ünïcödé 例 משה 👩‍🔬\N{LINE SEPARATOR}x\x85y",
    "-- \nIda\n> quoted\n>> twice",
    "%s %(x)s {x} ${x} {{x}} <t t-out='x'/>",
    "\n\n\n",
    "]]>",
)
MARKUPS = (
    "<p>Tea &amp; <b>milk</b></p>",
    "<p>one</p><p>two</p><div>three<br>four</div>",
    "<ul><li>One</li><li>Two <ol><li>a</li></ol></li></ul>",
    "<p><br/></p>",
    "<div style='color: red' onclick='x()'>red</div><script>alert(1)</script>",
    "<table border=1><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>",
    "<p>👩‍🔬 &nbsp; &#8203; &euro; &lt;b&gt; &#x1F600;</p>",
    "<a href='https://example.com?a=1&amp;b=2'>link</a> <a href='javascript:x()'>x</a>",
    "<!-- comment --><p>after</p>",
    "<o:p>&nbsp;</o:p><p class='MsoNormal'>Word<o:p></o:p></p>",
    "<h1>Head</h1><blockquote>Quote</blockquote><pre>a\n  b</pre><hr>",
    "<p>unclosed <b>bold <i>both</p> rest",
    "<font face='Arial' size=2>old</font><center>way</center>",
    "<p>a<span style='display:none'>hidden</span>b</p>",
    "<img src='cid:1' alt='picture'><p>with a picture</p>",
    "<P>UPPER</P><BR><DIV>CASE</DIV>",
    "text without any tag",
    "<p>wrapped by\r\n a server</p>\r\n",
    "<p dir='rtl'>משה</p>",
    "<input value='x'><button>push</button><form>f</form><p>form</p>",
)
PAGE = (
    "<html><head><title>T</title><style>p {{}}</style></head><body>{}</body></html>\r\n"
)


def cases() -> Iterator[Case]:
    """:return: iterator of Case"""
    for number, text in enumerate(TEXTS):
        yield Case(f"plain note {number}", _with(text, f"Plain {number}"), plain=True)
    for number, text in enumerate(MARKUPS):
        yield Case(f"fragment {number}", _with(text, f"Fragment {number}"))
        yield Case(f"page {number}", _with(PAGE.format(text), f"Page {number}"))
    yield Case("a long plain note", _with(LONG, "Long plain"), plain=True)
    lines = "".join(f"<p>{line}</p>" for line in LONG.replace("&", "&amp;").split("\n"))
    yield Case("a long note with markup", _with(f"<b>Read!</b>{lines}", "Long markup"))


def _with(note: str, name: str) -> dict[str, str]:
    return {"display_name": name, "note": note}
