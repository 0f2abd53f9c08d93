# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name taken apart: the person's own words, and what stands around them.

Only what a table of ``name_words.py`` knows, or what cannot be a name where it stands,
is taken for a title or a credential; a word in doubt is part of the name.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import name_words
from .text import REMEMBERED, name_line

_TOKEN = re.compile(
    r"(?<![^\s,])[(\[{（［][^()\[\]{}（）［］]*[)\]}）］](?![^\s,])|,|[^\s,]+"
)
_OPENING = "([{（［"
_DOTS = str.maketrans("", "", ".-‐‑'’")
_UNKNOWN_CREDENTIAL = re.compile(
    r"[A-Z]{2,6}(?:[-/][A-Z]{1,5})?|(?=.*[A-Za-z]{2})(?:[A-Za-z]{1,4}\.){2,}"
)
"""Behind a whole name and a comma: capitals, or an abbreviation that is no initials."""

Tokens = list[str]


@dataclass(frozen=True)
class NameParts:
    """What a name consists of; each word of it is in one of the parts.

    :param title: tuple of str, "Prof." "Dr."
    :param given: tuple of str, the words of the name; the given ones only, if the name
        says by a comma which those are
    :param surname: tuple of str, those before the comma
    :param suffix: tuple of str, credentials, what tells the generation, and what a
        directory adds in brackets
    :param generation: str, what tells a father from a son, a key of
        ``name_words.GENERATIONS``; mostly ""
    """

    title: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    generation: str = ""

    @property
    def is_turned(self) -> bool:
        """Whether the surname came first, before a comma."""
        return bool(self.surname)

    @property
    def in_order(self) -> str:
        """The whole name in the order it is spoken."""
        return " ".join((*self.title, *self.given, *self.surname, *self.suffix))


@dataclass(frozen=True)
class _Entry:
    """How a word has to be written to count.

    :param meaning: str, key of the table it is from
    :param dot: bool, with a dot at its end
    :param capitals: bool, in capitals, or with dots
    """

    meaning: str
    dot: bool = False
    capitals: bool = False


class _Table:
    """Words of a table by how they are looked up."""

    def __init__(self, words: name_words.Words, *, like_names: bool = False) -> None:
        self._entries: dict[tuple[str, ...], _Entry] = {}
        for meaning, texts in words.items():
            for text in texts:
                keys = tuple(map(_key, text.split()))
                dot = len(keys) == 1 and text.find(".") == len(text) - 1
                entry = _Entry(meaning, dot, like_names and text.isupper() and not dot)
                known = self._entries.get(keys)
                if known is None or known.dot:
                    self._entries[keys] = entry
        self._longest = max(map(len, self._entries))

    def at(self, tokens: Sequence[str]) -> int:
        """:return: int, how many tokens the longest entry at the beginning has"""
        sizes = range(min(self._longest, len(tokens)), 0, -1)
        return next((n for n in sizes if self.meaning(tokens[:n])), 0)

    def ending(self, tokens: Sequence[str]) -> int:
        """:return: int, how many tokens the longest entry at the end has"""
        sizes = range(min(self._longest, len(tokens)), 0, -1)
        return next((n for n in sizes if self.meaning(tokens[-n:])), 0)

    def meaning(self, tokens: Sequence[str]) -> str:
        """:return: str, what the tokens mean together, "" if they are no entry"""
        entry = self._entries.get(tuple(map(_key, tokens)))
        if entry is None or (entry.dot and not tokens[-1].endswith(".")):
            return ""
        written = "".join(tokens)
        if entry.capitals and not (written.isupper() or "." in written[:-1]):
            return ""
        return entry.meaning


def _key(token: str) -> str:
    return unicodedata.normalize("NFKC", token).casefold().translate(_DOTS)


_TITLES = _Table(name_words.TITLES)
_TITLES_LIKE_NAMES = _Table(name_words.TITLES_LIKE_NAMES, like_names=True)
_QUALIFIERS = _Table(name_words.QUALIFIERS)
_CREDENTIALS = _Table(name_words.CREDENTIALS)
_CREDENTIALS_LIKE_NAMES = _Table(name_words.CREDENTIALS_LIKE_NAMES, like_names=True)
_GENERATIONS = _Table(name_words.GENERATIONS)
_GENERATIONS_LIKE_NAMES = _Table(name_words.GENERATIONS_LIKE_NAMES, like_names=True)


def name_parts(name: str) -> NameParts:
    """Take a name apart.

    :param name: str, as kept on either side, one line or several
    :return: NameParts
    """
    return _name_parts(name_line(name))


@functools.lru_cache(maxsize=REMEMBERED)
def _name_parts(name: str) -> NameParts:
    sections = _sections(name)
    if not sections:
        return NameParts()
    taking = _Taking(capitals=name.isupper())
    head, *others = sections
    enough = len(taking.core(head, beside=0)) > 1
    unknown = enough and not name.isupper()
    following = [one for one in others if not _is_appendix(one, enough, unknown)]
    appended = [one for one in others if one not in following]
    if len(following) == 1:
        surname = taking.take(head, beside=_count(following[0]))
        given = taking.take(following[0], beside=_count(surname))
    else:
        given, surname = taking.take(sum(following, head), beside=0), []
    for section in appended:
        taking.append(section)
    return taking.parts(given, surname)


def _sections(name: str) -> list[Tokens]:
    """The words of a name between its commas, brackets as one word."""
    sections: list[Tokens] = [[]]
    for token in _TOKEN.findall(name):
        if token == ",":
            sections.append([])
        else:
            sections[-1].append(token.replace(",", " "))
    return [section for section in sections if section]


def _is_aside(token: str) -> bool:
    return token[0] in _OPENING


def _count(tokens: Iterable[str]) -> int:
    """How many words of a name there are, particles aside."""
    return sum(
        not _is_aside(one) and one.casefold() not in name_words.PARTICLES
        for one in tokens
    )


def _is_appendix(section: Tokens, enough: bool, unknown: bool) -> bool:
    """Whether all between two commas stands around a name.

    :param enough: bool, there is a whole name without it
    :param unknown: bool, and capitals say something in it
    """
    certain = (_TITLES, _QUALIFIERS, _CREDENTIALS, _GENERATIONS)
    doubtful = (_CREDENTIALS_LIKE_NAMES, _GENERATIONS_LIKE_NAMES)
    tables = (*certain, *doubtful) if enough else certain
    rest = section
    while rest:
        size = max(table.at(rest) for table in tables) or _is_certain(rest[0])
        if not size and unknown and _UNKNOWN_CREDENTIAL.fullmatch(rest[0]):
            size = 1
        if not size:
            return False
        rest = rest[size:]
    return True


def _is_certain(token: str) -> int:
    """Whether a word can be no name wherever it stands: what is in brackets, or glued
    together of titles, as "Prof.Dr." and "Dipl.-Inform." are."""
    if _is_aside(token):
        return 1
    first, *others = [part for part in re.split(r"[.-]+", token) if part] or [""]
    if not others or not _TITLES.meaning([f"{first}."]):
        return int(_key(token).startswith("dipl") and token.endswith("."))
    known = (_TITLES, _QUALIFIERS)
    all_known = all(
        any(table.meaning([f"{part}."]) for table in known) for part in others
    )
    return int(all_known or _key(first) == "dipl")


class _Taking:
    """Titles and suffixes taken so far, in the order of the name.

    :param capitals: bool, the whole name is in capitals: those of a word say nothing
    """

    def __init__(self, *, capitals: bool) -> None:
        self._capitals = capitals
        self._title: Tokens = []
        self._suffix: Tokens = []
        self._generation = ""

    def core(self, tokens: Tokens, *, beside: int) -> Tokens:
        """:return: list of str, the words of a name, without anything being taken"""
        return _Taking(capitals=self._capitals).take(tokens, beside=beside)

    def take(self, tokens: Tokens, *, beside: int) -> Tokens:
        """Take what stands before and after the words of a name.

        :param tokens: list of str, at least one
        :param beside: int, how many words of the name stand elsewhere
        :return: list of str, at least one
        """
        start = 0
        while size := self._leading(tokens[start:], start, beside):
            start += size
        self._title += tokens[:start]
        rest, taken = tokens[start:], []
        while size := self._trailing(rest, beside):
            taken.insert(0, rest[-size:])
            rest = rest[:-size]
        for group in taken:
            self._add(group)
        return rest

    def append(self, tokens: Tokens) -> None:
        """Take all of a section that has no word of a name."""
        while tokens:
            tables = (_TITLES, _CREDENTIALS, _GENERATIONS, _CREDENTIALS_LIKE_NAMES)
            size = max(table.at(tokens) for table in tables) or 1
            self._add(tokens[:size])
            tokens = tokens[size:]

    def parts(self, given: Tokens, surname: Tokens) -> NameParts:
        """:return: NameParts, with what was taken"""
        return NameParts(
            tuple(self._title),
            tuple(given),
            tuple(surname),
            tuple(self._suffix),
            self._generation,
        )

    def _add(self, group: Tokens) -> None:
        if _TITLES.meaning(group) and not _GENERATIONS.meaning(group):
            self._title += group
            return
        self._suffix += group
        meaning = _GENERATIONS.meaning(group) or _GENERATIONS_LIKE_NAMES.meaning(group)
        self._generation = self._generation or meaning

    def _leading(self, tokens: Tokens, taken: int, beside: int) -> int:
        """How many tokens at the beginning are a title."""
        size = _TITLES.at(tokens) or (
            0 if _is_aside(tokens[0]) else _is_certain(tokens[0])
        )
        if not size and taken:
            size = _QUALIFIERS.at(tokens)
        if size:
            return size if _count(tokens[size:]) else 0
        size = _TITLES_LIKE_NAMES.at(tokens)
        return size if size and _count(tokens[size:]) + beside > 1 else 0

    def _trailing(self, tokens: Tokens, beside: int) -> int:
        """How many tokens at the end are a suffix, or a title with a dot."""
        size = int(_is_aside(tokens[-1]))
        size = size or _CREDENTIALS.ending(tokens) or _GENERATIONS.ending(tokens)
        if not size and tokens[-1].endswith("."):
            size = _TITLES.ending(tokens) or _is_certain(tokens[-1])
        if size:
            return size if _count(tokens[:-size]) else 0
        size = _GENERATIONS_LIKE_NAMES.ending(tokens)
        if not self._capitals or "." in tokens[-1]:
            size = size or _CREDENTIALS_LIKE_NAMES.ending(tokens)
        return size if size and _count(tokens[:-size]) + beside > 1 else 0
