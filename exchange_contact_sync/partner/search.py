# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find contacts by any of their numbers and addresses.

A number is compared by its digits, so its spelling does not matter. A number with
country code and one without are the same if the rest is, as people write both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from odoo.fields import Domain
from odoo.tools import SQL

from ..core.numbers import canonical_phone
from .communication_options import OPTIONS
from .numbers import split_country_code

if TYPE_CHECKING:
    from odoo.api import Environment

FEWEST_DIGITS = 4
"""A text with fewer digits is not a number, and would be found in too many numbers."""

DIGITS = r"regexp_replace({}, '\(\s*0\s*\)|[^0-9]', '', 'g')"
"""SQL for the digits of a column, also used by an index. "(0)" is removed, because it
is not dialed from abroad.
"""

_ABROAD = "^[^0-9]*(\\+|00)"


@dataclass(frozen=True)
class Wanted:
    """Digits to look for.

    :param anywhere: texts to look for in all numbers
    :param at_home: text to look for in numbers without country code; "" for none
    """

    anywhere: tuple[str, ...]
    at_home: str = ""


def wanted(text: str, country: str) -> Wanted | None:
    """Read a search text as a number.

    :param text: as people type it, maybe a part of a number
    :param country: ISO code, for a number without country code; may be empty
    :return: None if the text is not a number
    """
    number = canonical_phone(text).partition("x")[0]
    digits = number.lstrip("+").lstrip("0")
    if not number.lstrip("+").isdecimal() or len(digits) < FEWEST_DIGITS:
        return None
    code, rest = split_country_code(number, country)
    if not code:
        return Wanted((digits,))
    return Wanted(tuple(dict.fromkeys((digits, code + rest))), rest)


def domain_of(env: Environment, text: str) -> Domain:
    """Return the domain of partners with a number or an address like a text.

    :param env: the country of its company is assumed for numbers without country code
    """
    found = Domain(OPTIONS, "any!", [("value", "ilike", text)])
    number = wanted(text, env.company.country_id.code or "")
    if number:
        found |= Domain("id", "in", _partners_with(env, number))
    return found


def _partners_with(env: Environment, number: Wanted) -> SQL:
    env["res.partner"].flush_model(["phone"])
    env["res.partner.communication"].flush_model(["partner_id", "kind", "value"])
    return SQL(
        "(SELECT id FROM res_partner WHERE %s UNION ALL"
        " SELECT partner_id FROM res_partner_communication"
        " WHERE kind LIKE 'phone%%' AND (%s))",
        _holds("phone", number),
        _holds("value", number),
    )


def _holds(column: str, number: Wanted) -> SQL:
    digits = SQL(DIGITS.format(column).replace("%", "%%"))
    tests = [SQL("%s LIKE %s", digits, f"%{part}%") for part in number.anywhere]
    if number.at_home:
        abroad = SQL("%s ~ %s", SQL.identifier(column), _ABROAD)
        at_home = SQL("%s LIKE %s", digits, f"%{number.at_home}%")
        tests.append(SQL("(%s AND NOT %s)", at_home, abroad))
    return SQL(" OR ").join(tests)
