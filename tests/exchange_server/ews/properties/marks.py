# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Kinds of values that clients write as elements with parts: flags, retention tags.

Sources: [MS-OXWSCORE] 2.2.4.23 (FlagType and which of its parts go together), the EWS
pages "Flag", "PolicyTag" and "ArchiveTag", and the schema of the EWS Managed API, where
all three can be set. Not documented, and our assumption: a flag that is deleted is a
flag that was never set.
"""

from __future__ import annotations

import uuid

from lxml import etree

from ...properties.moments import format_date_time
from ...refusal import ResponseError
from ...schema import schema_violation
from ...store.values import Value
from ..xmltext import T
from .kinds import DATE_TIME, Markup, Writer

NOT_FLAGGED = "<t:FlagStatus>NotFlagged</t:FlagStatus>"
_DATES = ("StartDate", "DueDate", "CompleteDate")
_ALLOWED = {
    "NotFlagged": ((),),
    "Flagged": ((), ("StartDate", "DueDate")),
    "Complete": ((), ("CompleteDate",)),
}


class Flag(Markup):
    """A flag, kept as the content of its element."""

    def read(self, element: etree._Element) -> Value:
        status = element.findtext(f"{T}FlagStatus") or ""
        if status not in _ALLOWED:
            raise schema_violation(f"'{status}' is no FlagStatus", element.sourceline)
        found = {name: element.find(f"{T}{name}") for name in _DATES}
        dates = {
            name: format_date_time(DATE_TIME.read(each))
            for name, each in found.items()
            if each is not None
        }
        if tuple(dates) not in _ALLOWED[status]:
            raise ResponseError("ErrorInvalidArgument")
        parts = {"FlagStatus": status, **dates}
        return "".join(f"<t:{name}>{text}</t:{name}>" for name, text in parts.items())


class RetentionTag(Markup):
    """A retention tag: its identifier, and whether it was chosen for this item."""

    def read(self, element: etree._Element) -> Value:
        try:
            identifier = uuid.UUID(element.text or "")
        except ValueError as error:
            raise schema_violation("no GuidType", element.sourceline) from error
        is_explicit = element.get("IsExplicit") in ("true", "1")
        return ("true" if is_explicit else "false", str(identifier))

    def writer(self, name: str) -> Writer:
        return lambda tag: f'<t:{name} IsExplicit="{tag[0]}">{tag[1]}</t:{name}>'


FLAG = Flag()
RETENTION_TAG = RetentionTag()
