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
        "an address is read from between angle brackets",
        "core/emails.py",
        "    if angled:\n",
        "    if False:\n",
        EMAILS,
    ),
    Mutant(
        "a domain is compared in its registered form",
        "core/emails.py",
        '    return "xn--" + label.encode("punycode").decode("ascii")',
        "    return label",
        EMAILS,
    ),
    Mutant(
        "the first address of Exchange stays the first one",
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
        "an address in two texts is stored once",
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
        "a zero in brackets after the country code is ignored",
        "core/numbers.py",
        'international, digits = True, _digits(_TRUNK_ZERO.sub("", number))[2:]',
        "international, digits = True, digits[2:]",
        NUMBERS,
    ),
    Mutant(
        "a number is recognized with and without its country",
        "core/normalize.py",
        "    if kind is not Kind.PHONE or not mine or not theirs:",
        "    if True:",
        NUMBERS,
    ),
    Mutant(
        "a field with a second number is the same value",
        "core/first_contact.py",
        "        if mine and other and mine != other:",
        "        if False:",
        NUMBERS,
    ),
    Mutant(
        "a title that may be a name needs two words behind it",
        "core/name_parts.py",
        "enough = _count(rest) and _count(rest) + beside > 1 and not is_initial",
        "enough = _count(rest) and not is_initial",
        NAMES,
    ),
    Mutant(
        "a credential that may be a name needs capitals",
        "core/name_parts.py",
        "        if entry.capitals and not",
        "        if False and not",
        NAMES,
    ),
    Mutant(
        "a new title does not change the parts of the name",
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
