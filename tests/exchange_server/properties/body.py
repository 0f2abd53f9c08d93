# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bodies: plain text to HTML and back, as the store converts them for clients.

Source: the EWS pages "Body" and "BodyType (BodyTypeResponseType)": a client asks for
HTML, Text or Best; Best is HTML when the body is HTML and Text otherwise. What markup
exactly a server wraps around text and fragments of HTML is not documented; that a real
one makes whole pages of them, and so does this one, is what clients must live with.
"""

from __future__ import annotations

import html
import re

Body = tuple[str, str]

EMPTY: Body = ("Text", "")

_IS_PAGE = re.compile(r"(?i)<html\b")
_LINE_BREAKS = re.compile(r"(?i)<br\s*/?>\s*|</(?:p|div|tr|li|h[1-6])\s*>\s*")
_UNSEEN = re.compile(r"(?is)<(head|style|script|title)\b.*?</\1\s*>|<!--.*?-->")
_TAGS = re.compile(r"(?s)<[^>]*>")
_BLANKS = re.compile(r"[ \t\r\n]+")
_PAGE = (
    '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; '
    'charset=utf-8">\r\n<meta name="Generator" content="Microsoft Exchange Server">'
    "\r\n</head>\r\n<body>\r\n{}\r\n</body>\r\n</html>\r\n"
)
_FILTERED = (
    '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; '
    'charset=utf-8">\r\n</head>\r\n<body>\r\n{} \r\n</body>\r\n</html>\r\n'
)
_INSIDE = re.compile(r"(?is)<body[^>]*>(.*?)</body\s*>")
_SCRIPTS = re.compile(r"(?is)<script\b.*?</script\s*>")
_PLAIN = '<div class="PlainText">{}</div>'


def as_requested(body: Body, wanted: str) -> Body:
    """A stored body in the form that a client asked for.

    :param wanted: ``Best``, ``HTML`` or ``Text``
    """
    if wanted == "HTML" or (wanted == "Best" and body[0] == "HTML"):
        return ("HTML", as_html(body))
    if wanted == "Text":
        return ("Text", as_text(body))
    return body


def as_html(body: Body) -> str:
    """A stored body as an HTML page; an empty one stays empty."""
    body_type, text = body
    if not text:
        return text
    if body_type == "HTML":
        return text if _IS_PAGE.search(text) else _PAGE.format(text)
    lines = html.escape(text, quote=False).splitlines()
    return _PAGE.format(_PLAIN.format("<br>\r\n".join(lines)))


def filtered(page: str) -> str:
    """An HTML page without active content, rewritten as servers do it.

    Source: the EWS page "FilterHtmlContent"; the form is that of exchangelib's tests.
    """
    found = _INSIDE.search(page)
    inside = _SCRIPTS.sub("", found[1] if found else page)
    return _FILTERED.format(inside.strip())


def as_text(body: Body) -> str:
    """A stored body as plain text; what is made of HTML ends with a line break.

    >>> as_text(("HTML", "<p>Tea &amp; milk</p><p>no sugar</p>"))
    'Tea & milk\\r\\nno sugar\\r\\n'
    """
    body_type, text = body
    if body_type == "Text" or not text:
        return text
    text = _BLANKS.sub(" ", _UNSEEN.sub("", text))
    text = _TAGS.sub("", _LINE_BREAKS.sub("\n", text))
    lines = (line.strip() for line in html.unescape(text).split("\n"))
    text = "\r\n".join(lines).lstrip("\r\n")
    return text if text.endswith("\r\n") else f"{text}\r\n"


def append(body: Body, addition: Body) -> Body | None:
    """A body with another of the same type behind it; None when the types differ.

    Source: "ErrorInvalidPropertyAppend" on the EWS page "ResponseCode".
    """
    if not body[1]:
        return addition
    if body[0] != addition[0]:
        return None
    return (body[0], body[1] + addition[1])
