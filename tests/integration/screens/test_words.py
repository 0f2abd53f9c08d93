# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""User-visible terms: one for each concept, plain, in every language."""

from __future__ import annotations

import re

import polib

from odoo.tools.misc import file_path

from odoo.addons.exchange_contact_sync.use_cases.counted import counted, form_for

from support.cases.account_case import AccountCase

SAID_OTHERWISE = re.compile(
    r"""
    \b(?: came\ in | come\ in(?:to)? | comes\ into | went\ out
        | go(?:es)?\ out
        | by\ hand | find\ out | do\ it | what\ happened | not\ clear
        | work(?:ed)?\ off | whoever | whatever | somebody | everybody | nobody
        | travels? | was\ told | unless\ told | runs? | history | left\ out
        | marks? | ways?\ to\ sign\ in | one\ a\ line
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What the words of the design replaced; runs and history are synchronizations."""

MEANT_LITERALLY = {"It runs in the background; you can continue to work."}

RUSSIAN = {
    "Link": "Связать",
    "Exchange wins": "Приоритет у Exchange",
    "Odoo wins": "Приоритет у Odoo",
    "To Exchange only": "Только Odoo → Exchange",
    "From Exchange only": "Только Exchange → Odoo",
    "Undo": "Отмена",
    "State": "Состояние",
    "State or province": "Регион",
    "Provider Name": "Название",
    "Automatic": "Определять автоматически",
    "Automatically": "Автоматически",
}
"""Where two places once shared a text, or the wrong word was used."""

RUSSIAN_OTHERWISE = re.compile(
    r"сервисн|(?<!служебная )(?<!служебной )(?<!служебную )учётн\w+ запис|"
    r"преимущество у|как говорят|как написано|уступил",
    re.IGNORECASE,
)
PRIVATE = re.compile(r"\bprivate\b", re.IGNORECASE)
PERSONAL = re.compile(r"\bpersonal\b", re.IGNORECASE)


def catalogue(name: str) -> dict[str, str]:
    entries = polib.pofile(file_path(f"exchange_contact_sync/i18n/{name}"))
    return {entry.msgid: entry.msgstr for entry in entries}


class TestEnglish(AccountCase):
    def test_agreed_words_are_used(self):
        texts = set(catalogue("exchange_contact_sync.pot")) - MEANT_LITERALLY
        self.assertEqual([t for t in sorted(texts) if SAID_OTHERWISE.search(t)], [])


class TestRussian(AccountCase):
    def test_ambiguous_texts_are_translated_by_meaning(self):
        russian = catalogue("ru.po")
        for source, words in RUSSIAN.items():
            with self.subTest(source=source):
                self.assertEqual(russian[source], words)

    def test_each_concept_has_one_word(self):
        russian = catalogue("ru.po").values()
        self.assertEqual([t for t in russian if RUSSIAN_OTHERWISE.search(t)], [])

    def test_private_is_not_personal(self):
        for source, words in catalogue("ru.po").items():
            if PRIVATE.search(source) and not PERSONAL.search(source):
                with self.subTest(source=source):
                    self.assertNotIn("личн", words.lower())


class TestCounted(AccountCase):
    def test_english_has_two_forms(self):
        env = self.env(context={"lang": "en_US"})
        forms = "%(count)s contact in %(place)s|%(count)s contacts in %(place)s"
        for count, said in ((0, "0 contacts"), (1, "1 contact"), (21, "21 contacts")):
            self.assertEqual(
                counted(env, forms, count, place="Odoo"), f"{said} in Odoo"
            )

    def test_russian_has_three_forms(self):
        forms = ["контакт", "контакта", "контактов"]
        for counts, form in (((1, 21), 0), ((2, 34), 1), ((0, 5, 11, 112), 2)):
            for count in counts:
                self.assertEqual(form_for("ru_RU", forms, count), forms[form], count)

    def test_an_untranslated_text_keeps_its_own_forms(self):
        forms = ["contact", "contacts"]
        self.assertEqual(form_for("ru_RU", forms, 5), "contacts")
        self.assertEqual(form_for("ja_JP", forms, 5), "contact")

    def test_every_number_has_the_forms_of_russian(self):
        """A text whose words do not depend on its number has one form."""
        texts = {k: v for k, v in catalogue("ru.po").items() if "|" in k}
        self.assertTrue(texts)
        for source, words in texts.items():
            with self.subTest(source=source):
                self.assertEqual(source.count("|"), 1)
                self.assertEqual(words.count("|"), 2)
