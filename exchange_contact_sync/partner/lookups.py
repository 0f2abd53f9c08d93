# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What texts name in this database: companies and kinds of number."""

import phonenumbers

from ..core.normalize import company as company_form
from ..core.normalize import line

MOBILE, LANDLINE = "phone_mobile", "phone_business"


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
