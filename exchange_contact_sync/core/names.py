# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert between one name in Odoo and six parts and a display name in Exchange.

Two rules preserve names. Pull: if the parts and the display name mean the same person,
the fuller text is the name. Push: an unchanged name leaves every part as it is; a
changed name is split, and parts that it still contains are kept, so that "van der Berg"
remains a surname.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .fields import NAME_EVIDENCE, NAME_PARTS
from .file_as import followed, usual
from .name_parts import CLOSING, name_parts
from .name_words import PARTICLES, PATRONYMICS
from .recognized_names import folded as folded
from .recognized_names import generation as generation
from .recognized_names import recognized_words as recognized_words
from .text import line, name_line, settled

OWN_PARTS = ("given_name", "middle_name", "surname")
"""The parts that are the person's own name; the others surround it."""


def _words(text: str) -> list[str]:
    return sorted(name_line(text.replace(",", " ")).casefold().split())


def _holds_all(shown: str, parts: Mapping[str, str]) -> bool:
    """Decide whether a text contains every part; many scripts use no spaces."""
    text = "".join(name_line(shown).casefold().split())
    found = (name_line(parts.get(key) or "").casefold().split() for key in NAME_PARTS)
    return all(word in text for words in found for word in words)


@settled
def canonical_name(text: str) -> str:
    """Return a name in spoken order, without additions of a directory at its end.

    :param text: as stored on either side
    :return: the same for "García Márquez, Gabriel" and "Gabriel García Márquez", and
        for "John Smith, Jr." and "John Smith Jr."; "Anna Schmidt" for "Schmidt, Anna
        (Sales)"
    """
    text = name_line(text)
    if "," not in text and text[-1:] not in CLOSING:
        return text  # the usual case
    return name_line(name_parts(text).in_order.replace(",", " ")) or text


def less_full(one: str, other: str) -> str:
    """Return which of two names of one person lacks a title or a credential of the
    other.

    :param one: as stored on one side
    :param other: as stored on the other side
    :return: one of them; "" if neither is the other with additional words
    """
    if not one or not other or one == other or folded(one) != folded(other):
        return ""
    if generation(one) != generation(other):
        return ""
    mine, theirs = (Counter(name_parts(name).around) for name in (one, other))
    if mine == theirs:
        return ""
    return one if mine <= theirs else other if theirs <= mine else ""


def spellings(contact: Mapping[str, str]) -> set[str]:
    """Return the texts that may be the contact's name in Odoo, which searches names as
    written.

    :param contact: with ``name`` and the keys of ``fields.NAME_EVIDENCE``
    :return: such as "Gabriel García Márquez" and "García Márquez, Gabriel"
    """
    known = (contact.get(key) for key in ("name", "display_name", "file_as"))
    texts = {line(text or "") for text in (*known, usual(contact))} - {""}
    return texts | {canonical_name(text) for text in texts}


def composed(parts: Mapping[str, str]) -> str:
    """Return the parts of a name in spoken order.

    :param parts: with the keys of ``fields.NAME_PARTS``
    """
    return name_line(" ".join(parts.get(key) or "" for key in NAME_PARTS))


def full_name(theirs: Mapping[str, str], remembered: Mapping[str, str]) -> str:
    """Return the name of an item as a person would write it.

    :param theirs: with the keys of ``fields.NAME_EVIDENCE``
    :param remembered: the same keys as of the last agreement; empty if the pair never
        agreed
    :return: "" for an item without any name
    """
    shown, spoken = name_line(theirs.get("display_name") or ""), composed(theirs)
    if shown == spoken or not shown or not spoken:
        return shown or spoken or name_line(theirs.get("file_as") or "")
    old_shown = name_line(remembered.get("display_name") or "")
    old_spoken = composed(remembered)
    if old_spoken and spoken != old_spoken and shown == old_shown:
        return spoken
    if name_parts(shown).is_turned and _words(shown) == _words(spoken):
        return spoken
    if old_shown and shown != old_shown and spoken == old_spoken:
        return shown
    if _holds_all(shown, theirs):
        return shown
    return shown if len(_words(shown)) >= len(_words(spoken)) else spoken


def split(name: str) -> dict[str, str]:
    """Split a name by patterns in its words.

    :param name: as entered
    :return: with the keys of ``fields.NAME_PARTS``, together containing all words
    """
    parts = name_parts(name)
    if not parts.is_turned:
        return _person([*parts.given], [*parts.title], [*parts.suffix])
    given = [*parts.given]
    return _parts(
        [*parts.title], given[:1], given[1:], [*parts.surname], [*parts.suffix]
    )


def _person(words: list[str], title: list[str], suffix: list[str]) -> dict[str, str]:
    if len(words) == 3 and words[2].casefold().endswith(PATRONYMICS):
        return _parts(title, words[1:2], words[2:], words[:1], suffix)
    for index in range(1, len(words) - 1):
        if words[index].casefold() in PARTICLES:
            given, middle = words[:1], words[1:index]
            return _parts(title, given, middle, words[index:], suffix)
    return _parts(title, words[:1], words[1:-1], words[1:][-1:], suffix)


def _parts(
    title: list[str] | None = None,
    given: list[str] | None = None,
    middle: list[str] | None = None,
    surname: list[str] | None = None,
    suffix: list[str] | None = None,
) -> dict[str, str]:
    lists = (title, given, middle, surname, suffix)
    return dict(
        zip(NAME_PARTS, (" ".join(words or ()) for words in lists), strict=True)
    )


def evidence_for(
    name: str, known: Mapping[str, str], *, anew: bool = False
) -> dict[str, str]:
    """Return the values to write in Exchange for a name of Odoo.

    :param known: with the keys of ``fields.NAME_EVIDENCE``, what Exchange has now;
        empty for a new item
    :param anew: the parts that Exchange has are not a complete name
    :return: only the keys whose value has to change
    """
    parts = (None if anew else _keeping_known(name, known)) or split(name)
    wanted = {**parts, "display_name": name_line(name)}
    wanted["file_as"] = followed(in_parts(known), {**known, **wanted})
    return {
        key: value
        for key, value in wanted.items()
        if line(known.get(key) or "") != line(value)
    }


def in_parts(known: Mapping[str, str]) -> Mapping[str, str]:
    """Return the name with its parts, split from the display name if Exchange has no
    parts.

    :param known: with the keys of ``fields.NAME_EVIDENCE``
    """
    if any(known.get(key) for key in NAME_PARTS):
        return known
    return {**known, **split(known.get("display_name") or "")}


def _keeping_known(name: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """Keep the parts that the name still contains; one changed part takes the rest."""
    parts = name_parts(name)
    if parts.is_turned:
        return None
    rest = f" {name_line(name).replace(',', ' ')} "
    title, rest = _around(" ".join(parts.title), known.get("title") or "", rest)
    suffix, rest = _around(" ".join(parts.suffix), known.get("suffix") or "", rest)
    kept: dict[str, str] = {}
    for key in sorted(OWN_PARTS, key=lambda key: -len(known.get(key) or "")):
        value = line(known.get(key) or "")
        if value and f" {value} " in rest:
            kept[key] = value
            rest = rest.replace(f" {value} ", "  ", 1)
    lost = [key for key in OWN_PARTS if known.get(key) and key not in kept]
    words = line(rest)
    if not kept or len(lost) > 1 or (words and not lost):
        return None
    changed = {lost[0]: words} if lost else {}
    blank = dict.fromkeys(OWN_PARTS, "")
    return {**blank, **kept, **changed, "title": title, "suffix": suffix}


def _around(found: str, known: str, rest: str) -> tuple[str, str]:
    """Return a title or suffix, and the name without it. A word that Exchange stores as
    title or suffix counts as one."""
    known = line(known)
    value = known if known not in found and f" {known} " in rest else found
    for word in (value,) if value == known else value.split():
        rest = rest.replace(f" {word} ", "  ", 1)
    return value, rest


def evidence_of(theirs: Mapping[str, str]) -> dict[str, str]:
    """Return what Exchange has of the name, to be remembered."""
    return {key: theirs[key] for key in NAME_EVIDENCE if theirs.get(key)}
