# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count the contacts of a run by kind of event, and open the contacts that a number
counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tools import LazyTranslate

from ..core.run import Counter, LineAction, Way
from . import feedback
from .counted import counted

_lt = LazyTranslate(__name__)

WRITTEN = (LineAction.CREATE, LineAction.UPDATE, LineAction.REVIVE)


@dataclass(frozen=True)
class Kind:
    """One kind of event of a run.

    :ivar counters: fields of ``exchange.sync.run`` that add up to the number
    :ivar direction: of the lines, None for both
    :ivar actions: of the lines
    :ivar done: the text with the number, in plural forms for :func:`counted`
    :ivar expected: the text with the number in a preview
    :ivar title: of the list that the number opens
    :ivar opens_contacts: whether the number opens partners, not lines
    :ivar action: the action that lists the lines
        (``views/exchange_sync_line_views.xml``)
    """

    counters: tuple[Counter, ...]
    direction: Way | None
    actions: tuple[LineAction, ...]
    done: Any
    expected: Any
    title: Any
    opens_contacts: bool = False
    action: str = "exchange_sync_line_action"


KINDS = {
    "imported": Kind(
        (Counter.IMPORTED_CREATED, Counter.IMPORTED_UPDATED),
        Way.PULL,
        WRITTEN,
        _lt("%(count)s imported|%(count)s imported"),
        _lt("%(count)s will be imported|%(count)s will be imported"),
        _lt("Imported"),
        opens_contacts=True,
    ),
    "exported": Kind(
        (Counter.EXPORTED_CREATED, Counter.EXPORTED_UPDATED),
        Way.PUSH,
        WRITTEN,
        _lt("%(count)s exported|%(count)s exported"),
        _lt("%(count)s will be exported|%(count)s will be exported"),
        _lt("Exported"),
        opens_contacts=True,
    ),
    "archived": Kind(
        (Counter.IMPORTED_ARCHIVED,),
        Way.PULL,
        (LineAction.ARCHIVE,),
        _lt("%(count)s archived|%(count)s archived"),
        _lt("%(count)s will be archived|%(count)s will be archived"),
        _lt("Archived in Odoo"),
        opens_contacts=True,
    ),
    "deleted": Kind(
        (Counter.EXPORTED_DELETED,),
        Way.PUSH,
        (LineAction.DELETE,),
        _lt("%(count)s deleted in Exchange"),
        _lt("%(count)s will be deleted in Exchange"),
        _lt("Deleted in Exchange"),
    ),
    "conflicts": Kind(
        (Counter.CONFLICTS,),
        None,
        (LineAction.CONFLICT,),
        _lt("%(count)s conflict|%(count)s conflicts"),
        _lt("%(count)s conflict|%(count)s conflicts"),
        _lt("Conflicts"),
        action="exchange_sync_line_action_conflicts",
    ),
    "to_match": Kind(
        (Counter.WAITING,),
        None,
        (LineAction.AMBIGUOUS,),
        _lt("%(count)s to match|%(count)s to match"),
        _lt("%(count)s to match|%(count)s to match"),
        _lt("To Match"),
        action="exchange_sync_line_action_to_match",
    ),
    "problems": Kind(
        (Counter.ERRORS,),
        None,
        (LineAction.ERROR,),
        _lt("%(count)s problem|%(count)s problems"),
        _lt("%(count)s problem|%(count)s problems"),
        _lt("Problems"),
    ),
}
"""By key, in the order in which they are read."""


def shown(run: BaseModel) -> list[dict[str, str]]:
    """Return the numbers of a run that are not zero.

    :return: for each number ``kind``, a key of ``KINDS``, and ``label``, such as
        "88 archived"
    """
    env, found = run.env, []
    for key, kind in KINDS.items():
        count = sum(run[counter.value] for counter in kind.counters)
        text = kind.expected if run.trigger == "preview" else kind.done
        forms = env._(text)
        if count:
            found.append({"kind": key, "label": counted(env, forms, count)})
    return found


def open_kind(run: BaseModel, key: str) -> feedback.Action:
    """Open the contacts that one number of a run counts.

    Opens partners if all of them exist in Odoo, else lines.

    :raises UserError: there is no such number
    """
    run.ensure_one()
    run.check_access("read")
    env, kind = run.env, KINDS.get(key)
    if not kind:
        raise UserError(env._("There is no such number."))
    title = env._(kind.title)
    actions = [action.value for action in kind.actions]
    domain = [("run_id", "=", run.id), ("action", "in", actions)]
    if kind.direction:
        domain.append(("direction", "=", kind.direction.value))
    lines = env["exchange.sync.line"].search(domain)
    partners = _partners(lines) if kind.opens_contacts else None
    if partners and run.trigger != "preview":
        return _contacts(partners, title)
    action = env["ir.actions.act_window"]._for_xml_id(
        f"exchange_contact_sync.{kind.action}"
    )
    return {**action, "name": title, "display_name": title, "domain": domain}


def _partners(lines: BaseModel) -> BaseModel | None:
    """Return the contacts of all lines.

    :return: None unless the owner can open the contact of each line
    """
    if not all(line.partner_id for line in lines):
        return None
    partners = lines.with_context(active_test=False).partner_id
    seen = partners._filtered_access("read")
    return seen if len(seen) == len(partners) else None


def _contacts(partners: BaseModel, title: str) -> feedback.Action:
    return {
        "type": "ir.actions.act_window",
        "name": title,
        "res_model": "res.partner",
        "view_mode": "list,kanban,form",
        "views": [(False, "list"), (False, "kanban"), (False, "form")],
        "domain": [("id", "in", partners.ids)],
        "context": {"active_test": False},
    }
