# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages about saved filters that cannot be used, and what to do about them."""

from __future__ import annotations

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import LazyTranslate

from ..partner.filter_text import Unusable, Why
from ..partner.filters import LONGEST_SEARCH

_lt = LazyTranslate(__name__)

SENTENCES = {
    Why.TOO_LARGE: _lt(
        "The filter “%(name)s” cannot be used here: it is too long, or too deeply "
        "nested. Make it simpler, or take it out."
    ),
    Why.UNREADABLE: _lt(
        "The filter “%(name)s” cannot be used here: it is not a list of conditions. "
        "Correct it, or take it out."
    ),
    Why.FORBIDDEN: _lt(
        "The filter “%(name)s” cannot be used here, because it contains “%(part)s”. "
        "Values, “uid” and dates such as “context_today()” are possible. Correct it, "
        "or take it out."
    ),
    Why.WRONG: _lt(
        "The filter “%(name)s” cannot be used here: Odoo does not accept a condition "
        "(%(part)s). Correct it, or take it out."
    ),
    Why.SLOW: _lt(
        "The filter “%(name)s” cannot be used here: it takes more than %(seconds)s "
        "seconds to find the contacts. Make it simpler, or take it out."
    ),
    Why.NOT_SHARED: _lt(
        "One of the saved filters is no longer shared with you. Choose your filters "
        "anew, or ask the person who saved it to share it with you."
    ),
    Why.OTHER_MODEL: _lt(
        "The filter “%(name)s” cannot be used here: it does not filter contacts. Take "
        "it out."
    ),
}


def sentence(env: Environment, saved: BaseModel, problem: Unusable) -> str:
    """Explain why a filter cannot be used.

    :param env: of the reader
    :param saved: record of ``ir.filters``, also one the reader may not read
    """
    text = env._(SENTENCES[problem.why])
    part = problem.part or "…"
    return text % {"name": saved.name, "part": part, "seconds": LONGEST_SEARCH}
