// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import { user } from "@web/core/user";
import { sprintf } from "@web/core/utils/strings";

const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/**
 * Fill in the plural form for a number in the user's language; see
 * `use_cases/counted.py`.
 *
 * @param {string} forms translated, such as "%(count)s contact|%(count)s contacts"
 * @param {number} count
 * @param {string} [lang] the user's language by default
 */
export function counted(forms, count, lang = user.lang) {
    const texts = String(forms).split("|");
    const rules = new Intl.PluralRules(lang);
    const { pluralCategories } = rules.resolvedOptions();
    const used = CATEGORIES.filter((name) => pluralCategories.includes(name));
    const index = used.indexOf(rules.select(count));
    return sprintf(texts[Math.min(index, texts.length - 1)], { count });
}
