# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""E-mail addresses in the texts that people and programs enter in an address field.

Odoo's field may contain a display name, several addresses or nonsense, and Outlook's
stores whatever was pasted into it. The standard library's ``email`` package parses what
RFC 5322 allows (https://www.rfc-editor.org/rfc/rfc5322#section-3.4). Addresses in other
notations that people use are found by patterns. A text without an address stays
unchanged.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from email.utils import getaddresses
from urllib.parse import unquote

from .text import LONG, REMEMBERED, settled, visible, without_invisible

_PLAIN = re.compile(
    r"[a-z0-9_](?:[a-z0-9_.+-]*[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]+",
    re.IGNORECASE | re.ASCII,
)
"""Matches nearly all addresses in use; other rules are skipped for them."""

_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_TOP = r"(?=[\w-]*[^\W\d_])" + _LABEL
_LOCAL = r"""(?:"(?:[^"\\]|\\.)+"|[\w!#$%&'*+/=?^`{}~.-]+)"""
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)*{_TOP}")
_WITH_DOMAIN = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+{_TOP}")
_BLANKS_AROUND_AT = re.compile(r"\s*@\s*")
_IN_A_TEXT = re.compile(
    rf"(?<![\w@.+-])(?:[\w+~#$&](?:[\w.+~#$%&'*-]*[\w+~-])?)@(?:{_LABEL}\.)+{_TOP}"
    r"(?![\w@]|\.\w)"
)
_OTHER_SCHEMES = re.compile(
    r"\b(?:sips?|xmpp|im|skype|msnim|x[45]00):\S+|\S+://\S+", re.I
)
_SCHEME = re.compile(r"(?:mailto|smtp):\s*(?://)?", re.IGNORECASE)
_QUERY = re.compile(r"(?<=\w)\?\w+=\S*")
_ANGLED = re.compile(r"<([^<>]*)>")
_TOKEN = re.compile(
    r"""[^"<(\[,;|\n]+|"(?:[^"\\]|\\.)*"|<[^<>]*>|\([^()]*\)|\[[^][]*\]|[\s\S]"""
)
_SEPARATORS = frozenset(",;|\n")
_QUOTES = "'\"`´‘’‚‛“”„«»‹›"
_AROUND = _QUOTES + " \n.,:;|<>()[]{}*"

_ASCII_LOOKALIKES = str.maketrans("＠；，、＜＞（）［］．。｡", "@;,,<>()[]...")
"""Characters that East Asian keyboards produce, and that browsers treat as the ASCII
ones (https://www.unicode.org/reports/tr46/#Notation)."""


@dataclass(frozen=True)
class Piece:
    """A part of a text between separators.

    :param text: as written
    :param addresses: the addresses in it, as written
    """

    text: str
    addresses: tuple[str, ...]


def addresses(text: str) -> tuple[str, ...]:
    """Return the addresses in a text.

    :param text: such as ``"Schmidt, Anna" <anna@example.com>; a@example.org``
    :return: as written but without what surrounds them, in the order of the text; of
        two that mean the same the first
    """
    if _PLAIN.fullmatch(text):
        return (text,)
    found = (one for piece in pieces(text) for one in piece.addresses)
    return tuple({form(one): one for one in reversed([*found])}.values())[::-1]


def pieces(text: str) -> tuple[Piece, ...]:
    """Split a text where one address ends and the next begins.

    :return: pieces with an address each, including a name before it or a word after it;
        one piece without an address if the text contains none
    """
    if len(text) > LONG:
        return _pieces(text)
    return _remembered(text)


def form(address: str) -> str:
    """Return the form in which an address is compared.

    Mail servers may distinguish "A@b.c" from "a@b.c" (RFC 5321, 2.4); none in use does,
    and Odoo stores its own ``email_normalized`` in lower case too. An international
    domain is compared in its registered form
    (https://www.rfc-editor.org/rfc/rfc5891#section-4); unlike in Python's codec "idna",
    which dates from 2003, "ß" is a letter of its own.

    :param address: one of :func:`addresses`
    """
    if address.isascii():
        return address.lower()
    local, _at, domain = address.rpartition("@")
    labels = map(_registered, _small(domain.translate(_ASCII_LOOKALIKES)).split("."))
    return f"{_small(local)}@{'.'.join(labels)}"


@settled
def canonical_email(text: str) -> str:
    """Return the addresses of a text in the form in which they are compared, separated
    by commas; a text without an address in lower case.
    """
    found = addresses(text)
    return ", ".join(map(form, found)) if found else visible(text).lower()


def bare(text: str) -> str:
    """Return the address in a text without what surrounds it, or, if the text contains
    none or several, the text without invisible characters.

    :param text: the content of one slot of a mailbox
    """
    found = addresses(text)
    return found[0] if len(found) == 1 else without_invisible(text)


def is_called_by_address(name: str, emails: Collection[str]) -> bool:
    """Decide whether a name is only an address, or the part of an address before the
    "@", as Odoo's mail gateway and mail programs use for contacts without a name.

    :param emails: the addresses of the contact, as :func:`form`
    """
    called = name.strip("<>()'\" ").casefold()
    if "@" in called:
        return called in emails or form(called) in emails
    return any(address.partition("@")[0] == called for address in emails)


def spellings(address: str) -> frozenset[str]:
    """Return the spellings under which Odoo may store an address in lower case.

    :param address: one of :func:`addresses`
    :return: with the domain as registered and as people read it
    """
    registered = form(address)
    if address.isascii() and "xn--" not in registered:
        return frozenset((registered,))
    local, _at, domain = registered.rpartition("@")
    shown = ".".join(map(_shown, domain.split(".")))
    return frozenset((registered, f"{local}@{shown}", address.lower()))


def _small(text: str) -> str:
    small = unicodedata.normalize("NFKC", text).lower()
    return unicodedata.normalize("NFKC", small)


def _registered(label: str) -> str:
    if label.isascii():
        return label
    return "xn--" + label.encode("punycode").decode("ascii")


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label  # it only looks like a registered label


@functools.lru_cache(maxsize=REMEMBERED)
def _remembered(text: str) -> tuple[Piece, ...]:
    return _pieces(text)


def _pieces(text: str) -> tuple[Piece, ...]:
    text = _visible_lines(text)
    whole = _bare(text)
    if _ADDRESS.fullmatch(whole):
        return (Piece(text, (whole,)),)
    parts = [(part, _addresses_in(part)) for part in _cut(text)] if "@" in text else []
    return tuple(_with_words_around(parts)) or (Piece(text, ()),)


def _visible_lines(text: str) -> str:
    """Clean each line; a line break separates addresses, other white space does not."""
    lines = text.translate(_ASCII_LOOKALIKES).splitlines()
    return "\n".join(filter(None, map(visible, lines)))


def _cut(text: str) -> list[str]:
    """Split at separators outside quotes and brackets."""
    parts = [""]
    for token in _TOKEN.findall(text):
        if token in _SEPARATORS:
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts if part.strip()]


def _with_words_around(parts: list[tuple[str, tuple[str, ...]]]) -> Iterator[Piece]:
    """Join the words around an address: ``Schmidt, Anna <anna@example.com>`` is one
    piece even without quotes."""
    words: list[str] = []
    last = max((i for i, (_text, found) in enumerate(parts) if found), default=-1)
    for index, (text, found) in enumerate(parts[: last + 1]):
        words.append(text)
        if found:
            after = [text for text, _none in parts[last + 1 :]] if index == last else []
            yield Piece(", ".join(words + after), found)
            words = []


def _addresses_in(part: str) -> tuple[str, ...]:
    """Return the addresses in a part. Only those in angle brackets count if there are
    any; the text before them is a name, even if it looks like an address."""
    angled = tuple(filter(_ADDRESS.fullmatch, map(_bare, _ANGLED.findall(part))))
    if angled:
        return angled
    part = _OTHER_SCHEMES.sub(" ", part)
    for text in (part, _bare(part)):
        read = [address for _name, address in getaddresses([text]) if address]
        if len(read) == 1 and _is_written(read[0], text):
            return (read[0].lstrip("'"),)
    return tuple(map(_bare, _IN_A_TEXT.findall(part)))


def _is_written(address: str, text: str) -> bool:
    """Decide whether the library's result really is in the text. The library removes
    spaces, even between two words, and accepts any word as a host."""
    text = _BLANKS_AROUND_AT.sub("@", text)
    return address in text and bool(_WITH_DOMAIN.fullmatch(address))


def _bare(text: str) -> str:
    """Return an address without what surrounds it, if the text is nothing else."""
    text = text.strip(_AROUND)
    if match := _SCHEME.match(text):
        text = unquote(_QUERY.sub("", text[match.end() :])).strip(_AROUND)
    return text
