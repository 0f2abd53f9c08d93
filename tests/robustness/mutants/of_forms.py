# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules about spellings, each with a change that removes it."""

from __future__ import annotations

from .mutant import CORE, Mutant

EMAILS = (f"{CORE}/test_emails.py",)
TEXTS = (f"{CORE}/test_email_texts.py",)
NUMBERS = (f"{CORE}/test_numbers.py",)
NAMES = (f"{CORE}/test_recognized_names.py",)

OF_FORMS = (
    Mutant(
        "an address in angles is meant, not the name before it",
        "core/emails.py",
        "    if angled:\n",
        "    if False:\n",
        EMAILS,
    ),
    Mutant(
        "a domain is compared as it is registered",
        "core/emails.py",
        '    return "xn--" + label.encode("punycode").decode("ascii")',
        "    return label",
        EMAILS,
    ),
    Mutant(
        "of several addresses the one that Exchange has first stays the first",
        "core/email_texts.py",
        "    if len(mine) > 1:\n        wanted",
        "    if False:\n        wanted",
        TEXTS,
    ),
    Mutant(
        "a piece of a text stays as written when another address changed",
        "core/email_texts.py",
        "            if text is not None:",
        "            if False:",
        TEXTS,
    ),
    Mutant(
        "an address that stands in two texts has one place",
        "core/email_texts.py",
        "        repeated = seen[of] >= max(there[of], of not in elsewhere)",
        "        repeated = False",
        TEXTS,
    ),
    Mutant(
        "a slash after the area code does not end a number",
        "core/numbers.py",
        "    return len(digits) > 6 or (len(digits) == 6 and begins)",
        "    return True",
        NUMBERS,
    ),
    Mutant(
        "a zero in brackets is not dialed behind the country code",
        "core/numbers.py",
        'international, digits = True, _digits(_TRUNK_ZERO.sub("", number))[2:]',
        "international, digits = True, digits[2:]",
        NUMBERS,
    ),
    Mutant(
        "the same number is the same with and without its country",
        "core/normalize.py",
        "    if kind is not Kind.PHONE or not mine or not theirs:",
        "    if True:",
        NUMBERS,
    ),
    Mutant(
        "a field with a second number is no other value",
        "core/first_contact.py",
        "        if mine and other and mine != other:",
        "        if False:",
        NUMBERS,
    ),
    Mutant(
        "a title that is a name as well needs two words behind it",
        "core/name_parts.py",
        "enough = _count(rest) and _count(rest) + beside > 1 and not is_initial",
        "enough = _count(rest) and not is_initial",
        NAMES,
    ),
    Mutant(
        "a credential that is a name as well needs capitals",
        "core/name_parts.py",
        "        if entry.capitals and not",
        "        if False and not",
        NAMES,
    ),
    Mutant(
        "a title that comes leaves the parts of the name as they are",
        "core/names.py",
        'title, rest = _around(" ".join(parts.title), known.get("title") or "", rest)',
        'title = ""',
        NAMES,
    ),
    Mutant(
        "an umlaut may be written with an e",
        "core/text.py",
        '    return _UMLAUT.sub(r"\\1", text.casefold())',
        "    return text.casefold()",
        NAMES,
    ),
)
