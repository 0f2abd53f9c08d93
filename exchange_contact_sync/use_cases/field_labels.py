# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Label the synchronized fields, in the language of the environment."""

from __future__ import annotations

import logging

from odoo.api import Environment
from odoo.tools import LazyTranslate

from . import extending

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)

LABELS = {
    "name": _lt("Name"),
    "company": _lt("Company"),
    "job_title": _lt("Job title"),
    "email": _lt("E-mail"),
    "email2": _lt("E-mail 2"),
    "email3": _lt("E-mail 3"),
    "phone_business": _lt("Business phone"),
    "phone_mobile": _lt("Mobile phone"),
    "phone_home": _lt("Home phone"),
    "phone_business2": _lt("Business phone 2"),
    "phone_home2": _lt("Home phone 2"),
    "phone_company_main": _lt("Company main phone"),
    "phone_assistant": _lt("Assistant's phone"),
    "phone_car": _lt("Car phone"),
    "phone_other": _lt("Other phone"),
    "phone_primary": _lt("Primary phone"),
    "phone_callback": _lt("Callback phone"),
    "phone_radio": _lt("Radio phone"),
    "phone_isdn": _lt("ISDN"),
    "phone_telex": _lt("Telex"),
    "phone_tty_tdd": _lt("TTY/TDD phone"),
    "phone_pager": _lt("Pager"),
    "phone_business_fax": _lt("Business fax"),
    "phone_home_fax": _lt("Home fax"),
    "phone_other_fax": _lt("Other fax"),
    "im1": _lt("Instant messenger"),
    "im2": _lt("Instant messenger 2"),
    "im3": _lt("Instant messenger 3"),
    "business_street": _lt("Street"),
    "business_city": _lt("City"),
    "business_state": _lt("State or province"),
    "business_zip": _lt("Postal code"),
    "business_country": _lt("Country"),
    "home_street": _lt("Home street"),
    "home_city": _lt("Home city"),
    "home_state": _lt("Home state or province"),
    "home_zip": _lt("Home postal code"),
    "home_country": _lt("Home country"),
    "other_street": _lt("Other street"),
    "other_city": _lt("Other city"),
    "other_state": _lt("Other state or province"),
    "other_zip": _lt("Other postal code"),
    "other_country": _lt("Other country"),
    "website": _lt("Website"),
    "personal_page": _lt("Personal website"),
    "nickname": _lt("Nickname"),
    "initials": _lt("Initials"),
    "department": _lt("Department"),
    "office": _lt("Office"),
    "profession": _lt("Profession"),
    "manager": _lt("Manager"),
    "assistant": _lt("Assistant"),
    "spouse": _lt("Spouse or partner"),
    "birthday": _lt("Birthday"),
    "anniversary": _lt("Wedding anniversary"),
    "note": _lt("Notes"),
    "categories": _lt("Categories"),
    "photo": _lt("Photo"),
}
"""Labels of the rows of ``core.fields`` and of the photo. They are repeated here,
because the translation template contains only texts that are arguments of ``_lt``.
"""


def labels(env: Environment) -> dict[str, str]:
    """Return the label of each field that a line of the history may be about.

    To keep the history readable, fields of other addons have a label even if they
    cannot be synchronized. If an addon fails, only the labels of its own fields are
    missing.
    """
    own = {key: env._(label) for key, label in LABELS.items()}
    further = _further_labels(env)
    return {**own, **{key: text for key, text in further.items() if key not in own}}


def _further_labels(env: Environment) -> dict[str, str]:
    try:
        return {str(one.name): str(one.label) for one in extending.declared(env)}
    except Exception:
        # Code of other addons may raise anything. A synchronization reports it.
        _logger.exception("The labels of other addons' synchronized fields are missing")
        return {}
