# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Split a name into the person's own words and the words around them.

A word counts as a title or a credential only if a table of ``name_words.py`` contains
it, or if it cannot be a name in its place; when in doubt, it is part of the name.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from . import name_words
from .text import REMEMBERED, name_line

_TOKEN = re.compile(
    r"(?<![^\s,])[(\[{（［][^()\[\]{}（）［］]*[)\]}）］](?![^\s,])|,|[^\s,]+"
)
_OPENING, CLOSING = "([{（［", ")]}）］"
_DOTS = str.maketrans("", "", ".-‐‑'’")
_UNKNOWN_CREDENTIAL = re.compile(
    r"[A-Z]{2,6}(?:[-/][A-Z]{1,5})?|(?=.*[A-Za-z]{2})(?:[A-Za-z]{1,4}\.){2,}"
)
"""After a full name and a comma: capitals, or an abbreviation that is no initials."""

Tokens = list[str]


@dataclass(frozen=True)
class NameParts:
    """The parts of a name; each of its words is in exactly one part.

    :param title: such as "Prof." "Dr."
    :param given: the words of the name; only the given names if a comma separates them
        from the surname
    :param surname: the words before that comma
    :param suffix: credentials, generation, additions of a directory in brackets, and a
        name at birth
    :param generation: distinguishes a parent from a child of the same name; a key of
        ``name_words.GENERATIONS``, usually ""
    :param written: all words as they were written
    """

    title: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    surname: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    generation: str = ""
    written: tuple[str, ...] = ()

    @property
    def is_turned(self) -> bool:
        """Whether the surname comes first, before a comma."""
        return bool(self.surname)

    @property
    def in_order(self) -> str:
        """The name in spoken order, without additions of a directory."""
        turned = (*self.title, *self.given, *self.surname, *self.suffix)
        words = turned if self.is_turned else self.written
        return " ".join(self._without_asides(words))

    @property
    def around(self) -> list[str]:
        """Titles and credentials, in the form used for lookups."""
        return [_key(one) for one in self._without_asides(self.title + self.suffix)]

    def _without_asides(self, words: Iterable[str]) -> list[str]:
        asides = [one for one in self.suffix if _is_aside(one)]
        return [one for one in words if one not in asides]


@dataclass(frozen=True)
class _Entry:
    """How a word has to be written to count as an entry of a table.

    :param meaning: the key in the table
    :param dot: with a dot at its end
    :param capitals: in capitals, or with dots
    """

    meaning: str
    dot: bool = False
    capitals: bool = False


class _Table:
    """The words of a table, by the form used for lookups."""

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
        """Return the number of tokens of the longest entry at the beginning."""
        sizes = range(min(self._longest, len(tokens)), 0, -1)
        return next((n for n in sizes if self.meaning(tokens[:n])), 0)

    def ending(self, tokens: Sequence[str]) -> int:
        """Return the number of tokens of the longest entry at the end."""
        sizes = range(min(self._longest, len(tokens)), 0, -1)
        return next((n for n in sizes if self.meaning(tokens[-n:])), 0)

    def meaning(self, tokens: Sequence[str]) -> str:
        """Return the common meaning of tokens; "" if they are no entry."""
        entry = self._entries.get(tuple(map(_key, tokens)))
        if entry is None or (entry.dot and not tokens[-1].endswith(".")):
            return ""
        written = "".join(tokens)
        if entry.capitals and not (written.isupper() or "." in written[:-1]):
            return ""
        return entry.meaning


@functools.lru_cache(maxsize=REMEMBERED)
def _key(token: str) -> str:
    return unicodedata.normalize("NFKC", token).casefold().translate(_DOTS)


_TITLES = _Table(name_words.TITLES)
_TITLES_LIKE_NAMES = _Table(name_words.TITLES_LIKE_NAMES, like_names=True)
_QUALIFIERS = _Table(name_words.QUALIFIERS)
_CREDENTIALS = _Table(name_words.CREDENTIALS)
_CREDENTIALS_LIKE_NAMES = _Table(name_words.CREDENTIALS_LIKE_NAMES, like_names=True)
_GENERATIONS = _Table(name_words.GENERATIONS)
_GENERATIONS_LIKE_NAMES = _Table(name_words.GENERATIONS_LIKE_NAMES, like_names=True)
_BIRTH_NAMES = _Table(name_words.BIRTH_NAMES)


def name_parts(name: str) -> NameParts:
    """Split a name into its parts.

    :param name: as stored on either side, one line or several
    """
    return _name_parts(name_line(name))


@functools.lru_cache(maxsize=REMEMBERED)
def _name_parts(name: str) -> NameParts:
    sections = _sections(name)
    if not sections:
        return NameParts()
    affixes = _Affixes(capitals=name.isupper())
    head, *others = sections
    enough = len(affixes.core(head, beside=0)) > 1
    unknown = enough and not name.isupper()
    following = [one for one in others if not _is_appendix(one, enough, unknown)]
    appended = [one for one in others if one not in following]
    if len(following) == 1:
        surname = affixes.strip(head, beside=_count(following[0]))
        given = affixes.strip(following[0], beside=_count(surname))
    else:
        given, surname = affixes.strip(sum(following, head), beside=0), []
    for section in appended:
        affixes.append(section)
    written = tuple(word for section in sections for word in section)
    return replace(affixes.parts(given, surname), written=written)


def _sections(name: str) -> list[Tokens]:
    """Return the words between the commas of a name; brackets count as one word."""
    sections: list[Tokens] = [[]]
    for token in _TOKEN.findall(name):
        if token == ",":
            sections.append([])
        else:
            sections[-1].append(token.replace(",", " "))
    found = [section for section in sections if section]
    return [_with_birth_name(one, first=one is found[0]) for one in found]


def _with_birth_name(section: Tokens, *, first: bool) -> Tokens:
    """Join a name at birth and the word that introduces it into one word."""
    for index in range(int(first), len(section) - 1):
        if _BIRTH_NAMES.meaning(section[index : index + 1]):
            return [*section[:index], " ".join(section[index:])]
    return section


def _is_aside(token: str) -> bool:
    """Decide whether a word is an addition in brackets, or a name at birth."""
    word, blank, _name = token.partition(" ")
    return token[0] in _OPENING or bool(blank and _BIRTH_NAMES.meaning([word]))


def _count(tokens: Iterable[str]) -> int:
    """Return the number of words of a name, not counting particles."""
    return sum(
        not _is_aside(one) and one.casefold() not in name_words.PARTICLES
        for one in tokens
    )


def _is_appendix(section: Tokens, enough: bool, unknown: bool) -> bool:
    """Decide whether a section between commas contains no word of the name itself.

    :param enough: the other sections contain a full name
    :param unknown: and capitals are significant in it
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
    """Decide whether a word cannot be a name in any place: it is in brackets, or joined
    from titles, like "Prof.Dr." and "Dipl.-Inform."."""
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


class _Affixes:
    """The titles and suffixes found so far, in the order of the name.

    :param capitals: the whole name is in capitals, so capitals mark no credential
    """

    def __init__(self, *, capitals: bool) -> None:
        self._capitals = capitals
        self._title: Tokens = []
        self._suffix: Tokens = []
        self._generation = ""

    def core(self, tokens: Tokens, *, beside: int) -> Tokens:
        """Return the words of a name without recording titles and suffixes."""
        return _Affixes(capitals=self._capitals).strip(tokens, beside=beside)

    def strip(self, tokens: Tokens, *, beside: int) -> Tokens:
        """Record the titles and suffixes around the words of a name.

        :param tokens: at least one
        :param beside: number of words of the name outside these tokens
        :return: the remaining words, at least one
        """
        start = 0
        while size := self._leading(tokens[start:], start, beside):
            start += size
        self._title += tokens[:start]
        rest = tokens[start:]
        groups: list[list[str]] = []
        while size := self._trailing(rest, beside):
            groups.insert(0, rest[-size:])
            rest = rest[:-size]
        for group in groups:
            self._add(group)
        return rest

    def append(self, tokens: Tokens) -> None:
        """Record all words of a section without a word of the name."""
        while tokens:
            tables = (_TITLES, _CREDENTIALS, _GENERATIONS, _CREDENTIALS_LIKE_NAMES)
            size = max(table.at(tokens) for table in tables) or 1
            self._add(tokens[:size])
            tokens = tokens[size:]

    def parts(self, given: Tokens, surname: Tokens) -> NameParts:
        """Return the parts, including the recorded titles and suffixes."""
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

    def _leading(self, tokens: Tokens, before: int, beside: int) -> int:
        """Return how many tokens at the beginning are a title."""
        size = _TITLES.at(tokens) or (
            0 if _is_aside(tokens[0]) else _is_certain(tokens[0])
        )
        if not size and before:
            size = _QUALIFIERS.at(tokens)
        if size:
            return size if _count(tokens[size:]) else 0
        size = _TITLES_LIKE_NAMES.at(tokens)
        rest = tokens[size:]
        is_initial = bool(rest) and len(_key(rest[0])) == 1  # "M. A. Smith"
        enough = _count(rest) and _count(rest) + beside > 1 and not is_initial
        return size if size and enough else 0

    def _trailing(self, tokens: Tokens, beside: int) -> int:
        """Return how many tokens at the end are a suffix, or a title with a dot."""
        size = int(_is_aside(tokens[-1]))
        size = size or _CREDENTIALS.ending(tokens) or _GENERATIONS.ending(tokens)
        if not size and tokens[-1].endswith("."):
            size = _TITLES.ending(tokens) or _is_certain(tokens[-1])
        if size:
            return size if _count(tokens[:-size]) else 0
        size = _GENERATIONS_LIKE_NAMES.ending(tokens)
        if not self._capitals or "." in tokens[-1]:
            size = size or _CREDENTIALS_LIKE_NAMES.ending(tokens)
        left = _count(tokens[:-size])
        return size if size and left and left + beside > 1 else 0
