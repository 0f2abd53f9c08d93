# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts with a number, in the plural forms of the user's language.

Odoo's own translations have one form only. Here a text holds all forms of its language,
separated by "|", in the order of the plural categories of Unicode (zero, one, two, few,
many, other) that the language uses for whole numbers: two in English, three in Russian.
https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
"""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.tools.misc import babel_locale_parse

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
SEPARATOR = "|"


def counted(env: Environment, forms: str, count: int, **values: Any) -> str:
    """Fill in the plural form for a number.

    :param forms: translated; ``%(count)s contact|%(count)s contacts``
    :param values: further values for the text's placeholders
    """
    form = form_for(env.lang or "en_US", forms.split(SEPARATOR), count)
    return form % {"count": count, **values}


def form_for(lang: str, forms: list[str], count: int) -> str:
    """Choose the plural form of a language.

    A language may have more categories than its text has forms, such as one for
    fractions: the last form serves for those.

    :param lang: code of a language in Odoo, such as ``ru_RU``
    """
    rule = babel_locale_parse(lang).plural_form
    used = [name for name in CATEGORIES if name in rule.tags or name == "other"]
    return forms[min(used.index(rule(count)), len(forms) - 1)]
