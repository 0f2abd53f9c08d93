# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The few items that each mailbox has beside contacts, so that a client meets them."""

from __future__ import annotations

from datetime import timedelta

from .mailbox import Mailbox
from .values import Values

_SENDER = {
    "Name": "Facilities",
    "EmailAddress": "facilities@example.com",
    "RoutingType": "SMTP",
}
_MESSAGES = (
    ("Heating works again", "The heating in room 3 works again.", True),
    ("Parking on Friday", "Please leave the yard free on Friday morning.", False),
    ("New badges", "Your new badge waits at the front desk.", False),
)


def add_samples(mailbox: Mailbox) -> None:
    """Add three messages, an appointment, a task and a note into their folders."""
    owner = {
        "Name": mailbox.display_name,
        "EmailAddress": mailbox.address,
        "RoutingType": "SMTP",
    }
    inbox = mailbox.distinguished["inbox"]
    for subject, text, is_read in _MESSAGES:
        values: Values = {
            "item:Subject": subject,
            "item:Body": ("Text", text),
            "message:Sender": [_SENDER],
            "message:From": [_SENDER],
            "message:ToRecipients": [owner],
            "message:IsRead": is_read,
        }
        mailbox.add_item(inbox, "IPM.Note", values)
    start = mailbox.clock() + timedelta(days=1)
    appointment: Values = {
        "item:Subject": "Team breakfast",
        "calendar:Start": start,
        "calendar:End": start + timedelta(hours=1),
        "calendar:Location": "Kitchen",
        "calendar:Organizer": [owner],
        "calendar:UID": f"breakfast-{mailbox.guid}",
    }
    mailbox.add_item(mailbox.distinguished["calendar"], "IPM.Appointment", appointment)
    task: Values = {"item:Subject": "Water the plants", "task:Status": "InProgress"}
    mailbox.add_item(mailbox.distinguished["tasks"], "IPM.Task", task)
    note: Values = {
        "item:Subject": "Door code",
        "item:Body": ("Text", "Ask at the front desk."),
    }
    mailbox.add_item(mailbox.distinguished["notes"], "IPM.StickyNote", note)
