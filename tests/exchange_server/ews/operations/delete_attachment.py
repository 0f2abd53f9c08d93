# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""DeleteAttachment: delete attachments.

Source: the EWS pages "DeleteAttachment operation" and "RootItemId (AttachmentIdType)":
the answer names the item at its new version.
"""

from __future__ import annotations

from lxml import etree

from ..call import Call
from ..messages import answer_each
from ..xmltext import attribute


def answer(call: Call) -> str:
    """The answer to a call: one message for each attachment."""

    def delete(target: etree._Element) -> str:
        item, attachment = call.attachment(target)
        call.mailbox.remove_attachment(item, attachment)
        return (
            f'<m:RootItemId RootItemId="{attribute(item.id)}"'
            f' RootItemChangeKey="{attribute(item.change_key)}"/>'
        )

    return answer_each(call, call.parts("AttachmentIds"), delete)
