# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What texts name in this database: countries, states, companies, kinds of number."""

import phonenumbers

from ..core.normalize import company as company_form
from ..core.vocabulary import Vocabulary, fold

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
        self.vocabulary = Vocabulary(countries, states)

    @staticmethod
    def _languages(env):
        codes = [code for code, _name in env["res.lang"].get_installed()]
        return sorted({"en_US", *codes}, key=lambda code: code != "en_US")

    def _read_countries(self, env, found):
        countries = env["res.country"].search_fetch([], ["code", "name"])
        for country in countries:
            if not country.code:
                continue
            self._country_ids[country.code] = country.id
            for text in (country.code, country.name):
                found.setdefault(fold(text or country.code), country.code)

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
        self._ids = {}
        companies = env["res.partner"].search_fetch(
            [("is_company", "=", True)], ["name"]
        )
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
