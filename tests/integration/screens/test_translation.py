# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All user-visible text is translated, and the template is complete.

To bring the template up to date: ``./dev odoo i18n export exchange_contact_sync`` with
a database that has the addon, then translate what is new in ``ru.po``.
"""

from __future__ import annotations

import re

import polib

from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader

from support.cases.account_case import AccountCase

ADDON = "exchange_contact_sync"
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|%d")


def catalogue(name: str) -> dict[str, str]:
    """Translations by source text."""
    entries = polib.pofile(file_path(f"{ADDON}/i18n/{name}"))
    return {entry.msgid: entry.msgstr for entry in entries if not entry.obsolete}


class TestTranslation(AccountCase):
    def test_template_matches_the_addon(self):
        rows = TranslationModuleReader(self.env.cr, modules=[ADDON])
        said = {source for _module, _type, _name, _id, source, *_rest in rows}
        known = set(catalogue(f"{ADDON}.pot"))
        self.assertEqual(said - known, set(), "not in the template")
        self.assertEqual(known - said, set(), "no longer said")

    def test_russian_is_complete(self):
        russian = catalogue("ru.po")
        self.assertEqual(set(russian), set(catalogue(f"{ADDON}.pot")))
        self.assertEqual([text for text, said in russian.items() if not said], [])

    def test_placeholders_match_in_russian(self):
        for source, translation in catalogue("ru.po").items():
            # A text with a number has as many forms as its language needs.
            expected = PLACEHOLDER.findall(source.split("|")[0])
            for form in translation.split("|"):
                with self.subTest(source=source, form=form):
                    self.assertCountEqual(PLACEHOLDER.findall(form), expected)

    def test_terms_of_the_users_guide_are_used(self):
        russian = catalogue("ru.po")
        for source, words in (
            ("Authorize", "Авторизоваться"),
            ("Synchronize Now", "Запустить синхронизацию"),
            ("Import Contacts", "Импортировать контакты"),
            ("Load all contacts", "Загружать все контакты"),
            (
                "Load contacts from selected MS Exchange folders",
                "Загружать контакты из выбранных папок MS Exchange",
            ),
            ("Export Contacts", "Экспортировать контакты"),
            ("Transfer all contacts", "Переносить все контакты"),
            (
                "Transfer contacts from selected categories and groups",
                "Переносить контакты из выбранных категорий и групп",
            ),
            ("Employees", "Сотрудники"),
            ("Customers", "Клиенты"),
            ("From groups", "Из групп"),
            (
                "Synchronize contacts automatically",
                "Синхронизировать контакты автоматически",
            ),
        ):
            self.assertEqual(russian[source], words)
