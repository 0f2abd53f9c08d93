# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What texts name in this database: places, companies, tags, kinds of number."""

import phonenumbers

from odoo.tools.misc import babel_locale_parse

from ..core.normalize import company as company_form
from ..core.normalize import line, member, members
from ..core.vocabulary import Vocabulary, fold
from .numbers import read_number

PARENT = " / "
"""What stands between the names of a tag and its parent
(``ResPartnerCategory._compute_display_name``)."""

ALIASES = (
    ("United States of America", "US"),
    ("USA", "US"),
    ("UK", "GB"),
    ("Great Britain", "GB"),
)
"""What neither Odoo nor Unicode's CLDR calls a country, and Outlook and people do."""

MOBILE, LANDLINE = "phone_mobile", "phone_business"


class Places:
    """Countries and states by code, and by name in every installed language.

    A mailbox holds country names in the language of whoever typed them, so that
    the owner's language alone would not do.

    :param env: Environment of the account's owner
    """

    def __init__(self, env):
        self._country_ids = {}
        self._state_ids = {}
        countries, states = {}, {}
        for lang in self._languages(env):
            translated = env(context={**env.context, "lang": lang})
            self._read_countries(translated, countries)
        self._read_states(env, states)
        home = env.company.country_id.code or ""
        self.vocabulary = Vocabulary(
            countries, states, read_number=read_number, home=home
        )

    @staticmethod
    def _languages(env):
        codes = [code for code, _name in env["res.lang"].get_installed()]
        return sorted({"en_US", *codes}, key=lambda code: code != "en_US")

    def _read_countries(self, env, found):
        """Odoo's names first, then what people call the countries otherwise: Odoo's
        "Russian Federation" is "Russia" in a mailbox.
        """
        countries = env["res.country"].search_fetch([], ["code", "name"])
        for country in countries:
            if not country.code:
                continue
            self._country_ids[country.code] = country.id
            for text in (country.code, country.name):
                found.setdefault(fold(text or country.code), country.code)
        usual = babel_locale_parse(env.lang).territories
        for text, code in (*((text, code) for code, text in usual.items()), *ALIASES):
            if code in self._country_ids:
                found.setdefault(fold(text), code)

    def _read_states(self, env, found):
        states = env["res.country.state"].search_fetch(
            [], ["code", "name", "country_id"]
        )
        for state in states:
            country = state.country_id.code
            self._state_ids[country, state.code] = state.id
            for text in (state.code, state.name):
                found.setdefault((country, fold(text)), state.code)

    def country_id(self, text):
        """:return: int, id of ``res.country``, or False if the text names none"""
        return self._country_ids.get(self.vocabulary.country(text), False)

    def state_id(self, text, country):
        """:return: int, id of ``res.country.state``, or False if there is none"""
        code = self.vocabulary.state(text, country)
        return self._state_ids.get((self.vocabulary.country(country), code), False)


class Companies:
    """Companies that the owner can access, by name as the user's guide compares it.

    :param env: Environment of the account's owner
    """

    def __init__(self, env):
        self._partners = env["res.partner"]
        self._ids = {}
        companies = self._partners.search_fetch([("is_company", "=", True)], ["name"])
        for partner in companies:
            self._ids.setdefault(company_form(partner.name or ""), []).append(
                partner.id
            )

    def the_only(self, name):
        """:param name: str
        :return: int, id of the company if exactly one bears the name, else False
        """
        found = self._ids.get(company_form(name), ()) if name else ()
        return found[0] if len(found) == 1 else False

    def record(self, company):
        """:param company: int
        :return: record of ``res.partner``, whatever its owner may see of it
        """
        return self._partners.sudo().browse(company)

    def know(self, company, name):
        """:param company: int, a company that was created
        :param name: str
        """
        self._ids.setdefault(company_form(name), []).append(company)

    def make(self, names):
        """Create companies that nobody bears the name of.

        :param names: iterable of str
        :raises AccessError: when the owner may not
        """
        missing = {}
        for name in names:
            form = company_form(name)
            if form and form not in self._ids:
                missing.setdefault(form, {"name": line(name), "is_company": True})
        made = self._partners.create(list(missing.values())) if missing else ()
        for form, partner in zip(missing, made, strict=True):
            self._ids[form] = [partner.id]


class Tags:
    """Tags by their name with its parents, "Parent / Child", without regard to case.

    Archived ones are among them, so that nobody gets a twin of one. Valid within one
    transaction.

    :param env: Environment of the account's owner, ``active_test`` off
    """

    def __init__(self, env):
        self._model = env["res.partner.category"]
        self._ids = {}
        found = self._model.search_fetch(
            [], ["name", "parent_id"], order="active DESC, id"
        )
        for tag in found:
            self._ids.setdefault(member(tag.display_name), tag.id)

    @property
    def names(self):
        """frozenset of str in canonical form, or None: the owner may make others."""
        may_create = self._model.has_access("create")
        return None if may_create else frozenset(self._ids)

    def id_of(self, name):
        """:param name: str, in canonical form
        :return: int, id of ``res.partner.category``
        :raises KeyError: for a name that is neither there nor was made
        """
        return self._ids[name]

    def make(self, texts):
        """Create the tags that are missing, all of one level at a time.

        :param texts: iterable of str, sets of names
        :raises AccessError: when the owner may not
        """
        wanted = {}
        for text in texts:
            wanted.update(members(text))
        missing = [name for one, name in wanted.items() if one not in self._ids]
        level = 0
        while missing:
            self._make_level([name.split(PARENT) for name in missing], level)
            missing = [name for name in missing if member(name) not in self._ids]
            level += 1

    def _make_level(self, paths, level):
        vals = {}
        for path in paths:
            key = member(PARENT.join(path[: level + 1]))
            if key not in self._ids:
                above = self._ids.get(member(PARENT.join(path[:level])), False)
                vals.setdefault(key, {"name": path[level], "parent_id": above})
        made = self._model.create(list(vals.values()))
        self._ids.update(zip(vals, made.ids, strict=True))


def phone_slot(number, region):
    """Which slot of Exchange a number belongs to by its kind.

    :param number: str
    :param region: str, ISO code of the country for numbers without country code
    :return: str, a key of ``core.fields.PHONE_KEYS``
    """
    if not number:
        return LANDLINE
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return LANDLINE  # nothing that can be told apart: what most people have
    kind = phonenumbers.number_type(parsed)
    mobile = kind == phonenumbers.PhoneNumberType.MOBILE
    return MOBILE if mobile else LANDLINE
