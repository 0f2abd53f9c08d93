# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One name in Odoo, six parts and a display name in Exchange.

Two rules keep names whole. Towards Odoo: when the parts and the display name
tell the same person, the fuller text is the name. Towards Exchange: a name that
did not change leaves every part as it is; one that did is taken apart, keeping
the parts that still stand in it, so "van der Berg" stays a surname.
"""

from __future__ import annotations

from collections.abc import Mapping

from .fields import NAME_EVIDENCE, NAME_PARTS
from .text import line, settled

_TITLES = frozenset(
    "dr dr. prof prof. mr mr. mrs mrs. ms ms. miss mx mx. sir dame frau herr mme"
    " mme. mlle m. sr. sra. srta. don doña ing. dipl.-ing. rev. hon. г-н г-жа".split()
)
_SUFFIXES = frozenset("jr jr. sr ii iii iv v phd ph.d. md m.d. esq esq. mba".split())
_PARTICLES = frozenset(
    "van von der den de del della di da dos das do du la le las los ter ten zu zur"
    " vom af av el al bin ibn ben y e san santa st st.".split()
)
_PATRONYMICS = ("ович", "евич", "ич", "овна", "евна", "ична", "инична")


def _words(text: str) -> list[str]:
    return sorted(line(text.replace(",", " ")).casefold().split())


def _holds_all(shown: str, parts: Mapping[str, str]) -> bool:
    """Whether a text holds every part; many scripts put no blanks between them."""
    text = "".join(line(shown).casefold().split())
    found = (line(parts.get(key) or "").casefold().split() for key in NAME_PARTS)
    return all(word in text for words in found for word in words)


def _turned(text: str) -> tuple[str, str] | None:
    """:return: the name before and after the comma of "Surname, Given", or None for
    a name that is not written that way ("John Smith, Jr.")
    """
    last, comma, first = (part.strip() for part in line(text).partition(","))
    if not (last and comma and first) or "," in first:
        return None
    return None if first.casefold() in _SUFFIXES else (last, first)


@settled
def canonical_name(text: str) -> str:
    """A name in the order it is spoken.

    :param text: str, as kept on either side
    :return: str, so that "García Márquez, Gabriel" and "Gabriel García Márquez" are
        one, and "John Smith, Jr." and "John Smith Jr." too
    """
    turned = _turned(text)
    spoken = f"{turned[1]} {turned[0]}" if turned else text
    return line(spoken.replace(",", " ")) or line(text)


def spellings(contact: Mapping[str, str]) -> set[str]:
    """Texts that somebody may be called in Odoo, where names are looked for as written.

    :param contact: Mapping with ``name`` and the keys of ``fields.NAME_EVIDENCE``
    :return: set of str, "Gabriel García Márquez" and "García Márquez, Gabriel"
    """
    known = (contact.get(key) for key in ("name", "display_name", "file_as"))
    texts = {line(text or "") for text in (*known, file_as(contact))} - {""}
    return texts | {canonical_name(text) for text in texts}


def composed(parts: Mapping[str, str]) -> str:
    """:param parts: Mapping with the keys of ``fields.NAME_PARTS``
    :return: str, the parts in the order they are spoken
    """
    return line(" ".join(parts.get(key) or "" for key in NAME_PARTS))


def full_name(theirs: Mapping[str, str], remembered: Mapping[str, str]) -> str:
    """The name of a contact in Exchange, as a person would write it.

    :param theirs: Mapping with the keys of ``fields.NAME_EVIDENCE``
    :param remembered: Mapping, the same keys as they were when the pair last
        agreed; empty when it never did
    :return: str, "" for a contact without any name
    """
    shown, spoken = line(theirs.get("display_name") or ""), composed(theirs)
    if not shown or not spoken:
        return shown or spoken or line(theirs.get("file_as") or "")
    old_shown = line(remembered.get("display_name") or "")
    old_spoken = composed(remembered)
    if old_spoken and spoken != old_spoken and shown == old_shown:
        return spoken
    if _turned(shown) and _words(shown) == _words(spoken):
        return spoken
    if old_shown and shown != old_shown and spoken == old_spoken:
        return shown
    if _holds_all(shown, theirs):
        return shown
    return shown if len(_words(shown)) >= len(_words(spoken)) else spoken


def split(name: str) -> dict[str, str]:
    """Take a name apart by what its words look like.

    :param name: str, as typed
    :return: dict with the keys of ``fields.NAME_PARTS``; all words are in it
    """
    turned = _turned(name)
    if turned:
        words = turned[1].split()
        return _parts(given=words[:1], middle=words[1:], surname=turned[0].split())
    words = line(name).replace(",", " ").split()
    title, words = _leading(words, _TITLES)
    suffix, words = _trailing(words, _SUFFIXES)
    return _person(words, title, suffix)


def _leading(words: list[str], known: frozenset[str]) -> tuple[list[str], list[str]]:
    count = 0
    while count < len(words) - 1 and words[count].casefold() in known:
        count += 1
    return words[:count], words[count:]


def _trailing(words: list[str], known: frozenset[str]) -> tuple[list[str], list[str]]:
    count = len(words)
    while count > 1 and words[count - 1].casefold() in known:
        count -= 1
    return words[count:], words[:count]


def _person(words: list[str], title: list[str], suffix: list[str]) -> dict[str, str]:
    if len(words) == 3 and words[2].casefold().endswith(_PATRONYMICS):
        return _parts(title, words[1:2], words[2:], words[:1], suffix)
    for index in range(1, len(words) - 1):
        if words[index].casefold() in _PARTICLES:
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


def evidence_for(name: str, known: Mapping[str, str]) -> dict[str, str]:
    """What Exchange is told when a name comes from Odoo.

    :param name: str, the name in Odoo
    :param known: Mapping with the keys of ``fields.NAME_EVIDENCE``, what
        Exchange has now; empty for a new contact
    :return: dict of those keys whose value has to change
    """
    parts = _keeping_known(name, known) or split(name)
    wanted = {**parts, "display_name": line(name)}
    if not known.get("file_as") or known["file_as"] == file_as(known):
        wanted["file_as"] = file_as(wanted)
    return {
        key: value
        for key, value in wanted.items()
        if line(known.get(key) or "") != line(value)
    }


def _keeping_known(name: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """Parts that still stand in the name stay; one part may take the rest."""
    rest = f" {line(name).replace(',', ' ')} "
    kept: dict[str, str] = {}
    for key in sorted(NAME_PARTS, key=lambda key: -len(known.get(key) or "")):
        value = line(known.get(key) or "")
        if value and f" {value} " in rest:
            kept[key] = value
            rest = rest.replace(f" {value} ", "  ", 1)
    lost = [key for key in NAME_PARTS if known.get(key) and key not in kept]
    words = line(rest)
    if not kept or len(lost) > 1 or (words and not lost) or "," in name:
        return None
    changed = {lost[0]: words} if lost else {}
    return {key: "" for key in NAME_PARTS} | kept | changed


def file_as(parts: Mapping[str, str]) -> str:
    """How Outlook files a name unless told otherwise: "Surname, Given Middle".

    :param parts: Mapping with the keys of ``fields.NAME_EVIDENCE``
    :return: str
    """
    surname = line(parts.get("surname") or "")
    given = line(f"{parts.get('given_name') or ''} {parts.get('middle_name') or ''}")
    if surname and given:
        return f"{surname}, {given}"
    return surname or given or line(parts.get("display_name") or "")


def evidence_of(theirs: Mapping[str, str]) -> dict[str, str]:
    """:return: dict, what Exchange knows of the name, to be remembered"""
    return {key: theirs[key] for key in NAME_EVIDENCE if theirs.get(key)}
