# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What texts name in this database: companies, tags, kinds of number."""

import phonenumbers

from ..core.normalize import company as company_form
from ..core.normalize import line, member, members

PARENT = " / "
"""What stands between the names of a tag and its parent
(``ResPartnerCategory._compute_display_name``)."""

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
